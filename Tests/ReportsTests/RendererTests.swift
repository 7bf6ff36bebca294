import AuditModel
import JSONDocument
import Testing

@testable import Reports

@Suite struct RendererTests {
  private let report = InventedReport.report

  private var outputs: [(name: String, text: String)] {
    [
      ("text", TextReport.render(report)), ("json", String(decoding: JSONReport.render(report), as: UTF8.self)),
      ("statuses", StatusesReport.render(report)), ("why", WhyReport.render("X1A", in: report) ?? ""),
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
    let other = text.split(separator: "\"1.0\"", maxSplits: 1).joined(separator: "\"2.0\"")
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
