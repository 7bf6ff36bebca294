public import Columns

/// What a condition came to, row by row. The three bitmaps are disjoint and inside the rows that were asked for; the
/// rest are false.
public struct TriState: Sendable {
  public var isTrue = Bitmap(count: 0)
  /// Rows where a cell without a value decides.
  public var isUnknown = Bitmap(count: 0)
  /// Rows where evaluation ran into an error.
  public var isError = Bitmap(count: 0)
  /// What the error of the first such row was.
  public var firstError: String?

  public init() {}
}
