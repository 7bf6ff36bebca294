import AuditModel
import JSONDocument

/// A submission file, opened: its format and first table are known, and its parts are handed out in order.
public final class SourceFile {
  public enum Format: String, Sendable {
    case csv = "CSV"
    case json = "JSON"
    case jsonLines = "JSON lines"
    case xlsx = "XLSX"
    case xml = "XML"
  }

  /// As reports call it.
  public let name: String
  public let format: Format
  public let encoding: String
  /// The delimiter of a CSV.
  public let delimiter: String?
  /// What was decided while it was opened, and why.
  public let decisions: [ReadingDecision]

  /// The longest JSON document, which is read whole.
  static let wholeBytes = 256 << 20

  private let supply: any PartSupply
  private let dates: DateOrder?
  /// The row of the first record of a delimited file, 1-based.
  private let firstRow: Int
  /// A part that was read while the file was opened.
  private var waiting: (table: Int, content: SourcePart.Content)?
  private var ordinal = 0
  private var tableOfPart: [Int] = []
  /// Rows above each part, by ordinal; made whole by `note`.
  private var firstRows: [Int]
  /// By the kind's index: how often, and the first places.
  private var tolerances = Array(repeating: (count: 0, places: [SourcePlace]()), count: ToleranceKind.allCases.count)
  private var notedParts = 0
  /// Sums of rows that differ from the totals beside them, the first of them.
  public private(set) var differences: [TotalDifference] = []
  /// By field, in the order of their first.
  public private(set) var ambiguousDates: [AmbiguousDates] = []

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
    let opened = try SourceFile.open(FileHead(bytes: bytes, block: block, name: name), plan, settings)
    self.name = name
    format = opened.format
    encoding = opened.encoding
    delimiter = opened.delimiter
    decisions = opened.decisions
    supply = opened.supply
    dates = settings.dates
    firstRow = opened.firstRow
    firstRows = [opened.firstRow]
    // What is wrong with a file as a whole shows by its first part.
    waiting = try supply.next()
    for (kind, rows) in opened.tolerances {
      add(kind, places: rows.map { SourcePlace(row: $0) }, count: max(1, rows.count))
    }
  }

  private static func open(
    _ head: FileHead, _ plan: IntakePlan, _ settings: SourceSettings
  ) throws(IntakeError) -> OpenedFile {
    try head.refuse()
    if Workbook.begins(head.block) { return try Workbook.open(head, plan: plan, settings: settings) }
    var head = head
    let sniffer = try TextSniffer(
      head.block, name: head.name, isWhole: head.bytes.isAtEnd, settings: settings)
    let first = sniffer.firstCharacter
    if first == UInt8(ascii: "<") { return try XMLRecords.open(head, sniffer, plan: plan, settings: settings) }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      if let decoder = sniffer.documentDecoder {
        head.block = head.bytes.decode(decoder, from: sniffer.start, head.block)
      }
      return try JSONRecords.open(head, sniffer, plan: plan, settings: settings)
    }
    return try DelimitedFile.open(head, sniffer, plan: plan, settings: settings)
  }

  /// The tables met so far; all of them once there is no part left.
  public var tables: [SourceTable] { supply.tables }

  /// The next part, or nil after the last; not for several threads at once.
  public func nextPart() throws(IntakeError) -> SourcePart? {
    let next: (table: Int, content: SourcePart.Content)?
    if let part = waiting {
      (next, waiting) = (part, nil)
    } else {
      next = try supply.next()
    }
    guard let next else { return nil }
    defer { ordinal += 1 }
    tableOfPart.append(next.table)
    return SourcePart(
      ordinal: ordinal, table: next.table, of: supply.tables[next.table], dates: dates, content: next.content)
  }

  /// Takes what a part came to; parts in their order.
  public func note(_ part: PartSummary) {
    defer { notedParts += 1 }
    for kind in ToleranceKind.allCases {
      let noted = part.tolerances[kind]
      if noted.count == 0 { continue }
      add(kind, places: noted.first.map { place(part: notedParts, record: $0, field: nil) }, count: noted.count)
    }
    differences = Array((differences + part.differences).prefix(ToleranceCounts.differencesKept))
    for date in part.ambiguousDates {
      if let index = ambiguousDates.firstIndex(where: { $0.field == date.field }) {
        ambiguousDates[index].count += date.count
      } else {
        let place = place(part: notedParts, record: date.record, field: date.field)
        ambiguousDates.append(AmbiguousDates(field: date.field, count: date.count, place: place, text: date.text))
      }
    }
    firstRows.append(firstRows[firstRows.count - 1] + part.recordCount)
  }

  private func add(_ kind: ToleranceKind, places: [SourcePlace], count: Int) {
    tolerances[kind.index].count += count
    let all = tolerances[kind.index].places + places
    tolerances[kind.index].places = Array(all.prefix(ToleranceCounts.placesKept))
  }

  /// What was forgiven or assumed: kind, how often, and the first places. Whole after all parts are noted.
  public var forgiven: [(kind: ToleranceKind, count: Int, places: [SourcePlace])] {
    let late = supply.notes
    return ToleranceKind.allCases.compactMap { kind in
      let noted = tolerances[kind.index]
      let further = late[kind] ?? []
      let count = noted.count + further.count
      return count == 0 ? nil : (kind, count, Array((noted.places + further).prefix(ToleranceCounts.placesKept)))
    }
  }

  /// Where a place stands in the file; parts up to it must be noted.
  ///
  /// - Parameters:
  ///   - place: the part's number in the upper half, the record's in the lower.
  ///   - field: the position of the field whose cell is meant; nil for the record.
  public func place(of place: UInt64, field: Int?) -> SourcePlace {
    self.place(part: Int(place >> 32), record: UInt32(truncatingIfNeeded: place), field: field)
  }

  private func place(part: Int, record: UInt32, field: Int?) -> SourcePlace {
    var number = Int(record)
    if supply.countsByPart { number += firstRows[min(part, firstRows.count - 1)] }
    return supply.tables[tableOfPart[part]].place(record: number, field: field, lines: supply.lines)
  }
}

