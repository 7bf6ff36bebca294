/// A sentence that somebody says of a figure, in parts that can be judged.
public struct Claim: Hashable, Sendable {
  public var name: String
  /// Whom it is about: "hospital trusts in England".
  public var population: String
  /// What it says of them.
  public var predicate: String
  /// As it is said, verbatim.
  public var words: String
  public var relation: Relation
  /// The share it names.
  public var value: Ratio
  /// How far a share may lie from the value, both ways; 0 but for `about`.
  public var tolerance: Ratio
  public var source: String

  /// How the share stands to the value.
  public enum Relation: String, CaseIterable, Sendable {
    case about
    case atLeast = "at least"
    case atMost = "at most"
    case moreThan = "more than"
    case lessThan = "less than"
    case exactly
  }

  /// What becomes of a claim over one denominator (DESIGN 9).
  public enum Verdict: String, CaseIterable, Sendable {
    /// Every share that can come about satisfies it.
    case supported
    /// None does.
    case notSupported = "not-supported"
    case depends
    /// There is nothing to have a share of.
    case noShare = "no-share"

    public var words: String {
      switch self {
      case .supported: "supported"
      case .notSupported: "not supported"
      case .depends: "depends on the answers still missing"
      case .noShare: "cannot be judged: there is nothing to have a share of"
      }
    }
  }

  public init(
    name: String, population: String, predicate: String, words: String, relation: Relation, value: Ratio,
    tolerance: Ratio, source: String
  ) {
    self.name = name
    self.population = population
    self.predicate = predicate
    self.words = words
    self.relation = relation
    self.value = value
    self.tolerance = tolerance
    self.source = source
  }

  /// What a share is measured by: "about 2/3, within 1/50".
  public var measure: String {
    "\(relation.rawValue) \(value)" + (tolerance.numerator > 0 ? ", within \(tolerance)" : "")
  }

  /// Judges the claim by the shares that can come about. No number is rounded.
  ///
  /// - Complexity: O(units of which it cannot be told whether they count at all).
  public func verdict(_ counts: FigureCounts) -> Verdict {
    guard counts.denominator + counts.open > 0 else { return .noShare }
    // When nothing is certain to count there may be no share, and what there is not supports nothing.
    var isAlways = counts.denominator > 0
    var isEver = false
    for more in 0...counts.open where counts.denominator + more > 0 {
      let numerators = counts.numerators(withOpen: more)
      let (low, high) = satisfying(counts.denominator + more)
      isAlways = isAlways && low <= Int128(numerators.lowerBound) && Int128(numerators.upperBound) <= high
      isEver = isEver || max(low, Int128(numerators.lowerBound)) <= min(high, Int128(numerators.upperBound))
      if isEver && !isAlways { return .depends }
    }
    return isAlways ? .supported : .notSupported
  }

  /// The numerators over a denominator that satisfy it: all from `low` to `high`, none when `high` is below.
  private func satisfying(_ denominator: Int) -> (low: Int128, high: Int128) {
    let all = Int128(denominator)
    let (part, whole) = (Int128(value.numerator) * all, Int128(value.denominator))
    switch relation {
    case .about:
      let shift = Int128(tolerance.numerator) * whole * all
      let common = whole * Int128(tolerance.denominator)
      let middle = part * Int128(tolerance.denominator)
      return (Claim.ceiling(middle - shift, common), Claim.floor(middle + shift, common))
    case .atLeast: return (Claim.ceiling(part, whole), all)
    case .atMost: return (0, Claim.floor(part, whole))
    case .moreThan: return (Claim.floor(part, whole) + 1, all)
    case .lessThan: return (0, Claim.ceiling(part, whole) - 1)
    case .exactly: return (Claim.ceiling(part, whole), Claim.floor(part, whole))
    }
  }

  private static func floor(_ number: Int128, _ divisor: Int128) -> Int128 {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }

  private static func ceiling(_ number: Int128, _ divisor: Int128) -> Int128 { -floor(-number, divisor) }
}
