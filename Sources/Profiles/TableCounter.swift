import AuditModel
import Columns
import Intake

/// Counts what stands in the columns of a file's tables.
struct TableCounter {
  private let plan: IntakePlan
  private let reader: PartReader
  private let batch: Batch
  private var tables: [(records: Int, columns: [ColumnStatistics])] = []

  init(_ plan: IntakePlan) {
    self.plan = plan
    reader = PartReader(plan)
    batch = Batch(types: plan.fields.map(\.type), capacity: max(64, min(1_024, 1 << 18 / max(1, plan.fields.count))))
  }

  mutating func count(_ part: SourcePart) -> PartSummary {
    while tables.count <= part.table {
      tables.append((0, Array(repeating: ColumnStatistics(), count: plan.fields.count)))
    }
    reader.start(part)
    while reader.nextBatch(into: batch) {
      tables[part.table].records += batch.count
      for column in plan.fields.indices where batch.columns[column].isPresent {
        for row in 0..<batch.count { tables[part.table].columns[column].add(batch.text(column, row).trimmed) }
      }
    }
    return reader.summary
  }

  func statistics(_ table: Int, width: Int) -> [ColumnStatistics] {
    tables.indices.contains(table)
      ? Array(tables[table].columns.prefix(width)) : Array(repeating: ColumnStatistics(), count: width)
  }

  func records(_ table: Int) -> Int { tables.indices.contains(table) ? tables[table].records : 0 }
}
