import AuditModel

/// Gives every organisation of a round its place before any table is asked: who is excluded, who is still awaited, and
/// what the log of contacts says.
struct RoundState {
  let round: Round?
  let asOf: CalendarDate

  var isAfterCutOff: Bool {
    guard let cutOff = round?.cutOff else { return true }
    return asOf >= cutOff
  }

  /// What the contacts up to the audit's day come to, as a word of `OrganisationFields.Contact`.
  func contact(_ code: String, hasAnswered: Bool) -> OrganisationFields.Contact {
    let entries = (round?.contacts[code] ?? []).filter { $0.date <= asOf }
    let last = entries.last { $0.kind != "sent" && $0.kind != "bounced" }
    if hasAnswered { return .answered }
    if let last { return OrganisationFields.Contact(rawValue: last.kind) ?? .none }
    let sent = entries.count { $0.kind == "sent" }
    let bounced = entries.count { $0.kind == "bounced" }
    if sent > bounced { return .sent }
    return bounced > 0 ? .bounced : .none
  }

  /// The status the host gives without asking a table; nil when the table decides.
  func statusBeforeTable(exclusion: String?, hasAnswered: Bool) -> DerivedStatus? {
    if let exclusion {
      return DerivedStatus(status: .excluded, basis: .none, reason: exclusion, row: nil, facts: [])
    }
    if !isAfterCutOff && !hasAnswered {
      let cutOff = round?.cutOff?.description ?? ""
      return DerivedStatus(
        status: .awaiting, basis: .none, reason: "No answer yet; the cut-off is \(cutOff).", row: nil, facts: [])
    }
    return nil
  }

  /// The decision for an organisation, with why it has no effect when it has none.
  func decision(_ code: String, submissionDigest: String) -> Decision? {
    let entries = (round?.decisions ?? []).filter { $0.organisation == code && $0.decision.date <= asOf }
    guard var decision = entries.last?.decision else { return nil }
    if decision.submission != submissionDigest {
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
