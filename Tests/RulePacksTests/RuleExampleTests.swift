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
        == ["did not expect a finding in total of record 1 that says \"It is wrong\", and there was one"])
    #expect(
      example(expected("total")).differences(from: [found("total"), found("total", row: 2)])
        == ["did not expect a finding in total of record 2 that says \"m\", and there was one"])
  }

  @Test func whatMustFireAndDoesNotIsTold() {
    #expect(
      example(expected("total", row: 1, "It is wrong")).differences(from: [])
        == ["expected a finding in total of record 1 that says \"It is wrong\", and there was none"])
    #expect(example(expected()).differences(from: []) == ["expected a finding, and there was none"])
    #expect(
      example(expected("total", "a")).differences(from: [found("total", "b")])
        == [
          "expected a finding in total that says \"a\", and there was none",
          "did not expect a finding in total that says \"b\", and there was one",
        ])
  }

  /// One that would accept anything does not take what another needs.
  @Test func looseExpectationsLeaveRoomForStrictOnes() {
    let example = example(expected(), expected("total"), expected("total", row: 2))
    #expect(example.differences(from: [found("total", row: 2), found("total", row: 1), found("part")]).isEmpty)
    #expect(
      example.differences(from: [found("total", row: 1), found("part"), found("part")])
        == [
          "expected a finding in total of record 2, and there was none",
          "did not expect a finding in part that says \"m\", and there was one",
        ])
  }

  @Test func statusExamplesCompareStatusBasisAndReason() {
    let derived = DerivedStatus(status: .collecting, basis: .practice, reason: "It counts.", row: 3, facts: [])
    func example(_ status: Status, _ basis: StatusBasis?, _ reason: String?) -> StatusExample {
      StatusExample(
        rows: [], organisation: [:], asOf: nil, status: status, basis: basis, reason: reason, line: 1, pointer: "")
    }
    #expect(example(.collecting, nil, nil).differences(from: derived).isEmpty)
    #expect(example(.collecting, .practice, "It counts.").differences(from: derived).isEmpty)
    #expect(
      example(.needsReview, .reply, "It does not.").differences(from: derived)
        == [
          "expected the status needs-review, and it was collecting: It counts.",
          "expected the basis reply, and it was practice",
          "expected the reason \"It does not.\", and it was \"It counts.\"",
        ])
  }
}
