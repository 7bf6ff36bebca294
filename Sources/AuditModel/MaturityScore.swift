/// How one data item of one submission is filled, and what it scores in the Data Quality Maturity Index.
///
/// Source of the formulas: NHS England, "Data Quality Maturity Index (DQMI) methodology", appendix 1. That defaults in
/// excess are never below 0 is implied by its example.
public struct MaturityItem: Hashable, Sendable {
  public var name: String
  public var label: String
  /// Records that the item is for.
  public var records: Int
  /// Of them, those where it is valid and complete, default values among them.
  public var validAndComplete: Int
  /// Of them, those with a default value.
  public var defaults: Int
  /// The share of defaults that is free; nil when the item has no defaults.
  public var threshold: Ratio?
  /// Records of which it cannot be told whether the item is for them; they are not among `records`.
  public var untold: Int

  public init(
    name: String, label: String, records: Int = 0, validAndComplete: Int = 0, defaults: Int = 0,
    threshold: Ratio? = nil, untold: Int = 0
  ) {
    self.name = name
    self.label = label
    self.records = records
    self.validAndComplete = validAndComplete
    self.defaults = defaults
    self.threshold = threshold
    self.untold = untold
  }

  /// Default values beyond those that the threshold leaves free.
  public var defaultsInExcess: ExactRatio {
    guard let threshold else { return .zero }
    return ExactRatio(defaults) - ExactRatio(threshold) * ExactRatio(records)
  }

  /// The item's score from 0 to 1; nil when there is no record that it is for.
  public var score: ExactRatio? {
    records == 0 ? nil : (ExactRatio(validAndComplete) - defaultsInExcess) / records
  }
}

/// The months for which records came, of those for which they were expected.
public struct MaturityCoverage: Hashable, Sendable {
  public var submitted: Int
  public var expected: Int
  /// The months expected without a record, as `CCYY-MM`, in their order.
  public var missing: [String]

  public init(submitted: Int, expected: Int, missing: [String]) {
    self.submitted = submitted
    self.expected = expected
    self.missing = missing
  }

  /// Nil when nothing was expected.
  public var ratio: Ratio? { Ratio(submitted, expected) }
}

/// The Data Quality Maturity Index, worked out by its published formula.
public enum MaturityIndex {
  /// The mean of the items' scores times the mean of the coverages, from 0 to 1; nil of nothing.
  ///
  /// - Parameter coverages: of each item, that of the data set it is in.
  public static func index(scores: [ExactRatio], coverages: [ExactRatio]) -> ExactRatio? {
    guard let score = ExactRatio.mean(scores), let coverage = ExactRatio.mean(coverages) else { return nil }
    return score * coverage
  }
}

/// How one submission scores under one rule pack.
public struct SubmissionScore: Hashable, Sendable {
  /// The organisation's code, or the key of a submission that was not matched.
  public var subject: String
  /// The organisation's name; empty when there is none.
  public var name: String
  /// In the order of the pack.
  public var items: [MaturityItem]
  public var coverage: MaturityCoverage?
  /// Why there is no index; nil when there is one.
  public var failure: String?

  public init(
    subject: String, name: String, items: [MaturityItem], coverage: MaturityCoverage?, failure: String? = nil
  ) {
    self.subject = subject
    self.name = name
    self.items = items
    self.coverage = coverage
    self.failure = failure
  }

  /// The mean of the items that have a score; nil when none has.
  public var meanOfItems: ExactRatio? { ExactRatio.mean(items.compactMap(\.score)) }

  /// From 0 to 1; nil when there is a failure.
  public var index: ExactRatio? {
    let scores = items.compactMap(\.score)
    guard failure == nil else { return nil }
    let coverage = coverage.map { $0.ratio.map { ExactRatio($0) } ?? .zero } ?? .one
    return MaturityIndex.index(scores: scores, coverages: scores.map { _ in coverage })
  }
}

/// What the submissions score under one rule pack.
public struct PackScores: Hashable, Sendable {
  public var pack: String
  /// What in the scores is this project's own reading.
  public var reading: String
  /// Sorted by subject.
  public var submissions: [SubmissionScore]

  public init(pack: String, reading: String, submissions: [SubmissionScore]) {
    self.pack = pack
    self.reading = reading
    self.submissions = submissions
  }
}
