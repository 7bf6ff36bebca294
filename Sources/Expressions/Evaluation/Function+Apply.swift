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
      .string(Text.mapped(text, \.lowercasedASCII))
    case (.upperAscii, .string(let text), _):
      .string(Text.mapped(text, \.uppercasedASCII))
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
