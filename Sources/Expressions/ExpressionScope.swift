public import AuditModel

/// What an expression may name.
public struct ExpressionScope: Sendable {
  /// The columns of the batches it is evaluated over, in their order.
  public let fields: [Field]
  /// A list of records: its name and the columns of the nested batch. Nil for expressions over records.
  public let records: (name: String, fields: [Field])?

  public init(fields: [Field], records: (name: String, fields: [Field])? = nil) {
    self.fields = fields
    self.records = records
  }
}

/// The type an expression is expected to have.
public enum ExpressionType: Sendable {
  case bool
}

/// An expression or a pattern that cannot be compiled.
public struct ExpressionError: Error, Equatable, Sendable {
  /// What is wrong and what was expected, without a full stop at the end.
  public let message: String
  /// Where, 0-based in UTF-8 bytes of the source.
  public let offset: Int

  public init(_ message: String, offset: Int) {
    self.message = message
    self.offset = offset
  }
}
