public import AuditModel

/// One named fact from a module.
public struct Evidence: Hashable, Sendable {
  public enum Value: Sendable, Hashable {
    case text(String)
    case integer(Int64)
    case number(Double)
    case date(CalendarDate)
    /// The cell of `field` in the row explained, or in the record judged.
    case cell
    /// The place of another record.
    case place(UInt64)
  }
  /// One of the names that its kind declares.
  public var name: String
  public var value: Value
  /// The bound field it was taken from, as a position in `BoundRule.columns`; nil when from none.
  public var field: UInt32?

  public init(name: String, value: Value, field: UInt32? = nil) {
    self.name = name
    self.value = value
    self.field = field
  }
}

/// What a module says of one row that failed.
public struct Explanation: Hashable, Sendable {
  /// 0-based in its batch.
  public var row: UInt32
  /// In the module's order.
  public var evidence: [Evidence]

  public init(row: UInt32, evidence: [Evidence]) {
    self.row = row
    self.evidence = evidence
  }
}

/// A verdict given at the end.
public struct Judgement: Hashable, Sendable {
  /// The raw values are part of the module ABI.
  public enum Verdict: UInt32, Sendable {
    case failed = 0
    case unknown = 1
    case passed = 2
  }
  /// Nil for kinds that do not answer records.
  public var place: UInt64?
  /// Nil for kinds that answer the round.
  public var submission: UInt32?
  public var verdict: Verdict
  /// The bound field it is about, as a position in `BoundRule.columns`.
  public var field: UInt32?
  public var evidence: [Evidence]

  public init(
    place: UInt64?, submission: UInt32?, verdict: Verdict, field: UInt32? = nil, evidence: [Evidence] = []
  ) {
    self.place = place
    self.submission = submission
    self.verdict = verdict
    self.field = field
    self.evidence = evidence
  }
}
