import AuditModel
import Columns

extension Interpreter {
  /// The value of a cell, or unknown when it has none.
  static func cellValue(_ batch: Batch, _ position: Int, _ row: Int) -> Value {
    let column = batch.columns[position]
    guard column.isPresent, column.kind(row) == .value else { return .unknown }
    switch column.type {
    case .text: return .string(batch.text(column.texts[row]))
    case .integer: return .int(column.integers[row])
    case .number: return .double(column.doubles[row])
    case .date: return .date(column.dates[row])
    case .timestamp: return .timestamp(Timestamp(microseconds: column.integers[row]))
    case .boolean: return .bool(column.boolean(row))
    case .period: return .period(column.dates[row], column.periodEnds[row])
    }
  }

  /// What a macro says of a cell.
  static func answer(_ question: CellQuestion, _ column: CellColumn, _ row: Int) -> Value {
    if let kinds = question.kinds {
      return .bool(kinds.contains(column.isPresent ? column.kind(row) : .blank))
    }
    let hasBounds = column.isPresent && (column.boundBits[row >> 6] >> UInt64(row & 63)) & 1 == 1
    guard hasBounds else { return .unknown }
    let isLow = question == .low
    return column.type == .integer
      ? .int(isLow ? column.lowIntegers[row] : column.highIntegers[row])
      : .double(isLow ? column.lowDoubles[row] : column.highDoubles[row])
  }
}

extension CellQuestion {
  /// The kinds of which it is true; nil for the bounds.
  var kinds: CellKindSet? {
    switch self {
    case .given: .given
    case .isBlank: CellKindSet(.blank)
    case .isNotKnown: CellKindSet(.notKnown)
    case .isNotApplicable: CellKindSet(.notApplicable)
    case .isSuppressed: CellKindSet(.suppressed)
    case .isInvalid: CellKindSet(.invalid)
    case .low, .high: nil
    }
  }
}
