public import Columns

/// A regular expression (RE2) that is matched against the whole text of a field's cells.
public struct CompiledPattern: Sendable {
  /// As written.
  public let source: String

  public static func compile(_ source: String) throws(ExpressionError) -> CompiledPattern {
    CompiledPattern(source: source)
  }

  /// Sets the bits of the rows selected whose cell in `column` matches as a whole; rows whose cell has no value are
  /// unknown. Earlier contents of `result` are overwritten.
  public func evaluate(_ batch: Batch, column: Int, selected: Bitmap, into result: inout TriState) {
  }
}
