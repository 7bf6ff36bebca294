import AuditModel
import Testing

@testable import RulePacks

@Suite("What examples say of what was found")
struct RuleExampleTests {
  private func example(_ finds: ExpectedFinding...) -> RuleExample {
    RuleExample(rows: [[:]], organisation: [:], asOf: nil, finds: finds, line: 1, pointer: "")
  }

  private func expected(_ field: String? = nil, row: Int? = nil, _ message: String? = nil) -> ExpectedFinding {
    ExpectedFinding(field: field, row: row, message: message)
  }

  private func found(_ field: String? = nil, row: Int? = nil, _ message: String = "m") -> ObservedFinding {
    ObservedFinding(field: field, row: row, message: message)
  }

  @Test func whatMustFireAndDoesIsNoDifference() {
    let example = example(expected("total"), expected("part", row: 2))
    #expect(example.isFailing)
    #expect(example.differences(from: [found("part", row: 2), found("total", row: 1)]).isEmpty)
  }

  @Test func nothingElseMayFire() {
    #expect(
      example().differences(from: [found("total", row: 1, "It is wrong")])
        == ["expected  nothing", "found     record 1, total, \"It is wrong\""])
    #expect(
      example(expected("total")).differences(from: [found("total"), found("total", row: 2)])
        == ["expected  nothing", "found     record 2, total, \"m\"", "1 finding is as expected"])
  }

  @Test func whatMustFireAndDoesNotIsTold() {
    #expect(
      example(expected("total", row: 1, "It is wrong")).differences(from: [])
        == ["expected  record 1, total, \"It is wrong\"", "found     nothing"])
    #expect(example(expected()).differences(from: []) == ["expected  a finding", "found     nothing"])
  }

  @Test func whatWasFoundInsteadStandsUnderWhatWasExpected() {
    #expect(
      example(expected("total", "a")).differences(from: [found("total", "b")])
        == ["expected  total, \"a\"", "found     total, \"b\""])
    #expect(
      example(expected("total")).differences(from: [found("part", row: 1)])
        == ["expected  total", "found     record 1, part, \"m\""])
    // The nearest of several, by record and field.
    #expect(
      example(expected("total", row: 1), expected("part", row: 2))
        .differences(from: [found("part", row: 3), found("total", row: 2)])
        == [
          "expected  record 1, total", "found     record 2, total, \"m\"", "expected  record 2, part",
          "found     record 3, part, \"m\"",
        ])
    // Of other records and fields there is nothing to compare.
    let two = RuleExample(
      rows: [[:], [:]], organisation: [:], asOf: nil, finds: [expected("total", row: 1)], line: 1, pointer: "")
    #expect(
      two.differences(from: [found("part", row: 2)])
        == [
          "expected  record 1, total", "found     nothing", "expected  nothing", "found     record 2, part, \"m\"",
        ])
  }

  @Test func whyNothingWasFoundIsTold() {
    let causes = [
      LedgerEntry.Cause(of: .notEvaluated, words: "total is suppressed", rows: 1),
      LedgerEntry.Cause(of: .notApplicable, words: "the rule's condition does not hold", rows: nil),
    ]
    #expect(
      example(expected("total")).differences(from: [], causes: causes)
        == [
          "expected  total", "found     nothing", "not evaluated (1 record): total is suppressed",
          "not applicable: the rule's condition does not hold",
        ])
    #expect(example(expected("total")).differences(from: [found("part")], causes: causes).count == 2)
    #expect(example().differences(from: [], causes: causes).isEmpty)
  }

  /// One that would accept anything does not take what another needs.
  @Test func looseExpectationsLeaveRoomForStrictOnes() {
    let example = example(expected(), expected("total"), expected("total", row: 2))
    #expect(example.differences(from: [found("total", row: 2), found("total", row: 1), found("part")]).isEmpty)
    #expect(
      example.differences(from: [found("total", row: 1), found("part"), found("part")])
        == [
          "expected  record 2, total", "found     nothing", "expected  nothing", "found     part, \"m\"",
          "2 findings are as expected",
        ])
  }

  @Test func statusExamplesCompareStatusBasisAndReason() {
    let facts = [DerivedStatus.Fact(name: "says", word: "yes", cells: [])]
    let derived = DerivedStatus(status: .collecting, basis: .practice, reason: "It counts.", row: 3, facts: facts)
    func example(_ status: Status, _ basis: StatusBasis?, _ reason: String?) -> StatusExample {
      StatusExample(
        rows: [], organisation: [:], asOf: nil, status: status, basis: basis, reason: reason, line: 1, pointer: "")
    }
    #expect(example(.collecting, nil, nil).differences(from: derived).isEmpty)
    #expect(example(.collecting, .practice, "It counts.").differences(from: derived).isEmpty)
    for (basis, reason) in [(StatusBasis.reply, "It counts."), (.practice, "It does not.")] {
      #expect(example(.collecting, basis, reason).differences(from: derived).count == 3)
    }
    #expect(
      example(.needsReview, .reply, "It does not.").differences(from: derived)
        == [
          "expected  needs-review, basis reply, \"It does not.\"",
          "found     collecting, basis practice, \"It counts.\"", "row 3     says \"yes\"",
        ])
    #expect(example(.needsReview, nil, nil).differences(from: derived).first == "expected  needs-review")
  }
}
