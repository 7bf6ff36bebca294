/// A line of a text with a caret below the place that is meant.
public enum SourceExcerpt {
  /// Two lines: the source and the caret. Of a line wider than the width, what is around the place is shown, with an
  /// ellipsis where something is cut off.
  ///
  /// - Parameter column: 1-based, in characters (Unicode scalars).
  public static func lines(_ line: String, column: Int, width: Int) -> [String] {
    let scalars = line.unicodeScalars.map { $0 == "\t" ? " " : PlainText.visible(String(Character($0))) }
    let place = min(max(0, column - 1), scalars.count)
    var start = 0
    var end = scalars.count
    let room = max(20, width)
    if end > room {
      // One third before the place, the rest behind it.
      start = max(0, min(place - room / 3, end - room))
      end = min(end, start + room)
    }
    let before = start > 0 ? "…" : ""
    let after = end < scalars.count ? "…" : ""
    let shown = before + scalars[(start + before.count)..<(end - after.count)].joined() + after
    let lead = before + scalars[(start + before.count)..<max(place, start + before.count)].joined()
    return [shown, String(repeating: " ", count: PlainText.columns(lead)) + "^"]
  }
}
