import AuditModel

/// Reckoning with days since 1970-01-01 and microseconds since its beginning.
enum Calendar {
  static let microsecondsPerDay: Int64 = 86_400_000_000

  static func days(from: Int32, to: Int32) -> Int64 {
    Int64(to) - Int64(from)
  }

  /// Whole months from one day to another, negative when it is earlier; the 31st to the 30th is not yet a month.
  static func months(from: Int32, to: Int32) -> Int64 {
    let (a, b) = (CalendarDate(days: from).parts, CalendarDate(days: to).parts)
    // Months and days in one number, so that a month that is not full falls away in the division towards zero.
    return Int64((((b.year - a.year) * 12 + b.month - a.month) * 32 + b.day - a.day) / 32)
  }

  /// The year in which the financial year of a day starts, on 1 April.
  static func financialYear(of day: Int32) -> Int64 {
    let (year, month, _) = CalendarDate(days: day).parts
    return Int64(month >= 4 ? year : year - 1)
  }

  /// The quarter of the financial year, from 1: April to June is the first.
  static func financialQuarter(of day: Int32) -> Int64 {
    Int64((CalendarDate(days: day).parts.month + 8) % 12 / 3 + 1)
  }

  /// The day a number of months later, the last of its month when that has no such day; nil outside the years 1 to 9999.
  static func adding(months: Int64, to day: Int32) -> Int32? {
    let parts = CalendarDate(days: day).parts
    guard months.magnitude < 200_000 else { return nil }
    let (year, month) = (Int64(parts.year) * 12 + Int64(parts.month) - 1 + months).dividedRoundingDown(by: 12)
    guard (1...9999).contains(year) else { return nil }
    let length = CalendarDate.length(ofMonth: Int(month) + 1, year: Int(year))
    return CalendarDate(year: Int(year), month: Int(month) + 1, day: min(parts.day, length))?.days
  }

  /// The day a number of days later; nil outside the years 1 to 9999.
  static func adding(days: Int64, to day: Int32) -> Int32? {
    guard days.magnitude < 4_000_000, let sum = Int32(exactly: Int64(day) + days) else { return nil }
    return (1...9999).contains(CalendarDate(days: sum).parts.year) ? sum : nil
  }

  /// The first and last day of a financial year, by the year in which it starts.
  static func financialPeriod(_ year: Int64) -> (Int32, Int32)? {
    guard (1..<9999).contains(year), let first = CalendarDate(year: Int(year), month: 4, day: 1),
      let last = CalendarDate(year: Int(year) + 1, month: 3, day: 31)
    else { return nil }
    return (first.days, last.days)
  }

  /// A part of a day; parts of the time of day are 0.
  static func part(_ part: CalendarPart, of day: Int32) -> Int64 {
    let parts = CalendarDate(days: day).parts
    switch part {
    case .fullYear: return Int64(parts.year)
    case .month: return Int64(parts.month - 1)
    case .date: return Int64(parts.day)
    case .dayOfMonth: return Int64(parts.day - 1)
    case .dayOfWeek:
      // 1970-01-01 was a Thursday.
      let weekday = (Int64(day) + 4) % 7
      return weekday < 0 ? weekday + 7 : weekday
    case .dayOfYear:
      let months = (1..<parts.month).reduce(0) { $0 + CalendarDate.length(ofMonth: $1, year: parts.year) }
      return Int64(months + parts.day - 1)
    case .hours, .minutes, .seconds, .milliseconds: return 0
    }
  }

  /// A part of a timestamp as columns hold it, in microseconds.
  static func part(_ part: CalendarPart, of time: Int64) -> Int64 {
    let (day, rest) = time.dividedRoundingDown(by: microsecondsPerDay)
    switch part {
    case .hours: return rest / 3_600_000_000
    case .minutes: return rest / 60_000_000 % 60
    case .seconds: return rest / 1_000_000 % 60
    case .milliseconds: return rest / 1000 % 1000
    default: return self.part(part, of: Int32(day))
    }
  }

  /// A part of a timestamp some seconds east of Greenwich.
  static func part(_ part: CalendarPart, of time: Timestamp, offset: Int64) -> Int64 {
    // Microseconds always fit: there are 2^63 of them in 292,000 years. No part is finer than they are.
    self.part(part, of: (time.seconds + offset) * 1_000_000 + time.nanoseconds / 1000)
  }

  /// A part of a duration in nanoseconds: all its hours, minutes or seconds, and the milliseconds after the last second.
  static func part(_ part: CalendarPart, ofDuration duration: Int64) -> Int64? {
    switch part {
    case .hours: duration / 3_600_000_000_000
    case .minutes: duration / 60_000_000_000
    case .seconds: duration / 1_000_000_000
    case .milliseconds: duration / 1_000_000 % 1000
    default: nil
    }
  }
}
