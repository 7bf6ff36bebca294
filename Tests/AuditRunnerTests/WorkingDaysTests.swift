import AuditModel
import TestSupport
import Testing

@testable import AuditRunner

@Suite struct WorkingDaysTests {
  private static let days = Result {
    try WorkingDays.load("\(TestSupport.repository)/rules/calendar/bank-holidays.csv")
  }

  /// Day 1 is the day after receipt. Worked out by hand from the published lists.
  @Test(arguments: [
    // No bank holiday in between.
    ("2016-09-01", "2016-09-29"),
    // 12 July is one in Northern Ireland, 1 August in Scotland; both count everywhere.
    ("2016-07-04", "2016-08-03"),
    // Good Friday and Easter Monday 2016, and St Patrick's Day.
    ("2016-03-14", "2016-04-14"),
    // Christmas, Boxing Day, New Year with their substitutes, and 2 January.
    ("2016-12-01", "2017-01-04"),
    // Received on a Saturday.
    ("2016-09-03", "2016-09-30"),
    // The jubilee of 2022.
    ("2022-05-20", "2022-06-21"),
  ]) func twentyWorkingDaysEndOn(_ received: String, _ due: String) throws {
    let days = try WorkingDaysTests.days.get()
    #expect(try days.due(received: CalendarDate(iso: received)!).description == due)
  }

  @Test func daysLateAreWorkingDays() throws {
    let days = try WorkingDaysTests.days.get()
    let friday = CalendarDate(iso: "2016-09-02")!
    #expect(try days.count(after: friday, upTo: CalendarDate(iso: "2016-09-05")!) == 1)
    #expect(try days.count(after: friday, upTo: CalendarDate(iso: "2016-09-04")!) == 0)
    #expect(try days.count(after: friday, upTo: friday) == 0)
  }

  @Test func aYearThatTheListDoesNotKnowIsTold() throws {
    let days = try WorkingDaysTests.days.get()
    #expect(throws: ConfigurationError.self) { try days.due(received: CalendarDate(iso: "2027-12-20")!) }
  }
}
