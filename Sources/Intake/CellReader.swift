import AuditModel
import Columns

/// Reads the cells of one field: from text to kind and typed value.
///
/// One a thread. What it forgives is counted, with the first rows.
final class CellReader {
  private let grammar: CellGrammar
  private let memory = ReadingMemory()
  private var tolerances = ToleranceCounts()
  private var ambiguous: (record: UInt32, text: String)?

  /// - Parameter dates: which part of a date in figures is the day where both could be; nil when that is not fixed.
  init(_ field: Field, codes: [TextView], dates: DateOrder?) {
    grammar = CellGrammar(field, codes: codes, dates: dates)
  }

  /// Takes what was noted since the last time.
  ///
  /// - Parameter field: the position of the field that is read.
  func takeNotes(_ field: Int, into summary: inout PartSummary) {
    summary.tolerances.add(tolerances)
    if let ambiguous {
      let count = tolerances[.ambiguousDate].count
      summary.ambiguousDates.append(
        AmbiguousDate(field: field, record: ambiguous.record, text: ambiguous.text, count: count))
    }
    tolerances = ToleranceCounts()
    ambiguous = nil
  }

  /// Reads the first `count` cells of a column, whose texts are filled; the bits of values and bounds are not set yet.
  ///
  /// - Parameter places: of each row, with the record number in the part in the low half.
  func read(_ column: CellColumn, count: Int, places: ColumnMemory<UInt64>, _ buffers: TextBuffers) {
    precondition(count <= column.capacity && count <= places.count)
    switch grammar.type {
    case .text: readTexts(column, count, places, buffers)
    case .date: readDates(column, count, places, buffers)
    case .integer: readIntegers(column, count, places, buffers)
    case .boolean:
      column.booleans.clear(0..<column.booleans.count)
      readAll(column, count, places, buffers)
    case .number, .timestamp, .period: readAll(column, count, places, buffers)
    }
  }

  private func readTexts(_ column: CellColumn, _ count: Int, _ places: ColumnMemory<UInt64>, _ buffers: TextBuffers) {
    let texts = unsafe column.texts.base
    let kinds = unsafe column.kinds.base
    let filter = grammar.spellings.filter
    if filter.isEmpty {
      for row in 0..<count {
        let view = unsafe texts[row]
        unsafe kinds[row] = view.low == 0 ? CellKind.blank.rawValue : CellKind.value.rawValue
        if view.mayHaveOuterSpace(buffers), view.low != 0 { readOne(column, row, view, places, buffers) }
      }
      return
    }
    for row in 0..<count {
      let view = unsafe texts[row]
      if view.low == 0 {
        unsafe kinds[row] = CellKind.blank.rawValue
      } else if filter.mayHold(view) || view.mayHaveOuterSpace(buffers) {
        let reading = unsafe memory.reading(view, grammar, buffers)
        unsafe kinds[row] = reading.pointee.kind.rawValue
        unsafe texts[row] = reading.pointee.text
        let forgiven = unsafe reading.pointee.forgiven
        if forgiven != 0 { self.count(forgiven, UInt32(truncatingIfNeeded: places[row])) }
      } else {
        unsafe kinds[row] = CellKind.value.rawValue
      }
    }
  }

  private func readDates(_ column: CellColumn, _ count: Int, _ places: ColumnMemory<UInt64>, _ buffers: TextBuffers) {
    let texts = unsafe column.texts.base
    let kinds = unsafe column.kinds.base
    let dates = unsafe column.dates.base
    let isDayFirst = grammar.dates == .dayFirst
    let filter = grammar.spellings.filter
    for row in 0..<count {
      let view = unsafe texts[row]
      if view.low == 0 {
        unsafe kinds[row] = CellKind.blank.rawValue
        unsafe dates[row] = 0
      } else if view.count == 10, !filter.mayHold(view), let days = view.isoDays {
        unsafe kinds[row] = CellKind.value.rawValue
        unsafe dates[row] = days
      } else if isDayFirst, view.count == 10, !filter.mayHold(view), let days = view.dayFirstDays {
        unsafe kinds[row] = CellKind.value.rawValue
        unsafe dates[row] = days
        tolerances.add(.dayFirstDate, UInt32(truncatingIfNeeded: places[row]))
      } else {
        readOne(column, row, view, places, buffers)
      }
    }
  }

