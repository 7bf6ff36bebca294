public import AuditModel
public import Expressions

/// How submissions are scored by the Data Quality Maturity Index: what a pack's `dqmi.json` says.
public struct Scoring: Sendable {
  /// What in it is this project's own reading.
  public var reading: String
  public var items: [Item]
  /// Nil when the pack leaves coverage out.
  public var coverage: Coverage?

  /// A data item that is scored.
  public struct Item: Sendable {
    /// Unique in its pack.
    public var name: String
    public var label: String
    /// The condition for a record to be one that the item is for; nil when all are.
    public var applies: CompiledExpression?
    public var valid: CompiledExpression
    public var defaults: CompiledExpression?
    /// The share of defaults that is free; nil when there are no defaults.
    public var threshold: Ratio?
  }

  /// What says for which months records came.
  public struct Coverage: Sendable {
    /// The position of a field of type date, timestamp or period.
    public var field: Int
  }
}
