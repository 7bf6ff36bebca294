internal import CTrustCheckModule

/// The bytes of a saved state: what it is of, then what the module wrote.
///
/// All numbers are little-endian. Eight bytes `TCSTATE1`; module, version and kind, each as a u32 length and UTF-8; the
/// number of submissions met as u32; the rest is the module's.
struct SavedState {
  /// What wrote a state, and alone can read it.
  struct Origin: Equatable {
    var module: String
    var version: String
    var kind: String

    var words: String { "the check kind \(kind) of the module \"\(module)\" \(version)" }
  }

  private static let mark = Array("TCSTATE1".utf8)

  let submissionCount: UInt32
  /// Where the module's bytes are.
  let content: Range<Int>

  static func header(_ origin: Origin, submissionCount: UInt32) -> [UInt8] {
    var bytes = mark
    for text in [origin.module, origin.version, origin.kind] {
      append(UInt32(text.utf8.count), to: &bytes)
      bytes += text.utf8
    }
    append(submissionCount, to: &bytes)
    return bytes
  }

  init(_ bytes: [UInt8], expecting origin: Origin) throws(ModuleText.Fault) {
    guard bytes.starts(with: SavedState.mark) else {
      throw ModuleText.Fault(words: "it does not begin as a saved state does")
    }
    var rest = bytes[SavedState.mark.count...]
    let found = Origin(
      module: try SavedState.text(&rest), version: try SavedState.text(&rest), kind: try SavedState.text(&rest))
    guard found == origin else {
      throw ModuleText.Fault(words: "it was saved by \(found.words); expected \(origin.words)")
    }
    submissionCount = try SavedState.number(&rest)
    content = rest.indices
  }

  private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
  }

  private static func number(_ rest: inout ArraySlice<UInt8>) throws(ModuleText.Fault) -> UInt32 {
    try take(4, from: &rest).reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  private static func text(_ rest: inout ArraySlice<UInt8>) throws(ModuleText.Fault) -> String {
    let count = Int(try number(&rest))
    guard let text = String(validating: try take(count, from: &rest), as: UTF8.self) else {
      throw ModuleText.Fault(words: "a name in it is not UTF-8")
    }
    return text
  }

  private static func take(
    _ count: Int, from rest: inout ArraySlice<UInt8>
  ) throws(ModuleText.Fault) -> ArraySlice<UInt8> {
    guard count <= rest.count else { throw ModuleText.Fault(words: "it ends too early") }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}

/// Collects the bytes that `save` writes, after a header.
@safe
final class SavedStateSink: Sink {
  private(set) var bytes: [UInt8]
  private let limit: Int

  /// - Parameter limit: the greatest number of bytes, with the header.
  init(_ header: [UInt8], limit: Int = Limits.savedState) {
    bytes = header
    self.limit = limit
  }

  override func saved(_ bytes: UnsafeRawBufferPointer) throws(ModuleText.Fault) {
    guard self.bytes.count + bytes.count <= limit else {
      throw ModuleText.Fault(words: "it saved more than \(limit) bytes")
    }
    unsafe self.bytes.append(contentsOf: bytes)
  }
}
