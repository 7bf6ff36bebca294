public import AuditModel

/// How places of findings are named for programs that show them beside files.
public struct FindingPlaces: Sendable {
  /// What stands before the names of inputs, ended by `/`; empty when they are seen from the working folder.
  public let prefix: String
  private let formats: [String: String]

  /// - Parameter folder: of the round, seen from the working folder; empty or `.` when it is that. An absolute path is
  ///   not shown.
  init(_ report: Report, folder: String) {
    prefix = folder.isEmpty || folder == "." || folder.hasPrefix("/") ? "" : folder + "/"
    formats = Dictionary(report.inputs.map { ($0.name, $0.format) }) { first, _ in first }
  }

  func path(_ input: String) -> String { prefix + input }

  /// The line of a text file, 1-based; nil in a workbook and where none is known.
  ///
  /// A row of a CSV is taken for its line, which it is unless a cell above it has line breaks.
  func line(_ place: Finding.Place) -> Int? {
    if let line = place.line { return line }
    return formats[place.input] == "CSV" ? place.row : nil
  }

  /// The path as a relative reference of RFC 3986.
  func uri(_ input: String) -> String {
    var uri = ""
    for byte in path(input).utf8 {
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
        || "-._~/".utf8.contains(byte)
      if isPlain {
        uri += String(UnicodeScalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        uri += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
      }
    }
    return uri
  }

  /// The cell within its file, in words: `Replies!E5`, `row 5, column E`, a JSON Pointer; empty when nothing is known.
  public static func cell(_ place: Finding.Place) -> String {
    if let sheet = place.sheet {
      guard let row = place.row else { return sheet }
      return place.column.map { "\(sheet)!\(Finding.Place.letters($0))\(row)" } ?? "\(sheet)!\(row):\(row)"
    }
    if let pointer = place.pointer { return pointer }
    let row = place.row.map { "row \($0)" }
    let column = place.column.map { "column \(Finding.Place.letters($0))" }
    return [row, column].compactMap { $0 }.joined(separator: ", ")
  }
}
