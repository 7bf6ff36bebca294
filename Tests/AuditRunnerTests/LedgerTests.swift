import AuditModel
import LocalFiles
import RulePacks
import TestSupport
import Testing

@testable import AuditRunner

/// Every rule on every subject ends in exactly one outcome, and all sums are right, whatever is sent in (DESIGN 7).
@Suite struct LedgerTests {
  static let packs = try? Catalogue.packs(
    ["data-collection", "\(TestSupport.repository)/Benchmarks/rules/bench"], modules: [], register: nil,
    GeneratedRound.installation)

  /// Audits a generated round.
  static func audit(
    _ pack: RulePack, seed: UInt64, _ change: (inout AuditRequest) -> Void = { _ in }
  ) throws -> AuditResult {
    try TestSupport.withTemporaryFolder { folder in
      var request = AuditRequest()
      request.round = try Round.load(GeneratedRound.write(seed: seed, pack: pack, folder: folder))
      request.packs = pack.name == "bench" ? ["\(TestSupport.repository)/Benchmarks/rules/bench"] : []
      request.register = GeneratedRound.register
      change(&request)
      return try Audit.run(request, GeneratedRound.installation)
    }
  }

  @Test(arguments: 0..<2, UInt64(1)...15)
  func everyRuleOnEverySubjectEndsInOneOutcome(_ packIndex: Int, _ seed: UInt64) throws {
    let pack = try #require(LedgerTests.packs)[packIndex]
    try LedgerTests.expectSums(LedgerTests.audit(pack, seed: seed).report)
  }

  @Test func sumsHoldOnTheSamples() throws {
    for name in ["2016-data-collection", "2016-nursing-care", "2016-signs-awareness"] {
      var round = AuditRequest()
      round.round = try Round.load("\(TestSupport.repository)/samples/\(name)/round.json")
      try LedgerTests.expectSums(Audit.run(round, GeneratedRound.installation).report)
    }
    let samples = "\(TestSupport.repository)/samples/2016-data-collection"
    var answers = AuditRequest()
    answers.paths = ["\(samples)/answers", "\(samples)/collated"]
    answers.packs = ["data-collection"]
    answers.register = GeneratedRound.register
    try LedgerTests.expectSums(Audit.run(answers, GeneratedRound.installation).report)
  }

