import AuditModel
import Testing

/// The Data Quality Maturity Index comes to what its published example says.
///
/// Source: NHS England, "Data Quality Maturity Index (DQMI) methodology", appendix 1: fourteen items of which two were
/// not expected, in data sets whose coverages are 1, 1/3 and 2/3.
@Suite struct MaturityScoreTests {
  private static func item(
    _ records: Int, _ valid: Int, _ defaults: Int = 0, free threshold: Ratio? = nil
  ) -> MaturityItem {
    MaturityItem(
      name: "item", label: "Item", records: records, validAndComplete: valid, defaults: defaults, threshold: threshold)
  }

  private static let none = Ratio(0, 1)
  private static let all = Ratio(1, 1)

  private static let published: [(item: MaturityItem, excess: Int, thousandths: Int)] = [
    (item(2500, 2400, 100, free: Ratio(2, 100)), 50, 940), (item(2500, 2500, 100, free: all), 0, 1000),
    (item(2500, 2000, 100, free: none), 100, 760), (item(1000, 900, 900, free: none), 900, 0),
    (item(1000, 800, 800, free: all), 0, 800), (item(1000, 900, 450, free: none), 450, 450),
    (item(1000, 1000, 100, free: Ratio(35, 1000)), 65, 935), (item(10_000, 10_000), 0, 1000),
    (item(10_000, 10_000), 0, 1000), (item(50_000, 50_000, 100, free: Ratio(2, 100)), 0, 1000),
    (item(50_000, 49_000, 5000, free: all), 0, 980), (item(50_000, 45_000, 5000, free: Ratio(35, 1000)), 3250, 835),
  ]

  private static let coverages =
    Array(repeating: Ratio(1, 1)!, count: 3) + Array(repeating: Ratio(1, 3)!, count: 6)
    + Array(repeating: Ratio(2, 3)!, count: 3)

  @Test func itemsOfThePublishedExampleScoreAsPublished() {
    for (item, excess, thousandths) in Self.published {
      #expect(item.defaultsInExcess == ExactRatio(excess))
      #expect(item.score == ExactRatio(Ratio(thousandths, 1000)!))
    }
  }

  @Test func theIndexOfThePublishedExampleIsAsPublished() throws {
    let scores = Self.published.compactMap(\.item.score)
    let index = try #require(
      MaturityIndex.index(scores: scores, coverages: Self.coverages.map { ExactRatio($0) }))
    // 9.7/12 × 7/12, which is 47.1527… and is published as 47.2.
    #expect(index == ExactRatio(Ratio(679, 1440)!))
    #expect(index.rounded(times: 1000) == 472)
    #expect(index.rounded(times: 10_000) == 4715)
  }

  /// The twelve ratios as the page sums them.
  @Test func theTwelveRatiosComeToTheIndex() throws {
    let ratios = [940, 1000, 760, 0, 800, 450, 935, 1000, 1000, 1000, 980, 835].map { ExactRatio(Ratio($0, 1000)!) }
    let index = try #require(MaturityIndex.index(scores: ratios, coverages: Self.coverages.map { ExactRatio($0) }))
    #expect(index == ExactRatio(Ratio(679, 1440)!))
  }

  @Test func anItemForNoRecordIsNotInTheMean() {
    var score = SubmissionScore(
      subject: "X1A", name: "", items: [Self.item(4, 3), Self.item(0, 0), Self.item(4, 4)], coverage: nil)
    #expect(score.items[1].score == nil)
    #expect(score.meanOfItems == ExactRatio(Ratio(7, 8)!))
    #expect(score.index == score.meanOfItems)
    score.coverage = MaturityCoverage(submitted: 3, expected: 4, missing: ["2016-01"])
    #expect(score.index == ExactRatio(Ratio(21, 32)!))
    score.failure = "no"
    #expect(score.index == nil)
  }

  @Test func nothingSubmittedWhenExpectedScoresZero() {
    let score = SubmissionScore(
      subject: "X1A", name: "", items: [Self.item(4, 4)],
      coverage: MaturityCoverage(submitted: 0, expected: 12, missing: []))
    #expect(score.index == .zero)
    #expect(SubmissionScore(subject: "X1A", name: "", items: [], coverage: nil).index == nil)
  }
}
