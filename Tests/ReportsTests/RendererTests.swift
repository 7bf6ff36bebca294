import AuditModel
import JSONDocument
import Testing

@testable import Reports

@Suite struct RendererTests {
  private let report = InventedReport.report

  private var outputs: [(name: String, text: String)] {
    [
      ("text", TextReport.render(report)), ("json", String(decoding: JSONReport.render(report), as: UTF8.self)),
      ("statuses", StatusesReport.render(report)), ("figures", FiguresReport.render(report)),
      ("why", WhyReport.render("X1A", in: report) ?? ""),
    ]
  }

  @Test func everyOutputSaysThatTheRoundIsInvented() {
    for (name, text) in outputs { #expect(text.lowercased().contains("synthetic"), "\(name)") }
  }

  @Test func everyOutputSaysWhatIsOurReading() {
    for (name, text) in outputs { #expect(text.contains("reading"), "\(name)") }
  }

  @Test func nothingThatATerminalActsOnReachesIt() {
    for (name, text) in outputs where name != "json" {
      let acting = text.unicodeScalars.filter {
        ($0.value < 0x20 && !"\r\n".unicodeScalars.contains($0)) || $0.value == 0x202E
      }
      #expect(acting.isEmpty, "\(name)")
    }
  }

  @Test(arguments: [80, 100, 120])
  func textStaysWithinItsWidth(_ width: Int) {
    for text in [TextReport.render(report, width: width), WhyReport.render("X1A", in: report, width: width) ?? ""] {
      for line in text.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
    }
  }

  @Test func colourIsOnlyThereWhenAskedFor() {
    #expect(!TextReport.render(report).contains("\u{1B}"))
    #expect(TextReport.render(report, usesColour: true).contains("\u{1B}[1m"))
  }

  @Test func jsonReadsBackAsTheSameReport() throws {
    let bytes = JSONReport.render(report)
    let read = try JSONReport.read(JSONDocument.parse(bytes, name: "report.json"))
    // A date among the evidence comes back as its text; all else is the same value.
    var expected = report
    expected.findings[0].evidence[1].value = .text("2016-08-31")
    let isSame = read == expected
    #expect(isSame)
    #expect(JSONReport.render(read) == bytes)
  }

  @Test func reportOfAnotherMajorVersionIsRefused() throws {
    let text = String(decoding: JSONReport.render(report), as: UTF8.self)
    let other = text.split(separator: "\"\(Report.schemaVersion)\"", maxSplits: 1).joined(separator: "\"2.0\"")
    #expect(throws: JSONError.self) { try JSONReport.read(JSONDocument.parse(Array(other.utf8), name: "report.json")) }
  }

  @Test func cellsThatASpreadsheetWouldRunAreDefused() {
    let row = StatusesReport.render(report).split(separator: "\r\n").first { $0.hasPrefix("X1A") } ?? ""
    #expect(!row.contains(",=cmd") && !row.contains(",\"=cmd"))
    #expect(row.contains("'=cmd"))
  }

  @Test func statusesHaveOneRowForEveryOrganisationAndEverySubmissionNotMatched() {
    let rows = StatusesReport.render(report).split(separator: "\r\n")
    #expect(rows.count == 1 + report.organisations.count + report.unmatched.count)
  }

  @Test func textSaysHowManyFindingsAreNotShown() {
    #expect(TextReport.render(report).contains("and 24 more, not shown"))
  }

  @Test func textSaysWhatWasNotEvaluatedAndWhy() {
    let text = TextReport.render(report)
    #expect(text.contains("\"Total\" is blank (2 organisations, 2 rows)"))
  }

  @Test func textShowsFiguresOverBothDenominatorsWithTheirBounds() {
    let lines = TextReport.render(report).split(separator: "\n").map(String.init)
    let start = lines.firstIndex(of: "Figures") ?? lines.endIndex
    let text = lines[start...].joined(separator: "\n")
    // 2 of 4 for certain; 2 of 5 to 4 of 5 with what is not known. Of 3 that answered 2, and 2 of 4 to 3 of 4.
    #expect(text.contains("                                      of 4–5 asked          of 3–4 answered"))
    #expect(text.contains("    in all                        2   50.0 % (40.0–80.0)    66.7 % (50.0–75.0)"))
    #expect(text.contains("      a part of them that\n      has a title of its own      2   50.0 % (40.0–80.0)"))
    #expect(text.contains("    Not known of 1: not answered 1 (X1B)."))
    #expect(text.contains("    Whether they count at all cannot be told of 1: \"Total\" is blank 1 (X1A)."))
    #expect(text.contains("      Judged as: trusts are without: about 1/2, within 1/50."))
    #expect(text.contains("      of 4–5 asked: depends on the answers still missing"))
    #expect(text.contains("      of 3–4 answered: not supported"))
    #expect(text.contains("    No number can be given: an expression error"))
    #expect(text.contains("So is what the figures count."))
  }

  @Test func figuresHaveARowForEveryNumberAndVerdictOverEachDenominator() {
    let rows = FiguresReport.render(report).split(separator: "\r\n").map(String.init)
    #expect(rows.count == 1 + 2 * (3 + 3))
    #expect(rows[1].contains(",asked,2,4,1,1,50.0,2 of 5,40.0,4 of 5,80.0,,,,X1A X1C,X1D,X1B X1A,"))
    #expect(rows[1].contains("SYNTHETIC; this project's reading"))
    #expect(rows[6].contains(",answered,2,3,0,1,66.7,2 of 4,50.0,3 of 4,75.0,not supported,"))
    #expect(rows[7].contains("no number can be given: an expression error"))
  }

  @Test func reportsOfTheFirstVersionOfTheSchemaAreRead() throws {
    var old = report
    (old.figures, old.ofNobody) = ([], nil)
    let text = String(decoding: JSONReport.render(old), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("  \"figures\":") }
    let read = try JSONReport.read(JSONDocument.parse(Array(lines.joined(separator: "\n").utf8), name: "report.json"))
    #expect(read.figures.isEmpty && read.rules == report.rules)
  }

  @Test func whyKnowsOnlyOrganisationsOfTheReport() {
    #expect(WhyReport.render("X9Z", in: report) == nil)
    let why = WhyReport.render("X1A", in: report) ?? ""
    #expect(why.contains("Row 7 of the decision table"))
    #expect(why.contains("Settled as partially collecting data on 2016-08-30"))
  }

  @Test func streamHasOneLineForEveryFindingAndOneThatSaysWhatItIs() throws {
    let identity = FindingIdentity(
      id: String(repeating: "1", count: 32), rule: "a/b", severity: .error, subject: "X1A", period: nil, field: "f",
      record: ["k"], ordinal: 0)
    var bytes: [UInt8] = []
    FindingsStream.write(Array(repeating: identity, count: 5000), of: report) { bytes += $0 }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 5001)
    #expect(lines[0].contains("\"findings\":5000") || lines[0].contains("\"findings\": 5000"))
    #expect(try JSONDocument.parse(Array(lines[1].utf8), name: "line").root["rule"]?.string == "a/b")
  }
}
