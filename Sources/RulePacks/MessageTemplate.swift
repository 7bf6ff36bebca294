/// A finding's message with `{name}` where evidence goes; `{{` and `}}` stand for braces.
public struct MessageTemplate: Hashable, Sendable {
  /// Names that the host gives to every message, beside the evidence of the check kind, sorted.
  public static let standardNames = ["field", "organisation", "period", "row", "value"]

  /// As written.
  public let source: String
  private let parts: [Part]

  private enum Part: Hashable, Sendable {
    case text(String)
    case placeholder(String)
  }

  /// A template that could not be read.
  struct Fault: Error {
    let message: String
    /// 0-based, in UTF-8 bytes of the template.
    let offset: Int
  }

  init(_ source: String) throws(Fault) {
    self.source = source
    var parts: [Part] = []
    var text: [UInt8] = []
    let bytes = Array(source.utf8)
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      let isDoubled = at + 1 < bytes.count && bytes[at + 1] == byte
      if byte == UInt8(ascii: "}"), !isDoubled {
        throw Fault(message: "There is a '}' without a '{' before it; write \"}}\" for the character", offset: at)
      }
      if isDoubled && (byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")) {
        text.append(byte)
        at += 2
        continue
      }
      guard byte == UInt8(ascii: "{") else {
        text.append(byte)
        at += 1
        continue
      }
      guard let close = bytes[at...].firstIndex(of: UInt8(ascii: "}")) else {
        throw Fault(message: "The placeholder that opens here is not closed by '}'", offset: at)
      }
      let name = String(decoding: bytes[at + 1..<close], as: UTF8.self)
      if name.isEmpty { throw Fault(message: "The placeholder is empty", offset: at) }
      if !text.isEmpty { parts.append(.text(String(decoding: text, as: UTF8.self))) }
      text = []
      parts.append(.placeholder(name))
      at = close + 1
    }
    if !text.isEmpty { parts.append(.text(String(decoding: text, as: UTF8.self))) }
    self.parts = parts
  }

  /// The names it refers to, in order of appearance.
  public var placeholders: [String] {
    parts.compactMap { part in
      if case .placeholder(let name) = part { name } else { nil }
    }
  }

  /// The message, with what `value` gives for every name and "not given" where it gives nothing.
  public func render(_ value: (String) -> String?) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .placeholder(let name): value(name) ?? "not given"
      }
    }.joined()
  }
}
