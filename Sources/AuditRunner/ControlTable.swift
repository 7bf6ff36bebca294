import AuditModel
import Intake

/// A small CSV file with a header that the program's users keep by hand.
enum ControlTable {
  struct Row {
    let file: String
    /// 1-based, the header counted.
    let row: Int
    let cells: [String: String]

    /// The cell under a heading, without outer spaces; empty when the row is short.
    subscript(heading: String) -> String { cells[heading] ?? "" }

    func date(_ heading: String) throws(ConfigurationError) -> CalendarDate {
      guard let date = CalendarDate(iso: self[heading]) else {
        throw error("\"\(self[heading])\" is no date; \(heading) is written CCYY-MM-DD")
      }
      return date
    }

    func error(_ message: String) -> ConfigurationError {
      ConfigurationError("\(file) row \(row)", message + ".")
    }
  }

  /// The rows below the header that are not empty. Headings are compared without case and outer spaces.
  static func rows(_ bytes: [UInt8], name: String, required: [String]) throws(ConfigurationError) -> [Row] {
    let lines: [[String]]
    do {
      lines = try DelimitedText.rows(of: bytes, name: name)
    } catch {
      throw ConfigurationError(name, "\(error)")
    }
    let headings = lines.first?.map { $0.trimmed.lowercased() } ?? []
    for heading in required where !headings.contains(heading) {
      throw ConfigurationError(
        "\(name) row 1",
        "The column \"\(heading)\" is missing; expected the headings \(required.joined(separator: ", ")).")
    }
    var rows: [Row] = []
    for (index, line) in lines.enumerated().dropFirst() where line.contains(where: { !$0.trimmed.isEmpty }) {
      var cells: [String: String] = [:]
      for (heading, cell) in zip(headings, line) { cells[heading] = cell.trimmed }
      rows.append(Row(file: name, row: index + 1, cells: cells))
    }
    return rows
  }
}
