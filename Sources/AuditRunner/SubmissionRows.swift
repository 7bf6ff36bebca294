import Columns

/// Tells the rows of one batch apart by their submissions.
struct SubmissionRows {
  /// The submission of all rows; nil when there are several.
  private var only: Int?
  /// Zero between uses.
  private var rows: [Int] = []

  /// Begins with a batch that has rows.
  ///
  /// - Returns: the greatest number of a submission in it.
  mutating func start(_ batch: Batch) -> Int {
    var greatest = 0
    let first = batch.submissions[0]
    var isSingle = true
    for row in 0..<batch.count {
      let submission = batch.submissions[row]
      isSingle = isSingle && submission == first
      greatest = max(greatest, Int(submission))
    }
    only = isSingle ? Int(first) : nil
    if greatest >= rows.count { rows += Array(repeating: 0, count: greatest + 1 - rows.count) }
    return greatest
  }

  /// Calls `body` with every submission that has rows in a set, and how many.
  mutating func forEach(_ set: Bitmap, _ batch: Batch, _ body: (_ submission: Int, _ rows: Int) -> Void) {
    if let only {
      let population = set.population
      if population > 0 { body(only, population) }
      return
    }
    if set.isEmpty { return }
    set.forEachIndex { rows[Int(batch.submissions[$0])] += 1 }
    for submission in rows.indices where rows[submission] > 0 {
      body(submission, rows[submission])
      rows[submission] = 0
    }
  }
}
