import Columns

/// Rows out of a workbook or a JSON document: texts, and what cannot be read as text.
struct RowBlock {
  let text = ByteBlock()
  let columnCount: Int
  /// Of each cell, row by row: where its text is.
  private var cells: [(offset: Int32, count: Int32)] = []
  /// Of each row: its number in the file, which is its record number.
  private(set) var numbers: [UInt32] = []
  /// Cells whose content is of no type that a field can have.
  private var unreadable: Set<Int> = []

  /// Rows and bytes of text that make a block full; a cell of a workbook or JSON adds at most the length of a document.
  private static let fullRows = 65_536
  private static let fullBytes = 64 << 20

  init(columnCount: Int) {
    self.columnCount = columnCount
  }

  var rowCount: Int { numbers.count }
  var isFull: Bool { rowCount >= RowBlock.fullRows || text.count >= RowBlock.fullBytes }
  var hasUnreadable: Bool { !unreadable.isEmpty }

  /// Adds a row; cells beyond the columns are left out, missing ones are empty.
  mutating func add(_ row: [RowCell], number: UInt32) {
    for column in 0..<columnCount {
      guard column < row.count, !row[column].text.isEmpty else {
        cells.append((0, 0))
        continue
      }
      if row[column].isUnreadable { unreadable.insert(cells.count) }
      let offset = text.count
      var cell = row[column].text
      cell.withUTF8 { unsafe text.append(UnsafeRawBufferPointer($0)) }
      cells.append((Int32(offset), Int32(text.count - offset)))
    }
    numbers.append(number)
  }

  /// The text of a cell, counted row by row.
  func view(_ cell: Int) -> TextView {
    let place = cells[cell]
    return unsafe TextView(base: text.base, offset: Int(place.offset), count: Int(place.count), buffer: 0)
  }

  func isUnreadable(_ cell: Int) -> Bool { unreadable.contains(cell) }

  /// True when the row whose first cell is given holds nothing but spaces.
  func isBlank(_ first: Int) -> Bool {
    let buffers = TextBuffers(text, text)
    return (first..<(first + columnCount)).allSatisfy { buffers.trimmed(view($0)).low == 0 }
  }
}

/// One cell of such a row.
struct RowCell {
  var text: String
  var isUnreadable = false
  /// True for the first day of a month that the workbook shows as month and year alone.
  var isMonth = false

  static let empty = RowCell(text: "")
}

/// The blocks of one document, handed out in order.
struct RowBlocks {
  private(set) var full: [RowBlock] = []
  private var last: RowBlock

  init(columnCount: Int) {
    last = RowBlock(columnCount: columnCount)
  }

  mutating func add(_ row: [RowCell], number: UInt32) {
    if last.isFull {
      full.append(last)
      last = RowBlock(columnCount: last.columnCount)
    }
    last.add(row, number: number)
  }

  /// All blocks that have rows.
  var all: [RowBlock] { last.rowCount > 0 ? full + [last] : full }
}