/// The beginning of a file.
struct FileHead {
  let bytes: ByteSource
  /// What was read of it so far.
  var block: ByteBlock
  let name: String

  /// Refuses what is no submission, by its first bytes.
  func refuse() throws(IntakeError) {
    if block.count == 0 {
      throw IntakeError(name, "The file is empty.", advice: "Send the answer as CSV, XLSX, JSON or XML.")
    }
    for (start, message, advice) in FileHead.strangers where block.begins(with: start) {
      throw IntakeError(name, message, advice: advice)
    }
  }

  private static let strangers: [(start: [UInt8], message: String, advice: String)] = [
    (
      [0xD0, 0xCF, 0x11, 0xE0], "It is an old Excel workbook (.xls) or one with a password.",
      "Save it as .xlsx without a password, or as CSV."
    ),
    (Array("%PDF".utf8), "It is a PDF.", "Copy the answer into CSV or XLSX."),
    ([0x1F, 0x8B], "It is compressed (gzip).", "Unpack it first."),
    (Array("{\\rtf".utf8), "It is a text document (RTF).", "Copy the answer into CSV or XLSX."),
    ([0x37, 0x7A, 0xBC, 0xAF], "It is a 7z archive.", "Unpack it first."),
    (Array("Rar!".utf8), "It is a RAR archive.", "Unpack it first."),
    ([0x89, 0x50, 0x4E, 0x47], "It is a picture (PNG).", "Copy the answer into CSV or XLSX."),
    ([0xFF, 0xD8, 0xFF], "It is a picture (JPEG).", "Copy the answer into CSV or XLSX."),
  ]
}

/// What opening a file of any format gives.
struct OpenedFile {
  var format: SourceFile.Format
  var encoding: String
  var delimiter: String?
  var decisions: [ReadingDecision] = []
  /// The row of the first record of a delimited file, 1-based.
  var firstRow = 1
  var tolerances: [(ToleranceKind, [Int])] = []
  var supply: any PartSupply
}

/// Hands out the parts of one file in order.
protocol PartSupply: AnyObject {
  /// The tables met so far.
  var tables: [SourceTable] { get }
  /// True when records are numbered from 0 within their part, and not by what their table says.
  var countsByPart: Bool { get }
  /// Lines of the records of a document, by their number.
  var lines: [Int] { get }
  /// What was noted beside the parts.
  var notes: [ToleranceKind: [SourcePlace]] { get }
  func next() throws(IntakeError) -> (table: Int, content: SourcePart.Content)?
}

extension PartSupply {
  var countsByPart: Bool { false }
  var lines: [Int] { [] }
  var notes: [ToleranceKind: [SourcePlace]] { [:] }
}
