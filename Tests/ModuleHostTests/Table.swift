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
  /// A withheld count: text, low and high.
  case suppressed(String, Int64, Int64)
  case none(CellKind, String = "")
}

/// A batch with the memory its texts are in.
@safe
final class Table {
  let fields: [Field]
  let batch: Batch
  private let memory: UnsafeMutableRawBufferPointer

  /// - Parameters:
  ///   - firstPlace: the place of the first row; those of the rest follow.
  ///   - submissions: of each row; all 0 when nil.
  init(_ fields: [Field], _ rows: [[Cell]], firstPlace: UInt64 = 100, submissions: [UInt32]? = nil) {
    self.fields = fields
    batch = Batch(types: fields.map(\.type), capacity: max(1, rows.count))
    batch.count = rows.count
    var bytes: [UInt8] = []
    for (row, cells) in rows.enumerated() {
      precondition(cells.count == fields.count)
      batch.places[row] = firstPlace + UInt64(row)
      batch.submissions[row] = submissions?[row] ?? 0
      for (column, cell) in zip(batch.columns, cells) { Table.set(cell, column, row, &bytes) }
    }
    unsafe memory = .allocate(byteCount: max(1, bytes.count), alignment: 1)
    unsafe memory.copyBytes(from: bytes)
    unsafe batch.setTextBuffers([UnsafeRawBufferPointer(rebasing: memory[..<bytes.count])])
  }

  deinit { unsafe memory.deallocate() }

  /// All rows.
  var all: Bitmap { Bitmap(count: batch.count, repeating: true) }

  private static func set(_ cell: Cell, _ column: CellColumn, _ row: Int, _ bytes: inout [UInt8]) {
    let bit: UInt64 = 1 << UInt64(row & 63)
    func set(_ text: String, _ kind: CellKind = .value) {
      column.texts[row] = TextView(text, buffer: 0, appendingTo: &bytes)
      column.kinds[row] = kind.rawValue
      if kind == .value { column.valueBits[row >> 6] |= bit }
    }
    func day(_ text: String) -> Int32 { CalendarDate(iso: text)!.days }
    switch cell {
    case .text(let text): set(text)
    case .integer(let value):
      set(String(value))
      column.boundBits[row >> 6] |= bit
      column.integers[row] = value
      column.lowIntegers[row] = value
      column.highIntegers[row] = value
    case .number(let value):
      set(String(value))
      column.boundBits[row >> 6] |= bit
      column.doubles[row] = value
      column.lowDoubles[row] = value
      column.highDoubles[row] = value
    case .date(let text):
      set(text)
      column.dates[row] = day(text)
    case .timestamp(let microseconds):
      set("a moment")
      column.integers[row] = microseconds
    case .boolean(let flag):
      set(flag ? "true" : "false")
      if flag { column.booleans[row >> 6] |= bit }
    case .period(let start, let end):
      set("\(start) to \(end)")
      column.dates[row] = day(start)
      column.periodEnds[row] = day(end)
    case .suppressed(let text, let low, let high):
      set(text, .suppressed)
      column.boundBits[row >> 6] |= bit
      column.lowIntegers[row] = low
      column.highIntegers[row] = high
    case .none(let kind, let text): set(text, kind)
    }
  }
}

extension Field {
  static func of(_ type: FieldType, _ name: String, privacy: Privacy = .internal) -> Field {
    Field(name: name, label: "the \(name)", type: type, privacy: privacy)
  }
}

extension Bitmap {
  /// The positions of the bits set.
  var positions: [Int] {
    var positions: [Int] = []
    forEachIndex { positions.append($0) }
    return positions
  }
}
