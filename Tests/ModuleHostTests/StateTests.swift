import AuditModel
import Columns
import TestSupport
import Testing

@testable import ModuleHost

@Suite("Judging at the end")
struct StateTests {
  /// The sample module's kind that remembers counts.
  private static let fields: [Field] = [.of(.integer, "count")]

  private func steady() throws -> BoundRule {
    let host = ModuleHost(services: .none)
    try TestSupport.withTemporaryFolder { folder in
      try host.load(
        CModule.compile("\(TestSupport.repository)/samples/modules/extra.c", to: "\(folder)/extra.so"))
    }
    return try host.bind(
      "extra.steady-count", StateTests.fields,
      parameters: [
        RuleParameter(pointer: "/count", value: .fields([0])),
        RuleParameter(pointer: "/times", value: .number(2)),
      ])
  }

  private func table(_ counts: ArraySlice<Int64>, _ submissions: ArraySlice<UInt32>) -> Table {
    Table(
      StateTests.fields, counts.map { [.integer($0)] }, firstPlace: UInt64(counts.startIndex),
      submissions: Array(submissions))
  }

  private func collect(_ table: Table, _ rule: BoundRule) throws -> RuleState {
    let state = try #require(try rule.makeState())
    try rule.check(table.batch, state: state, selected: table.all, frame: rule.makeFrame())
    return state
  }

