public import AuditModel
import Columns

/// What submissions are read by: the pack's fields, and how organisations and totals are told.
public struct IntakePlan: Sendable {
  public let fields: [Field]
  /// The position of the field with the organisation's code.
  public let organisationCode: Int?
  public let organisationName: Int?
  /// Words that mark a row of totals.
  let totals: SpellingTable
  /// Bytes of one part; where parts end depends on nothing else.
  let partBytes: Int
  /// The bytes by which format, encoding, delimiter and header are told, however parts are cut.
  let headBytes: Int
  /// The longest record, in bytes.
  let recordBytes: Int
  /// The text of all codes, and each field's codes as views of it (text buffer 2).
  let codeText: [UInt8]
  let codes: [[TextView]]

  /// - Parameters:
  ///   - totals: words in the name or first cell of a row that mark it as a row of totals, beside the usual ones.
  ///   - partBytes: for tests; the standard is 4 MiB.
  ///   - headBytes: for tests; the standard is 4 MiB.
  ///   - recordBytes: the longest record that is read, 16 MiB.
  public init(
    fields: [Field], organisationCode: Int?, organisationName: Int?, totals: [String] = [],
    partBytes: Int = 4 << 20, headBytes: Int = 4 << 20, recordBytes: Int = 16 << 20
  ) {
    self.fields = fields
    self.organisationCode = organisationCode
    self.organisationName = organisationName
    precondition(partBytes > 0 && headBytes > 0 && recordBytes < Int32.max / 2)
    self.totals = SpellingTable(words: Set(["total", "totals", "grand total"] + totals))
    self.partBytes = partBytes
    self.headBytes = headBytes
    self.recordBytes = recordBytes
    var text: [UInt8] = []
    codes = fields.map { field in field.codes.map { TextView($0.code, buffer: 2, appendingTo: &text) } }
    codeText = text
  }
}

/// How one file is to be read where its look does not say.
public struct SourceSettings: Sendable {
  /// Field names by heading.
  public var columns: [String: String] = [:]
  public var encoding: TextEncoding?
  /// One ASCII character.
  public var delimiter: UInt8?

  public init() {}
}
