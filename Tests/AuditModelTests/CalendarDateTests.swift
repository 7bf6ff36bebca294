import AuditModel
import Testing

@Suite("Dates")
struct CalendarDateTests {
  /// Counted forward by hand from a known day, apart from the algorithm under test.
  @Test func everyDayFrom1900To2100RoundTrips() throws {
    var days: Int32 = -25_567  // 1900-01-01 is 25,567 days before 1970-01-01.
    var previous: CalendarDate?
    for year in 1900...2100 {
      let isLeap = year % 4 == 0 && year != 1900 && year != 2100
      for month in 1...12 {
        let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        #expect(CalendarDate.length(ofMonth: month, year: year) == length)
        for day in 1...length {
          let date = try #require(CalendarDate(year: year, month: month, day: day))
          guard date.days == days, date.parts == (year, month, day), CalendarDate(iso: date.description) == date,
            previous.map({ $0 < date }) ?? true
          else {
            Issue.record("\(year)-\(month)-\(day): \(date), \(date.days) days, expected \(days)")
            return
          }
          days += 1
          previous = date
        }
        #expect(CalendarDate(year: year, month: month, day: length + 1) == nil)
      }
    }
    #expect(days == 47_847)  // 2101-01-01
  }

  @Test func knownDaysHaveTheirNumbers() {
    #expect(CalendarDate(year: 1970, month: 1, day: 1)?.days == 0)
    #expect(CalendarDate(year: 2000, month: 2, day: 29)?.days == 11_016)
    #expect(CalendarDate(year: 1, month: 1, day: 1)?.days == -719_162)
    #expect(CalendarDate(year: 9999, month: 12, day: 31)?.description == "9999-12-31")
    #expect(CalendarDate(year: 44, month: 3, day: 15)?.description == "0044-03-15")
  }

  @Test(arguments: [(2023, 2, 29), (1900, 2, 29), (2024, 4, 31), (2024, 13, 1), (2024, 0, 1), (2024, 1, 0), (0, 1, 1)])
  func daysThatAreNotAreNil(year: Int, month: Int, day: Int) {
    #expect(CalendarDate(year: year, month: month, day: day) == nil)
  }

  @Test(arguments: [
    "2016-9-01", "2016/09/01", "2016-09-1", " 2016-09-01", "2016-09-01 ", "16-09-01", "2016-09-31", "20160901", "",
    "2016-09-0x", "２016-09-01", "-016-09-01",
  ])
  func textThatIsNotAnISODateIsNil(text: String) {
    #expect(CalendarDate(iso: text) == nil)
  }
}

@Suite("Periods")
struct PeriodTests {
  @Test func everyMonthFrom1900To2100IsWhole() throws {
    var next = try #require(CalendarDate(year: 1900, month: 1, day: 1))
    for year in 1900...2100 {
      for month in 1...12 {
        let period = try #require(Period(year: year, month: month))
        #expect(period.start == next && period.end > period.start)
        #expect(period.description == String(period.start.description.prefix(7)))
        next = CalendarDate(days: period.end.days + 1)
      }
    }
  }

  @Test func financialYearsRunFromAprilToMarch() throws {
    let year = try #require(Period(financialYear: 2015))
    #expect(year.description == "2015-04-01 to 2016-03-31")
    #expect(year.end.days - year.start.days == 365)
    #expect(Period(year: 2015, month: 13) == nil && Period(financialYear: 0) == nil)
  }

  @Test func endsAreInOrderAndPeriodsSort() throws {
    let first = try #require(CalendarDate(iso: "2016-09-01"))
    let second = try #require(CalendarDate(iso: "2016-09-02"))
    #expect(Period(start: second, end: first) == nil)
    let day = try #require(Period(start: first, end: first))
    let both = try #require(Period(start: first, end: second))
    #expect(
      day < both && both.description == "2016-09-01 to 2016-09-02" && day.description == "2016-09-01 to 2016-09-01")
  }
}
