import AuditModel

/// CEL's type conversions of settled values.
enum Conversion {
  static func int(_ value: Value) -> Value {
    switch value {
    case .int: value
    case .uint(let value): Int64(exactly: value).map { .int($0) } ?? outOfRange("int")
    case .double(let value): whole(value).map { .int($0) } ?? outOfRange("int")
    case .string(let text): Int64(text).map { .int($0) } ?? unreadable(as: "whole number")
    case .timestamp(let time): .int(time.seconds)
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
    case .timestamp(let time): return .string(time.text)
    case .duration(let duration): return .string(DurationText.text(duration))
    case .type(let name): return .string(name)
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
    case .timestamp(let time): .date(time.day)
    default: .noOverload
    }
  }

  /// Text is read as RFC 3339 has it: `2016-09-01T12:30:00Z`; a whole number is seconds since 1970.
  static func timestamp(_ value: Value) -> Value {
    switch value {
    case .timestamp: value
    case .date(let day): .timestamp(Timestamp(day: day))
    case .int(let seconds): Timestamp(seconds: seconds).map { .timestamp($0) } ?? Value.timestampOutOfRange
    case .string(let text): Timestamp(text).map { .timestamp($0) } ?? unreadable(as: "timestamp")
    default: .noOverload
    }
  }

  /// Text is numbers and units: `1h30m`.
  static func duration(_ value: Value) -> Value {
    switch value {
    case .duration: value
    case .string(let text): DurationText.read(text).map { .duration($0) } ?? unreadable(as: "duration")
    default: .noOverload
    }
  }

  /// The whole part of a double, when it fits.
  @inline(__always)
  static func whole(_ value: Double) -> Int64? {
    // CEL leaves both limits out, since they cannot be told from what rounds to them.
    value > -0x1p63 && value < 0x1p63 ? Int64(value) : nil
  }

  static func words(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func outOfRange(_ type: String) -> Value {
    .error("the number does not fit in \(type)")
  }

  private static func unreadable(as what: String) -> Value {
    .error("the text cannot be read as a \(what)")
  }
}
