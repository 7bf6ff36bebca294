import Columns

/// Bitmaps over the rows of one batch that a worker uses again and again.
struct RowSets {
  var all = Bitmap(count: 0)
  /// Rows the rule in hand is asked about.
  var applicable = Bitmap(count: 0)
  var selected = Bitmap(count: 0)
  var failed = Bitmap(count: 0)
  var unknown = Bitmap(count: 0)
  var passed = Bitmap(count: 0)
  var withoutCell = Bitmap(count: 0)
}
