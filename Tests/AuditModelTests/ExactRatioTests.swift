import TestSupport
import Testing

@testable import AuditModel

/// Ratios stay exact through sums and products of any length.
@Suite struct ExactRatioTests {
  /// Sums of fractions whose common denominator has no room in 64 bits.
  @Test func sumsOfManyDenominatorsAreExact() {
    // 1/2 + 1/6 + 1/12 + … + 1/(n (n + 1)) is n/(n + 1).
    let sum = (1...300).reduce(ExactRatio.zero) { $0 + ExactRatio(Ratio(1, $1 * ($1 + 1))!) }
    #expect(sum == ExactRatio(Ratio(300, 301)!))
    #expect(sum != ExactRatio(Ratio(301, 302)!))
    #expect(sum < .one && .zero < sum)
  }

  @Test func theOrderOfASumDoesNotMatter() {
    let ratios = (1...40).map { ExactRatio(Ratio($0 * 7919 % 101, 100_003 + $0 * 17)!) }
    #expect(ExactRatio.mean(ratios) == ExactRatio.mean(ratios.reversed()))
    #expect(ExactRatio.mean([]) == nil)
  }

  /// Held against arithmetic of 128 bits, which has room for these.
  @Test func arithmeticAgreesWithThatOfFixedWidth() {
    var source = SplitMix(seed: 7)
    for _ in 0..<2000 {
      let numbers = (0..<4).map { _ in Int.random(in: 1...(1 << Int.random(in: 1...30, using: &source)), using: &source)
      }
      let (a, b) = (Ratio(numbers[0], numbers[1])!, Ratio(numbers[2], numbers[3])!)
      func wide(_ index: Int) -> UInt128 { UInt128(numbers[index]) }
      let sum = ExactRatio(a) + ExactRatio(b)
      let (top, bottom) = (wide(0) * wide(3) + wide(2) * wide(1), wide(1) * wide(3))
      let rounded = (top * 2000 + bottom) / (bottom * 2)
      #expect(sum.rounded(times: 1000) == Int(rounded))
      let product = ExactRatio(a) * ExactRatio(b)
      #expect(product.rounded(times: 10) == Int((wide(0) * wide(2) * 20 + bottom) / (bottom * 2)))
      #expect((ExactRatio(a) < ExactRatio(b)) == (wide(0) * wide(3) < wide(2) * wide(1)))
      #expect(sum - ExactRatio(b) == ExactRatio(a))
    }
  }

  @Test func differencesAreNotNegative() {
    #expect(ExactRatio(3) - ExactRatio(5) == .zero)
    #expect(ExactRatio(5) - ExactRatio(3) == ExactRatio(2))
    // A difference that borrows over several digits.
    let large = ExactRatio(1 << 62) * ExactRatio(1 << 62)
    #expect(large - ExactRatio(1) + ExactRatio(1) == large)
    #expect(large - ExactRatio(1) < large)
  }

  @Test(arguments: [(1, 3, 333), (2, 3, 667), (1, 2000, 1), (1, 2001, 0), (1, 1, 1000), (0, 7, 0), (5, 2, 2500)])
  func roundingIsHalfUp(_ numerator: Int, _ denominator: Int, _ expected: Int) {
    #expect(ExactRatio(Ratio(numerator, denominator)!).rounded(times: 1000) == expected)
  }

  @Test func wholeNumbersAreTold() {
    #expect(ExactRatio(Ratio(6, 3)!).isWhole && ExactRatio.zero.isWhole)
    #expect(!ExactRatio(Ratio(7, 3)!).isWhole)
  }
}
