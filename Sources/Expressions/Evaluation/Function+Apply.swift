import AuditModel

extension Function {
  /// The result for settled arguments.
  func apply(_ arguments: [Value]) -> Value {
    switch (self, arguments[0], arguments.count > 1 ? arguments[1] : .null) {
    case (.size, .string(let text), _): .int(Int64(text.unicodeScalars.count))
    case (.size, .bytes(let bytes), _): .int(Int64(bytes.count))
    case (.size, .list(let items), _): .int(Int64(items.count))
    case (.size, .map(let map), _): .int(Int64(map.entries.count))
    case (.contains, .string(let text), .string(let part)): .bool(Text.contains(text, part))
    case (.startsWith, .string(let text), .string(let part)): .bool(text.utf8.starts(with: part.utf8))
    case (.endsWith, .string(let text), .string(let part)):
      .bool(text.utf8.count >= part.utf8.count && text.utf8.suffix(part.utf8.count).elementsEqual(part.utf8))
    case (.matches, .string(let text), .string(let pattern)): Text.matches(text, pattern)
    case (.lowerAscii, .string(let text), _):
      .string(Text.mapped(text) { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 })
    case (.upperAscii, .string(let text), _):
      .string(Text.mapped(text) { $0 >= 0x61 && $0 <= 0x7A ? $0 & 0xDF : $0 })
    case (.trim, .string(let text), _): .string(Text.trimmed(text))
    case (.toDyn, let value, _): value
    case (.days, .date(let from), .date(let to)): .int(Calendar.days(from: from, to: to))
    case (.months, .date(let from), .date(let to)): .int(Calendar.months(from: from, to: to))
    case (.financialYear, .date(let date), _): .int(Calendar.financialYear(of: date))
    case (.calendar(let part), .date(let date), _) where !part.isTimeOfDay: .int(Calendar.part(part, of: date))
    case (.calendar(let part), .timestamp(let time), _): .int(Calendar.part(part, of: time))
    case (.toInt, let value, _): Conversion.int(value)
    case (.toUint, let value, _): Conversion.uint(value)
    case (.toDouble, let value, _): Conversion.double(value)
    case (.toString, let value, _): Conversion.string(value)
    case (.toBytes, let value, _): Conversion.bytes(value)
    case (.toBool, let value, _): Conversion.bool(value)
    case (.toDate, let value, _): Conversion.date(value)
    case (.toTimestamp, let value, _): Conversion.timestamp(value)
    default: .noOverload
    }
  }
}

/// Functions of text, all by bytes of UTF-8 or by code points, as CEL has them.
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
      return .error(error.message)
    }
  }

  static func mapped(_ text: String, _ change: (UInt8) -> UInt8) -> String {
    String(decoding: text.utf8.map(change), as: UTF8.self)
  }

  /// Without white space (Unicode's) at either end.
  static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }
}
