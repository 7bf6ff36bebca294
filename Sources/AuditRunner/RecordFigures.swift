import AuditModel
import Expressions
import RulePacks

/// Settles the figures that count records.
struct RecordFigures {
  let plan: RecordPlan
  let fold: AuditFold
  let round: Round?

  /// One for every figure of the plan, in its order.
  func results() -> [FigureResult] {
    let counting = fold.submissions.indices.filter { counts(fold.submissions[$0]) }
    return plan.figures.enumerated().map { index, figure in
      var result = FigureResult(figure, of: plan.pack)
      if let failure = fold.figures.failures[index] { return result.failed(failure) }
      let tallies = fold.figures.tallies[index].map { tallies in
        counting.reduce(into: FigureTally()) { $0 += tallies[$1] }
      }
      result.settle(tallies.map(count), figure.claims)
      return result
    }
  }

  /// What comes from those whom a round did not ask, or of whom it is not known who they are, counts in no figure of it.
  private func counts(_ submission: FoldedSubmission) -> Bool {
    guard let round, !submission.match.isOfNobody, !round.asked.isEmpty else { return true }
    guard let code = submission.match.organisation else { return false }
    return round.asked.contains { $0.code == code } && !round.excluded.contains { $0.code == code }
  }

  private func count(_ tally: FigureTally) -> FigureCount {
    var answered = tally.counts
    (answered.unknown, answered.openUnknown) = (0, 0)
    var count = FigureCount()
    count.shares = [FigureShare(of: .asked, counts: tally.counts), FigureShare(of: .answered, counts: answered)]
    count.unknown = unknown(tally.unknown, .cannotBeTold) + unknown(tally.open, .base)
    return count
  }

  private func unknown(_ causes: [NotEvaluatedCause: Int], _ cause: FigureUnknown.Cause) -> [FigureUnknown] {
    causes.map { why, rows in
      FigureUnknown(cause: cause, words: why.words(plan.pack.fields), units: rows, organisations: [])
    }.sorted { $0.words < $1.words }
  }
}

extension FigureResult {
  /// A figure of a pack, with no numbers yet.
  init(_ figure: Figure, of pack: RulePack) {
    self.init(
      pack: pack.name, name: figure.name, title: figure.title, unit: figure.unit, base: figure.base?.source,
      condition: figure.condition.source, note: figure.note)
    parts = figure.parts.map { part in
      Part(name: part.name, title: part.title, condition: part.condition.source, count: FigureCount())
    }
    claims = figure.claims.map { JudgedClaim(claim: $0, verdicts: []) }
  }

  /// Takes what was counted, for the figure and then for each of its parts, and judges the claims by it.
  mutating func settle(_ counts: [FigureCount], _ claims: [Claim]) {
    count = counts[0]
    for index in parts.indices { parts[index].count = counts[index + 1] }
    let shares = count.shares
    self.claims = claims.map { claim in
      JudgedClaim(
        claim: claim, verdicts: shares.map { JudgedShare(of: $0.of, verdict: claim.verdict($0.counts)) })
    }
  }
}
