import AuditModel
import Register
import RulePacks

/// Settles the scores of submissions.
struct ScoreSettlement {
  let plan: ScoringPlan
  let pack: RulePack
  let records: RecordRun
  let register: Register
  /// The names of organisations, by code.
  let names: [String: String]

  func scores() -> PackScores {
    let fold = records.fold
    let submissions = fold.submissions.indices.map { score(fold.submissions[$0], fold.scores.tallies[$0]) }
    return PackScores(
      pack: pack.name, reading: plan.scoring.reading, submissions: submissions.sorted { $0.subject < $1.subject })
  }

  private func score(_ submission: FoldedSubmission, _ tally: ScoreTally) -> SubmissionScore {
    let code = submission.match.organisation
    var score = SubmissionScore(
      subject: submission.match.key, name: code.flatMap { names[$0] } ?? "",
      items: zip(plan.scoring.items, tally.items).map { item, counts in
        MaturityItem(
          name: item.name, label: item.label, records: counts.records, validAndComplete: counts.validAndComplete,
          defaults: counts.defaults, threshold: item.threshold, untold: counts.untold)
      }, coverage: plan.months.map { coverage(tally, $0, code) })
    score.failure = failure(submission, score)
    return score
  }

  private func failure(_ submission: FoldedSubmission, _ score: SubmissionScore) -> String? {
    for (item, failure) in zip(plan.scoring.items, records.fold.scores.failures) {
      if let failure { return "\(item.label): \(failure)" }
    }
    let unread = submission.inputs.filter { records.inputs[$0].problem != nil }
    if !unread.isEmpty {
      return "not all records could be read: \(unread.map { records.inputs[$0].source.name }.joined(separator: ", "))"
    }
    if score.meanOfItems == nil { return "no item is for any of the records" }
    if plan.scoring.coverage != nil, plan.months == nil {
      return "the coverage cannot be told, because no round says for which period records are expected"
    }
    if score.coverage?.expected == 0 { return "no month was expected: the organisation was not open in the period" }
    return nil
  }

  /// The months of the period in which an organisation was open; all when the register does not say.
  private func coverage(_ tally: ScoreTally, _ months: ClosedRange<Int>, _ code: String?) -> MaturityCoverage {
    let organisation = code.flatMap { register.index(ofCode: $0.utf8) }.map { register.organisations[$0] }
    let expected = months.filter { month in
      guard let organisation, let period = Month.period(month) else { return true }
      return (organisation.opened ?? period.start) <= period.end && (organisation.closed ?? period.end) >= period.start
    }
    let missing = expected.filter { !tally.months.contains($0) }
    return MaturityCoverage(
      submitted: expected.count - missing.count, expected: expected.count, missing: missing.map(Month.words))
  }
}
