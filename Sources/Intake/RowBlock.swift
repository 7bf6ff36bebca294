import Columns

/// Rows out of a workbook or a document: texts, and what cannot be read as text.
struct RowBlock {
  let text = ByteBlock()
  let columnCount: Int
  /// Of each cell, row by row: where its text is.
  private var cells: [(offset: Int32, count: Int32)] = []
  /// Of each row: its record number, ascending.
  private(set) var numbers: [UInt32] = []
  /// Cells whose content is of no type that a field can have.
  private var unreadable: Set<Int> = []
  /// What was forgiven or assumed about rows, by record number.
  var notes = ToleranceCounts()
  /// Sums that differ from the totals given for them.
  var differences: [TotalDifference] = []

  /// Rows and bytes of text that make a block full.
  private static let fullRows = 16_384
  private static let fullBytes = 8 << 20

  init(columnCount: Int) {
    self.columnCount = columnCount
  }

  var rowCount: Int { numbers.count }
  var isFull: Bool { rowCount >= RowBlock.fullRows || text.count >= RowBlock.fullBytes }
  var isEmpty: Bool { rowCount == 0 && notes.isEmpty && differences.isEmpty }
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

  /// True when one cell alone of the row whose first cell is given holds something.
  func isSingleText(_ first: Int) -> Bool {
    let buffers = TextBuffers(text, text)
    return (first..<(first + columnCount)).lazy.filter { buffers.trimmed(view($0)).low != 0 }.prefix(2).count == 1
  }
}

/// One cell of such a row.
struct RowCell {
  var text: String
  var isUnreadable = false
  /// What the workbook shows in place of the number that the cell holds.
  var shown: Shown?

  enum Shown {
    /// The first day of a month, shown as month and year alone.
    case month
    /// A plain number, which in a column of dates is a day's serial number: the date that it is then.
    case serial(String)
    /// A share, shown with a percent sign: the text with the sign.
    case percent(String)
  }

  static let empty = RowCell(text: "")
}

/// A sum that differs from the total that a file gives for it.
public struct TotalDifference: Hashable, Sendable {
  public var place: SourcePlace
  /// What is there, as given.
  public var given: String
  /// What the parts come to: the least and the most where some are ranges.
  public var low: Double
  public var high: Double
  /// True where the parts stand in the row before it, false where they stand above.
  public var isOfRow: Bool
  /// The position of the field that is summed.
  public var field: Int
}
