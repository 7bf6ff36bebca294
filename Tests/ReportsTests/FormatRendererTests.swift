import AuditModel
import JSONDocument
import Testing

@testable import Reports

/// The forms for programs: SARIF, JUnit XML, GitHub annotations, Markdown, the table of findings.
@Suite struct FormatRendererTests {
  /// Words that act in one form or another, also with an accent (U+0301) on what acts.
  private static let hostile = [
    InventedReport.hostile, "x\"\u{301},=HYPERLINK(\"https://evil.example\")", "one,\u{301}two", "\u{3000}=1+1",
    "\u{FF1D}1+1", "a|\u{301}b", "*\u{301}b*\u{301}", "<script>alert(1)</script>", "<\u{301}b>", "]]>", "<![CDATA[x",
    "&#x3c;b&#x3e;", "[click](https://evil.example)", "back\\](https://evil.example)", "{0} {{1}} {name}",
    "@team #12 www.evil.example", "   # heading", "1. list", "100%25 %0A::error::x", "a:\u{301}:\u{301}b,\u{301}line=3",
    "\u{202E}deeps\u{202C}", "\u{FFFE}\u{FFFF}\u{0}", String(repeating: "long ", count: 4_000),
  ]

  /// The invented report with a text wherever data can bring one in.
  private func report(_ text: String) -> Report {
    var report = InventedReport.report
    report.inputs[0].name = "answers/\(text).csv"
    report.findings[0].message = text
    report.findings[0].organisation = text
    report.findings[0].subject = text
    report.findings[0].field = text
    report.findings[0].place = Finding.Place(input: "answers/\(text).csv", row: 4, column: 28, heading: text)
    var other = report.findings[0]
    other.place = Finding.Place(input: "b.xlsx", sheet: text, row: 2, column: 3, heading: text)
    var nowhere = report.findings[0]
    nowhere.place = nil
    report.findings += [other, nowhere]
    report.ledger[0].causes[0].words = text
    report.ledger[1].causes[0].words = text
    report.problems = [Problem(subject: text, message: text)]
    return report
  }

  @Test(arguments: hostile) func tableOfFindingsKeepsItsCellsAndHoldsNoFormula(_ text: String) {
    let rows = CSVRows.read(FindingsTable.render(report(text)))
    #expect(rows.count == 4)
    for row in rows {
      #expect(row.count == FindingsTable.headings.count, "\(row)")
      for cell in row {
        let first = cell.unicodeScalars.first { !$0.properties.isWhitespace }
        #expect(!"=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains(first ?? " "), "\(cell.prefix(80))")
      }
    }
  }

  @Test(arguments: hostile) func annotationsOfGitHubHaveTheirOwnPropertiesAlone(_ text: String) {
    for line in GitHubReport.render(report(text)).utf8.split(separator: UInt8(ascii: "\n")) {
      let line = String(Substring(line))
      guard line.hasPrefix("::") else {
        #expect(line.hasSuffix(" see the report or the summary."), "\(line.prefix(80))")
        continue
      }
      // As the runner reads it: by code units, up to the next two colons.
      let parts = WorkflowCommand(line)
      #expect(parts.name == "error")
      #expect([["title"], ["file", "line", "title"], ["file", "title"]].contains(parts.keys), "\(parts.keys)")
      #expect(parts.values.last == "trustcheck" || parts.values.last == "invented/count-missing")
    }
  }

  @Test(arguments: hostile) func markdownKeepsItsCellsAndHoldsNoMarkup(_ text: String) {
    var markdown = MarkdownReport.render(report(text))
    for tag in ["<br>", "<sub>", "</sub>", "<details>", "</details>", "<summary>", "</summary>", "<!-- -->"] {
      markdown.replace(tag, with: "")
    }
    #expect(!markdown.unicodeScalars.contains("<"))
    for line in markdown.utf8.split(separator: UInt8(ascii: "\n")).map({ String(Substring($0)) }) {
      if line.hasPrefix("|") { #expect([3, 6].contains(Unescaped.count("|", in: line)), "\(line.prefix(200))") }
      // Nothing of data begins a block of its own.
      #expect(!line.hasPrefix("#") || line.hasPrefix("## SYNTHETIC") || line == "### Problems", "\(line.prefix(80))")
    }
  }

  @Test func textInACommentOnGitHubNamesNobody() {
    let text = MarkdownText.inComment("@team #12 https://evil.example www.evil.example a@b.example")
    #expect(
      text
        == "@<!-- -->team #<!-- -->12 https:<!-- -->//evil.example www<!-- -->.evil.example a@<!-- -->b.example")
  }

