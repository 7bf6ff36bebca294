import AuditModel
import Reports

extension SiteBuilder {
  func organisationContext(_ organisation: SiteOrganisation, _ next: NextStatus?) -> [String: Any] {
    let result = organisation.result
    let own = hospitals.of(organisation.code)
    let corrections = (report.round?.corrections ?? []).filter { $0.organisation == organisation.code }
    var context: [String: Any] = badge(organisation.status)
    context["name"] = organisation.name
    context["code"] = organisation.code
    context["region"] = organisation.region
    context["contacts"] = contacts(result)
    context["date"] = messages.date(result.dateReceived)
    context["declared"] = declared(organisation) ?? ""
    context["why"] = why(organisation)
    context["quote"] = quote(organisation)
    context["quoteSource"] = messages(settled(organisation) == nil ? "organisationQuote" : "organisationQuoteSettled")
    context["hasHospitals"] = !own.isEmpty
    context["hospitals"] = own.map { ["name": $0.name, "postcode": $0.postcode, "runBy": runBy($0)] }
    context["hospitalsNote"] = messages("hospitalsNote", ["sources": hospitalSources])
    context["hasCorrections"] = !corrections.isEmpty
    context["corrections"] = corrections.map {
      messages("correctionLine", ["date": messages.date($0.date), "words": $0.words])
    }
    let contact = report.round?.publication?.contact ?? ""
    context["rightLine"] =
      contact.isEmpty
      ? messages("organisationRightLine") : messages("organisationRightContact", ["contact": contact])
    context.merge(statusContext(organisation)) { first, _ in first }
    context.merge(nextContext(organisation, next)) { first, _ in first }
    context.merge(countsContext(organisation)) { first, _ in first }
    context.merge(letterContext(organisation)) { first, _ in first }
    return context
  }

  /// What the log of contacts says of it, without who wrote to whom.
  private func contacts(_ result: OrganisationResult) -> String {
    result.contacts.compactMap { contact in
      let key: String? =
        if contact.kind == ContactEntry.told {
          "contactTold"
        } else {
          switch OrganisationFields.Contact(rawValue: contact.kind) {
          case .sent: "contactSent"
          case .bounced: "contactBounced"
          case .acknowledged: "contactAcknowledged"
          case .answered: "contactAnswered"
          case .refused: "contactRefused"
          case .transferred: "contactTransferred"
          case nil, .some(.none): nil
          }
        }
      return key.map { messages("contactLine", ["date": messages.date(contact.date), "kind": messages($0)]) }
    }.joined(separator: "; ")
  }

  /// How the status came about.
  private func statusContext(_ organisation: SiteOrganisation) -> [String: Any] {
    guard let derived = organisation.result.derived, organisation.status != .excluded else { return [:] }
    var context: [String: Any] = [:]
    if settled(organisation) != nil {
      context["derivedLine"] = messages(
        "organisationDerived",
        ["status": statusWords(derived.status), "reason": messages.text(derived.reason)])
    } else if derived.basis != .none {
      context["basis"] = messages(
        derived.basis == .practice ? "organisationBasisPractice" : "organisationBasisReply")
    }
    guard let criteria = report.criteria, !derived.facts.isEmpty else { return context }
    context["hasFacts"] = true
    context["factsLine"] = messages("organisationFactsLine")
    if let row = derived.row {
      context["row"] = String(row)
      context["rowLine"] = messages("organisationRow", ["n": String(row)])
    }
    context["facts"] = criteria.inputs.compactMap { input -> [String: Any]? in
      guard let fact = derived.facts.first(where: { $0.name == input.name }) else { return nil }
      return ["summary": messages.text(input.summary), "word": messages.text(fact.word)]
    }
    return context
  }

  private func nextContext(_ organisation: SiteOrganisation, _ next: NextStatus?) -> [String: Any] {
    guard let next, let status = organisation.result.status, organisation.status != .excluded else { return [:] }
    if status == .noResponse { return ["hasNext": true, "nextLine": messages("organisationNextSilent")] }
    guard let target = NextStatus.target(of: status), let derived = organisation.result.derived else { return [:] }
    let ways = next.ways(from: derived, to: target).map { $0.words(messages) }
    let line =
      status == .needsReview
      ? messages("organisationNextReview") : ways.isEmpty ? messages("organisationNextUnclear") : ""
    return ["hasNext": true, "nextLine": line, "hasWays": !ways.isEmpty, "ways": ways]
  }

  private func countsContext(_ organisation: SiteOrganisation) -> [String: Any] {
    guard let derived = organisation.result.derived else { return [:] }
    let policies = report.packs.compactMap(\.disclosure)
    let labels = Dictionary(report.packs.flatMap(\.fields).map { ($0.name, $0.label) }) { first, _ in first }
    var cells: [String: DerivedStatus.Cell] = [:]
    for cell in derived.facts.flatMap(\.cells) { cells[cell.field] = cell }
    var isWithheld = false
    let counts = policies.flatMap(\.counts).compactMap { field -> [String: Any]? in
      guard let cell = cells[field] else { return nil }
      isWithheld = isWithheld || PublicReport.isWithheld(cell)
      return ["field": field, "label": messages.text(labels[field] ?? field), "value": count(cell)]
    }
    let given = cells.values.contains { policies.flatMap(\.counts).contains($0.field) && $0.kind != .blank }
    guard given else { return [:] }
    return [
      "hasCounts": true, "counts": counts,
      "countsNote": isWithheld
        ? messages("countsNote", ["n": String(policies.map(\.smallest).max() ?? 0)]) : "",
    ]
  }

  private func count(_ cell: DerivedStatus.Cell) -> String {
    switch cell.kind {
    case .value: cell.range.map { $0.count == 1 ? messages.grouped($0.lowerBound) : cell.text ?? "" } ?? cell.text ?? ""
    case .suppressed: messages("countWithheld")
    case .blank: messages("countNotGiven")
    case .notKnown: messages("countNotKnown")
    case .notApplicable: messages("countNotApplicable")
    case .invalid: messages("countUnreadable")
    }
  }

  private func letterContext(_ organisation: SiteOrganisation) -> [String: Any] {
    guard let letter = report.round?.publication?.letter, !letter.isEmpty, organisation.status.isMapped else {
      return [:]
    }
    let text = letter.replacing(/\{(trust|status)\}/) { match in
      match.output.1 == "trust" ? organisation.name : statusWords(organisation.status)
    }
    let paragraphs = text.split(separator: "\n\n").map(String.init)
    return ["letter": [["letterParagraphs": paragraphs]]]
  }
}
