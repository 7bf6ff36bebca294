/// A day of the proleptic Gregorian calendar.
@frozen
public struct Day: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// Days since 1970-01-01.
  public let number: Int32

  @inlinable
  public init(_ number: Int32) {
    self.number = number
  }

  /// Microseconds in a day, the unit of fields of dates and times.
  public static let microseconds: Int64 = 86_400_000_000

  /// The day of a date and time in microseconds since 1970-01-01T00:00:00.
  public init(microseconds: Int64) {
    let (day, rest) = microseconds.quotientAndRemainder(dividingBy: Day.microseconds)
    self.init(Int32(clamping: rest < 0 ? day - 1 : day))
  }

  /// A day from its parts; nil when there is no such day or the year is outside 1...9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Month(year, month).length else {
      return nil
    }
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// A day written `CCYY-MM-DD` and nothing else.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
    var parts = [0, 0, 0]
    for (part, range) in [0..<4, 5..<7, 8..<10].enumerated() {
      for byte in bytes[range] {
        guard (0x30...0x39).contains(byte) else { return nil }
        parts[part] = parts[part] * 10 + Int(byte - 0x30)
      }
    }
    self.init(year: parts[0], month: parts[1], day: parts[2])
  }

  /// Year, month (1...12) and day (1...31).
  public var parts: (year: Int, month: Int, day: Int) {
    // Howard Hinnant, civil_from_days.
    let shifted = Int(number) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }

  public var month: Month {
    let parts = parts
    return Month(parts.year, parts.month)
  }

  @inlinable
  public static func < (a: Day, b: Day) -> Bool { a.number < b.number }
}

extension Day: CustomStringConvertible {
  /// The day as `CCYY-MM-DD`.
  public var description: String {
    let parts = parts
    return "\(Month(parts.year, parts.month))-\(padded(parts.day, 2))"
  }
}

/// A month of a year.
public struct Month: Hashable, Comparable, Sendable {
  /// Months since the first month of year 0.
  public let number: Int

  public init(number: Int) {
    self.number = number
  }

  /// - Parameter month: 1...12.
  public init(_ year: Int, _ month: Int) {
    number = year * 12 + month - 1
  }

  public var year: Int { (number - monthOfYear + 1) / 12 }
  /// 1...12.
  public var monthOfYear: Int { (number % 12 + 12) % 12 + 1 }

  public var length: Int {
    switch monthOfYear {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Nil for years outside 1...9999.
  public var firstDay: Day? { Day(year: year, month: monthOfYear, day: 1) }
  public var lastDay: Day? { Day(year: year, month: monthOfYear, day: length) }

  public static func < (a: Month, b: Month) -> Bool { a.number < b.number }
}

extension Month: CustomStringConvertible {
  /// The month as `CCYY-MM`.
  public var description: String { "\(padded(year, 4))-\(padded(monthOfYear, 2))" }
}

private func padded(_ value: Int, _ width: Int) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
