/// What a finding is recognised by from one audit to the next (DESIGN 11): never a line number.
public struct FindingIdentity: Hashable, Sendable {
  /// The first 32 hexadecimal digits of the SHA-256 of the rest; nil where records cannot be told apart.
  public var id: String?
  /// The rule's first id.
  public var rule: String
  public var severity: Severity
  /// The organisation's code, or the key of a submission that was not matched; nil for the round.
  public var subject: String?
  public var period: String?
  public var field: String?
  /// The values of the pack's record key.
  public var record: [String]
  /// 0-based, among findings that are otherwise equal, in the order of their values.
  public var ordinal: Int

  public init(
    id: String?, rule: String, severity: Severity, subject: String?, period: String?, field: String?,
    record: [String], ordinal: Int
  ) {
    self.id = id
    self.rule = rule
    self.severity = severity
    self.subject = subject
    self.period = period
    self.field = field
    self.record = record
    self.ordinal = ordinal
  }
}
