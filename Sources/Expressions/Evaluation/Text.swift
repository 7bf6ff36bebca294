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
    var text = text
    return text.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      return unsafe String(decoding: bytes[trimmedRange(bytes)], as: UTF8.self)
    }
  }

  /// What is left of UTF-8 without the characters of Unicode's White_Space at either end.
  @unsafe
  static func trimmedRange(_ bytes: UnsafeRawBufferPointer) -> Range<Int> {
    var start = 0
    var end = bytes.count
    while start < end {
      guard let length = (1...3).first(where: { unsafe start + $0 <= end && isSpace(bytes, start, $0) }) else { break }
      start += length
    }
    while start < end {
      guard let length = (1...3).first(where: { unsafe start + $0 <= end && isSpace(bytes, end - $0, $0) }) else {
        break
      }
      end -= length
    }
    return start..<end
  }

  /// Whether the `length` bytes at a place are one white-space character.
  @unsafe
  private static func isSpace(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ length: Int) -> Bool {
    var code: UInt32 = 0
    for index in start..<(start + length) { code = unsafe code << 8 | UInt32(bytes[index]) }
    switch code {
    case 0x09...0x0D, 0x20: return length == 1
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
