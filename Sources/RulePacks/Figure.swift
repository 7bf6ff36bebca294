public import AuditModel
public import Expressions

/// A headline number that a pack defines, and the claims it is to support.
public struct Figure: Sendable {
  /// Unique in its pack.
  public var name: String
  public var title: String
  public var unit: FigureUnit
  /// The condition for a unit to count at all; nil when all do.
  public var base: CompiledExpression?
  /// True when the base reads the list of an organisation's records.
  public var baseReadsRecords: Bool
  /// The condition that is counted.
  public var condition: CompiledExpression
  public var note: String
  public var parts: [Part]
  public var claims: [Claim]

  /// A part of a figure that is told apart.
  public struct Part: Sendable {
    public var name: String
    public var title: String
    public var condition: CompiledExpression
  }

  /// The conditions that are counted: the figure's own, then those of its parts.
  public var conditions: [CompiledExpression] { [condition] + parts.map(\.condition) }
}
