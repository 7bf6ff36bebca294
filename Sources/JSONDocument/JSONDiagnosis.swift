/// Finds what is wrong with a text that jansson refused, and says it for people.
///
/// It runs only after a refusal, so that its cost is paid by broken texts alone. Nesting is bounded already.
struct JSONDiagnosis {
  struct Fault: Error, Equatable {
    let offset: Int
    let message: String
  }

  private let text: JSONText
  private var at: Int

  private var bytes: [UInt8] { text.bytes }
  private var byte: UInt8? { at < text.bytes.count ? text.bytes[at] : nil }

  /// The first fault, or nil when this walk finds none.
  static func fault(in text: JSONText) -> Fault? {
    var walk = JSONDiagnosis(text: text, at: text.start)
    do {
      try walk.document()
      return nil
    } catch {
      return error
    }
  }

  private mutating func document() throws(Fault) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      || (bytes.count > 1 && (bytes[0] == 0) != (bytes[1] == 0))
    {
      throw Fault(offset: 0, message: "The text is UTF-16; JSON is UTF-8")
    }
    skipSpace()
    if byte == nil { throw Fault(offset: at, message: "There is nothing here; a JSON value was expected") }
    try value()
    skipSpace()
    if byte != nil { throw fault("The value ends before here; nothing may follow it, found \(found())") }
  }

  private mutating func value() throws(Fault) {
    guard let byte else { throw fault("The text ends where a value was expected") }
    switch byte {
    case UInt8(ascii: "{"): try object()
    case UInt8(ascii: "["): try array()
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    default: try literal(byte)
    }
  }

  private mutating func object() throws(Fault) {
    let open = at
    at += 1
    skipSpace()
    if take("}") { return }
    var keys: Set<[UInt8]> = []
    while true {
      guard byte == UInt8(ascii: "\"") else {
        if byte == UInt8(ascii: "'") { throw fault("A key stands in double quotes, not in single ones") }
        if byte == UInt8(ascii: "}") { throw fault("There is a comma with no member after it") }
        throw fault("Expected a key in double quotes, found \(found())", unclosed: "object", open)
      }
      let start = at
      let key = try string()
      if !keys.insert(key).inserted {
        let shown = String(decoding: key, as: UTF8.self)
        throw Fault(offset: start, message: "The key \"\(shown)\" is given twice in one object")
      }
      skipSpace()
      guard take(":") else { throw fault("Expected ':' after the key, found \(found())", unclosed: "object", open) }
      skipSpace()
      try value()
      skipSpace()
      if take("}") { return }
      guard take(",") else {
        throw fault("Expected ',' or '}' after the member, found \(found())", unclosed: "object", open)
      }
      skipSpace()
    }
  }

  private mutating func array() throws(Fault) {
    let open = at
    at += 1
    skipSpace()
    if take("]") { return }
    while true {
      if byte == nil { throw fault("", unclosed: "array", open) }
      try value()
      skipSpace()
      if take("]") { return }
      guard take(",") else {
        throw fault("Expected ',' or ']' after the element, found \(found())", unclosed: "array", open)
      }
      skipSpace()
      if byte == UInt8(ascii: "]") { throw fault("There is a comma with no element after it") }
    }
  }

  /// Walks over a string and gives its bytes.
  private mutating func string() throws(Fault) -> [UInt8] {
    let open = at
    var content: [UInt8] = []
    at += 1
    while let byte {
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        return content
      case UInt8(ascii: "\\"):
        try escape(into: &content)
      case 0x0A, 0x0D:
        throw Fault(offset: open, message: "The string is not closed before the end of its line")
      case 0..<0x20:
        throw fault("A control character in a string must be escaped, found \(found())")
      case 0x80...:
        let length = UTF8Form.length(of: bytes, at: at)
        guard length > 0 else { throw fault("The text is not UTF-8 here, found \(found())") }
        content.append(contentsOf: bytes[at..<at + length])
        at += length
      default:
        content.append(byte)
        at += 1
      }
    }
    throw Fault(offset: open, message: "The string is not closed")
  }

  private mutating func escape(into content: inout [UInt8]) throws(Fault) {
    let start = at
    guard at + 1 < bytes.count else {
      at = bytes.count
      return
    }
    let plain: [UInt8: UInt8] = [
      UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 8,
      UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
    ]
    at += 2
    if let byte = plain[bytes[start + 1]] {
      content.append(byte)
      return
    }
    guard bytes[start + 1] == UInt8(ascii: "u") else {
      throw Fault(
        offset: start, message: "A backslash in a string starts one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX")
    }
    at = start
    var unit = try unit()
    if (0xDC00...0xDFFF).contains(unit) { throw half(start) }
    if (0xD800...0xDBFF).contains(unit) {
      guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") else {
        throw half(start)
      }
      let second = try self.unit()
      guard (0xDC00...0xDFFF).contains(second) else { throw half(start) }
      unit = 0x10000 + (unit - 0xD800) << 10 + (second - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(unit) else { throw half(start) }
    content.append(contentsOf: Array(String(Character(scalar)).utf8))
  }

  /// The unit of the `\uXXXX` here, and past it.
  private mutating func unit() throws(Fault) -> UInt32 {
    let digits = bytes[min(at + 2, bytes.count)..<min(at + 6, bytes.count)]
    guard digits.count == 4, digits.allSatisfy({ UTF8Form.isHexDigit($0) }),
      let unit = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw fault("\\u must be followed by four hexadecimal digits") }
    at += 6
    return unit
  }

  private func half(_ offset: Int) -> Fault {
    Fault(offset: offset, message: "The escape is half of a surrogate pair")
  }

  private mutating func number() throws(Fault) {
    let start = at
    var isInteger = true
    _ = take("-")
    let first = at
    guard digits() > 0 else { throw fault("Expected a digit after '-', found \(found())") }
    if bytes[first] == UInt8(ascii: "0"), at > first + 1 {
      throw Fault(offset: start, message: "A number does not start with 0 and another digit")
    }
    if take(".") {
      isInteger = false
      guard digits() > 0 else { throw fault("Expected a digit after the decimal point, found \(found())") }
    }
    if take("e") || take("E") {
      isInteger = false
      if !take("+") { _ = take("-") }
      guard digits() > 0 else { throw fault("Expected a digit in the exponent, found \(found())") }
    }
    let shown = String(decoding: bytes[start..<at], as: UTF8.self)
    if isInteger, Int64(shown) == nil {
      throw Fault(
        offset: start, message: "The integer does not fit 64 bits; write it with a decimal point or as a string")
    }
    if let value = Double(shown), value.isInfinite {
      throw Fault(offset: start, message: "The number is too large for a double")
    }
  }

  private mutating func digits() -> Int {
    let start = at
    while let byte, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { at += 1 }
    return at - start
  }

  private mutating func literal(_ byte: UInt8) throws(Fault) {
    let start = at
    while let byte = self.byte, UTF8Form.isLetter(byte) { at += 1 }
    let word = String(decoding: bytes[start..<at], as: UTF8.self)
    if ["true", "false", "null"].contains(word) { return }
    at = start
    if byte == UInt8(ascii: "'") { throw fault("A string stands in double quotes, not in single ones") }
    if byte == UInt8(ascii: "/") { throw fault("Expected a value, found '/'; JSON has no comments") }
    if !word.isEmpty {
      throw fault("Expected a value, found \(word); a word is true, false, null, or in double quotes")
    }
    throw fault("Expected a value, found \(found())")
  }

  private mutating func skipSpace() { at = text.afterSpace(at) }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard byte == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private func fault(_ message: String) -> Fault { Fault(offset: at, message: message) }

  /// A fault here, or, at the end of the text, that what was opened at `open` is not closed.
  private func fault(_ message: String, unclosed what: String, _ open: Int) -> Fault {
    guard byte == nil else { return fault(message) }
    let opened = text.place(at: open)
    return fault("The text ends before the \(what) that opens at \(opened) is closed")
  }

  /// What stands here, in words.
  private func found() -> String {
    guard let byte else { return "the end of the text" }
    if byte > 0x20, byte < 0x7F { return "'\(Character(Unicode.Scalar(byte)))'" }
    let length = UTF8Form.length(of: bytes, at: at)
    if length > 0, let scalar = String(decoding: bytes[at..<at + length], as: UTF8.self).unicodeScalars.first {
      let hex = String(scalar.value, radix: 16, uppercase: true)
      return "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    }
    return "the byte 0x" + String(byte, radix: 16, uppercase: true)
  }
}
