import AuditModel
import Columns
import Expressions
import RulePacks

/// Counts the rows of batches for the figures that count records; one a thread.
struct RecordFigureCounter {
  private let figures: [Figure]
  private let fields: [Field]
  private var result = TriState()

  init(_ figures: [Figure], _ fields: [Field]) {
    self.figures = figures
    self.fields = fields
  }

  /// Adds a batch.
  ///
  /// - Parameters:
  ///   - rows: has begun with the batch.
  ///   - kinds: those that are present, by column.
  mutating func count(
    _ batch: Batch, _ rows: inout SubmissionRows, kinds: [CellKindSet], into tallies: inout FigureTallies
  ) {
    for index in figures.indices where tallies.failures[index] == nil {
      do throws(FigureFailure) {
        try count(index, batch, &rows, kinds, &tallies)
      } catch {
        tallies.fail(index, error.message)
      }
    }
  }

  private struct FigureFailure: Error {
    let message: String
  }

  private mutating func count(
    _ index: Int, _ batch: Batch, _ rows: inout SubmissionRows, _ kinds: [CellKindSet], _ tallies: inout FigureTallies
  ) throws(FigureFailure) {
    let figure = figures[index]
    let all = Bitmap(count: batch.count, repeating: true)
    // Rows that count, and those of which that cannot be told.
    var (within, open) = (all, Bitmap(count: batch.count))
    if let base = figure.base { (within, open) = try evaluate(base, batch, all) }
    var selected = within
    selected.formUnion(open)
    for (condition, expression) in figure.conditions.enumerated() {
      let (holds, unknown) = try evaluate(expression, batch, selected)
      var fails = selected
      fails.subtract(holds)
      fails.subtract(unknown)
      for (set, member, openMember) in [
        (holds, \FigureCounts.counted, \FigureCounts.openCounted),
        (fails, \FigureCounts.notCounted, \FigureCounts.openNotCounted),
        (unknown, \FigureCounts.unknown, \FigureCounts.openUnknown),
      ] {
        for (part, path) in [(within, member), (open, openMember)] {
          var those = set
          those.formIntersection(part)
          rows.forEach(those, batch) { submission, count in
            tallies.add(index, condition, submission) { $0.counts[keyPath: path] += count }
          }
        }
      }
      var untold = unknown
      untold.formIntersection(within)
      forEachCause(untold, expression, batch, kinds) { cause, those in
        rows.forEach(those, batch) { submission, count in
          tallies.add(index, condition, submission) { $0.unknown[cause, default: 0] += count }
        }
      }
      guard let base = figure.base else { continue }
      forEachCause(open, base, batch, kinds) { cause, those in
        rows.forEach(those, batch) { submission, count in
          tallies.add(index, condition, submission) { $0.open[cause, default: 0] += count }
        }
      }
    }
  }

  /// The selected rows where a condition holds, and those where it cannot be told: all of them without a column that it
  /// needs.
  private mutating func evaluate(
    _ expression: CompiledExpression, _ batch: Batch, _ selected: Bitmap
  ) throws(FigureFailure) -> (holds: Bitmap, unknown: Bitmap) {
    if missing(expression, batch) != nil { return (Bitmap(count: batch.count), selected) }
    expression.evaluate(batch, selected: selected, into: &result)
    if !result.isError.isEmpty {
      throw FigureFailure(message: "expression error: \(result.firstError ?? "it could not be evaluated")")
    }
    return (result.isTrue, result.isUnknown)
  }

  private func missing(_ expression: CompiledExpression, _ batch: Batch) -> Int? {
    expression.fieldsRead.first { !batch.columns[$0].isPresent && !fields[$0].isOptional }
  }

  /// Parts rows by the first of the cells read that has no value.
  private func forEachCause(
    _ rows: Bitmap, _ expression: CompiledExpression, _ batch: Batch, _ kinds: [CellKindSet],
    _ body: (NotEvaluatedCause, Bitmap) -> Void
  ) {
    if rows.isEmpty { return }
    if let missing = missing(expression, batch) { return body(.missingColumn(field: missing), rows) }
    var left = rows
    for column in expression.fieldsRead {
      for kind in CellKind.allCases where kind != .value && kinds[column].contains(kind) {
        var those = batch.columns[column].rows(ofKinds: CellKindSet(kind), count: batch.count)
        those.formIntersection(left)
        if those.isEmpty { continue }
        left.subtract(those)
        body(.cell(field: column, kind: kind), those)
      }
    }
    if !left.isEmpty { body(.unknown, left) }
  }
}
