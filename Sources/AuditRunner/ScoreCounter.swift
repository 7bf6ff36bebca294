import AuditModel
import Columns
import Expressions
import RulePacks

/// How submissions are scored in one run.
struct ScoringPlan: Sendable {
  let scoring: Scoring
  /// The months of the round's period; nil when coverage is not told.
  let months: ClosedRange<Int>?

  init(_ scoring: Scoring, period: Period?) {
    self.scoring = scoring
    months =
      scoring.coverage == nil ? nil : period.map { Month.number($0.start)...Month.number($0.end) }
  }
}

/// Months as numbers that follow each other.
enum Month {
  static func number(_ day: CalendarDate) -> Int {
    let (year, month, _) = day.parts
    return year * 12 + month - 1
  }

  /// As `CCYY-MM`.
  static func words(_ number: Int) -> String { period(number)?.description ?? "" }

  static func period(_ number: Int) -> Period? { Period(year: number / 12, month: number % 12 + 1) }
}

/// What the items of one submission come to.
struct ScoreTally: Sendable, Equatable {
  /// In the order of the pack.
  var items: [Item]
  /// Months of the round's period that records name.
  var months: Set<Int> = []

  struct Item: Sendable, Equatable {
    var records = 0
    var validAndComplete = 0
    var defaults = 0
    var untold = 0
  }

  init(items: Int) {
    self.items = Array(repeating: Item(), count: items)
  }

  static func += (a: inout ScoreTally, b: ScoreTally) {
    for index in a.items.indices {
      a.items[index].records += b.items[index].records
      a.items[index].validAndComplete += b.items[index].validAndComplete
      a.items[index].defaults += b.items[index].defaults
      a.items[index].untold += b.items[index].untold
    }
    a.months.formUnion(b.months)
  }
}

/// What submissions score in one part, or in all parts before.
struct ScoreTallies: Sendable {
  private let items: Int
  /// By submission.
  var tallies: [ScoreTally] = []
  /// By item: the first error in file order.
  private(set) var failures: [String?]

  init(_ plan: ScoringPlan?) {
    items = plan?.scoring.items.count ?? 0
    failures = Array(repeating: nil, count: items)
  }

  /// Makes room for submissions that are new.
  mutating func extend(to submissions: Int) {
    let missing = submissions - tallies.count
    if missing > 0 { tallies += Array(repeating: ScoreTally(items: items), count: missing) }
  }

  /// Notes an error; only the first of an item counts.
  mutating func fail(_ item: Int, _ message: String) {
    if failures[item] == nil { failures[item] = message }
  }

  /// Adds what a later part came to.
  ///
  /// - Parameter map: the number here of every submission of the part; there is room for all of them.
  mutating func merge(_ part: ScoreTallies, _ map: [Int]) {
    for (item, failure) in part.failures.enumerated() {
      if let failure { fail(item, failure) }
    }
    for (local, tally) in part.tallies.enumerated() { tallies[map[local]] += tally }
  }
}

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