  private func readIntegers(
    _ column: CellColumn, _ count: Int, _ places: ColumnMemory<UInt64>, _ buffers: TextBuffers
  ) {
    let texts = unsafe column.texts.base
    let kinds = unsafe column.kinds.base
    let values = unsafe (column.integers.base, column.lowIntegers.base, column.highIntegers.base)
    let filter = grammar.spellings.filter
    for row in 0..<count {
      let view = unsafe texts[row]
      // Leading zeros are forgiven, which is noted elsewhere.
      let startsWithZero = UInt8(truncatingIfNeeded: view.low >> 32) == UInt8(ascii: "0") && view.count > 1
      guard view.count <= 8, !startsWithZero, !filter.mayHold(view), let value = view.digits else {
        readOne(column, row, view, places, buffers)
        continue
      }
      unsafe kinds[row] = view.low == 0 ? CellKind.blank.rawValue : CellKind.value.rawValue
      unsafe values.0[row] = value
      unsafe values.1[row] = value
      unsafe values.2[row] = value
    }
  }

  private func readAll(_ column: CellColumn, _ count: Int, _ places: ColumnMemory<UInt64>, _ buffers: TextBuffers) {
    let texts = unsafe column.texts.base
    for row in 0..<count {
      let view = unsafe texts[row]
      if view.low == 0 {
        var blank = CellReading(text: view)
        blank.kind = .blank
        set(column, row, blank)
      } else {
        readOne(column, row, view, places, buffers)
      }
    }
  }

  private func readOne(
    _ column: CellColumn, _ row: Int, _ view: TextView, _ places: ColumnMemory<UInt64>, _ buffers: TextBuffers
  ) {
    let reading = unsafe memory.reading(view, grammar, buffers)
    unsafe set(column, row, reading.pointee)
    let forgiven = unsafe reading.pointee.forgiven
    if forgiven == 0 { return }
    let record = UInt32(truncatingIfNeeded: places[row])
    count(forgiven, record)
    if ambiguous == nil, forgiven & CellReader.ambiguousBit != 0 { ambiguous = (record, buffers.string(view)) }
  }

  private static let ambiguousBit: UInt64 = 1 << UInt64(ToleranceKind.ambiguousDate.index)

  private func count(_ forgiven: UInt64, _ record: UInt32) {
    var rest = forgiven
    while rest != 0 {
      tolerances.add(index: rest.trailingZeroBitCount, record)
      rest &= rest &- 1
    }
  }

  @inline(__always)
  private func set(_ column: CellColumn, _ row: Int, _ reading: CellReading) {
    column.kinds[row] = reading.kind.rawValue
    switch grammar.type {
    case .text: column.texts[row] = reading.text
    case .boolean:
      column.texts[row] = reading.text
      column.booleans[row >> 6] |= UInt64(bitPattern: reading.value) << UInt64(row & 63)
    case .integer:
      column.integers[row] = reading.value
      column.lowIntegers[row] = reading.low
      column.highIntegers[row] = reading.high
    case .number:
      column.doubles[row] = Double(bitPattern: UInt64(bitPattern: reading.value))
      column.lowDoubles[row] = Double(bitPattern: UInt64(bitPattern: reading.low))
      column.highDoubles[row] = Double(bitPattern: UInt64(bitPattern: reading.high))
    case .date: column.dates[row] = Int32(truncatingIfNeeded: reading.value)
    case .timestamp: column.integers[row] = reading.value
    case .period:
      column.dates[row] = Int32(truncatingIfNeeded: reading.value)
      column.periodEnds[row] = Int32(truncatingIfNeeded: reading.high)
    }
  }
}

extension CellColumn {
  /// Makes a cell one that cannot be read as its type; the bits are not set yet.
  func makeInvalid(_ row: Int) {
    kinds[row] = CellKind.invalid.rawValue
    switch type {
    case .integer: (integers[row], lowIntegers[row], highIntegers[row]) = (0, 0, 0)
    case .number: (doubles[row], lowDoubles[row], highDoubles[row]) = (0, 0, 0)
    case .timestamp: integers[row] = 0
    case .date: dates[row] = 0
    case .period: (dates[row], periodEnds[row]) = (0, 0)
    case .boolean: booleans[row >> 6] &= ~(1 << UInt64(row & 63))
    case .text: break
    }
  }
}
