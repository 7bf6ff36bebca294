extension KeyFields {
  /// A key's values in words, as evidence shows them: "RXX, 2024-01".
  func words(_ key: [UInt8]) -> String {
    var reader = KeyReader(bytes: key)
    guard fields.count > 1 else { return single(key, &reader) }
    return fields.map { field in
      switch field.type {
      case .text: reader.text()
      case .integer: String(reader.signed())
      case .timestamp: KeyFields.moment(reader.signed())
      case .number: KeyFields.number(reader.word(size: 8))
      case .date: Day(Int32(truncatingIfNeeded: reader.signed())).description
      case .boolean: reader.signed() == 1 ? "yes" : "no"
      case .period:
        KeyFields.period(start: reader.signed(), length: reader.signed())
      }
    }.joined(separator: ", ")
  }

  private func single(_ key: [UInt8], _ reader: inout KeyReader) -> String {
    if fields[0].type == .text { return String(decoding: key, as: UTF8.self) }
    let word = reader.word(size: 8)
    switch fields[0].type {
    case .number: return KeyFields.number(word)
    case .date: return Day(Int32(truncatingIfNeeded: Int64(bitPattern: word))).description
    case .boolean: return word == 1 ? "yes" : "no"
    case .timestamp: return KeyFields.moment(Int64(bitPattern: word))
    case .period:
      let start = Int64(Int32(truncatingIfNeeded: word))
      return KeyFields.period(start: start, length: Int64(Int32(truncatingIfNeeded: word >> 32)) - start)
    default: return String(Int64(bitPattern: word))
    }
  }

  private static func number(_ bits: UInt64) -> String {
    let value = Double(bitPattern: bits)
    return Int64(exactly: value).map { String($0) } ?? "\(value)"
  }

  private static func moment(_ microseconds: Int64) -> String {
    let day = Day(microseconds: microseconds)
    let seconds = (microseconds - Int64(day.number) * Day.microseconds) / 1_000_000
    let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(day) \(parts.joined(separator: ":"))"
  }

  /// A whole month as that, anything else by its days.
  private static func period(start: Int64, length: Int64) -> String {
    let first = Day(Int32(truncatingIfNeeded: start))
    let last = Day(Int32(truncatingIfNeeded: start &+ length))
    if first == first.month.firstDay && last == first.month.lastDay { return first.month.description }
    return "\(first) to \(last)"
  }
}

/// Reads the values of a key one by one. A key of a damaged state gives other values, never a crash.
private struct KeyReader {
  let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func word(size: Int) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<size where position + index < bytes.count {
      value |= UInt64(bytes[position + index]) << UInt64(index * 8)
    }
    position = min(position + size, bytes.count)
    return value
  }

  mutating func unsigned() -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      shift += 7
      if byte < 0x80 { break }
    }
    return value
  }

  mutating func signed() -> Int64 {
    let value = unsigned()
    return Int64(bitPattern: (value >> 1) ^ (0 &- (value & 1)))
  }

  mutating func text() -> String {
    let count = Int(clamping: unsigned())
    let end = min(bytes.count, position + min(count, bytes.count))
    defer { position = end }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }
}
