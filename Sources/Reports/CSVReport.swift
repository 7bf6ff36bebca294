/// A table as CSV, safe to open in a spreadsheet.
public enum CSVReport {
  /// UTF-8 with CRLF line ends.
  public static func table(_ rows: [[String]]) -> String {
    var csv = CSVText()
    for row in rows { csv.row(row) }
    return csv.text
  }
}
