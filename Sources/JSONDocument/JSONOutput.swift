/// The layout of written JSON.
public enum JSONStyle: Sendable {
  /// Two spaces for each level, a line for each member and element.
  case pretty
  /// No space at all.
  case compact
}

/// The bytes of a text under way, and what may follow.
struct JSONOutput {
  private struct Level {
    let isObject: Bool
    var isEmpty = true
  }

  private(set) var bytes: [UInt8] = []
  private let style: JSONStyle
  private var levels: [Level] = []
  private var hasKey = false
  /// True once a value stands at the top of the current line.
  private var hasTop = false

  init(_ style: JSONStyle) {
    self.style = style
  }

  mutating func take() -> [UInt8] {
    let taken = bytes
    bytes = []
    bytes.reserveCapacity(taken.count)
    return taken
  }

  mutating func begin(isObject: Bool) {
    startValue()
    bytes.append(UInt8(ascii: isObject ? "{" : "["))
    levels.append(Level(isObject: isObject))
  }

  mutating func end(isObject: Bool) {
    guard let level = levels.popLast(), level.isObject == isObject, !hasKey else {
      preconditionFailure("JSONWriter: the end does not fit its beginning")
    }
    if !level.isEmpty { newLine() }
    bytes.append(UInt8(ascii: isObject ? "}" : "]"))
  }

  mutating func key(_ key: String) {
    precondition(levels.last?.isObject == true && !hasKey, "JSONWriter: a key stands in an object, before its value")
    separate()
    append(quoted: key)
    bytes.append(UInt8(ascii: ":"))
    if style == .pretty { bytes.append(0x20) }
    hasKey = true
  }

  /// Does what comes before a value.
  mutating func startValue() {
    if hasKey {
      hasKey = false
    } else if let level = levels.last {
      precondition(!level.isObject, "JSONWriter: a value in an object needs its key")
      separate()
    } else {
      precondition(!hasTop, "JSONWriter: a second value at the top needs endLine")
      hasTop = true
    }
  }

  mutating func endLine() {
    precondition(levels.isEmpty && hasTop, "JSONWriter: a line ends after a whole value")
    hasTop = false
    bytes.append(0x0A)
  }

  mutating func finish() {
    precondition(levels.isEmpty, "JSONWriter: an object or array is not ended")
    if hasTop { endLine() }
  }

  private mutating func separate() {
    if !levels[levels.count - 1].isEmpty { bytes.append(UInt8(ascii: ",")) }
    levels[levels.count - 1].isEmpty = false
    newLine()
  }

  private mutating func newLine() {
    guard style == .pretty else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * levels.count))
  }

  mutating func append(plain text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  /// Appends a string in quotes: `"`, `\`, control characters, U+2028 and U+2029 are escaped.
  mutating func append(quoted text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { source in
      var run = 0
      var at = 0
      while at < source.count {
        let byte = unsafe source[at]
        var length = 1
        let escape: [UInt8]
        if JSONOutput.isPlain[Int(byte)] {
          at += 1
          continue
        } else if byte == 0xE2 {
          // U+2028 and U+2029 are E2 80 A8 and E2 80 A9: line ends to JavaScript.
          guard unsafe at + 2 < source.count && source[at + 1] == 0x80 && source[at + 2] & 0xFE == 0xA8 else {
            at += 1
            continue
          }
          length = 3
          escape = unsafe source[at + 2] == 0xA8 ? JSONOutput.lineSeparator : JSONOutput.paragraphSeparator
        } else {
          escape = JSONOutput.escapes[Int(byte)]
        }
        unsafe bytes.append(contentsOf: source[run..<at])
        bytes.append(contentsOf: escape)
        at += length
        run = at
      }
      unsafe bytes.append(contentsOf: source[run...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static let lineSeparator = Array("\\u2028".utf8)
  private static let paragraphSeparator = Array("\\u2029".utf8)

  /// True for bytes that stand for themselves wherever they are.
  private static let isPlain: [Bool] = (0...255).map { (byte: UInt8) in
    byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte != 0xE2
  }

  private static let escapes: [[UInt8]] = (0..<256).map { byte in
    switch UInt8(byte) {
    case UInt8(ascii: "\""): Array("\\\"".utf8)
    case UInt8(ascii: "\\"): Array("\\\\".utf8)
    case 0x08: Array("\\b".utf8)
    case 0x09: Array("\\t".utf8)
    case 0x0A: Array("\\n".utf8)
    case 0x0C: Array("\\f".utf8)
    case 0x0D: Array("\\r".utf8)
    default: Array(("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16)).utf8)
    }
  }
}
