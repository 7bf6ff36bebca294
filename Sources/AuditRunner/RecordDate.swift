import AuditModel
import Columns

/// How a record's date stands to a period.
enum RecordDate {
  case inside
  case outside
  case unknown(RecordPlace)

  /// - Parameter field: of type date, timestamp or period.
  init(_ batch: Batch, _ field: Int, _ row: Int, in period: Period) {
    guard let days = RecordDate.days(batch, field, row) else {
      let column = batch.columns[field]
      self = .unknown(
        .noDate(column.isPresent ? .cell(field: field, kind: column.kind(row)) : .missingColumn(field: field)))
      return
    }
    let wanted = period.start.days...period.end.days
    if !wanted.overlaps(days) {
      self = .outside
    } else if wanted.contains(days.lowerBound) && wanted.contains(days.upperBound) {
      self = .inside
    } else {
      self = .unknown(.straddles(field))
    }
  }

  var isInside: Bool {
    if case .inside = self { true } else { false }
  }

  /// The days that a cell of type date, timestamp or period names; nil when it has no value.
  static func days(_ batch: Batch, _ field: Int, _ row: Int) -> ClosedRange<Int32>? {
    let column = batch.columns[field]
    guard column.isPresent, column.kind(row) == .value else { return nil }
    switch column.type {
    case .date: return column.dates[row]...column.dates[row]
    case .period: return column.dates[row]...max(column.dates[row], column.periodEnds[row])
    case .timestamp:
      let (day, rest) = column.integers[row].quotientAndRemainder(dividingBy: 86_400_000_000)
      let days = Int32(clamping: rest < 0 ? day - 1 : day)
      return days...days
    default: return nil
    }
  }
}
