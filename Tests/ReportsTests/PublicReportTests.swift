import AuditModel
import Testing

@testable import Reports

@Suite struct PublicReportTests {
  @Test(arguments: [
    ("Ring 020 7946 0123 or write to jo.bloggs@example.nhs.uk.", "Ring [withheld] or write to [withheld]."),
    ("NHS number 999 000 0018, hospital number 12", "NHS number [withheld], hospital number 12"),
    ("+44 7700 900123 called", "[withheld] called"), ("born 12/03/1956 in", "born [withheld] in"),
    ("DOB: 3 May 1961", "DOB: [withheld]"),
    ("April 2015 to March 2016: 31 patients", "April 2015 to March 2016: 31 patients"),
    ("2015-04-01 to 2016-03-31", "2015-04-01 to 2016-03-31"),
  ]) func whatTellsWhoSomebodyIsIsMasked(_ text: String, _ masked: String) {
    #expect(PersonalText.masked(text) == masked)
  }

  @Test func numbersInWordsAreTakenOut() {
    #expect(
      PersonalText.withoutNumbers("12 people, or twelve, or 1,234.5")
        == "[withheld] people, or [withheld], or [withheld]")
    #expect(PersonalText.withoutNumbers("someone often attends") == "someone often attends")
  }

  private func report(_ t: Int, _ a: Int, _ b: Int) -> Report {
    var report = Report(toolVersion: "0", isSynthetic: true, asOf: CalendarDate(days: 17_000))
    var pack = PackSummary(name: "p", version: "1.0.0", title: "P", sha256: "aa", reading: "")
    pack.fields = ["t", "a", "b"].map { FieldSummary(name: $0, label: $0, privacy: .public) }
    pack.disclosure = DisclosurePolicy(
      smallest: 5, counts: ["t", "a", "b"], sums: [.init(total: "t", parts: ["a", "b"])])
    report.packs = [pack]
    var organisation = OrganisationResult(code: "X", name: "X")
    organisation.evidence = "There were 3 of them, and \(t) in all."
    organisation.words = "secret words"
    organisation.inputs = ["jo bloggs.csv"]
    organisation.contacts = [ContactEntry(date: CalendarDate(days: 16_900), kind: "sent", source: "Jo's mail")]
    let cells =
      [("t", t), ("a", a), ("b", b)].map {
        DerivedStatus.Cell(field: $0.0, kind: .value, text: String($0.1), range: $0.1...$0.1)
      } + [DerivedStatus.Cell(field: "inner", kind: .value, text: "not for the public")]
    organisation.derived = DerivedStatus(
      status: .collecting, basis: .practice, reason: "r", row: 1, facts: [.init(name: "f", word: "w", cells: cells)])
    report.organisations = [organisation]
    report.inputs = [InputSummary(name: "jo bloggs.csv", sha256: "bb")]
    report.findings = [Finding(id: "cc", rule: "p/r", severity: .error, subject: "X", message: "3 found")]
    return report
  }

  /// By field what is shown; "-" for what is withheld.
  private func shown(_ report: Report) -> [String: String] {
    var shown: [String: String] = [:]
    for cell in report.organisations[0].derived?.facts[0].cells ?? [] where cell.field != "inner" {
      shown[cell.field] = PublicReport.isWithheld(cell) ? "-" : cell.text
    }
    return shown
  }

  @Test func whatIsNotPublicIsGone() {
    let text = String(decoding: JSONReport.render(PublicReport.make(report(43, 3, 40))), as: UTF8.self)
    for secret in [
      "jo bloggs", "secret words", "Jo's mail", "\"aa\"", "\"bb\"", "\"cc\"", "3 found", "not for the public",
      "3 of them",
    ] {
      #expect(!text.contains(secret), "\(secret)")
    }
    #expect(text.contains("[withheld] of them"))
    #expect(shown(PublicReport.make(report(43, 3, 40))) == ["t": "43", "a": "-", "b": "-"])
  }

  @Test func twoEditionsGiveNothingAwayTogether() {
    let first = PublicReport.make(report(43, 12, 31))
    // a becomes small: b and t of the first edition would complete it, so nothing is shown any more.
    let second = PublicReport.make(report(34, 3, 31), earlier: [first])
    #expect(shown(second) == ["t": "-", "a": "-", "b": "-"])
    // And the other way round: what was withheld once is not completed later.
    let small = PublicReport.make(report(34, 3, 31))
    #expect(shown(PublicReport.make(report(43, 12, 31), earlier: [small])) == ["t": "-", "a": "-", "b": "-"])
    // Nothing changed: nothing more is withheld.
    #expect(shown(PublicReport.make(report(34, 3, 31), earlier: [small])) == shown(small))
  }

  @Test func aFigureOfPeopleWithASmallNumberIsNotGiven() {
    var report = report(43, 20, 23)
    var figure = FigureResult(pack: "p", name: "f", title: "F", unit: .record, base: nil, condition: "x", note: "")
    var counts = FigureCounts()
    counts.counted = 3
    counts.notCounted = 90
    figure.count.shares = [FigureShare(of: .asked, counts: counts)]
    report.figures = [figure]
    #expect(PublicReport.make(report).figures[0].failure != nil)
    counts.counted = 30
    report.figures[0].count.shares = [FigureShare(of: .asked, counts: counts)]
    #expect(PublicReport.make(report).figures[0].failure == nil)
    // Organisations may be few: they are no people.
    report.figures[0].unit = .organisation
    counts.counted = 1
    report.figures[0].count.shares = [FigureShare(of: .asked, counts: counts)]
    #expect(PublicReport.make(report).figures[0].failure == nil)
  }
}
