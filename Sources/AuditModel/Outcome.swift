/// What became of one rule on one submission, organisation or round (DESIGN 7).
///
/// The order is that of precedence: an earlier case wins over a later one.
public enum Outcome: String, CaseIterable, Sendable {
  /// The tool or a module could not do its work; nothing is said about the data.
  case fault
  case failed
  /// Everything that failed is waived.
  case waived
  /// It could not be told; the cause says why.
  case notEvaluated = "not-evaluated"
  case passed
  /// The rule has nothing to say here; the cause says why.
  case notApplicable = "not-applicable"
}

/// How many rows of a submission a rule came to which end on. `total` is the sum of the four others.
public struct RowCounts: Hashable, Sendable {
  public var passed: Int
  public var failed: Int
  /// Of `failed`, those waived.
  public var waived: Int
  public var notApplicable: Int
  public var notEvaluated: Int

  public init(passed: Int = 0, failed: Int = 0, waived: Int = 0, notApplicable: Int = 0, notEvaluated: Int = 0) {
    self.passed = passed
    self.failed = failed
    self.waived = waived
    self.notApplicable = notApplicable
    self.notEvaluated = notEvaluated
  }

  public var total: Int { passed + failed + notApplicable + notEvaluated }

  public static func += (a: inout RowCounts, b: RowCounts) {
    a.passed += b.passed
    a.failed += b.failed
    a.waived += b.waived
    a.notApplicable += b.notApplicable
    a.notEvaluated += b.notEvaluated
  }

  /// The outcome of a rule that judged these rows.
  public var outcome: Outcome {
    if failed > 0 { return waived == failed ? .waived : .failed }
    if notEvaluated > 0 { return .notEvaluated }
    return passed > 0 ? .passed : .notApplicable
  }
}

/// One line of the ledger: one rule on one subject.
public struct LedgerEntry: Hashable, Sendable {
  public var rule: String
  /// The submission's or organisation's key (`SubmissionResult.key`); nil for a rule that answers the round.
  public var subject: String?
  public var outcome: Outcome
  /// Why it was not evaluated or not applicable, or what the fault was, in words; several are sorted and counted.
  public var causes: [Cause]
  /// Rows, for rules that answer records.
  public var rows: RowCounts?
  /// All findings, shown or not.
  public var findings: Int

  public struct Cause: Hashable, Sendable {
    /// `notEvaluated`, `notApplicable` or `fault`: what it is the cause of.
    public var of: Outcome
    public var words: String
    /// Rows concerned; nil where rows are not what is counted.
    public var rows: Int?

    public init(of: Outcome, words: String, rows: Int?) {
      self.of = of
      self.words = words
      self.rows = rows
    }
  }

  public init(
    rule: String, subject: String?, outcome: Outcome, causes: [Cause] = [], rows: RowCounts? = nil, findings: Int = 0
  ) {
    self.rule = rule
    self.subject = subject
    self.outcome = outcome
    self.causes = causes
    self.rows = rows
    self.findings = findings
  }
}
