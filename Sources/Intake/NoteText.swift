import AuditModel
import Columns

/// Tells notes to a table, which stand below it or between its rows, from what a row may hold.
enum NoteText {
  /// Longer than the name of any organisation.
  private static let longest = 60
  private static let starts = [
    "note", "notes", "source", "sources", "key", "copyright", "contact", "published", "prepared by", "produced by",
    "produced on", "extracted", "report run", "run date", "end of", "footnote", "footnotes", "data quality",
    "this table",
    "these data", "the data", "please note", "disclaimer",
  ]

  /// True for the only text of a row that begins as notes do, or is longer than an answer's name.
  static func isNote(_ view: TextView, _ buffers: TextBuffers) -> Bool {
    if view.count > longest { return true }
    if view.low == 0 { return false }
    let text = buffers.string(view).trimmed.lowercased()
    if let first = text.first, "*†‡©¹²³".contains(first), text.count > 2 { return true }
    return starts.contains { text.hasPrefix($0) && text.dropFirst($0.count).first?.isLetter != true }
  }
}