  @Test(arguments: hostile) func messagesOfSARIFHoldNoLinkAndNoArgument(_ text: String) throws {
    let root = try JSONDocument.parse(SARIFReport.render(report(text)), name: "report.sarif").root
    let run = try root.requiredArray("runs")[0]
    let results = try run.requiredArray("results")
    #expect(results.count == 3)
    for result in results {
      let message = try result.requiredObject("message").requiredText("text")
      #expect(Unescaped.argument(in: message) == nil, "\(message.prefix(80))")
      #expect(!Unescaped.hasLink(message), "\(message.prefix(80))")
      let acting = message.unicodeScalars.filter { $0.value < 0x20 || $0.value == 0x202E || $0.value == 0x202C }
      #expect(acting.isEmpty)
    }
    let uri = try run.requiredArray("artifacts")[0].requiredObject("location").requiredText("uri")
    let isPlain = uri.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || "-._~/%".utf8.contains($0)
    }
    #expect(isPlain, "\(uri.prefix(80))")
  }

  @Test(arguments: hostile) func xmlHoldsTextAlone(_ text: String) {
    let xml = JUnitReport.render(report(text), failLevel: .error)
    let names: Set<Substring> = ["testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out"]
    for piece in xml.utf8.split(separator: UInt8(ascii: "<")).dropFirst() {
      let tag = Substring(piece).drop { $0 == "/" }
      #expect(names.contains(tag.prefix { $0.isLetter || $0 == "-" }), "\(tag.prefix(40))")
    }
    // An ampersand begins one of four entities; what XML 1.0 has no place for is not there.
    for piece in xml.utf8.split(separator: UInt8(ascii: "&")).dropFirst() {
      #expect(["amp;", "lt;", "gt;", "quot;"].contains { Substring(piece).utf8.starts(with: $0.utf8) })
    }
    #expect(!xml.unicodeScalars.contains { ($0.value < 0x20 && $0 != "\n") || [0xFFFE, 0xFFFF].contains($0.value) })
  }

  // MARK: What is said

  @Test func gitHubGetsTenErrorsInAllHoweverManyProblems() {
    var report = InventedReport.report
    report.problems = (1...8).map { Problem(subject: "\($0).csv", message: "It is empty.") }
    report.findings = Array(repeating: report.findings[0], count: 20)
    #expect(GitHubReport.render(report).split(separator: "\n").count { $0.hasPrefix("::error ") } == 10)
    #expect(GitHubReport.render(report).contains("\n23 more findings of level error: see the report or the summary.\n"))
    report.problems += report.problems
    let lines = GitHubReport.render(report).split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("::error ") } == 10)
    #expect(lines.contains("6 more problems: see the report."))
    #expect(lines.contains("25 more findings of level error: see the report or the summary."))
  }

  @Test func tableOfFindingsSaysHowManyAreNotShown() {
    let rows = CSVRows.read(FindingsTable.render(InventedReport.report))
    #expect(rows[1].last?.hasSuffix("; 1 of 25 findings of this rule shown") == true)
  }

  @Test func junitSaysWhereARuleWasNotEvaluated() {
    let xml = JUnitReport.render(InventedReport.report, failLevel: nil)
    #expect(
      xml.contains("Not evaluated on 1 submission or organisation: &quot;Total&quot; is blank</system-out>"), "\(xml)")
    var report = InventedReport.report
    report.findings = []
    report.rules[0].findings = 0
    report.rules[0].outcomes = [.notEvaluated: 2]
    let skipped = "<skipped message=\"not evaluated: &quot;Total&quot; is blank\"/>"
    #expect(JUnitReport.render(report, failLevel: nil).contains(skipped))
  }

  @Test func junitListsTheFindingsBesideAFault() {
    var report = InventedReport.report
    report.ledger[1].outcome = .fault
    report.ledger[1].causes = [LedgerEntry.Cause(of: .fault, words: "division by zero", rows: 1)]
    let xml = JUnitReport.render(report, failLevel: .error)
    #expect(xml.contains("<error message=\"division by zero\" type=\"fault\"/>\n      <system-out>error: 25 findings."))
    #expect(!xml.contains("<failure"))
  }

  @Test func switchedOffRulesAreOverridesOfSARIF() throws {
    let root = try JSONDocument.parse(SARIFReport.render(InventedReport.report), name: "report.sarif").root
    let invocation = try root.requiredArray("runs")[0].requiredArray("invocations")[0]
    #expect(try invocation.requiredBoolean("executionSuccessful") == false)
    let change = try invocation.requiredArray("ruleConfigurationOverrides")[0]
    #expect(try change.requiredObject("descriptor").requiredText("id") == "invented/off")
    #expect(try change.requiredObject("configuration").requiredBoolean("enabled") == false)
  }
}
