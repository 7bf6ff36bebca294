/// What a figure counts.
public enum FigureUnit: String, CaseIterable, Sendable {
  case organisation
  case record
}

/// What a figure is a share of.
public enum FigureDenominator: String, CaseIterable, Sendable {
  /// All that were asked.
  case asked
  /// Those of them that answered: organisations that sent records, records that give an answer.
  case answered
}

/// How many units came to what, over one denominator.
public struct FigureCounts: Hashable, Sendable {
  /// The condition holds.
  public var counted = 0
  /// It does not hold.
  public var notCounted = 0
  /// It cannot be told.
  public var unknown = 0
  /// The same for units of which it cannot be told whether they count at all.
  public var openCounted = 0
  public var openNotCounted = 0
  public var openUnknown = 0

  public init() {}

  /// Units that certainly count.
  public var denominator: Int { counted + notCounted + unknown }

  /// Units of which it cannot be told whether they count at all.
  public var open: Int { openCounted + openNotCounted + openUnknown }

  /// The share of those of which everything is known; nil when nothing certainly counts.
  public var share: Ratio? { Ratio(counted, denominator) }

  /// The least share that can come about: all that is unknown is against it.
  public var low: Ratio? {
    Ratio(counted, denominator + openNotCounted + openUnknown) ?? Ratio(openCounted, openCounted)
  }

  /// The greatest share that can come about: all that is unknown is for it.
  public var high: Ratio? {
    Ratio(counted + unknown + openCounted + openUnknown, denominator + openCounted + openUnknown)
      ?? Ratio(0, openNotCounted)
  }

  /// The numerators that can come about when so many of the open units count: all in the range.
  func numerators(withOpen more: Int) -> ClosedRange<Int> {
    let least = counted + max(0, more - openNotCounted - openUnknown)
    return least...(counted + unknown + min(more, openCounted + openUnknown))
  }

  public static func += (a: inout FigureCounts, b: FigureCounts) {
    a.counted += b.counted
    a.notCounted += b.notCounted
    a.unknown += b.unknown
    a.openCounted += b.openCounted
    a.openNotCounted += b.openNotCounted
    a.openUnknown += b.openUnknown
  }
}

/// A figure over one denominator.
public struct FigureShare: Hashable, Sendable {
  public var of: FigureDenominator
  public var counts: FigureCounts

  public init(of: FigureDenominator, counts: FigureCounts) {
    self.of = of
    self.counts = counts
  }
}

/// Units of which one thing cannot be told, for one reason.
public struct FigureUnknown: Hashable, Sendable {
  public var cause: Cause
  /// The reason in words.
  public var words: String
  public var units: Int
  /// Their codes, when they are organisations.
  public var organisations: [String]

  public enum Cause: String, CaseIterable, Sendable {
    /// It has not answered.
    case silent
    /// A person has to look before it can be told.
    case needsReview = "needs-review"
    /// The answer does not tell.
    case cannotBeTold = "cannot-be-told"
    /// It cannot be told whether the unit counts at all.
    case base
  }

  public init(cause: Cause, words: String, units: Int, organisations: [String]) {
    self.cause = cause
    self.words = words
    self.units = units
    self.organisations = organisations
  }
}

/// What was counted for one condition.
public struct FigureCount: Hashable, Sendable {
  /// One for every denominator; none when there is a failure.
  public var shares: [FigureShare] = []
  /// Codes of the organisations for which the condition holds: the numerator.
  public var counted: [String] = []
  /// Codes of those for which it does not.
  public var notCounted: [String] = []
  /// What cannot be told, by cause. Those that are silent are in the denominator "asked" alone.
  public var unknown: [FigureUnknown] = []

  public init() {}

  public func share(of denominator: FigureDenominator) -> FigureCounts? {
    shares.first { $0.of == denominator }?.counts
  }
}

/// A headline number with both denominators, and what became of the claims about it (DESIGN 9).
public struct FigureResult: Hashable, Sendable {
  public var pack: String
  /// Unique in its pack.
  public var name: String
  public var title: String
  public var unit: FigureUnit
  /// The condition for a unit to count at all; nil when all do.
  public var base: String?
  /// The condition that is counted.
  public var condition: String
  /// What is to be known to read it; may be empty.
  public var note: String
  /// Why no number can be given; nil when one can.
  public var failure: String?
  public var count = FigureCount()
  public var parts: [Part] = []
  public var claims: [JudgedClaim] = []

  /// A part of a figure that is told apart.
  public struct Part: Hashable, Sendable {
    public var name: String
    public var title: String
    public var condition: String
    public var count: FigureCount

    public init(name: String, title: String, condition: String, count: FigureCount) {
      self.name = name
      self.title = title
      self.condition = condition
      self.count = count
    }
  }

  public struct JudgedClaim: Hashable, Sendable {
    public var claim: Claim
    /// One for every denominator; none when the figure has a failure.
    public var verdicts: [JudgedShare]

    public init(claim: Claim, verdicts: [JudgedShare]) {
      self.claim = claim
      self.verdicts = verdicts
    }
  }

  public struct JudgedShare: Hashable, Sendable {
    public var of: FigureDenominator
    public var verdict: Claim.Verdict

    public init(of: FigureDenominator, verdict: Claim.Verdict) {
      self.of = of
      self.verdict = verdict
    }
  }

  public init(
    pack: String, name: String, title: String, unit: FigureUnit, base: String?, condition: String, note: String
  ) {
    self.pack = pack
    self.name = name
    self.title = title
    self.unit = unit
    self.base = base
    self.condition = condition
    self.note = note
  }

  /// The figure without its numbers, because they cannot be given.
  public func failed(_ reason: String) -> FigureResult {
    var result = self
    result.failure = reason
    result.count = FigureCount()
    for index in parts.indices { result.parts[index].count = FigureCount() }
    for index in claims.indices { result.claims[index].verdicts = [] }
    return result
  }
}
