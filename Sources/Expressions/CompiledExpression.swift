public import Columns

/// An expression that was parsed, type-checked against its scope and made ready to run over batches.
public struct CompiledExpression: Sendable {
  /// As written.
  public let source: String
  /// Positions of the scope's fields that it reads, each once, in order of appearance. Fields of nested records are not
  /// among them.
  public let fieldsRead: [Int]

  /// Compiles an expression.
  public static func compile(
    _ source: String, scope: ExpressionScope, expecting type: ExpressionType
  ) throws(ExpressionError) -> CompiledExpression {
    CompiledExpression(source: source, fieldsRead: [])
  }

  /// Evaluates it for the rows selected; earlier contents of `result` are overwritten.
  public func evaluate(_ batch: Batch, selected: Bitmap, into result: inout TriState) {
  }
}
