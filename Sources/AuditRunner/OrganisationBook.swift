import AuditModel
import Register
import RulePacks

/// The organisations of a run: who is in it, what they sent, and the rows that rules about organisations read.
struct OrganisationBook {
  /// Sorted by code.
  var results: [OrganisationResult] = []
  /// One for every result.
  var rows: [OrganisationTable.Row] = []
  /// In the order of first appearance.
  var unmatched: [UnmatchedSubmission] = []
  /// The records of a pack that names no organisation; nil when there are none.
  var ofNobody: SubmissionOfNobody?
  /// Keys of unmatched submissions whose code the register does not have, and that look like nothing it has.
  var outsideRegister: Set<String> = []

  /// - Parameter inputNames: what reports call the inputs, by position.
  init(fold: AuditFold, pack: RulePack, register: Register, state: RoundState, inputNames: [String]) {
    var submissionByCode: [String: Int] = [:]
    for (index, submission) in fold.submissions.enumerated() {
      if let code = submission.match.organisation {
        submissionByCode[code] = index
      } else if submission.match.isOfNobody {
        ofNobody = SubmissionOfNobody(inputs: submission.inputs.map { inputNames[$0] }, records: submission.rows)
      } else {
        unmatched.append(OrganisationBook.unmatched(submission, inputNames))
        if submission.match.isOutsideRegister { outsideRegister.insert(submission.match.key) }
      }
    }
    var records: [[KeptRecord]] = fold.submissions.map { _ in [] }
    for record in fold.records { records[record.submission].append(record) }
    let asked = Dictionary((state.round?.asked ?? []).map { ($0.code, $0.name) }) { first, _ in first }
    let excluded = Dictionary((state.round?.excluded ?? []).map { ($0.code, $0.why) }) { first, _ in first }
    for code in Set(asked.keys).union(excluded.keys).union(submissionByCode.keys).sorted() {
      let index = submissionByCode[code]
      var result = OrganisationResult(code: code, name: OrganisationBook.name(code, asked[code], register))
      result.place = OrganisationPlace(code, register)
      result.isAsked = state.round == nil || (asked[code] != nil && excluded[code] == nil)
      result.exclusion = excluded[code]
      result.contacts = state.round?.contacts[code] ?? []
      if let index { OrganisationBook.fill(&result, fold.submissions[index], inputNames) }
      let contact = state.contact(code, hasAnswered: result.records > 0)
      result.contact = contact.rawValue
      let own = index.map { records[$0] } ?? []
      fillFromRecords(&result, own, pack)
      rows.append(
        OrganisationTable.Row(
          code: code, name: result.name, nameAsSupplied: result.namesAsSupplied.first ?? "", isAsked: result.isAsked,
          hasAnswered: result.records > 0, contact: contact.rawValue, isAfterCutOff: state.isAfterCutOff,
          hasDuplicates: pack.recordsPerOrganisation == .one && result.records > 1, recordsReceived: result.records,
          submission: index, records: own))
      results.append(result)
    }
  }

  /// The name the round asks an organisation by, when the register knows it; else the register's own.
  private static func name(_ code: String, _ asked: String?, _ register: Register) -> String {
    guard let index = register.index(ofCode: code.utf8) else { return asked ?? code }
    if let asked, register.isKnownName(asked, ofIndex: index) { return asked }
    return register.organisations[index].name
  }

  private static func fill(
    _ result: inout OrganisationResult, _ submission: FoldedSubmission, _ inputNames: [String]
  ) {
    result.records = submission.rows
    result.inputs = submission.inputs.map { inputNames[$0] }
    var names: [String] = []
    for supplied in submission.supplied {
      let name = supplied.name.trimmed
      if !name.isEmpty, name != result.name, !names.contains(name) { names.append(name) }
    }
    result.namesAsSupplied = names
    var ways: [String] = []
    for match in submission.matches where !ways.contains(match.words) { ways.append(match.words) }
    result.matchedBy = ways.joined(separator: "; ")
  }

  /// What an organisation's records say of themselves: the status declared, the words relied on, the day received.
  private func fillFromRecords(_ result: inout OrganisationResult, _ records: [KeptRecord], _ pack: RulePack) {
    guard let status = pack.status, !records.isEmpty else { return }
    result.submissionDigest = OrganisationBook.digest(records)
    func texts(_ field: Int?) -> [String] {
      guard let field, pack.fields[field].privacy < .personal else { return [] }
      var texts: [String] = []
      for record in records where record.cells[field].kind == .value {
        let text = record.cells[field].canonical
        if !texts.contains(text) { texts.append(text) }
      }
      return texts
    }
    result.declared = status.declared.flatMap { texts($0).first }
    result.words = texts(status.words).joined(separator: " / ")
    result.evidence = texts(status.evidence).joined(separator: " / ")
    result.dateReceived = texts(status.received).sorted().last ?? ""
    if result.dateReceived.isEmpty {
      result.dateReceived = result.contacts.last { $0.kind == "answered" }?.date.description ?? ""
    }
  }

  /// Identifies what records say, whichever files they come from and in whatever order.
  private static func digest(_ records: [KeptRecord]) -> String {
    let each = records.map { record in
      var digest = Digest()
      for cell in record.cells {
        digest.add(String(cell.kind.rawValue))
        digest.add(cell.canonical)
      }
      return digest.hex()
    }
    var digest = Digest()
    for record in each.sorted() { digest.add(record) }
    return digest.hex()
  }

  private static func unmatched(_ submission: FoldedSubmission, _ inputNames: [String]) -> UnmatchedSubmission {
    let supplied = submission.supplied.first ?? SuppliedSubject(code: "", name: "")
    return UnmatchedSubmission(
      key: submission.match.key, code: supplied.code.trimmed, name: supplied.name.trimmed,
      inputs: submission.inputs.map { inputNames[$0] }, records: submission.rows, offers: submission.match.offers)
  }
}
