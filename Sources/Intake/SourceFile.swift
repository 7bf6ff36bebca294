import AuditModel
import JSONDocument

/// A submission file, opened: its format, encoding and header are known, and its parts are handed out in order.
public final class SourceFile {
  public enum Format: String, Sendable {
    case csv = "CSV"
    case json = "JSON"
    case xlsx = "XLSX"
  }

  /// As reports call it.
  public let name: String
  public let format: Format
  public let encoding: String
  /// The delimiter of a CSV.
  public let delimiter: String?
  /// The sheet of a workbook.
  public let sheet: String?
  /// 1-based, as a spreadsheet shows it; nil for JSON.
  public let headerRow: Int?
  /// Those of the header, without a workbook's columns that have neither a heading nor anything below it.
  public let columns: [ColumnMapping]
  /// Positions of the plan's fields that the file has no column for, optional ones left out.
  public let missingFields: [Int]

  /// The longest workbook or JSON document, which are read whole.
  static let wholeBytes = 256 << 20

  private let parts: any PartSupply
  private let allColumns: [ColumnMapping]
  private var ordinal = 0
  /// Rows above each part, by ordinal; made whole by `note`.
  private var firstRows: [Int]
  /// By the kind's index: how often, and the first rows.
  private var tolerances = Array(repeating: (count: 0, rows: [Int]()), count: ToleranceKind.allCases.count)
  private let lines: [Int]

  /// Opens a file and finds its header.
  ///
  /// - Parameters:
  ///   - name: what reports call it.
  ///   - onBytes: sees every byte of the file once, in order, on the thread that reads.
  public static func open(
    path: String, name: String, plan: IntakePlan, settings: SourceSettings = SourceSettings(),
    onBytes: ((UnsafeRawBufferPointer) -> Void)? = nil
  ) throws(IntakeError) -> SourceFile {
    let bytes = unsafe try ByteSource(path: path, shownAs: name, onBytes: onBytes)
    return try SourceFile(bytes, name: name, plan: plan, settings: settings)
  }

  /// A file whose bytes are at hand.
  public static func open(
    bytes: [UInt8], name: String, plan: IntakePlan, settings: SourceSettings = SourceSettings()
  ) throws(IntakeError) -> SourceFile {
    try SourceFile(ByteSource(bytes, shownAs: name), name: name, plan: plan, settings: settings)
  }

  private init(
    _ bytes: ByteSource, name: String, plan: IntakePlan, settings: SourceSettings
  ) throws(IntakeError) {
    let block = ByteBlock()
    try bytes.read(plan.headBytes, into: block)
    try SourceFile.refuse(block, name)
    let opened: OpenedFile
    if Workbook.begins(block) {
      opened = try Workbook.open(bytes, block, name: name, plan: plan, settings: settings)
    } else if JSONRecords.begins(block) {
      opened = try JSONRecords.open(bytes, block, name: name, plan: plan, settings: settings)
    } else {
      opened = try DelimitedFile.open(bytes, block, name: name, plan: plan, settings: settings)
    }
    self.name = name
    format = opened.format
    encoding = opened.encoding
    delimiter = opened.delimiter
    sheet = opened.sheet
    headerRow = opened.headerRow
    allColumns = opened.columns
    columns = opened.columns.filter { !opened.unused.contains($0.position - 1) }
    lines = opened.lines
    parts = opened.parts
    firstRows = [opened.firstRow]
    let mapped = Set(columns.compactMap(\.field))
    missingFields = plan.fields.indices.filter { !mapped.contains($0) && !plan.fields[$0].isOptional }
    for (kind, rows) in opened.tolerances { note(kind, rows: rows, count: max(1, rows.count)) }
  }

