/// Functions of text, all by bytes of UTF-8, as CEL has them.
enum Text {
  static func contains(_ text: String, _ part: String) -> Bool {
    let part = Array(part.utf8)
    if part.isEmpty { return true }
    let bytes = Array(text.utf8)
    guard bytes.count >= part.count else { return false }
    return (0...(bytes.count - part.count)).contains { bytes[$0..<($0 + part.count)].elementsEqual(part) }
  }

  static func matches(_ text: String, _ pattern: String) -> Value {
    do {
      return .bool(try RegularExpression(pattern, offset: 0).matchesPart(of: text))
    } catch {
      return .error("the regular expression cannot be read")
    }
  }

  static func mapped(_ text: String, _ change: (UInt8) -> UInt8) -> String {
    String(decoding: text.utf8.map(change), as: UTF8.self)
  }

  /// Without white space at either end.
  static func trimmed(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return String(decoding: bytes[trimmedRange(bytes)], as: UTF8.self)
  }

  /// What is left of UTF-8 without the characters of Unicode's White_Space at either end.
  static func trimmedRange<Bytes: RandomAccessCollection<UInt8>>(_ bytes: Bytes) -> Range<Int>
  where Bytes.Index == Int {
    var range = bytes.startIndex..<bytes.endIndex
    while let length = (1...3).first(where: { isSpace(bytes, range.prefix($0), $0) }) {
      range = (range.lowerBound + length)..<range.upperBound
    }
    while let length = (1...3).first(where: { isSpace(bytes, range.suffix($0), $0) }) {
      range = range.lowerBound..<(range.upperBound - length)
    }
    return range
  }

  /// Whether the bytes in a range are one white-space character of `length` bytes.
  private static func isSpace<Bytes: RandomAccessCollection<UInt8>>(
    _ bytes: Bytes, _ range: Range<Int>, _ length: Int
  ) -> Bool where Bytes.Index == Int {
    guard range.count == length else { return false }
    let code = range.reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[$1]) }
    switch code {
    case 0x09...0x0D, 0x20: return true
    // U+0085, U+00A0.
    case 0xC285, 0xC2A0: return true
    // U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F, U+3000.
    case 0xE19A80, 0xE28080...0xE2808A, 0xE280A8, 0xE280A9, 0xE280AF, 0xE2819F, 0xE38080: return true
    default: return false
    }
  }
}

extension UInt8 {
  @inline(__always)
  var lowercasedASCII: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
  @inline(__always)
  var uppercasedASCII: UInt8 { self >= 0x61 && self <= 0x7A ? self & 0xDF : self }
}
