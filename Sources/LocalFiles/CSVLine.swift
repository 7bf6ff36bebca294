/// Cells as a line of CSV (RFC 4180), as they are: what a spreadsheet would take for a formula is not defused.
public enum CSVLine {
  /// The line without its end.
  public static func text(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") }

  /// A cell, in quotes when it needs them. By Unicode scalars: a comma or a quote with an accent on it is still one to
  /// a reader of CSV.
  public static func cell(_ text: String) -> String {
    guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
