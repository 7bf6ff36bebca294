import AuditModel
import JSONDocument
import Testing

@testable import Reports

/// People counted, as people and programs read them.
@Suite struct CountRendererTests {
  private static let hostile = InventedReport.hostile

  private static var report: CountReport {
    var report = CountReport(
      toolVersion: "0.0.0", isSynthetic: true,
      pack: PackSummary(
        name: "invented", version: "1.2.3", title: "Invented", sha256: String(repeating: "c", count: 64),
        reading: "Who counts as what is an invented reading. \(hostile)"))
    report.round = "SYNTHETIC: \(hostile)"
    report.period = Period(financialYear: 2015)
    report.counts = [
      CountReport.Definition(name: "first", label: "(a) \(hostile)", words: hostile, condition: "true", date: "Date"),
      CountReport.Definition(name: "later", label: "(b)", words: "Others.", condition: "true", date: hostile),
    ]
    report.keys = [["NHS number"], ["Trust", hostile]]
    report.inputs = [
      CountReport.Input(name: hostile, sha256: String(repeating: "b", count: 64), records: 9, missing: [hostile])
    ]
    report.against = CountReport.Against(name: hostile, sha256: String(repeating: "b", count: 64), pack: "other")
    var organisation = OrganisationCount(
      subject: hostile, name: hostile, records: 9, period: report.period, periodFrom: .answer)
    organisation.counts = [
      PeopleCount(name: "first", people: 3, records: 4, most: 1234),
      PeopleCount(name: "later", people: 1, records: 1, most: 1),
    ]
    (organisation.people, organisation.peopleInSeveral, organisation.peopleByKey) = (3, 1, [2, 1])
    organisation.recordsCounted = 5
    organisation.leftOut = OrganisationCount.LeftOut.Kind.allCases.prefix(4).map {
      OrganisationCount.LeftOut(kind: $0, words: hostile, records: 1)
    }
    let comparisons = [
      ComparedAnswer.Comparison(name: "first", answer: "<5", range: 0...4, counted: 3...3, most: 1234),
      ComparedAnswer.Comparison(name: "later", answer: hostile, range: 7...7, counted: 1...1, most: 1),
      ComparedAnswer.Comparison(name: "total", answer: "not known", range: nil, counted: 3...4, most: 1235),
    ]
    organisation.answers = [
      ComparedAnswer(place: hostile, period: report.period, notCompared: nil, comparisons: comparisons),
      ComparedAnswer(place: hostile, period: nil, notCompared: hostile, comparisons: []),
    ]
    let silent = OrganisationCount(subject: "X1B", name: "", records: 0, period: nil, periodFrom: .none)
    report.organisations = [organisation, silent]
    report.withoutRecords = [hostile]
    report.problems = [Problem(subject: hostile, message: "The file is empty.", advice: "Send it again.")]
    return report
  }

  private var outputs: [(name: String, text: String)] {
    [
      ("text", CountText.render(Self.report)), ("json", String(decoding: CountJSON.render(Self.report), as: UTF8.self)),
    ]
  }

  @Test func everyOutputSaysWhoseReadingItIsAndWhatItMayBeUsedFor() {
    for (name, text) in outputs {
      let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(words.contains("this project's own reading"), "\(name)")
      #expect(words.contains("For local use"), "\(name)")
      #expect(words.contains("an invented reading"), "\(name)")
      #expect(words.lowercased().contains("synthetic"), "\(name)")
    }
  }

  @Test func nothingThatATerminalActsOnReachesIt() {
    let acting = CountText.render(Self.report).unicodeScalars.filter {
      ($0.value < 0x20 && $0 != "\n") || $0.value == 0x202E
    }
    #expect(acting.isEmpty)
    #expect(CountText.render(Self.report, usesColour: true).contains("\u{1B}[31m"))
  }

  @Test(arguments: [80, 100, 120])
  func textStaysWithinItsWidth(_ width: Int) {
    for line in CountText.render(Self.report, width: width).split(separator: "\n") {
      #expect(line.count <= width, "\(line)")
    }
  }

  @Test func everyVerdictIsSaidInItsOwnWords() {
    let text = CountText.render(Self.report).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("<5 (0 to 4): agrees with the records, which come to 3"))
    #expect(text.contains("(7): disagrees with the records, which come to 1"))
    #expect(text.contains("total: not known: no number to compare; the records come to 3 to 4"))
    #expect(text.contains("at most 1,234"))
    #expect(text.contains("No period is known, so nobody is counted."))
  }

  @Test func jsonHoldsWhatTheReportSays() throws {
    let root = try JSONDocument.parse(CountJSON.render(Self.report), name: "count.json").root
    let organisation = try #require(root["organisations"]?.elements.first)
    #expect(organisation["counts"]?.elements.first?["atMost"]?.integer == 1234)
    #expect(
      organisation["answers"]?.elements.first?["comparisons"]?.elements.map { $0["verdict"]?.string } == [
        "agrees", "disagrees", "no-number",
      ])
    #expect(organisation["leftOut"]?.elements.first?["words"]?.string == Self.hostile)
    #expect(root["period"]?["start"]?.string == "2015-04-01" && organisation["periodFrom"]?.string == "answer")
  }
}
