import AuditModel

/// CEL's type conversions of settled values.
enum Conversion {
  static func int(_ value: Value) -> Value {
    switch value {
    case .int: value
    case .uint(let value): Int64(exactly: value).map { .int($0) } ?? outOfRange("int")
    case .double(let value): whole(value).map { .int($0) } ?? outOfRange("int")
    case .string(let text): Int64(text).map { .int($0) } ?? unreadable(as: "whole number")
    case .timestamp(let time):
      .int(Int64(Calendar.split(time).day) * 86_400 + Calendar.split(time).rest / 1_000_000)
    default: .noOverload
    }
  }

  static func uint(_ value: Value) -> Value {
    switch value {
    case .uint: value
    case .int(let value): UInt64(exactly: value).map { .uint($0) } ?? outOfRange("uint")
    case .double(let value):
      value > -1 && value < 0x1p64 ? .uint(UInt64(value)) : outOfRange("uint")
    case .string(let text): UInt64(text).map { .uint($0) } ?? unreadable(as: "whole number without sign")
    default: .noOverload
    }
  }

  static func double(_ value: Value) -> Value {
    switch value {
    case .double: value
    case .int(let value): .double(Double(value))
    case .uint(let value): .double(Double(value))
    case .string(let text): Double(text).map { .double($0) } ?? unreadable(as: "number")
    default: .noOverload
    }
  }

  static func string(_ value: Value) -> Value {
    switch value {
    case .string: return value
    case .int(let value): return .string(String(value))
    case .uint(let value): return .string(String(value))
    case .double(let value): return .string(words(value))
    case .bool(let value): return .string(value ? "true" : "false")
    case .bytes(let bytes):
      guard let text = String(validating: bytes, as: UTF8.self) else { return .error("the bytes are no UTF-8 text") }
      return .string(text)
    case .date(let days): return .string(CalendarDate(days: days).description)
    case .timestamp(let time): return .string(words(time))
    case .period(let start, let end):
      return .string("\(CalendarDate(days: start)) to \(CalendarDate(days: end))")
    default: return .noOverload
    }
  }

  static func bytes(_ value: Value) -> Value {
    switch value {
    case .bytes: value
    case .string(let text): .bytes(Array(text.utf8))
    default: .noOverload
    }
  }

  static func bool(_ value: Value) -> Value {
    switch value {
    case .bool: return value
    case .string(let text):
      switch text {
      case "1", "t", "T", "true", "TRUE", "True": return .bool(true)
      case "0", "f", "F", "false", "FALSE", "False": return .bool(false)
      default: return unreadable(as: "truth value")
      }
    default: return .noOverload
    }
  }

  static func date(_ value: Value) -> Value {
    switch value {
    case .date: value
    case .string(let text): CalendarDate(iso: text).map { .date($0.days) } ?? unreadable(as: "date")
    case .timestamp(let time): .date(Calendar.split(time).day)
    default: .noOverload
    }
  }

  /// Text is read as RFC 3339 has it: `2016-09-01T12:30:00Z`.
  static func timestamp(_ value: Value) -> Value {
    switch value {
    case .timestamp: value
    case .date(let day): .timestamp(Int64(day) * Calendar.microsecondsPerDay)
    case .string(let text): TimestampText.read(text).map { .timestamp($0) } ?? unreadable(as: "timestamp")
    default: .noOverload
    }
  }

  /// The whole part of a double, when it fits.
  @inline(__always)
  static func whole(_ value: Double) -> Int64? {
    // CEL leaves both limits out, since they cannot be told from what rounds to them.
    value > -0x1p63 && value < 0x1p63 ? Int64(value) : nil
  }

  private static func words(_ value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func words(_ time: Int64) -> String {
    let (day, rest) = Calendar.split(time)
    func padded(_ value: Int64, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let seconds = rest / 1_000_000
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
    var fraction = rest % 1_000_000 == 0 ? "" : ".\(padded(rest % 1_000_000, 6))"
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return "\(CalendarDate(days: day))T\(clock)\(fraction)Z"
  }

  private static func outOfRange(_ type: String) -> Value {
    .error("the number does not fit in \(type)")
  }

  private static func unreadable(as what: String) -> Value {
    .error("the text cannot be read as a \(what)")
  }
}

/// Timestamps as RFC 3339 writes them.
enum TimestampText {
  /// Microseconds since 1970-01-01T00:00:00Z, or nil; digits past the sixth of a second are cut off.
  static func read(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, let date = CalendarDate(iso: String(decoding: bytes[..<10], as: UTF8.self)),
      bytes[10] | 0x20 == UInt8(ascii: "t"), let clock = clock(bytes[11..<19], hasSeconds: true)
    else { return nil }
    var rest = bytes[19...]
    var fraction: Int64 = 0
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { $0.isDigit }
      guard !digits.isEmpty, digits.count <= 9 else { return nil }
      for position in 0..<6 {
        fraction = fraction * 10 + (position < digits.count ? Int64(digits[digits.startIndex + position] - 0x30) : 0)
      }
      rest = rest[digits.endIndex...]
    }
    guard let offset = zone(rest) else { return nil }
    return Int64(date.days) * Calendar.microsecondsPerDay + (clock - offset) * 1_000_000 + fraction
  }

  /// Seconds of `hh:mm:ss` or `hh:mm`.
  private static func clock(_ bytes: ArraySlice<UInt8>, hasSeconds: Bool) -> Int64? {
    let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == (hasSeconds ? 3 : 2) else { return nil }
    var seconds: Int64 = 0
    for (part, limit) in zip(parts, [Int64(24), 60, 60]) {
      guard part.count == 2, part.allSatisfy(\.isDigit) else { return nil }
      let value = Int64(part[part.startIndex] - 0x30) * 10 + Int64(part[part.startIndex + 1] - 0x30)
      guard value < limit else { return nil }
      seconds = seconds * 60 + value
    }
    return hasSeconds ? seconds : seconds * 60
  }

  /// Seconds east of Greenwich.
  private static func zone(_ bytes: ArraySlice<UInt8>) -> Int64? {
    guard let first = bytes.first else { return nil }
    switch first {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"): return bytes.count == 1 ? 0 : nil
    case UInt8(ascii: "+"): return clock(bytes.dropFirst(), hasSeconds: false)
    case UInt8(ascii: "-"): return clock(bytes.dropFirst(), hasSeconds: false).map { -$0 }
    default: return nil
    }
  }
}
