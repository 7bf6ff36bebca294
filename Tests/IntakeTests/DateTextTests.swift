import AuditModel
import Columns
import TestSupport
import Testing

@testable import Intake

@Suite("Dates, times and periods")
struct DateTextTests {
  private func read(_ cells: [String], _ type: FieldType, _ order: DateOrder? = .dayFirst) -> Outcome {
    let fields = [Field(name: "x", label: "x", type: type), Field(name: "y", label: "y", type: .text)]
    var settings = SourceSettings()
    settings.dates = order
    let text = "x;y\n" + cells.map { "\($0);." }.joined(separator: "\n")
    return Outcome.read(Array(text.utf8), fields, settings: settings)
  }

  private func values(_ outcome: Outcome) -> [String] {
    outcome.rows.map { $0.cells[0].kind == .value ? $0.cells[0].value : $0.cells[0].kind.words }
  }

  @Test("Dates are read day first; what is not CCYY-MM-DD is noted")
  func dates() {
    let texts = [
      "2018-04-30", "30/04/2018", "30-04-2018", "30.04.2018", "3/4/2018", "30 April 2018", "30-Apr-2018",
      "30th april 2018",
      "2018/04/30", "2018-4-30", "30/04/2018 00:00", "2018-04-30T00:00:00", "2018-04-30 00:00:00.000", "30. Apr. 2018",
      "1 Sept 2018",
    ]
    let outcome = read(texts, .date)
    #expect(
      values(outcome) == Array(repeating: "2018-04-30", count: 4) + ["2018-04-03"]
        + Array(repeating: "2018-04-30", count: 9) + ["2018-09-01"])
    #expect(outcome.forgiven(.dayFirstDate) == "day-first-date 14 [3, 4, 5]")
  }

  @Test("What is no date")
  func notDates() {
    let texts = [
      "2018-02-30", "04/30/2018", "31/04/2018", "2018-13-01", "30/04/18", "2018-04", "2018-04-30T10:00:00",
      "30/04/2018 09:15", "April 2018", "0000-01-01", "00/01/2018", "32/01/2018", "2018-1a-01", "tomorrow",
      "x30 April 2018",
      "+3/04/2018", "2018-04-300", "20180430",
      "-1/2/2016", "1/2/-2016", "1//2/2016", "1/2/2016/", "1-/2-/2016", "–1 May 2016",
    ]
    for (text, value) in zip(texts, values(read(texts, .date))) {
      #expect(value == "not readable as its type", "\(text)")
    }
  }

  @Test("Every day of the calendar reads the same fast and slowly")
  func everyDay() throws {
    func view(_ text: String) -> TextView {
      var none: [UInt8] = []
      return TextView(text, buffer: 0, appendingTo: &none)
    }
    for days in stride(from: Int32(-719_162), through: 2_932_896, by: 53) {
      let text = CalendarDate(days: days).description
      #expect(view(text).isoDays == days)
      let parts = text.split(separator: "-")
      #expect(view("\(parts[2])/\(parts[1])/\(parts[0])").dayFirstDays == days)
    }
    var random = SplitMix(seed: 9)
    for _ in 0..<5000 {
      var bytes = Array("2018-04-30".utf8)
      for _ in 0..<2 {
        bytes[Int.random(in: 0..<10, using: &random)] =
          [0x2F, 0x3A, 0x30, 0x39, 0x33, 0x2D, 0x20, 0xFF].randomElement(using: &random) ?? 0
      }
      let text = String(decoding: bytes, as: UTF8.self)
      if text.utf8.count == 10 { #expect(view(text).isoDays == CalendarDate(iso: text)?.days, "\(text)") }
    }
  }

  @Test("Digits read the same fast and slowly")
  func digits() {
    var random = SplitMix(seed: 10)
    for _ in 0..<5000 {
      let count = Int.random(in: 1...8, using: &random)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0x2E...0x3B, using: &random) }
      let text = String(decoding: bytes, as: UTF8.self)
      var none: [UInt8] = []
      let isPlain = bytes.allSatisfy { (0x30...0x39).contains($0) }
      #expect(TextView(text, buffer: 0, appendingTo: &none).digits == (isPlain ? Int64(text) : nil), "\(text)")
    }
  }

  @Test("Times")
  func timestamps() {
    let texts = [
      "1970-01-01T00:00:01", "1970-01-01T00:01", "1970-01-01T00:00:00.5", "1970-01-01T00:00:00.123456",
      "1970-01-01 00:00:01",
      "02/01/1970 00:00:00", "1970-01-02", "2/1/1970 9:05", "1969-12-31T23:59:59",
    ]
    let outcome = read(texts, .timestamp)
    #expect(
      values(outcome) == [
        "1000000", "60000000", "500000", "123456", "1000000", "86400000000", "86400000000", "119100000000", "-1000000",
      ])
    #expect(outcome.forgiven(.timeForm) == "time-form 4 [6, 7, 8]")
    let wrong = [
      "1970-01-01T24:00", "1970-01-01T00:60", "1970-01-01T00:00:60", "1970-01-01T", "1970-01-01T1", "T00:00", "x 00:00",
      "1970-01-01T00:00:00.", "1970-01-01T00:00:00Z",
    ]
    for (text, value) in zip(wrong, values(read(wrong, .timestamp))) {
      #expect(value == "not readable as its type", "\(text)")
    }
  }

  @Test("Periods")
  func periods() {
    let expected = [
      "2023-10": "2023-10-01 2023-10-31", "2022-23": "2022-04-01 2023-03-31", "2022/23": "2022-04-01 2023-03-31",
      "2022/2023": "2022-04-01 2023-03-31", "2018": "2018-01-01 2018-12-31", "Apr-25": "2025-04-01 2025-04-30",
      "April 2025": "2025-04-01 2025-04-30", "Q1 2016/17": "2016-04-01 2016-06-30",
      "2016/17 Q4": "2017-01-01 2017-03-31",
      "FY2016/17": "2016-04-01 2017-03-31", "FY 2016/17": "2016-04-01 2017-03-31",
      "Financial year 2016-17": "2016-04-01 2017-03-31", "1 April 2015 to 31 March 2016": "2015-04-01 2016-03-31",
      "01/04/2015 - 31/03/2016": "2015-04-01 2016-03-31", "01/04/2015-31/03/2016": "2015-04-01 2016-03-31",
      "2015-04-01/2016-03-31": "2015-04-01 2016-03-31", "April to June 2016": "2016-04-01 2016-06-30",
      "from April 2015 to March 2016": "2015-04-01 2016-03-31", "between 2015/16 and 2016/17": "2015-04-01 2017-03-31",
      "2016-09-01": "2016-09-01 2016-09-01", "2015-16 to 2016-17": "2015-04-01 2017-03-31",
      "2015-16-2016-17": "2015-04-01 2017-03-31", "2015/16-2016/17": "2015-04-01 2017-03-31",
      "Apr-Jun-2016": "2016-04-01 2016-06-30", "1 April 2015-31 March 2016": "2015-04-01 2016-03-31",
      "year ending 31 March 2016": "2015-04-01 2016-03-31", "Year ended 30/06/2016": "2015-07-01 2016-06-30",
      "12 months to March 2016": "2015-04-01 2016-03-31", "year to 2016-03": "2015-04-01 2016-03-31",
      "Twelve months ending Dec 2016": "2016-01-01 2016-12-31", "year ending 28 February 2016": "2015-03-01 2016-02-28",
      "year ending 29 February 2016": "2015-03-01 2016-02-29", "calendar year 2015": "2015-01-01 2015-12-31",
      "Calendar Year 2015 to calendar year 2016": "2015-01-01 2016-12-31",
    ]
    for (text, period) in expected { #expect(values(read([text], .period)) == [period], "\(text)") }
    let wrong = [
      "2022-24", "April to March 2016", "2016-13", "Q5 2016/17", "March 2016 to April 2015", "last year", "2016-00",
      "99", "/", "2015-16-17", "2015/16/17", "2015/16-17", "2015-2016/17", "2015 - 16 - 17", "2015--2016",
      "-1/2/2016", "2015-", "FY 2016", "financial year 2016", "year ending 2016", "12 months to Q1 2016/17",
      "calendar year 2015-16", "calendar year", "year ending 0001-01-01",
    ]
    for text in wrong { #expect(values(read([text], .period)) == ["not readable as its type"], "\(text)") }
  }

  @Test("Periods in other forms than CCYY-MM are noted")
  func periodForms() {
    let texts = ["2023-10", "year ending 31 March 2016", "12 months to March 2016", "calendar year 2015"]
    #expect(read(texts, .period).forgiven(.periodForm) == "period-form 3 [3, 4, 5]")
  }

  @Test("Long and short periods in turn are each read for themselves")
  func periodsInTurn() {
    let texts = [
      "2023-10", "April 2015 to March 2016", "2023-10", "April 2016 to March 2017", "April 2016 to March 2017",
    ]
    #expect(
      values(read(texts, .period)) == [
        "2023-10-01 2023-10-31", "2015-04-01 2016-03-31", "2023-10-01 2023-10-31", "2016-04-01 2017-03-31",
        "2016-04-01 2017-03-31",
      ])
  }
}
