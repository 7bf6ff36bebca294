import AuditModel
import Columns

/// The organisations of a round as one batch: the host's fields, then the pack's as the cells all records share.
///
/// Owns the text its cells point to.
@safe
final class OrganisationTable {
  let batch: Batch
  private let text: UnsafeMutableRawBufferPointer
  private let recordText: UnsafeMutableRawBufferPointer

  /// What the host knows of one organisation.
  struct Row {
    var code: String
    var name: String
    var nameAsSupplied: String
    var isAsked: Bool
    var hasAnswered: Bool
    var contact: String
    var isAfterCutOff: Bool
    var hasDuplicates: Bool
    var recordsReceived: Int
    /// Nil before the status is derived.
    var derived: (status: String, reason: String)?
    /// The row's submission; nil when it sent nothing.
    var submission: Int?
    var records: [KeptRecord]
  }

  init(_ rows: [Row], fields: [Field]) {
    let columns = OrganisationFields.all + fields
    let records = rows.flatMap(\.records)
    let cells = rows.map { row in OrganisationTable.hostCells(row) + OrganisationTable.shared(row.records, fields) }
    unsafe (batch, text) = OrganisationTable.batch(columns, cells)
    let nested: Batch
    unsafe (nested, recordText) = OrganisationTable.batch(fields, records.map(\.cells))
    for row in rows.indices { batch.submissions[row] = rows[row].submission.map(UInt32.init) ?? .max }
    var starts = [0]
    for row in rows { starts.append(starts[starts.count - 1] + row.records.count) }
    batch.setNested(NestedRecords(batch: nested, starts: starts))
  }

  /// A batch of kept cells, row by row, with the memory that long texts are in.
  @unsafe
  private static func batch(_ fields: [Field], _ rows: [[KeptCell]]) -> (Batch, UnsafeMutableRawBufferPointer) {
    let batch = Batch(types: fields.map(\.type), capacity: max(1, rows.count))
    batch.count = rows.count
    var bytes: [UInt8] = []
    for (row, cells) in rows.enumerated() {
      batch.places[row] = UInt64(row)
      for column in fields.indices { batch.columns[column].write(cells[column], at: row, text: &bytes) }
    }
    let text = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 64)
    unsafe text.copyBytes(from: bytes)
    unsafe batch.setTextBuffers([UnsafeRawBufferPointer(text)])
    return unsafe (batch, text)
  }

  deinit {
    unsafe text.deallocate()
    unsafe recordText.deallocate()
  }

  private static func hostCells(_ row: Row) -> [KeptCell] {
    func text(_ text: String) -> KeptCell {
      KeptCell(kind: text.isEmpty ? .blank : .value, text: text, value: .none)
    }
    func flag(_ flag: Bool) -> KeptCell {
      KeptCell(kind: .value, text: flag ? "true" : "false", value: .boolean(flag))
    }
    let count = Int64(row.recordsReceived)
    return [
      text(row.code), text(row.name), text(row.nameAsSupplied), flag(row.isAsked), flag(row.hasAnswered),
      text(row.contact), flag(row.isAfterCutOff),
      KeptCell(kind: .value, text: String(count), value: .integer(count, low: count, high: count)),
      flag(row.hasDuplicates), text(row.derived?.status ?? ""), text(row.derived?.reason ?? ""),
    ]
  }

  /// The cells that all records share; blank without records, *not known* where they differ.
  static func shared(_ records: [KeptRecord], _ fields: [Field]) -> [KeptCell] {
    guard let first = records.first else { return fields.map { _ in .blank } }
    return fields.indices.map { field in
      let cell = first.cells[field]
      return records.allSatisfy { $0.cells[field].means(cell) } ? cell : .differing
    }
  }
}

extension KeptCell {
  /// True when two cells say the same, however it was written.
  func means(_ other: KeptCell) -> Bool {
    guard kind == other.kind else { return false }
    switch (kind, value) {
    case (.value, .none): return text.trimmed == other.text.trimmed
    case (.value, _), (.suppressed, _): return value == other.value
    case (.invalid, _): return text == other.text
    default: return true
    }
  }
}

extension CellColumn {
  /// Puts a cell into a row; long text is added to `text`, which is text buffer 0.
  fileprivate func write(_ cell: KeptCell, at row: Int, text: inout [UInt8]) {
    kinds[row] = cell.kind.rawValue
    texts[row] = TextView(cell.text, buffer: 0, appendingTo: &text)
    let bit: UInt64 = 1 << UInt64(row & 63)
    if cell.kind == .value { valueBits[row >> 6] |= bit }
    if type.isNumeric && (cell.kind == .value || cell.kind == .suppressed) { boundBits[row >> 6] |= bit }
    switch cell.value {
    case .none: break
    case .integer(let value, let low, let high):
      integers[row] = value
      lowIntegers[row] = low
      highIntegers[row] = high
    case .number(let value, let low, let high):
      doubles[row] = value
      lowDoubles[row] = low
      highDoubles[row] = high
    case .date(let days): dates[row] = days
    case .timestamp(let microseconds): integers[row] = microseconds
    case .boolean(let flag): if flag { booleans[row >> 6] |= bit }
    case .period(let start, let end):
      dates[row] = start
      periodEnds[row] = end
    }
  }
}
