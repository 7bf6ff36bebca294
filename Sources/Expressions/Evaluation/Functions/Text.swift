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

  static func reversed(_ text: String) -> String { Characters.text(text.unicodeScalars.reversed()) }

  /// In double quotes, with the escapes that a literal needs.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{07}": quoted += "\\a"
      case "\u{08}": quoted += "\\b"
      case "\u{0C}": quoted += "\\f"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\u{0B}": quoted += "\\v"
      case "\\": quoted += "\\\\"
      case "\"": quoted += "\\\""
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// The pieces between separators; between all characters when the separator is empty.
  ///
  /// - Parameter limit: how many pieces there are at most, the last of which is the rest; nil or negative for any number.
  static func split(_ text: String, _ separator: String, limit: Int64?) -> Value {
    var left = limit.map { $0 < 0 ? Int64.max : $0 } ?? .max
    if left == 0 { return .listed([]) }
    var pieces: [Value] = []
    var rest = Array(text.utf8)[...]
    let separator = Array(separator.utf8)
    while left > 1, let (before, after) = cut(rest, separator) {
      pieces.append(.string(String(decoding: before, as: UTF8.self)))
      rest = after
      left -= 1
    }
    if !separator.isEmpty || !rest.isEmpty { pieces.append(.string(String(decoding: rest, as: UTF8.self))) }
    return .listed(pieces)
  }

  /// What stands before and behind the first separator. An empty one stands behind the first of several characters.
  private static func cut(
    _ text: ArraySlice<UInt8>, _ separator: [UInt8]
  ) -> (before: ArraySlice<UInt8>, after: ArraySlice<UInt8>)? {
    guard !separator.isEmpty else {
      let end = text.dropFirst().firstIndex { $0 & 0xC0 != 0x80 }
      return end.map { (text[..<$0], text[$0...]) }
    }
    return place(of: separator, in: text).map { (text[..<$0], text[($0 + separator.count)...]) }
  }

  private static func place(of part: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
    guard text.count >= part.count else { return nil }
    return (text.startIndex...(text.endIndex - part.count)).first {
      text[$0] == part[0] && text[$0..<($0 + part.count)].elementsEqual(part)
    }
  }

  /// A text with what is old in it replaced, from the left and at most `limit` times; before each character and at the
  /// end when nothing is what is old.
  static func replaced(_ text: String, _ old: String, _ new: String, limit: Int64?) -> Value {
    var left = limit.map { $0 < 0 ? Int64.max : $0 } ?? .max
    let (bytes, old, new) = (Array(text.utf8), Array(old.utf8), Array(new.utf8))
    var result: [UInt8] = []
    var rest = bytes[...]
    while left > 0 {
      if old.isEmpty {
        result += new
        left -= 1
        guard !rest.isEmpty else { break }
        let end = rest.dropFirst().firstIndex { $0 & 0xC0 != 0x80 } ?? rest.endIndex
        result += rest[..<end]
        rest = rest[end...]
      } else {
        guard let place = place(of: old, in: rest) else { break }
        result += rest[..<place]
        result += new
        rest = rest[(place + old.count)...]
        left -= 1
      }
      if result.count / 16 > Value.weightLimit { return .tooLarge }
    }
    return .text(String(decoding: result + rest, as: UTF8.self))
  }

  static func joined(_ texts: [String], _ separator: String) -> Value {
    let size = texts.reduce(0) { $0 + $1.utf8.count + separator.utf8.count }
    return size / 16 > Value.weightLimit ? .tooLarge : .string(texts.joined(separator: separator))
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
