public import Columns

/// An expression that was parsed, type-checked against its scope and made ready to run over batches.
public struct CompiledExpression: Sendable {
  /// As written.
  public let source: String
  /// Positions of the scope's fields that it reads, each once, in order of appearance. Fields of nested records are not
  /// among them.
  public let fieldsRead: [Int]

  let program: ConditionProgram

  /// Compiles an expression.
  ///
  /// Throws an `ExpressionError` at its place when the expression cannot be read, names what the scope does not have,
  /// or its types clash.
  public static func compile(
    _ source: String, scope: ExpressionScope, expecting type: ExpressionType
  ) throws(ExpressionError) -> CompiledExpression {
    let syntax = try Parser.parse(source)
    var checker = Checker(scope)
    let checked = try checker.check(syntax)
    switch type {
    case .bool:
      guard checked.type.fits(.bool) else {
        throw ExpressionError(
          "A condition is expected, which is true or false, and this is \(checked.type.words)", offset: syntax.offset)
      }
    }
    var lowering = Lowering(scope.fields, recordFields: scope.records?.fields)
    let step = lowering.condition(checked)
    return CompiledExpression(
      source: source, fieldsRead: checker.fieldsRead,
      program: ConditionProgram(
        step, of: checked, slots: lowering.slots, variableCount: checker.variableCount))
  }

  /// Evaluates it for the rows selected; earlier contents of `result` are overwritten.
  ///
  /// May be called from several threads at once, with different results and batches or the same batch.
  ///
  /// - Precondition: `selected` has a bit for every row of the batch, and the batch has the scope's columns.
  public func evaluate(_ batch: Batch, selected: Bitmap, into result: inout TriState) {
    program.evaluate(batch, selected: selected, into: &result)
  }
}
