/// A day of the proleptic Gregorian calendar, without time or zone.
public struct CalendarDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01; negative before it (Arrow's `date32`).
  public let days: Int32

  public init(days: Int32) {
    self.days = days
  }

  /// A date from its parts, or nil when there is no such day or the year is outside 1...9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CalendarDate.length(ofMonth: month, year: year)
    else { return nil }
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    days = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// A date written `CCYY-MM-DD` and nothing else.
  public init?(iso text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Year, month (1...12) and day (1...31).
  public var parts: (year: Int, month: Int, day: Int) {
    // Howard Hinnant, civil_from_days.
    let z = Int(days) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, day)
  }

  public static func < (a: CalendarDate, b: CalendarDate) -> Bool { a.days < b.days }

  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CalendarDate: CustomStringConvertible {
  /// The date as `CCYY-MM-DD`.
  public var description: String {
    let (year, month, day) = parts
    func padded(_ value: Int, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

/// A stretch of whole days, both ends included.
public struct Period: Hashable, Comparable, Sendable {
  public let start: CalendarDate
  public let end: CalendarDate

  /// Nil when `end` is before `start`.
  public init?(start: CalendarDate, end: CalendarDate) {
    guard start <= end else { return nil }
    self.start = start
    self.end = end
  }

  /// The whole of a calendar month.
  public init?(year: Int, month: Int) {
    guard let start = CalendarDate(year: year, month: month, day: 1),
      let end = CalendarDate(year: year, month: month, day: CalendarDate.length(ofMonth: month, year: year))
    else { return nil }
    self.init(start: start, end: end)
  }

  /// A financial year, 1 April to 31 March, by the year in which it starts.
  public init?(financialYear year: Int) {
    guard let start = CalendarDate(year: year, month: 4, day: 1),
      let end = CalendarDate(year: year + 1, month: 3, day: 31)
    else { return nil }
    self.init(start: start, end: end)
  }

  public static func < (a: Period, b: Period) -> Bool { (a.start, a.end) < (b.start, b.end) }
}

extension Period: CustomStringConvertible {
  /// `CCYY-MM-DD to CCYY-MM-DD`; a whole month as `CCYY-MM`.
  public var description: String {
    let (year, month, _) = start.parts
    if Period(year: year, month: month) == self {
      return String(start.description.prefix(7))
    }
    return "\(start) to \(end)"
  }
}
