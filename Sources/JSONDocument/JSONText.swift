/// The bytes of a JSON text and ways to walk over them.
///
/// The walks that skip values believe the text to be JSON: jansson has accepted it.
struct JSONText {
  let bytes: [UInt8]
  /// 3 after a byte order mark, otherwise 0.
  let start: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The first position from `at` that is not white space.
  func afterSpace(_ at: Int) -> Int {
    var at = at
    while at < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[at]) { at += 1 }
    return at
  }

  /// The position after the string that opens at `at`, or the end when it is not closed.
  func afterString(_ at: Int) -> Int {
    var at = at + 1
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\""): return at + 1
      case UInt8(ascii: "\\"): at += 2
      default: at += 1
      }
    }
    return bytes.count
  }

  /// The position after the value at `at`, without white space before or after.
  func afterValue(_ at: Int) -> Int {
    var at = at
    var depth = 0
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        at = afterString(at)
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        at += 1
        continue
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        at += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x0A, 0x0D, 0x09:
        at += 1
        continue
      default:
        at = afterWord(at)
      }
      if depth == 0 { return at }
    }
    return bytes.count
  }

  /// The position after a number or literal.
  private func afterWord(_ at: Int) -> Int {
    var at = at
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), 0x20, 0x0A, 0x0D, 0x09: return at
      default: at += 1
      }
    }
    return at
  }

  /// Where the value reached by the ordinals (0-based) of members and elements starts, and where its key does.
  func locate(_ ordinals: [Int]) -> (key: Int?, value: Int) {
    var at = afterSpace(start)
    var key: Int?
    for ordinal in ordinals {
      let isObject = bytes[at] == UInt8(ascii: "{")
      at = afterSpace(at + 1)
      for step in 0...ordinal {
        if isObject {
          key = at
          // Over the key and its colon.
          at = afterSpace(afterSpace(afterString(at)) + 1)
        } else {
          key = nil
        }
        if step < ordinal {
          // Over the value and its comma.
          at = afterSpace(afterSpace(afterValue(at)) + 1)
        }
      }
    }
    return (key, at)
  }

  /// The number of line feeds in a range that may reach past the end.
  func lineFeeds(in range: Range<Int>) -> Int {
    bytes[min(range.lowerBound, bytes.count)..<min(range.upperBound, bytes.count)].count { $0 == 0x0A }
  }

  /// The line and column of an offset.
  func place(at offset: Int) -> JSONPlace {
    var line = 1
    var lineStart = start
    for at in start..<max(start, min(offset, bytes.count)) where bytes[at] == 0x0A {
      line += 1
      lineStart = at + 1
    }
    var column = 1
    for at in lineStart..<max(lineStart, min(offset, bytes.count)) where bytes[at] & 0xC0 != 0x80 { column += 1 }
    return JSONPlace(line: line, column: column, offset: offset)
  }
}

/// What one quick pass learns about a text before jansson sees it.
struct JSONSurvey {
  /// Where the nesting limit is passed.
  var tooDeep: Int?
  /// True when `\u0000` stands somewhere in a string.
  var hasNulEscape = false
  /// True when a raw NUL stands anywhere. It is never JSON, but jansson 2.14 overlooks one after a number.
  var hasNulByte = false

  init(of text: JSONText, depth limit: Int) {
    var depth = 0
    var isInString = false
    var at = text.start
    let bytes = text.bytes
    while at < bytes.count {
      let byte = bytes[at]
      if byte == 0 {
        hasNulByte = true
      } else if isInString {
        if byte == UInt8(ascii: "\\") {
          if !hasNulEscape, bytes[at...].starts(with: NulInKeys.escape) { hasNulEscape = true }
          at += 1
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
      } else if byte == UInt8(ascii: "\"") {
        isInString = true
      } else if byte | 0x20 == UInt8(ascii: "{") {
        depth += 1
        if depth > limit {
          tooDeep = at
          return
        }
      } else if byte | 0x20 == UInt8(ascii: "}") {
        depth -= 1
      }
      at += 1
    }
  }
}

/// Keys with U+0000, which jansson refuses: each `\u0000` in a key gives way to the escape, of the same length, of a
/// private-use character that the text has nowhere.
struct NulInKeys {
  static let escape = Array("\\u0000".utf8)

  let standIn: Unicode.Scalar
  let rewritten: [UInt8]

  /// Nil when no key has U+0000.
  init?(_ text: JSONText) {
    let bytes = text.bytes
    var places: [Int] = []
    var used: Set<UInt32> = []
    var at = text.start
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "\"") else {
        at += 1
        continue
      }
      let end = text.afterString(at)
      let after = text.afterSpace(end)
      let isKey = after < bytes.count && bytes[after] == UInt8(ascii: ":")
      while at < end {
        if bytes[at] == UInt8(ascii: "\\") {
          if isKey, bytes[at...].starts(with: NulInKeys.escape) { places.append(at) }
          if let unit = NulInKeys.unit(bytes, at) { used.insert(unit) }
          at += 2
        } else {
          if bytes[at] & 0xF0 == 0xE0, at + 2 < end {
            used.insert(
              UInt32(bytes[at] & 0x0F) << 12 | UInt32(bytes[at + 1] & 0x3F) << 6 | UInt32(bytes[at + 2] & 0x3F))
          }
          at += 1
        }
      }
    }
    guard !places.isEmpty, let free = (0xE000...0xF8FF).first(where: { !used.contains($0) }),
      let scalar = Unicode.Scalar(free)
    else { return nil }
    standIn = scalar
    var copy = bytes
    let digits = Array(String(free, radix: 16).utf8)
    for place in places { copy.replaceSubrange(place + 2..<place + 6, with: digits) }
    rewritten = copy
  }

  /// The UTF-16 unit of a `\uXXXX` escape.
  private static func unit(_ bytes: [UInt8], _ at: Int) -> UInt32? {
    guard at + 5 < bytes.count, bytes[at + 1] == UInt8(ascii: "u") else { return nil }
    return UInt32(String(decoding: bytes[at + 2..<at + 6], as: UTF8.self), radix: 16)
  }
}
