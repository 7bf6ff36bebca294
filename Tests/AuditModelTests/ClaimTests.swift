import AuditModel
import TestSupport
import Testing

/// Claims are judged by exact ratios, at the boundary and on both sides of it.
@Suite struct ClaimTests {
  private func claim(_ relation: Claim.Relation, _ value: String, within tolerance: String = "0") throws -> Claim {
    Claim(
      name: "x", population: "", predicate: "", words: "", relation: relation, value: try #require(Ratio(value)),
      tolerance: try #require(Ratio(tolerance)), source: "")
  }

  private func counts(
    _ counted: Int, _ notCounted: Int, unknown: Int = 0, open: (Int, Int, Int) = (0, 0, 0)
  ) -> FigureCounts {
    var counts = FigureCounts()
    (counts.counted, counts.notCounted, counts.unknown) = (counted, notCounted, unknown)
    (counts.openCounted, counts.openNotCounted, counts.openUnknown) = open
    return counts
  }

  @Test(arguments: [
    (Claim.Relation.atLeast, 49, Claim.Verdict.notSupported), (.atLeast, 50, .supported), (.atMost, 50, .supported),
    (.atMost, 51, .notSupported), (.moreThan, 50, .notSupported), (.moreThan, 51, .supported),
    (.lessThan, 50, .notSupported), (.lessThan, 49, .supported), (.exactly, 50, .supported),
    (.exactly, 49, .notSupported), (.exactly, 51, .notSupported),
  ])
  func everyRelationTurnsAtItsValue(_ relation: Claim.Relation, _ counted: Int, _ verdict: Claim.Verdict) throws {
    #expect(try claim(relation, "1/2").verdict(counts(counted, 100 - counted)) == verdict)
  }

  /// 2/3 less 1/50 is 97/150, and 2/3 with 1/50 is 103/150: neither is a percentage of one decimal.
  @Test(arguments: [
    (96, Claim.Verdict.notSupported), (97, .supported), (103, .supported), (104, .notSupported),
  ])
  func aboutTurnsAtItsTolerance(_ counted: Int, _ verdict: Claim.Verdict) throws {
    #expect(try claim(.about, "2/3", within: "1/50").verdict(counts(counted, 150 - counted)) == verdict)
  }

  @Test func whatIsNotKnownDecidesOnlyWhereItCan() throws {
    let half = try claim(.atLeast, "1/2")
    #expect(half.verdict(counts(5, 4, unknown: 1)) == .supported)
    #expect(half.verdict(counts(4, 5, unknown: 1)) == .depends)
    #expect(half.verdict(counts(4, 6, unknown: 0)) == .notSupported)
    #expect(half.verdict(counts(3, 6, unknown: 1)) == .notSupported)
  }

  /// Of three units of which one is unknown there are 1/3 and 2/3, and no half between them.
  @Test func onlySharesThatCanComeAboutCount() throws {
    #expect(try claim(.exactly, "1/2").verdict(counts(1, 1, unknown: 1)) == .notSupported)
    #expect(try claim(.about, "1/2", within: "1/10").verdict(counts(1, 1, unknown: 1)) == .notSupported)
    #expect(try claim(.exactly, "2/3").verdict(counts(1, 1, unknown: 1)) == .depends)
  }

  @Test func nothingToCountSupportsNothing() throws {
    #expect(try claim(.atLeast, "0").verdict(counts(0, 0)) == .noShare)
    #expect(try claim(.atLeast, "0").verdict(counts(0, 0, open: (0, 0, 1))) == .depends)
    #expect(try claim(.lessThan, "1/2").verdict(counts(0, 0, open: (1, 0, 0))) == .notSupported)
    #expect(counts(0, 0).share == nil && counts(0, 0).low == nil && counts(0, 0).high == nil)
  }

  /// Bounds and verdicts against every way in which the unknown could turn out.
  @Test(arguments: Claim.Relation.allCases)
  func boundsAndVerdictsAreThoseOfAllWaysItCouldTurnOut(_ relation: Claim.Relation) throws {
    var source = SplitMix(seed: 7)
    for _ in 0..<400 {
      func few() -> Int { Int.random(in: 0...3, using: &source) }
      let counts = counts(few(), few(), unknown: few(), open: (few(), few(), few()))
      let value = "\(Int.random(in: 0...6, using: &source))/6"
      let tolerance = relation == .about ? "\(few())/12" : "0"
      let claim = try claim(relation, value, within: tolerance)
      let shares = ClaimTests.shares(counts)
      let satisfied = shares.count { ClaimTests.satisfies($0, claim) }
      let expected: Claim.Verdict =
        if counts.denominator + counts.open == 0 {
          .noShare
        } else if satisfied == 0 {
          .notSupported
        } else if satisfied == shares.count && counts.denominator > 0 {
          .supported
        } else {
          .depends
        }
      #expect(claim.verdict(counts) == expected, "\(counts) \(claim.measure)")
      let sorted = shares.sorted { $0.0 * $1.1 < $1.0 * $0.1 }
      for (ratio, share) in [(counts.low, sorted.first), (counts.high, sorted.last)] {
        #expect((ratio == nil) == (share == nil))
        if let ratio, let share { #expect(ratio.numerator * share.1 == share.0 * ratio.denominator, "\(counts)") }
      }
    }
  }

  /// Every share that can come about, as numerator and denominator.
  private static func shares(_ counts: FigureCounts) -> [(Int, Int)] {
    var shares: [(Int, Int)] = []
    for unknown in 0...counts.unknown {
      for counted in 0...counts.openCounted {
        for notCounted in 0...counts.openNotCounted {
          for open in 0...counts.openUnknown {
            for isFor in 0...open {
              let denominator = counts.denominator + counted + notCounted + open
              if denominator > 0 { shares.append((counts.counted + unknown + counted + isFor, denominator)) }
            }
          }
        }
      }
    }
    return shares
  }

  private static func satisfies(_ share: (Int, Int), _ claim: Claim) -> Bool {
    // Over the common denominator, with the value and the tolerance brought to it.
    let scale = claim.value.denominator * claim.tolerance.denominator
    let left = share.0 * scale
    let right = claim.value.numerator * claim.tolerance.denominator * share.1
    switch claim.relation {
    case .about: return abs(left - right) <= claim.tolerance.numerator * claim.value.denominator * share.1
    case .atLeast: return left >= right
    case .atMost: return left <= right
    case .moreThan: return left > right
    case .lessThan: return left < right
    case .exactly: return left == right
    }
  }

  @Test func largestTermsDoNotOverflow() throws {
    let claim = try claim(.about, "999999998/999999999", within: "1/999999999")
    #expect(claim.verdict(counts(1_000_000_000_000, 0)) == .supported)
    #expect(claim.verdict(counts(0, 1_000_000_000_000)) == .notSupported)
  }

  @Test(arguments: ["", "2/", "/3", "2/0", "-1/2", "1/-2", "+1/2", "0.5", "1/2/3", "1 / 2", "1000000000/2000000000"])
  func onlyFractionsAreRead(_ text: String) {
    #expect(Ratio(text) == nil)
  }

  @Test(arguments: ["2/3", "2/4", "0", "1"]) func fractionsStayAsTheyWereWritten(_ text: String) throws {
    #expect(try #require(Ratio(text)).description == text)
  }
}
