import AuditModel
import Columns
import RulePacks

/// How people are counted in one run: the pack's counts, and for whom which period is counted.
struct CountingPlan: Sendable {
  let counts: Counts
  let pack: RulePack
  /// The period where no other is stated.
  let period: Period?
  /// Periods that organisations state themselves, by the key of their submission.
  let stated: [String: Period]
  let matcher: OrganisationMatcher

  /// The period that is counted for a submission.
  func period(ofKey key: String) -> Period? { stated[key] ?? period }

  /// The key of a submission, as the fold finds it.
  func key(of subject: SuppliedSubject, override organisation: String?) -> String {
    var subject = subject
    if let organisation { subject.code = organisation }
    return pack.namesOrganisations || organisation != nil ? matcher.match(subject).key : OrganisationMatch.ofNobody.key
  }
}
