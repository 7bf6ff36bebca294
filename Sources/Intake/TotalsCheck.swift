import AuditModel
import Columns

/// Compares the rows of totals of a file with the sums of the rows above them.
///
/// A total holds when it can be the sum of all rows of its table, or of those since the total before it. Where a cell
/// above it holds something that is no number, its column is not judged.
public struct TotalsCheck {
  private let plan: IntakePlan
  private let fields: [Int]

  /// What the rows of a table come to, field by field.
  private struct Sums {
    var low: [Double]
    var high: [Double]
    var rows = 0

    init(_ count: Int) {
      low = Array(repeating: 0, count: count)
      high = low
    }
  }

  public init(_ plan: IntakePlan) {
    self.plan = plan
    // A share of a whole is not the sum of the shares of its parts.
    fields = plan.fields.indices.filter { plan.fields[$0].type.isNumeric && plan.fields[$0].unit == nil }
  }

  /// Reads a file from its start to its end.
  ///
  /// - Returns: the totals that cannot be right, in file order.
  public func differences(in file: SourceFile) throws(IntakeError) -> [TotalDifference] {
    let reader = PartReader(plan, keepsTotals: true)
    let batch = Batch(types: plan.fields.map(\.type), capacity: 1_024)
    var all = Sums(fields.count)
    var since = Sums(fields.count)
    var table = -1
    var found: [TotalDifference] = []
    while let part = try file.nextPart() {
      if part.table != table {
        (all, since, table) = (Sums(fields.count), Sums(fields.count), part.table)
      }
      reader.start(part)
      var waiting: [(place: UInt64, difference: TotalDifference)] = []
      while reader.nextBatch(into: batch) {
        var totals = reader.totalRows[...]
        for row in 0..<batch.count {
          if totals.first == row {
            totals.removeFirst()
            if all.rows > 0 { judge(batch, row, all, since, &waiting) }
            since = Sums(fields.count)
          } else {
            add(batch, row, to: &all)
            add(batch, row, to: &since)
          }
        }
      }
      file.note(reader.summary)
      for (place, difference) in waiting {
        var difference = difference
        difference.place = file.place(of: place, field: difference.field)
        found.append(difference)
        if found.count == ToleranceCounts.differencesKept { return found }
      }
    }
    return found
  }

  private func add(_ batch: Batch, _ row: Int, to sums: inout Sums) {
    sums.rows += 1
    for (index, field) in fields.enumerated() {
      let cell = TotalsCheck.bounds(batch.columns[field], row)
      sums.low[index] += cell?.low ?? 0
      sums.high[index] += cell?.high ?? .infinity
    }
  }

  private func judge(
    _ batch: Batch, _ row: Int, _ all: Sums, _ since: Sums,
    _ found: inout [(place: UInt64, difference: TotalDifference)]
  ) {
    for (index, field) in fields.enumerated() {
      let column = batch.columns[field]
      let kind = column.kind(row)
      guard column.isPresent, kind == .value || kind == .suppressed, let total = TotalsCheck.bounds(column, row) else {
        continue
      }
      func canBe(_ sums: Sums) -> Bool {
        total.low <= sums.high[index] + 1e-6 && total.high >= sums.low[index] - 1e-6
      }
      if canBe(all) || since.rows > 0 && canBe(since) { continue }
      // A sum that is not known upwards says nothing of a total above it.
      found.append(
        (
          batch.places[row],
          TotalDifference(
            place: SourcePlace(), given: batch.text(field, row).trimmed, low: all.low[index], high: all.high[index],
            isOfRow: false, field: field)
        ))
    }
  }

  /// What a cell adds to a sum, at least and at most; nil when that is not known.
  private static func bounds(_ column: CellColumn, _ row: Int) -> (low: Double, high: Double)? {
    switch column.kind(row) {
    case .value, .suppressed:
      column.type == .integer
        ? (Double(column.lowIntegers[row]), Double(column.highIntegers[row]))
        : (column.lowDoubles[row], column.highDoubles[row])
    case .blank, .notApplicable: (0, 0)
    case .notKnown, .invalid: nil
    }
  }
}
