import AuditModel
import Columns
import Expressions
import RulePacks

/// Counts how the items of batches are filled; one a thread.
struct ScoreCounter {
  private let plan: ScoringPlan
  private var result = TriState()

  init(_ plan: ScoringPlan) {
    self.plan = plan
  }

  /// Adds a batch.
  ///
  /// - Parameters:
  ///   - rows: has begun with the batch.
  ///   - tallies: has room for all submissions.
  mutating func count(_ batch: Batch, _ rows: inout SubmissionRows, into tallies: inout ScoreTallies) {
    for index in plan.scoring.items.indices where tallies.failures[index] == nil {
      do throws(ScoreFailure) {
        try count(index, batch, &rows, &tallies)
      } catch {
        tallies.fail(index, error.message)
      }
    }
    countMonths(batch, &tallies)
  }

  private struct ScoreFailure: Error {
    let message: String
  }

  private mutating func count(
    _ index: Int, _ batch: Batch, _ rows: inout SubmissionRows, _ tallies: inout ScoreTallies
  ) throws(ScoreFailure) {
    let item = plan.scoring.items[index]
    var records = Bitmap(count: batch.count, repeating: true)
    var untold = Bitmap(count: batch.count)
    if let applies = item.applies { (records, untold) = try evaluate(applies, batch, records) }
    var valid = try evaluate(item.valid, batch, records).holds
    var defaults = Bitmap(count: batch.count)
    if let condition = item.defaults { defaults = try evaluate(condition, batch, records).holds }
    valid.formUnion(defaults)
    for (set, member) in [
      (records, \ScoreTally.Item.records), (valid, \ScoreTally.Item.validAndComplete),
      (defaults, \ScoreTally.Item.defaults), (untold, \ScoreTally.Item.untold),
    ] {
      rows.forEach(set, batch) { tallies.tallies[$0].items[index][keyPath: member] += $1 }
    }
  }

  private mutating func evaluate(
    _ expression: CompiledExpression, _ batch: Batch, _ selected: Bitmap
  ) throws(ScoreFailure) -> (holds: Bitmap, unknown: Bitmap) {
    expression.evaluate(batch, selected: selected, into: &result)
    if !result.isError.isEmpty {
      throw ScoreFailure(message: "expression error: \(result.firstError ?? "it could not be evaluated")")
    }
    return (result.isTrue, result.isUnknown)
  }

  private func countMonths(_ batch: Batch, _ tallies: inout ScoreTallies) {
    guard let months = plan.months, let field = plan.scoring.coverage?.field else { return }
    var last: (submission: UInt32, days: ClosedRange<Int32>)?
    for row in 0..<batch.count {
      guard let days = RecordDate.days(batch, field, row) else { continue }
      let submission = batch.submissions[row]
      if let last, last == (submission, days) { continue }
      last = (submission, days)
      let first = max(months.lowerBound, Month.number(CalendarDate(days: days.lowerBound)))
      let end = min(months.upperBound, Month.number(CalendarDate(days: days.upperBound)))
      if first <= end { tallies.tallies[Int(submission)].months.formUnion(first...end) }
    }
  }
}
