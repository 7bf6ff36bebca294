import AuditModel
import Feedback
import Intake
import LocalFiles
import TestSupport
import Testing

@Suite struct FeedbackWorkbookTests {
  private func report() -> (Report, InputSummary) {
    var report = Report(toolVersion: "0", isSynthetic: true, asOf: CalendarDate(days: 17_000))
    var pack = PackSummary(name: "p", version: "1.0.0", title: "P", sha256: "", reading: "Our reading.")
    pack.fields = [FieldSummary(name: "count", label: "count", privacy: .public)]
    report.packs = [pack]
    let columns = [
      InputSummary.Column(position: 1, heading: "Count", field: "count", matchedBy: "name"),
      InputSummary.Column(position: 2, heading: "NHS number", field: "nhs_number", matchedBy: "name"),
      InputSummary.Column(position: 3, heading: "Ward", field: nil, matchedBy: nil),
    ]
    let input = InputSummary(name: "in.csv", tables: [InputSummary.Table(headerRow: 2, columns: columns)])
    report.inputs = [input]
    report.rules = [
      RuleResult(
        id: "p/bad", summary: "Counts are right.", why: "Because.", fix: [.dataOfficer: "Mend it."],
        dimension: .consistency, severity: .error, isMandatory: true, isReading: false, answers: .record, findings: 3,
        shown: 2)
    ]
    report.findings = [
      Finding(
        rule: "p/bad", severity: .warning, subject: "X",
        place: .init(input: "in.csv", row: 4, column: 2, heading: "NHS number"), message: "second"),
      Finding(
        rule: "p/bad", severity: .error, subject: "X",
        place: .init(input: "in.csv", row: 3, column: 1, heading: "Count"),
        message: "first"),
    ]
    var organisation = OrganisationResult(code: "X", name: "X")
    organisation.inputs = ["in.csv"]
    report.organisations = [organisation]
    report.ledger = [
      LedgerEntry(
        rule: "p/bad", subject: "X", outcome: .notEvaluated,
        causes: [.init(of: .notEvaluated, words: "a column is missing", rows: 2)])
    ]
    return (report, input)
  }

  private func written(reveals: Bool) throws -> [String: [[String]]] {
    try TestSupport.withTemporaryFolder { folder in
      try LocalFiles.write(
        "Title,Dr Who\nCount,NHS number,Ward\n3,9990000018,SECRET\n=1+1,9990000026,\n", to: "\(folder)/in.csv")
      let (report, input) = report()
      try FeedbackWorkbook(report, input: input, revealsPersonal: reveals)
        .write(file: "\(folder)/in.csv", to: "\(folder)/out.xlsx")
      var rows: [String: [[String]]] = [:]
      try FileCells.read(path: "\(folder)/out.xlsx", name: "out") { sheet, _, cells in
        rows[sheet?.name ?? "", default: []].append(cells)
      }
      return rows
    }
  }

  @Test func theFileIsRepeatedWithoutWhatIsPersonal() throws {
    #expect(
      try written(reveals: false)["Your file"] == [
        ["Title", "(not shown)"], ["Count", "NHS number", "Ward"], ["3", "(not shown)", "(not shown)"],
        ["=1+1", "(not shown)"],
      ])
    #expect(try written(reveals: true)["Your file"]?[2] == ["3", "9990000018", "SECRET"])
  }

  /// Files that have no row of headings.
  @Test(arguments: [
    ("Count,3\nWard,SECRET\n", ["Count", "Ward"], [["Count", "3"], ["Ward", "(not shown)"]]),
    ("3,SECRET\n", ["", ""], [["3", "(not shown)"]]),
  ]) func withoutAHeaderOnlyMappedFieldsAreShown(_ text: String, _ headings: [String], _ shown: [[String]]) throws {
    try TestSupport.withTemporaryFolder { folder in
      try LocalFiles.write(text, to: "\(folder)/in.csv")
      var (report, input) = report()
      report.findings = []
      input.tables = [
        InputSummary.Table(columns: [
          InputSummary.Column(position: 1, heading: headings[0], field: "count", matchedBy: "name"),
          InputSummary.Column(position: 2, heading: headings[1], field: nil, matchedBy: nil),
        ])
      ]
      try FeedbackWorkbook(report, input: input, revealsPersonal: false)
        .write(file: "\(folder)/in.csv", to: "\(folder)/out.xlsx")
      var rows: [[String]] = []
      try FileCells.read(path: "\(folder)/out.xlsx", name: "out") { sheet, _, cells in
        if sheet?.name == "Your file" { rows.append(cells) }
      }
      #expect(rows == shown)
    }
  }

  @Test func whatToFixIsInTheOrderOfWork() throws {
    let sheet = try #require(try written(reveals: false)["What to fix"])
    #expect(sheet[0][0].hasPrefix("SYNTHETIC."))
    let table = sheet.drop { $0.first != "Level" }
    #expect(
      table.map { Array($0.prefix(3)) } == [
        ["Level", "Where", "What is wrong"], ["error", "row 3, column A (Count)", "first"],
        ["warning", "row 4, column B (NHS number)", "second"],
      ])
    #expect(sheet.contains { $0[0].contains("Not all findings are listed: of p/bad") })
  }

  @Test func whatWasNotCheckedIsSaid() throws {
    let sheet = try #require(try written(reveals: false)["Not checked"])
    #expect(sheet.last == ["p/bad", "Counts are right.", "X", "2", "a column is missing"])
  }
}
