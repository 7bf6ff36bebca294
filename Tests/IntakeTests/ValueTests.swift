import AuditModel
import Testing

@testable import Intake

@Suite("Values as people write them")
struct ValueTests {
  private func cells(
    _ texts: [String], _ field: Field, dates: DateOrder? = nil
  ) -> (words: [String], outcome: Outcome) {
    var settings = SourceSettings()
    settings.dates = dates
    let text = "x;y\n" + texts.map { "\($0);." }.joined(separator: "\n")
    let outcome = Outcome.read(
      Array(text.utf8), [field, Field(name: "y", label: "y", type: .text)], settings: settings)
    return (outcome.rows.map { $0.cells[0].kind == .value ? $0.cells[0].value : $0.cells[0].kind.words }, outcome)
  }

  private func field(_ type: FieldType, unit: NumberUnit? = nil) -> Field {
    Field(name: "x", label: "x", type: type, spellings: Spellings(rounded: ["~", "approx"], roundedBy: 2), unit: unit)
  }

  private let unreadable = CellKind.invalid.words

  @Test("A percent sign is read where the field says what it comes to, and nowhere else")
  func percent() {
    let texts = ["12%", "12.5 %", "0.5", "%", "1 2%"]
    #expect(cells(texts, field(.number, unit: .percent)).words == ["12.0", "12.5", "0.5", unreadable, unreadable])
    #expect(cells(texts, field(.number, unit: .ratio)).words == ["0.12", "0.125", "0.5", unreadable, unreadable])
    #expect(cells(texts, field(.number)).words == [unreadable, unreadable, "0.5", unreadable, unreadable])
  }

  @Test("The mark of a footnote after a number is ignored and noted; half patients are numbers")
  func marks() {
    let read = cells(["5*", "1,234**", "7 †", "8²", "*", "5*6", "x*", "3.5"], field(.integer))
    #expect(read.words == ["5", "1234", "7", "8", unreadable, unreadable, unreadable, unreadable])
    #expect(read.outcome.forgiven(.markAfterNumber)?.hasPrefix("mark-after-number") == true)
    #expect(cells(["3.5"], field(.number)).words == ["3.5"])
  }

  @Test("A date that can be read two ways is not read, with both readings told, unless the order is fixed")
  func ambiguousDates() throws {
    let texts = ["03/04/2018", "30/04/2018", "04/30/2018", "05/05/2018", "3 April 2018"]
    let open = cells(texts, field(.date))
    #expect(open.words == [unreadable, "2018-04-30", "2018-04-30", "2018-05-05", "2018-04-03"])
    #expect(open.outcome.forgiven(.ambiguousDate) == "ambiguous-date 1 [2]")
    #expect(DateText.readings(of: "03/04/2018") == ["3 April 2018", "4 March 2018"])
    #expect(DateText.readings(of: "30/04/2018").isEmpty && DateText.readings(of: "05/05/2018").isEmpty)
    let day = cells(texts, field(.date), dates: .dayFirst).words
    #expect(day == ["2018-04-03", "2018-04-30", unreadable, "2018-05-05", "2018-04-03"])
    let month = cells(texts, field(.date), dates: .monthFirst).words
    #expect(month == ["2018-03-04", unreadable, "2018-04-30", "2018-05-05", "2018-04-03"])
  }

  @Test("One end of a period says in what order the other is written")
  func periodsInFigures() {
    let texts = ["01/04/2015 to 31/03/2016", "01/04/2015 to 02/03/2016", "1/4/15-31/3/16", "Q1 2016/17", "2022-23"]
    #expect(
      cells(texts, field(.period)).words == [
        "2015-04-01 2016-03-31", unreadable, "2015-04-01 2016-03-31", "2016-04-01 2016-06-30", "2022-04-01 2023-03-31",
      ])
  }

  @Test("A spreadsheet's serial number is a day in a field of dates, and a number elsewhere")
  func serials() {
    let read = cells(["43220", "43220.5", "9999", "73051"], field(.date))
    #expect(read.words == ["2018-04-30", unreadable, unreadable, unreadable])
    #expect(read.outcome.forgiven(.serialDate) == "serial-date 1 [2]")
    #expect(cells(["43220.5"], field(.timestamp)).words == ["1525089600000000"])
    #expect(cells(["43220"], field(.integer)).words == ["43220"])
  }

  @Test("Yes and no in their usual spellings")
  func booleans() {
    let texts = ["Yes", "y", "TRUE", "1", "✓", "No", "N", "false", "0", "✗", "perhaps"]
    #expect(
      cells(texts, field(.boolean)).words
        == Array(repeating: "true", count: 5) + Array(repeating: "false", count: 5) + [unreadable])
  }
}