  @Test func partsMergedOrSavedComeToTheSameAsTheWhole() throws {
    let rule = try steady()
    let counts: [Int64] = [10, 100, 11, 95, 12, 300, 13, 90]
    let submissions: [UInt32] = [0, 1, 0, 1, 0, 1, 1, 0]
    let whole = try collect(table(counts[...], submissions[...]), rule)
    let expected = try rule.finish(whole) { _ in nil }
    #expect(
      expected == [
        Judgement(
          place: 7, submission: 0, verdict: .failed, field: 0,
          evidence: [
            Evidence(name: "previous", value: .integer(12), field: 0),
            Evidence(name: "previous_row", value: .place(4)),
          ]),
        Judgement(
          place: 5, submission: 1, verdict: .failed, field: 0,
          evidence: [
            Evidence(name: "previous", value: .integer(95), field: 0),
            Evidence(name: "previous_row", value: .place(3)),
          ]),
        Judgement(
          place: 6, submission: 1, verdict: .failed, field: 0,
          evidence: [
            Evidence(name: "previous", value: .integer(300), field: 0),
            Evidence(name: "previous_row", value: .place(5)),
          ]),
      ])
    for cut in 1..<counts.count {
      // A part numbers its submissions in order of first appearance.
      let second = submissions[cut...]
      var seen: [UInt32] = []
      for submission in second where !seen.contains(submission) { seen.append(submission) }
      let local = second.map { UInt32(seen.firstIndex(of: $0)!) }
      let parts = [
        (try collect(table(counts[..<cut], submissions[..<cut]), rule), Array(UInt32(0)..<2)),
        (try collect(table(counts[cut...], local[...]), rule), seen),
      ]
      let merged = try #require(try rule.makeState())
      let loaded = try #require(try rule.makeState())
      for (part, map) in parts {
        try rule.merge(into: merged, from: part, submissionMap: map)
        try rule.merge(into: loaded, from: try rule.load(try rule.save(part)), submissionMap: map)
      }
      #expect(try rule.finish(merged) { _ in nil } == expected, "cut before row \(cut)")
      #expect(try rule.finish(loaded) { _ in nil } == expected, "cut before row \(cut)")
      #expect(try rule.finish(try rule.load(try rule.save(merged))) { _ in nil } == expected)
    }
  }

  @Test func savedStatesAreTheSameBytesEachTimeAndNameTheirMaker() throws {
    let rule = try steady()
    let state = try collect(table([258], [0]), rule)
    let bytes = try rule.save(state)
    let number: (UInt32) -> [UInt8] = { n in [UInt8(n), 0, 0, 0] }
    var expected = Array("TCSTATE1".utf8) + number(5) + Array("extra".utf8)
    expected += number(5) + Array("1.0.0".utf8) + number(18) + Array("extra.steady-count".utf8) + number(1)
    expected += [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    #expect(bytes == expected)
    #expect(try rule.save(state) == bytes)
  }

  @Test func statesOfAnotherMakerOrWithoutTheirEndAreRefused() throws {
    let rule = try steady()
    let bytes = try rule.save(try collect(table([1, 9], [0, 0]), rule))
    func fault(_ bytes: [UInt8]) throws -> String? { try rule.fault { _ = try $0.load(bytes) } }
    let refusal = "The saved state for the rule \"pack/rule\" cannot be used: "
    #expect(try fault([]) == refusal + "it does not begin as a saved state does. Audit the files again.")
    #expect(try fault(Array(bytes.prefix(30))) == refusal + "it ends too early. Audit the files again.")
    let here = SavedState.Origin(module: "extra", version: "1.0.0", kind: "extra.steady-count")
    let others = [
      SavedState.Origin(module: "other", version: "1.0.0", kind: "extra.steady-count"),
      SavedState.Origin(module: "extra", version: "1.0.1", kind: "extra.steady-count"),
      SavedState.Origin(module: "extra", version: "1.0.0", kind: "extra.other"),
    ]
    for other in others {
      #expect(
        try fault(SavedState.header(other, submissionCount: 1))
          == refusal + "it was saved by \(other.words); expected \(here.words). Audit the files again.")
    }
    // What the module wrote is the module's to judge.
    #expect(
      try fault(bytes.dropLast())
        == "The module \"extra\" went wrong at the rule \"pack/rule\" (extra.steady-count): "
        + "the saved counts are cut off.")
  }

  @Test func mergeNeedsANumberForEverySubmission() throws {
    let rule = try steady()
    let part = try collect(table([1, 9], [0, 2]), rule)
    let into = try #require(try rule.makeState())
    let fault = try rule.fault { try $0.merge(into: into, from: part, submissionMap: [0, 1]) }
    #expect(fault?.hasSuffix("has met 3 submissions, and only 2 are known.") == true)
  }

  // MARK: Finish

  /// A module whose `finish` does what is written here.
  private func finish(_ statements: String, answers: String = "TC_ANSWERS_RECORD") throws -> [Judgement] {
    let host = try CModule.host(
      #"""
      static const tc_text names[] = {TEXT("cause")};
      #define JUDGE(place, submission, verdict, field) \
        sink->judged(sink->context, place, submission, verdict, field, NULL, 0);
      static uint32_t finish_so(const void *bound, void *state, const tc_sink *sink, tc_error *error) {
        const tc_host *host = bound;
      """# + statements
        + "\n  return TC_OK;\n}\nKIND(AT_FINISH, .finish = finish_so, .answers = \(answers), EVIDENCE(names)) MODULE()")
    let rule = try host.bind()
    let table = Table([.of(.text, "answer")], [[.text("a")], [.text("b")]], submissions: [0, 1])
    let state = try #require(try rule.makeState())
    try rule.check(table.batch, state: state, selected: table.all, frame: rule.makeFrame())
    return try rule.finish(state) { $0 == 0 ? "X1A" : nil }
  }

  private func fault(_ statements: String, answers: String = "TC_ANSWERS_RECORD") throws -> String? {
    let error = #expect(throws: ModuleError.self) { _ = try finish(statements, answers: answers) }
    return error?.message
  }

  @Test func verdictsComeInTheOrderGiven() throws {
    #expect(
      try finish("JUDGE(9, 1, TC_VERDICT_UNKNOWN, TC_NO_FIELD) JUDGE(3, 0, TC_VERDICT_FAILED, 0)") == [
        Judgement(place: 9, submission: 1, verdict: .unknown),
        Judgement(place: 3, submission: 0, verdict: .failed, field: 0),
      ])
    #expect(
      try finish("JUDGE(TC_NO_PLACE, 1, TC_VERDICT_PASSED, TC_NO_FIELD)", answers: "TC_ANSWERS_SUBMISSION") == [
        Judgement(place: nil, submission: 1, verdict: .passed)
      ])
    #expect(
      try finish(
        "JUDGE(TC_NO_PLACE, TC_NO_SUBMISSION, TC_VERDICT_FAILED, TC_NO_FIELD)", answers: "TC_ANSWERS_ROUND") == [
          Judgement(place: nil, submission: nil, verdict: .failed)
        ])
  }

  static let mistakes: [(statements: String, answers: String, words: String)] = [
    ("JUDGE(3, 0, 3, 0)", "TC_ANSWERS_RECORD", "it gave the verdict 3, which this version of trustcheck does not know"),
    ("JUDGE(TC_NO_PLACE, 0, 0, 0)", "TC_ANSWERS_RECORD", "it gave a verdict on a record without its place"),
    (
      "JUDGE(3, 0, 0, 0)", "TC_ANSWERS_SUBMISSION",
      "it gave the place of a record, and the kind does not answer records"
    ),
    ("JUDGE(3, 2, 0, 0)", "TC_ANSWERS_RECORD", "it gave a verdict on submission 2; expected one of the 2 it met"),
    (
      "JUDGE(3, TC_NO_SUBMISSION, 0, 0)", "TC_ANSWERS_RECORD",
      "it gave a verdict on no submission; expected one of the 2 it met"
    ),
    ("JUDGE(TC_NO_PLACE, 0, 0, 0)", "TC_ANSWERS_ROUND", "it gave a submission, and the kind answers the round"),
    ("JUDGE(3, 0, 0, 1)", "TC_ANSWERS_RECORD", "it gave a verdict on field 1; the rule has 1 bound fields"),
    (
      "tc_evidence item = {.struct_size = sizeof item, .name = TEXT(\"cause\"), .type = TC_EVIDENCE_CELL};"
        + "const tc_evidence *list[] = {&item}; sink->judged(sink->context, TC_NO_PLACE, 0, 0, 0, list, 1);",
      "TC_ANSWERS_SUBMISSION", "the evidence \"cause\" as a cell, and names no field or no record for it"
    ),
    ("sink->explained(sink->context, 0, NULL, 0);", "TC_ANSWERS_RECORD", "\"explained\" outside explain"),
  ]

  @Test(arguments: mistakes)
  func mistakesAreTold(statements: String, answers: String, words: String) throws {
    let fault = try #require(try fault(statements, answers: answers))
    #expect(fault.hasPrefix(atTheRule) && fault.hasSuffix("\(words)."), "\(fault)")
  }

  @Test func submissionsAreDescribedWhileFinishRuns() throws {
    let judgements = try finish(
      """
      tc_submission found;
      if (host->describe(host, 0, &found) != TC_OK || found.organisation.length != 3
          || memcmp(found.organisation.bytes, "X1A", 3) != 0) return say(error, "submission 0");
      if (host->describe(host, 1, &found) != TC_OK || found.organisation.length != 0) return say(error, "submission 1");
      if (host->describe(host, 2, &found) != TC_NOT_FOUND) return say(error, "submission 2");
      """)
    #expect(judgements == [])
  }

  @Test func submissionsAreNotDescribedAtOtherTimes() throws {
    let host = try CModule.host(
      #"""
      static uint32_t judge(
          const void *bound, void *state, const tc_batch *batch, const uint64_t *selected, uint64_t *failed,
          uint64_t *unknown, tc_error *error) {
        const tc_host *host = bound;
        tc_submission found;
        return host->describe(host, 0, &found) == TC_NOT_FOUND ? TC_OK : say(error, "described");
      }
      KIND(AT_FINISH, .check = judge) MODULE()
      """#)
    #expect(try host.bind().faultOfCheck(Table.answers(["a"])) == nil)
  }

  @Test func stateThatIsNotThereIsTheModulesFault() throws {
    let host = try CModule.host(
      #"""
      static uint32_t none(const void *bound, void **state, tc_error *error) { return TC_OK; }
      KIND(AT_FINISH, .state_create = none) MODULE()
      """#)
    let rule = try host.bind()
    #expect(try rule.fault { _ = try $0.makeState() } == atTheRule + "its function state_create gave no state.")
  }

  @Test func kindsThatJudgeBatchByBatchHaveNoState() throws {
    let rule = try CModule.host("KIND() MODULE()").bind()
    #expect(try rule.makeState() == nil)
  }
}
