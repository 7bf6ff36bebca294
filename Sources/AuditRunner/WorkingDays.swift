public import AuditModel
import LocalFiles

/// Working days as the Freedom of Information Act 2000 counts them (section 10(6)): any day but a Saturday, a Sunday,
/// Christmas Day, Good Friday, or a bank holiday in any part of the United Kingdom.
public struct WorkingDays: Sendable {
  /// The days within which a request is to be answered (section 10(1)).
  public static let allowed = 20

  private let holidays: Set<CalendarDate>
  /// The first and last day of which the list knows.
  public let known: ClosedRange<CalendarDate>

  /// Reads the list of bank holidays: a CSV with the columns date, nation and name. It is taken to know the years from
  /// its first day to its last one whole.
  public static func load(_ path: String) throws(ConfigurationError) -> WorkingDays {
    let bytes: [UInt8]
    do {
      bytes = try LocalFiles.read(path)
    } catch {
      throw ConfigurationError(error.path, error.reason + ".")
    }
    var days: Set<CalendarDate> = []
    for row in try ControlTable.rows(bytes, name: path, required: ["date", "nation", "name"]) {
      days.insert(try row.date("date"))
    }
    guard let first = days.min(), let last = days.max(),
      let start = CalendarDate(year: first.parts.year, month: 1, day: 1),
      let end = CalendarDate(year: last.parts.year, month: 12, day: 31)
    else { throw ConfigurationError(path, "It lists no bank holiday.") }
    return WorkingDays(holidays: days, known: start...end)
  }

  public func isWorkingDay(_ date: CalendarDate) -> Bool {
    // 1970-01-01 was a Thursday; Monday is 0.
    let weekday = ((Int(date.days) + 3) % 7 + 7) % 7
    return weekday < 5 && !holidays.contains(date)
  }

  /// The last day on which an answer is in time: the day after receipt is day 1.
  public func due(received: CalendarDate, within count: Int = allowed) throws(ConfigurationError) -> CalendarDate {
    var day = received
    var left = count
    while left > 0 {
      day = CalendarDate(days: day.days + 1)
      guard known.contains(day) else { throw beyond(day) }
      if isWorkingDay(day) { left -= 1 }
    }
    return day
  }

  /// Working days after one day up to another; nought when that is no later.
  public func count(after day: CalendarDate, upTo other: CalendarDate) throws(ConfigurationError) -> Int {
    guard day < other else { return 0 }
    guard known.contains(day), known.contains(other) else { throw beyond(known.contains(day) ? other : day) }
    return (day.days + 1...other.days).count { isWorkingDay(CalendarDate(days: $0)) }
  }

  private func beyond(_ day: CalendarDate) -> ConfigurationError {
    ConfigurationError(
      "bank-holidays.csv",
      "The bank holidays of \(day.parts.year) are not in the list, which knows \(known.lowerBound.parts.year) to "
        + "\(known.upperBound.parts.year).",
      advice: "Add them to rules/calendar/bank-holidays.csv.")
  }
}
