import AuditModel
import Columns

/// A cell of a test's table.
enum Cell {
  case text(String)
  case integer(Int64)
  case number(Double)
  case date(String)
  case timestamp(Int64)
  case boolean(Bool)
  case period(String, String)
  /// A value that was rounded: itself, low and high.
  case rounded(Int64, Int64, Int64)
  /// A withheld count: low and high.
  case suppressed(Int64, Int64)
  case none(CellKind)
}

/// A batch with what it points into.
@safe
final class Table: @unchecked Sendable {
  let fields: [Field]
  let batch: Batch
  private let memory: UnsafeMutableRawBufferPointer?

  init(_ fields: [Field], _ rows: [[Cell]]) {
    self.fields = fields
    batch = Batch(types: fields.map(\.type), capacity: max(1, rows.count))
    batch.count = rows.count
    var bytes: [UInt8] = []
    for (row, cells) in rows.enumerated() {
      precondition(cells.count == fields.count)
      for (column, cell) in zip(batch.columns, cells) { Table.set(cell, column, row, &bytes) }
    }
    if bytes.isEmpty {
      unsafe memory = nil
    } else {
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
      unsafe copy.copyBytes(from: bytes)
      unsafe memory = copy
      unsafe batch.setTextBuffers([UnsafeRawBufferPointer(copy)])
    }
  }

  deinit {
    unsafe memory?.deallocate()
  }

  /// Gives every row its records, by their number.
  func nest(_ records: Table, counts: [Int]) {
    batch.setNested(NestedRecords(batch: records.batch, starts: counts.reduce(into: [0]) { $0.append($0.last! + $1) }))
  }

  private static func set(_ cell: Cell, _ column: CellColumn, _ row: Int, _ bytes: inout [UInt8]) {
    let bit: UInt64 = 1 << UInt64(row & 63)
    func setBounds(_ low: Int64, _ high: Int64) {
      column.boundBits[row >> 6] |= bit
      if column.type == .integer {
        column.lowIntegers[row] = low
        column.highIntegers[row] = high
      } else {
        column.lowDoubles[row] = Double(low)
        column.highDoubles[row] = Double(high)
      }
    }
    switch cell {
    case .none(let kind):
      column.kinds[row] = kind.rawValue
      return
    case .suppressed(let low, let high):
      column.kinds[row] = CellKind.suppressed.rawValue
      setBounds(low, high)
      return
    case .text(let text): column.texts[row] = TextView(text, buffer: 0, appendingTo: &bytes)
    case .integer(let value):
      column.integers[row] = value
      setBounds(value, value)
    case .rounded(let value, let low, let high):
      if column.type == .integer { column.integers[row] = value } else { column.doubles[row] = Double(value) }
      setBounds(low, high)
    case .number(let value):
      column.doubles[row] = value
      column.boundBits[row >> 6] |= bit
      column.lowDoubles[row] = value
      column.highDoubles[row] = value
    case .date(let text): column.dates[row] = CalendarDate(iso: text)!.days
    case .timestamp(let value): column.integers[row] = value
    case .boolean(let value): if value { column.booleans[row >> 6] |= bit }
    case .period(let start, let end):
      column.dates[row] = CalendarDate(iso: start)!.days
      column.periodEnds[row] = CalendarDate(iso: end)!.days
    }
    column.kinds[row] = CellKind.value.rawValue
    column.valueBits[row >> 6] |= bit
  }
}

func field(_ name: String, _ type: FieldType) -> Field {
  Field(name: name, label: name, type: type)
}
