import LocalFiles
import TerminalText

/// Rows of CSV by RFC 4180, safe to open in a spreadsheet.
struct CSVText {
  private(set) var text = ""

  /// One row, ended by CRLF.
  ///
  /// A cell that a spreadsheet would take for a formula begins with an apostrophe.
  mutating func row(_ cells: [String]) {
    text += cells.map(CSVText.cell).joined(separator: ",") + "\r\n"
  }

  /// True for what a spreadsheet takes for a number whatever its sign; "-Infinity" would be a name to it.
  private static func isNumber(_ cell: String) -> Bool {
    cell.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) } && Double(cell) != nil
  }

  static func cell(_ value: String) -> String {
    var cell = PlainText.visible(value)
    if let first = cell.unicodeScalars.first(where: { !$0.properties.isWhitespace }),
      "=+-@|＝＋－＠".unicodeScalars.contains(first), !isNumber(cell)
    {
      cell = "'" + cell
    }
    return CSVLine.cell(cell)
  }
}
