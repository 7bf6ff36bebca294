import Columns

/// A run of complete records of one file.
public final class SourcePart: @unchecked Sendable {
  /// 0-based in its file.
  public let ordinal: Int
  let columns: [ColumnMapping]
  /// True when the columns are those of a row of the file.
  let hasHeader: Bool
  let content: Content

  enum Content {
    case delimited(ByteBlock, range: Range<Int>, Dialect, TextEncoding)
    case rows(RowBlock)
  }

  init(ordinal: Int, columns: [ColumnMapping], hasHeader: Bool, content: Content) {
    self.ordinal = ordinal
    self.columns = columns
    self.hasHeader = hasHeader
    self.content = content
  }
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
