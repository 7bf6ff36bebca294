import Testing

@testable import Reports

@Suite struct SharesTests {
  @Test(arguments: [
    (26, 140, "18.6 %"), (66, 140, "47.1 %"), (1, 3, "33.3 %"), (2, 3, "66.7 %"), (0, 5, "0.0 %"), (5, 5, "100.0 %"),
    (1, 2000, "0.1 %"), (1, 2001, "0.0 %"), (0, 0, "–"),
  ])
  func percentagesAreRoundedOnceFromTheExactRatio(_ part: Int, _ whole: Int, _ words: String) {
    #expect(Shares.percent(part, of: whole) == words)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (21286, "21,286"), (1_234_567, "1,234,567"), (-1000, "-1,000"),
  ])
  func digitsAreGrouped(_ number: Int, _ words: String) {
    #expect(Shares.grouped(number) == words)
  }
}
