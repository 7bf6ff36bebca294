import AuditModel

/// Gives every organisation of a round its place before any table is asked: who is excluded, who is still awaited, and
/// what the log of contacts says.
struct RoundState {
  let round: Round?
  let asOf: CalendarDate

  var isAfterCutOff: Bool {
    // A round without a cut-off goes on waiting.
    guard let cutOff = round?.cutOff else { return round == nil }
    return asOf >= cutOff
  }

  /// What the contacts up to the audit's day come to, as a word of `OrganisationFields.Contact`.
  func contact(_ code: String, hasAnswered: Bool) -> OrganisationFields.Contact {
    // That it was told of its result says nothing about its answer.
    let entries = (round?.contacts[code] ?? []).filter { $0.date <= asOf && $0.kind != ContactEntry.told }
    let last = entries.last { $0.kind != "sent" && $0.kind != "bounced" }
    if hasAnswered { return .answered }
    if let last { return OrganisationFields.Contact(rawValue: last.kind) ?? .none }
    // A request that came back is one that was sent before it.
    var outstanding = 0
    for entry in entries { outstanding = entry.kind == "sent" ? outstanding + 1 : max(0, outstanding - 1) }
    if outstanding > 0 { return .sent }
    return entries.isEmpty ? .none : .bounced
  }

  /// The status the host gives without asking a table; nil when the table decides.
  func statusBeforeTable(exclusion: String?, hasAnswered: Bool) -> DerivedStatus? {
    if let exclusion {
      return DerivedStatus(status: .excluded, basis: .none, reason: exclusion, row: nil, facts: [])
    }
    if !isAfterCutOff && !hasAnswered {
      let cutOff = round?.cutOff.map { "the cut-off is \($0)" } ?? "the round has no cut-off"
      return DerivedStatus(
        status: .awaiting, basis: .none, reason: "No answer yet; \(cutOff).", row: nil, facts: [])
    }
    return nil
  }

  /// The decision for an organisation, with why it has no effect when it has none.
  func decision(_ code: String, submissionDigest: String) -> Decision? {
    let entries = (round?.decisions ?? []).filter { $0.organisation == code }.map(\.decision)
    // Of several on one day the one that stands last counts.
    let current = entries.filter { $0.date <= asOf }.enumerated().max {
      ($0.element.date, $0.offset) < ($1.element.date, $1.offset)
    }
    guard var decision = current?.element ?? entries.last else { return nil }
    if current == nil {
      decision.void = "it is dated after the day of the audit"
    } else if decision.submission != submissionDigest {
      decision.void =
        if submissionDigest.isEmpty {
          "it was made on a submission that is not there any more"
        } else if decision.submission.isEmpty {
          "it does not say which submission it was made on; the one that stands has the digest \(submissionDigest)"
        } else {
          "the submission has changed since; the one that stands has the digest \(submissionDigest)"
        }
    }
    return decision
  }
}
