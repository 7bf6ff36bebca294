public import Columns

/// A regular expression (RE2) that is matched against the whole text of a field's cells.
public struct CompiledPattern: Sendable {
  /// As written.
  public let source: String

  private let pattern: RegularExpression

  /// Compiles a pattern; what RE2 says against it is thrown as an `ExpressionError` at offset 0.
  public static func compile(_ source: String) throws(ExpressionError) -> CompiledPattern {
    CompiledPattern(source: source, pattern: try RegularExpression(source, offset: 0))
  }

  /// Sets the bits of the rows selected whose cell in `column` matches as a whole; rows whose cell has no value are
  /// unknown. Earlier contents of `result` are overwritten.
  ///
  /// May be called from several threads at once.
  public func evaluate(_ batch: Batch, column: Int, selected: Bitmap, into result: inout TriState) {
    let step = MatchStep(TextSource(column: column), pattern, isWhole: true, slot: 0)
    ConditionProgram(step, of: nil, slots: MatchMemory.slots, variableCount: 0)
      .evaluate(batch, selected: selected, into: &result)
  }
}
