import AuditModel
import Register

/// Finds the organisation that a supplied code and name stand for. Only what is certain is taken.
struct OrganisationMatcher: Sendable {
  let register: Register
  let asOf: CalendarDate
  /// Codes of the organisations asked or excluded; nil when there is no round.
  let inRound: Set<String>?

  /// The organisation of a submission; the key of one that is not found is made of what was supplied.
  func match(_ subject: SuppliedSubject) -> OrganisationMatch {
    let code = subject.code.trimmed.uppercased()
    let name = subject.name.trimmed
    let nothing = [code, name].filter { !$0.isEmpty }.joined(separator: " ")
    var match = OrganisationMatch(
      key: nothing.isEmpty ? "(no organisation given)" : nothing, organisation: nil, words: "", isOutsideRegister: false
    )
    if code.isEmpty {
      guard !name.isEmpty else { return match }
      return byName(name, match)
    }
    guard let index = register.index(ofCode: code.utf8) else {
      // A round may ask organisations that the register does not hold, such as independent providers.
      if inRound?.contains(code) == true {
        match.key = code
        match.organisation = code
        match.words = "its code, by which the round asks it; it is not in this register"
        return match
      }
      match.offers = offers(register.match(name: name, at: asOf))
      // A name that is only like another says nothing against a code that the register does not hold.
      match.isOutsideRegister = !match.offers.contains { $0.score == 100 }
      return match
    }
    let organisation = register.organisations[index]
    if name.isEmpty || register.isKnownName(name, ofIndex: index) {
      return taken(organisation, "its code")
    }
    if let other = register.match(name: name, at: asOf).organisation, other.code != organisation.code {
      match.offers = [
        offer(organisation, 1, "it has this code, but the name is another's"),
        offer(other, 1, "it has this name, but the code is another's"),
      ]
      return match
    }
    return taken(organisation, "its code; the name is not one of its known names")
  }

  private func byName(_ name: String, _ unmatched: OrganisationMatch) -> OrganisationMatch {
    let found = register.match(name: name, at: asOf)
    switch found {
    case .code(let organisation), .exact(let organisation): return taken(organisation, "its name")
    case .normalised(let organisation):
      return taken(organisation, "its name but for case, punctuation, spaces and words such as \"NHS Trust\"")
    case .knownName(let organisation, _): return taken(organisation, "another of its known names")
    case .successor(let organisation, let former, _):
      return taken(organisation, "the name of \(former.name) (\(former.code)), which it took over from")
    case .notOpen(let lookUp):
      guard let organisation = lookUp.organisation else { return unmatched }
      return taken(organisation, "the name of an organisation that is not open on \(asOf)")
    case .offered, .none:
      var unmatched = unmatched
      unmatched.offers = offers(found)
      return unmatched
    }
  }

  /// Takes an organisation, or the one that the round knows as having taken over from it.
  private func taken(_ organisation: Organisation, _ words: String) -> OrganisationMatch {
    var match = OrganisationMatch(
      key: organisation.code, organisation: organisation.code, words: words, isOutsideRegister: false)
    guard let inRound, !inRound.contains(organisation.code) else { return match }
    let successors = organisation.successors.filter { inRound.contains($0.code) && ($0.date ?? asOf) <= asOf }
    guard successors.count == 1 else { return match }
    match.key = successors[0].code
    match.organisation = successors[0].code
    match.words = "\(words); \(organisation.code) was taken over by \(successors[0].code)"
    if let date = successors[0].date { match.words += " on \(date)" }
    return match
  }

  private func offers(_ match: Match) -> [UnmatchedSubmission.Offer] {
    if case .offered(let offers) = match {
      return offers.map { offer($0.organisation, $0.score, $0.why) }
    }
    guard let organisation = match.organisation else { return [] }
    return [offer(organisation, 1, "it has this name, but the code is not in this register")]
  }

  private func offer(_ organisation: Organisation, _ score: Double, _ why: String) -> UnmatchedSubmission.Offer {
    UnmatchedSubmission.Offer(
      code: organisation.code, name: organisation.name, score: Int((score * 100).rounded()), why: why)
  }
}

/// What organisation a supplied code and name stand for.
struct OrganisationMatch: Sendable {
  /// The organisation's code; for those not matched a text made from what was supplied.
  var key: String
  /// Nil when no organisation was found.
  var organisation: String?
  /// How, in words.
  var words: String
  var offers: [UnmatchedSubmission.Offer] = []
  /// True for the records of a pack that names no organisation.
  private(set) var isOfNobody = false

  /// What all records of a pack that names no organisation come to: one submission, from however many files.
  static let ofNobody = {
    var match = OrganisationMatch(
      key: SubmissionOfNobody.key, organisation: nil, words: "", isOutsideRegister: false)
    match.isOfNobody = true
    return match
  }()

  /// True when a code was given that the register does not have, and nothing like it is known.
  var isOutsideRegister: Bool

  init(key: String, organisation: String?, words: String, isOutsideRegister: Bool) {
    self.key = key
    self.organisation = organisation
    self.words = words
    self.isOutsideRegister = isOutsideRegister
  }
}
