/// Reads comma-separated rows (RFC 4180), with or without a header: quotes, line feeds in quotes, LF and CRLF, a byte
/// order mark.
struct DelimitedRows {
  struct Row {
    /// Where the row starts, 1-based.
    let line: Int
    let cells: [String]
  }

  let file: String
  private let bytes: [UInt8]
  private var at: Int
  private var line = 1
  /// The number of cells of the row before, which the next is likely to have too.
  private var width = 0
  /// Checked once, since checking each small cell costs more than reading it.
  private let isUTF8: Bool

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    isUTF8 = String(validating: bytes, as: UTF8.self) != nil
    at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The next row that is not an empty line, or nil at the end.
  mutating func next() throws(RegisterError) -> Row? {
    while at < bytes.count {
      let start = line
      let cells = try cells()
      if cells != [""] { return Row(line: start, cells: cells) }
    }
    return nil
  }

  private mutating func cells() throws(RegisterError) -> [String] {
    var cells: [String] = []
    cells.reserveCapacity(width)
    defer { width = cells.count }
    while true {
      cells.append(try cell())
      guard at < bytes.count else { return cells }
      let end = bytes[at]
      at += 1
      if end == UInt8(ascii: ",") { continue }
      if end == 0x0D, at < bytes.count, bytes[at] == 0x0A { at += 1 }
      line += 1
      return cells
    }
  }

  /// A cell, up to its comma or line end.
  private mutating func cell() throws(RegisterError) -> String {
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
      let start = at
      while at < bytes.count, !endsCell(bytes[at]) { at += 1 }
      return try text(bytes[start..<at])
    }
    let opened = line
    at += 1
    var content: [UInt8] = []
    var start = at
    while at < bytes.count {
      if bytes[at] == 0x0A { line += 1 }
      guard bytes[at] == UInt8(ascii: "\"") else {
        at += 1
        continue
      }
      content.append(contentsOf: bytes[start..<at])
      at += 1
      start = at
      if at < bytes.count, bytes[at] == UInt8(ascii: "\"") {
        at += 1
        continue
      }
      guard at == bytes.count || endsCell(bytes[at]) else {
        throw RegisterError(file: file, line: line, message: "A quoted cell is followed by more text")
      }
      return try text(content[...])
    }
    throw RegisterError(file: file, line: opened, message: "A quoted cell is not closed")
  }

  private func endsCell(_ byte: UInt8) -> Bool { byte == 0x2C || byte == 0x0A || byte == 0x0D }

  private func text(_ bytes: ArraySlice<UInt8>) throws(RegisterError) -> String {
    if bytes.isEmpty { return "" }
    guard isUTF8 || String(validating: bytes, as: UTF8.self) != nil else {
      throw RegisterError(file: file, line: line, message: "The text is not UTF-8")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Rows under a header, by column name.
struct HeadedRows {
  struct Row {
    let file: String
    let line: Int
    fileprivate let cells: [String]
    fileprivate let columns: [String: Int]

    /// The cell of a column without outer spaces; empty when the file has no such column.
    subscript(_ column: String) -> String {
      guard let index = columns[column] else { return "" }
      return NameForm.trimmed(cells[index])
    }

    func error(_ message: String) -> RegisterError { RegisterError(file: file, line: line, message: message) }
  }

  private var rows: DelimitedRows
  let columns: [String: Int]

  /// - Parameter required: the columns that must be there.
  init(_ bytes: [UInt8], file: String, required: [String]) throws(RegisterError) {
    rows = DelimitedRows(bytes, file: file)
    guard let header = try rows.next() else {
      throw RegisterError(file: file, message: "The file is empty; a header row was expected")
    }
    var columns: [String: Int] = [:]
    for (index, name) in header.cells.enumerated() {
      if columns.updateValue(index, forKey: NameForm.trimmed(name)) != nil {
        throw RegisterError(file: file, line: header.line, message: "The column \"\(name)\" stands there twice")
      }
    }
    for name in required where columns[name] == nil {
      let found = header.cells.joined(separator: ", ")
      throw RegisterError(
        file: file, line: header.line, message: "The column \"\(name)\" is missing; the header is: \(found)")
    }
    self.columns = columns
  }

  mutating func next() throws(RegisterError) -> Row? {
    guard let row = try rows.next() else { return nil }
    guard row.cells.count == columns.count else {
      throw RegisterError(
        file: rows.file, line: row.line,
        message: "The row has \(row.cells.count) cells; the header has \(columns.count)")
    }
    return Row(file: rows.file, line: row.line, cells: row.cells, columns: columns)
  }
}
