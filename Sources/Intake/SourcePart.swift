import Columns

/// A run of complete records of one table of a file.
public final class SourcePart: @unchecked Sendable {
  /// 0-based in its file.
  public let ordinal: Int
  /// 0-based among the file's tables.
  public let table: Int
  let columns: [ColumnMapping]
  /// True when the columns are those of a row of the file.
  let hasHeader: Bool
  let dates: DateOrder?
  let content: Content

  enum Content {
    case delimited(ByteBlock, range: Range<Int>, Dialect, TextForm)
    case rows(RowBlock)
  }

  /// What the bytes of a part may be.
  enum TextForm {
    case utf8
    case windows1252
    /// Decoded already: UTF-8, with U+FFFD for what stood for no character.
    case decoded
  }

  init(ordinal: Int, table: Int, of source: SourceTable, dates: DateOrder?, content: Content) {
    self.ordinal = ordinal
    self.table = table
    self.dates = dates
    columns = source.columns
    if case .rows = source.shape { hasHeader = source.headerRow != nil } else { hasHeader = false }
    self.content = content
  }
}

/// What reading a part came to, beside its cells.
public struct PartSummary: Sendable {
  /// Records and blank rows of the part; rows of a workbook are numbered by themselves.
  public var recordCount = 0
  var tolerances = ToleranceCounts()
  var differences: [TotalDifference] = []
  var ambiguousDates: [AmbiguousDate] = []

  public init() {}
}

/// The first date of a field in a part that can be read day first and month first, and how many there are.
struct AmbiguousDate: Sendable {
  let field: Int
  let record: UInt32
  let text: String
  var count = 1
}

/// Dates of a field that can be read day first and month first.
public struct AmbiguousDates: Hashable, Sendable {
  /// The position of the field.
  public let field: Int
  public var count: Int
  /// Of the first.
  public let place: SourcePlace
  public let text: String

  /// What the first can be, in words.
  public var readings: [String] { DateText.readings(of: text) }
}

/// An organisation as records name it, as given.
public struct RecordSubject: Hashable, Sendable {
  public let code: String
  public let name: String
}