  /// Refuses what is no submission, by its first bytes.
  private static func refuse(_ block: ByteBlock, _ name: String) throws(IntakeError) {
    if block.count == 0 {
      throw IntakeError(name, "The file is empty.", advice: "Send the answer as CSV, XLSX or JSON.")
    }
    if block.begins(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      throw IntakeError(
        name, "It is an old Excel workbook (.xls) or one with a password.",
        advice: "Save it as .xlsx without a password, or as CSV.")
    }
    if block.begins(with: Array("%PDF".utf8)) {
      throw IntakeError(name, "It is a PDF.", advice: "Copy the answer into CSV or XLSX.")
    }
    let isWide =
      block.count >= 4 && (block[0] == 0 && block[2] == 0 && block[1] != 0 || block[1] == 0 && block[3] == 0)
    if isWide || block.begins(with: [0xFF, 0xFE]) || block.begins(with: [0xFE, 0xFF]) {
      throw IntakeError(name, "The text is UTF-16, which is not read yet.", advice: "Save it as CSV in UTF-8.")
    }
  }

  /// The next part, or nil after the last; not for several threads at once.
  public func nextPart() throws(IntakeError) -> SourcePart? {
    guard let content = try parts.next() else { return nil }
    defer { ordinal += 1 }
    return SourcePart(ordinal: ordinal, columns: allColumns, hasHeader: headerRow != nil, content: content)
  }

  /// Takes what a part came to; parts in their order.
  public func note(_ part: PartSummary) {
    let first = firstRows[firstRows.count - 1]
    for kind in ToleranceKind.allCases {
      let noted = part.tolerances[kind]
      note(kind, rows: noted.first.map { row(record: $0, first: first) }, count: noted.count)
    }
    firstRows.append(first + part.recordCount)
  }

  private func note(_ kind: ToleranceKind, rows: [Int], count: Int) {
    tolerances[kind.index].count += count
    let places = tolerances[kind.index].rows + rows
    tolerances[kind.index].rows = Array(places.prefix(ToleranceCounts.placesKept))
  }

  /// What was forgiven or assumed: kind, how often, and the first rows (1-based). Whole after all parts are noted.
  public var forgiven: [(kind: ToleranceKind, count: Int, rows: [Int])] {
    ToleranceKind.allCases.compactMap { kind in
      let noted = tolerances[kind.index]
      return noted.count == 0 ? nil : (kind, noted.count, noted.rows)
    }
  }

  private func row(record: UInt32, first: Int) -> Int {
    format == .csv ? first + Int(record) : Int(record)
  }

  /// The row of a place, 1-based as a spreadsheet shows it; for JSON the record's number. Parts up to it must be noted.
  public func row(of place: UInt64) -> Int {
    let part = Int(place >> 32)
    return row(record: UInt32(truncatingIfNeeded: place), first: firstRows[min(part, firstRows.count - 1)])
  }

  /// The 1-based line where a JSON record begins; nil for other formats.
  public func line(of place: UInt64) -> Int? {
    guard format == .json else { return nil }
    let record = Int(UInt32(truncatingIfNeeded: place))
    return lines.indices.contains(record - 1) ? lines[record - 1] : nil
  }

  /// The JSON Pointer of a record; nil for other formats.
  public func pointer(of place: UInt64) -> String? {
    guard format == .json, let base = (parts as? JSONRecords)?.pointer else { return nil }
    return base.isList ? "\(base.prefix)/\(Int(UInt32(truncatingIfNeeded: place)) - 1)" : base.prefix
  }

  /// The JSON Pointer of a record's value in the column at a 1-based position; nil for other formats.
  public func pointer(of place: UInt64, column position: Int) -> String? {
    guard let record = pointer(of: place), let keys = (parts as? JSONRecords)?.keys else { return nil }
    return "\(record)/\(JSONPointer.escaped(keys[position - 1]))"
  }
}

/// What opening a file of any format gives.
struct OpenedFile {
  var format: SourceFile.Format
  var encoding: String
  var delimiter: String?
  var sheet: String?
  var headerRow: Int?
  var columns: [ColumnMapping]
  /// Columns, 0-based, that have neither a heading nor anything below it.
  var unused: Set<Int> = []
  /// The row of the first record, 1-based.
  var firstRow: Int
  /// Lines of JSON records.
  var lines: [Int] = []
  var tolerances: [(ToleranceKind, [Int])] = []
  var parts: any PartSupply
}

/// Hands out the parts of one file in order.
protocol PartSupply: AnyObject {
  func next() throws(IntakeError) -> SourcePart.Content?
}
