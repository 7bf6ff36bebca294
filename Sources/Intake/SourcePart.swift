import Columns

/// A run of complete records of one file.
public final class SourcePart: @unchecked Sendable {
  /// 0-based in its file.
  public let ordinal: Int
  let columns: [ColumnMapping]
  let content: Content

  enum Content {
    case delimited(ByteBlock, range: Range<Int>, Dialect, TextEncoding)
    case rows(RowBlock)
  }

  init(ordinal: Int, columns: [ColumnMapping], content: Content) {
    self.ordinal = ordinal
    self.columns = columns
    self.content = content
  }
}

/// Rows out of a workbook or a JSON document: texts, and what cannot be read as text.
struct RowBlock {
  let text = ByteBlock()
  private(set) var columnCount: Int
  /// Of each cell, row by row: where its text is.
  private(set) var cells: [(offset: Int32, count: Int32)] = []
  /// Of each row: its number in the file, which is its record number.
  private(set) var numbers: [UInt32] = []
  /// Cells whose content is of no type that a field can have.
  private(set) var unreadable: Set<Int> = []

  init(columnCount: Int) {
    self.columnCount = columnCount
  }

  var rowCount: Int { numbers.count }

  /// Adds a row; cells beyond the columns are left out, missing ones are empty.
  mutating func add(_ row: [RowCell], number: UInt32) {
    for column in 0..<columnCount {
      guard column < row.count else {
        cells.append((0, 0))
        continue
      }
      if row[column].isUnreadable { unreadable.insert(cells.count) }
      let bytes = Array(row[column].text.utf8)
      cells.append((Int32(text.count), Int32(bytes.count)))
      text.append(bytes)
    }
    numbers.append(number)
  }
}

/// One cell of such a row.
struct RowCell {
  var text: String
  var isUnreadable = false

  static let empty = RowCell(text: "")
}

/// What reading a part came to, beside its cells.
public struct PartSummary: Sendable {
  /// Records and blank rows of the part; rows of a workbook are numbered by themselves.
  public var recordCount = 0
  var tolerances = ToleranceCounts()

  public init() {}
}

/// An organisation as records name it, as given.
public struct RecordSubject: Hashable, Sendable {
  public let code: String
  public let name: String
}
