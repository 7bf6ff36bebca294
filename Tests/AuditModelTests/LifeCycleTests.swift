import AuditModel
import Testing

@Suite struct LifeCycleTests {
  private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso: text)) }

  @Test(arguments: [
    ("2015-12-31", RuleStage.announced), ("2016-01-01", .beta), ("2016-06-30", .beta), ("2016-07-01", .enforced),
    ("2017-06-30", .enforced), ("2017-07-01", .retired),
  ])
  func stagesBeginAndEndOnTheirDays(_ text: String, _ stage: RuleStage) throws {
    let cycle = LifeCycle(
      betaFrom: try day("2016-01-01"), enforcedFrom: try day("2016-07-01"), enforcedTo: try day("2017-06-30"))
    #expect(try cycle.stage(on: day(text)) == stage)
    #expect(try (cycle.reasonNotInForce(on: day(text)) == nil) == (stage == .beta || stage == .enforced))
  }

  @Test func withoutDaysARuleIsEnforcedAlways() throws {
    #expect(try LifeCycle().stage(on: day("0001-01-01")) == .enforced)
    #expect(LifeCycle().words == nil)
  }

  @Test func aDraftIsADraftOnEveryDay() throws {
    #expect(try LifeCycle(isDraft: true).stage(on: day("2016-01-01")) == .draft)
    #expect(try LifeCycle(isDraft: true).reasonNotInForce(on: day("2016-01-01")) == "the rule is a draft")
  }

  @Test func theDaysAreSaidInWords() throws {
    let cycle = LifeCycle(betaFrom: try day("2016-01-01"), enforcedFrom: try day("2016-07-01"))
    #expect(cycle.words == "beta from 2016-01-01, enforced from 2016-07-01")
    #expect(try cycle.reasonNotInForce(on: day("2015-01-01")) == "the rule is in beta from 2016-01-01")
  }
}
