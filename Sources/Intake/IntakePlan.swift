public import AuditModel
import Columns

/// What submissions are read by: the pack's fields, and how organisations and totals are told.
public struct IntakePlan: Sendable {
  public let fields: [Field]
  /// The position of the field with the organisation's code.
  public let organisationCode: Int?
  public let organisationName: Int?
  /// Where records stand in XML and JSON.
  public let places: RecordPlaces
  /// The positions of the fields that a table with a column for each period is read into.
  let wide: (period: Int, value: Int)?
  /// Words that mark a row or a column of totals.
  let totals: SpellingTable
  let totalWords: Set<String>
  /// True when files are looked at whose columns nothing is known of.
  let takesAnyHeader: Bool
  /// Bytes of one part; where parts end depends on nothing else.
  let partBytes: Int
  /// The bytes by which format, encoding, delimiter and header are told, however parts are cut.
  let headBytes: Int
  /// The longest record, in bytes.
  let recordBytes: Int
  /// The text of all codes, and each field's codes as views of it (text buffer 2).
  let codeText: [UInt8]
  let codes: [[TextView]]

  public static let partBytes = 4 << 20

  /// - Parameters:
  ///   - places: where records stand in XML and JSON.
  ///   - wide: the fields for the headings and the cells of a table with a column for each period, by position.
  ///   - totals: words in the name or first cell of a row that mark it as a row of totals, beside the usual ones.
  ///   - partBytes: for tests; the standard is 4 MiB.
  ///   - headBytes: for tests; the standard is 4 MiB.
  ///   - recordBytes: the longest record that is read, 16 MiB.
  ///   - takesAnyHeader: true for a look at files of which nothing is known: the header is then the first row of names.
  public init(
    fields: [Field], organisationCode: Int?, organisationName: Int?, places: RecordPlaces = RecordPlaces(),
    wide: (period: Int, value: Int)? = nil, totals: [String] = [], partBytes: Int = IntakePlan.partBytes,
    headBytes: Int = 4 << 20, recordBytes: Int = 16 << 20, takesAnyHeader: Bool = false
  ) {
    self.takesAnyHeader = takesAnyHeader
    self.fields = fields
    self.organisationCode = organisationCode
    self.organisationName = organisationName
    self.places = places
    self.wide = wide
    precondition(partBytes > 0 && headBytes > 0 && recordBytes < Int32.max / 2)
    totalWords = Set((["total", "totals", "grand total"] + totals).map { $0.lowercased().trimmed })
    self.totals = SpellingTable(words: totalWords)
    self.partBytes = partBytes
    self.headBytes = headBytes
    self.recordBytes = recordBytes
    var text: [UInt8] = []
    codes = fields.map { field in field.codes.map { TextView($0.code, buffer: 2, appendingTo: &text) } }
    codeText = text
  }
}

/// Which part of a date in figures is the day where both could be, as in `03/04/2018`.
public enum DateOrder: String, CaseIterable, Sendable {
  case dayFirst = "day-first"
  case monthFirst = "month-first"
}

/// How one file is to be read where its look does not say, or says it wrongly.
public struct SourceSettings: Sendable {
  /// By heading, by path in a record, or by `#` and a column's 1-based number or letters.
  public var columns: [String: ColumnTarget] = [:]
  public var encoding: TextEncoding?
  public var delimiter: Unicode.Scalar?
  /// The sheets of a workbook that are read, be they hidden; empty for those that look like the answer.
  public var sheets: [String] = []
  /// The last row of the header, 1-based; 0 when there is none, and columns are told by their positions.
  public var headerRow: Int?
  public var dates: DateOrder?
  /// The name of the field that takes the cells of a table with a column for each period.
  public var wide: String?

  public init() {}
}
