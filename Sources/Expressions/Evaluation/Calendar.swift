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

  static func part(_ part: CalendarPart, of time: Int64) -> Int64 {
    let (day, rest) = split(time)
    switch part {
    case .hours: return rest / 3_600_000_000
    case .minutes: return rest / 60_000_000 % 60
    case .seconds: return rest / 1_000_000 % 60
    case .milliseconds: return rest / 1000 % 1000
    default: return self.part(part, of: day)
    }
  }

  /// The day and the microseconds within it.
  static func split(_ time: Int64) -> (day: Int32, rest: Int64) {
    var day = time / microsecondsPerDay
    var rest = time % microsecondsPerDay
    if rest < 0 {
      rest += microsecondsPerDay
      day -= 1
    }
    // 2^63 microseconds are 107 million days.
    return (Int32(day), rest)
  }
}
