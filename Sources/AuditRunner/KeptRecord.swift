import AuditModel
import Columns

/// A whole record, kept for rules about organisations.
struct KeptRecord: Sendable {
  /// The submission's number in its part, in the fold once merged.
  var submission: Int
  var input: Int
  var place: UInt64
  /// In the order of the pack's fields.
  var cells: [KeptCell]
}

/// One cell out of a batch.
struct KeptCell: Hashable, Sendable {
  var kind: CellKind
  /// As given.
  var text: String
  var value: Value

  enum Value: Hashable, Sendable {
    /// Text fields: the text is the value.
    case none
    case integer(Int64, low: Int64, high: Int64)
    case number(Double, low: Double, high: Double)
    case date(Int32)
    case timestamp(Int64)
    case boolean(Bool)
    case period(start: Int32, end: Int32)
  }

  static let blank = KeptCell(kind: .blank, text: "", value: .none)
  /// What records that differ come to.
  static let differing = KeptCell(kind: .notKnown, text: "its records differ", value: .none)

  init(kind: CellKind, text: String, value: Value) {
    self.kind = kind
    self.text = text
    self.value = value
  }

  init(_ batch: Batch, column: Int, row: Int) {
    let cells = batch.columns[column]
    kind = cells.kind(row)
    text = batch.text(column, row)
    switch cells.type {
    case .text: value = .none
    case .integer:
      value = .integer(cells.integers[row], low: cells.lowIntegers[row], high: cells.highIntegers[row])
    case .number: value = .number(cells.doubles[row], low: cells.lowDoubles[row], high: cells.highDoubles[row])
    case .date: value = .date(cells.dates[row])
    case .timestamp: value = .timestamp(cells.integers[row])
    case .boolean: value = .boolean(cells.boolean(row))
    case .period: value = .period(start: cells.dates[row], end: cells.periodEnds[row])
    }
  }
}

extension KeptCell {
  /// The cell as one text, however it was written: "Apr-25" and "2025-04" give the same.
  var canonical: String {
    guard kind == .value else { return text.trimmed }
    switch value {
    case .none: return text.trimmed
    case .integer(let number, _, _): return String(number)
    case .number(let number, _, _): return EvidenceValue.number(number).words
    case .date(let days): return CalendarDate(days: days).description
    case .timestamp(let microseconds): return String(microseconds)
    case .boolean(let flag): return String(flag)
    case .period(let start, let end):
      let period = Period(start: CalendarDate(days: start), end: CalendarDate(days: end))
      return period?.description ?? text.trimmed
    }
  }
}

extension Batch {
  /// The bounds of a whole number that is given or suppressed; nil for every other cell.
  func range(_ column: Int, _ row: Int) -> ClosedRange<Int>? {
    let cells = columns[column]
    guard cells.type == .integer, [CellKind.value, .suppressed].contains(cells.kind(row)) else { return nil }
    let low = Int(cells.lowIntegers[row])
    return low...max(low, Int(cells.highIntegers[row]))
  }
}