  /// Without a round and a day, each record comes under the rules of its own period.
  @Test func sumsHoldWhereRecordsAreOfAnotherTimeThanTheRule() throws {
    let periods = [
      ("2016-01", false), ("2016-06", false), ("2016-07", true), ("2016-03-01 to 2016-09-30", true), ("2017-06", true),
      ("2017-07", false),
    ]
    try TestSupport.withTemporaryFolder { folder in
      var csv = "code,reference,collecting,total,period\n"
      for (period, _) in periods + [("soon", false), ("", false)] {
        for answer in ["yes", "no", ""] { csv += "X1A,,\(answer),,\(period)\nX1B,,\(answer),3,\(period)\n" }
      }
      try LocalFiles.write(csv, to: "\(folder)/answers.csv")
      var request = AuditRequest()
      request.paths = ["\(folder)/answers.csv"]
      request.packs = ["\(TestSupport.repository)/Tests/AcceptanceTests/Packs/sound"]
      request.register = GeneratedRound.register
      let report = try Audit.run(request, GeneratedRound.installation).report
      try LedgerTests.expectSums(report)
      let rule = try #require(report.rules.first { $0.id == "sound/total-missing" })
      let inForce = periods.count { $0.1 }
      #expect(rule.stage == .enforced)
      // Of each record that is of the rule's time, "yes" is judged, "no" is outside, and no answer cannot be told.
      #expect(
        rule.rows
          == RowCounts(
            passed: inForce, failed: inForce, notApplicable: 6 * (periods.count - inForce) + 2 * inForce,
            notEvaluated: 2 * inForce + 12))
      request.asOf = CalendarDate(iso: "2016-01-01")
      let onDay = try Audit.run(request, GeneratedRound.installation).report
      try LedgerTests.expectSums(onDay)
      let inBeta = try #require(onDay.rules.first { $0.id == "sound/total-missing" })
      #expect(inBeta.stage == .beta && inBeta.severity == .warning && !inBeta.isMandatory)
      #expect(inBeta.findings == periods.count + 2)
    }
  }

  /// Checks everything that the ledger promises of a report without problems.
  static func expectSums(_ report: AuditModel.Report) throws {
    let ofNobody = report.ofNobody.map { [(SubmissionOfNobody.key, $0.records)] } ?? []
    let submissions =
      report.organisations.filter { $0.records > 0 }.map(\.code) + report.unmatched.map(\.key) + ofNobody.map(\.0)
    let asked = report.organisations.filter(\.isAsked).map(\.code)
    let rowsBySubject = Dictionary(
      uniqueKeysWithValues: report.organisations.map { ($0.code, $0.records) }
        + report.unmatched.map { ($0.key, $0.records) } + ofNobody)
    let entries = Dictionary(grouping: report.ledger, by: \.rule)
    for rule in report.rules {
      let subjects = (entries[rule.id] ?? []).map(\.subject)
      switch rule.answers {
      case .record, .submission: #expect(subjects.compactMap { $0 }.sorted() == submissions.sorted(), "\(rule.id)")
      case .organisation: #expect(subjects.compactMap { $0 }.sorted() == asked.sorted(), "\(rule.id)")
      case .round: #expect(subjects == [nil], "\(rule.id)")
      }
      for entry in entries[rule.id] ?? [] {
        guard rule.answers == .record else { continue }
        let rows = try #require(entry.rows)
        #expect(rows.total == rowsBySubject[entry.subject ?? ""], "\(rule.id) on \(entry.subject ?? "")")
        #expect(min(rows.passed, rows.failed, rows.notApplicable, rows.notEvaluated) >= 0)
        #expect(entry.outcome == rows.outcome)
        #expect(entry.findings >= rows.failed)
        let causes = entry.causes.filter { $0.of == .notEvaluated }.reduce(0) { $0 + ($1.rows ?? 0) }
        #expect(causes == rows.notEvaluated, "\(rule.id) on \(entry.subject ?? ""): \(entry.causes)")
        let reasons = entry.causes.filter { $0.of == .notApplicable }.reduce(0) { $0 + ($1.rows ?? 0) }
        #expect(reasons == rows.notApplicable)
      }
      #expect(rule.findings == (entries[rule.id] ?? []).reduce(0) { $0 + $1.findings })
      #expect(rule.outcomes.values.reduce(0, +) == subjects.count)
    }
    #expect(report.problems.isEmpty)
  }

  @Test(arguments: 0..<2, UInt64(1)...6)
  func threadsPartsAndSavedStatesChangeNothing(_ packIndex: Int, _ seed: UInt64) throws {
    let pack = try #require(LedgerTests.packs)[packIndex]
    let whole = try LedgerTests.audit(pack, seed: seed) { $0.wantsIdentities = true }
    let variants: [(String, (inout AuditRequest) -> Void)] = [
      ("again", { _ in }), ("two threads", { $0.jobs = 2 }),
      ("small parts", { $0.partBytes = 300 }),
      (
        "small parts, three threads, states saved and loaded",
        { request in
          request.partBytes = 200
          request.jobs = 3
          request.savesStates = true
        }
      ),
    ]
    for (name, change) in variants {
      let other = try LedgerTests.audit(pack, seed: seed) { request in
        request.wantsIdentities = true
        change(&request)
      }
      #expect(other.report == whole.report, "\(name)")
      #expect(other.identities == whole.identities, "\(name)")
    }
  }

  @Test(arguments: 0..<2, UInt64(1)...6)
  func limitCapsOnlyWhatIsShown(_ packIndex: Int, _ seed: UInt64) throws {
    let pack = try #require(LedgerTests.packs)[packIndex]
    let whole = try LedgerTests.audit(pack, seed: seed).report
    let capped = try LedgerTests.audit(pack, seed: seed) { $0.limit = 1 }.report
    #expect(capped.ledger == whole.ledger)
    #expect(capped.rules.map(\.findings) == whole.rules.map(\.findings))
    for entry in capped.ledger {
      let shown = capped.findings.count { $0.rule == entry.rule && $0.subject == entry.subject }
      #expect(shown <= max(1, capped.rules.first { $0.id == entry.rule }?.answers == .round ? .max : 1))
    }
    #expect(capped.findings.count <= whole.findings.count)
  }
}
