public import AuditModel

/// A report as it may be made public (DESIGN 10).
///
/// Gone are names of inputs, digests, findings with their evidence, the ledger, problems and what is not in a public
/// field; small counts of people are withheld; in quoted words what may tell who somebody is is masked.
public enum PublicReport {
  /// - Parameter earlier: the public reports of earlier editions, so that nothing can be worked out from two of them.
  public static func make(_ report: Report, earlier: [Report] = []) -> Report {
    var result = report
    result.isPublic = true
    result.inputs = []
    result.modules = report.modules.map { UsedFile(name: $0.name, version: $0.version, sha256: "") }
    for index in result.packs.indices {
      result.packs[index].sha256 = ""
      result.packs[index].fields.removeAll { $0.privacy != .public }
    }
    result.register?.sha256 = ""
    result.round?.sha256 = ""
    result.only = []
    result.scores = []
    result.findings = []
    result.ledger = []
    result.problems = []
    for index in result.rules.indices {
      result.rules[index].shown = 0
      result.rules[index].rows = nil
    }
    let policies = report.packs.compactMap(\.disclosure)
    result.figures = report.figures.map { guarded($0, smallest: policies.map(\.smallest).max()) }
    let publicFields = Set(result.packs.flatMap(\.fields).map(\.name))
    for index in result.organisations.indices {
      let code = result.organisations[index].code
      let before = earlier.compactMap { edition in edition.organisations.first { $0.code == code } }
      result.organisations[index] = guarded(
        result.organisations[index], publicFields: publicFields, policies: policies, before: before)
    }
    for index in result.unmatched.indices {
      result.unmatched[index].inputs = []
      result.unmatched[index].key = ""
      result.unmatched[index].name = PersonalText.masked(result.unmatched[index].name)
    }
    result.ofNobody?.inputs = []
    return result
  }

  // MARK: Organisations

  private static func guarded(
    _ organisation: OrganisationResult, publicFields: Set<String>, policies: [DisclosurePolicy],
    before: [OrganisationResult]
  ) -> OrganisationResult {
    var result = organisation
    result.inputs = []
    result.submissionDigest = ""
    result.words = ""
    result.contacts = organisation.contacts.map { ContactEntry(date: $0.date, kind: $0.kind, source: "") }
    result.namesAsSupplied = organisation.namesAsSupplied.map(PersonalText.masked)
    // A decision that has no effect says what changed, with the digest of the submission.
    if organisation.decision?.void != nil { result.decision = nil }
    let quoted = PersonalText.masked(organisation.decision?.words ?? "")
    result.decision?.submission = ""
    result.decision?.words = quoted
    result.evidence = PersonalText.masked(organisation.evidence)
    guard var derived = organisation.derived else { return result }
    let hidden = withheld(derived, policies, before)
    for fact in derived.facts.indices {
      for cell in derived.facts[fact].cells.indices {
        derived.facts[fact].cells[cell] = shown(derived.facts[fact].cells[cell], hidden, publicFields)
      }
    }
    result.derived = derived
    if !hidden.isEmpty {
      result.decision?.words = PersonalText.withoutNumbers(quoted)
      result.evidence = PersonalText.withoutNumbers(result.evidence)
    }
    return result
  }

  /// The fields whose counts are withheld.
  private static func withheld(
    _ derived: DerivedStatus, _ policies: [DisclosurePolicy], _ before: [OrganisationResult]
  ) -> Set<String> {
    let cells = countCells(derived, policies)
    var hidden: Set<String> = []
    for policy in policies {
      let counts = cells.mapValues { Suppression.Count(kind: $0.kind, range: $0.range) }
      for (field, count) in Suppression(policy: policy).guarded(counts) where count.isWithheld { hidden.insert(field) }
    }
    // Two editions of which one withholds something and that differ could be subtracted from each other.
    for edition in before {
      guard let earlier = edition.derived.map({ countCells($0, policies) }) else { continue }
      let wasHidden = Set(earlier.filter { isWithheld($0.value) }.keys)
      guard !hidden.isEmpty || !wasHidden.isEmpty else { continue }
      let same =
        hidden == wasHidden
        && cells.allSatisfy { field, cell in hidden.contains(field) || earlier[field]?.range == cell.range }
      if !same { hidden.formUnion(cells.filter { $0.value.kind == .value || $0.value.kind == .suppressed }.keys) }
    }
    return hidden
  }

  private static func countCells(_ derived: DerivedStatus, _ policies: [DisclosurePolicy]) -> [String: DerivedStatus
    .Cell]
  {
    let fields = Set(policies.flatMap(\.counts))
    var cells: [String: DerivedStatus.Cell] = [:]
    for fact in derived.facts {
      for cell in fact.cells where fields.contains(cell.field) { cells[cell.field] = cell }
    }
    return cells
  }

  /// True for a cell of a public report whose count is withheld.
  public static func isWithheld(_ cell: DerivedStatus.Cell) -> Bool { cell.kind == .suppressed && cell.text == nil }

  private static func shown(
    _ cell: DerivedStatus.Cell, _ hidden: Set<String>, _ publicFields: Set<String>
  ) -> DerivedStatus.Cell {
    if hidden.contains(cell.field) {
      return DerivedStatus.Cell(field: cell.field, kind: .suppressed, text: nil)
    }
    var cell = cell
    if !publicFields.contains(cell.field) {
      cell.text = nil
      cell.range = nil
    } else if cell.range == nil {
      cell.text = cell.text.map(PersonalText.masked)
    }
    return cell
  }

  // MARK: Figures

  /// A figure that counts people, without its numbers when one of them is small; its parts go together.
  private static func guarded(_ figure: FigureResult, smallest: Int?) -> FigureResult {
    guard figure.unit == .record, let smallest, figure.failure == nil else { return figure }
    func isSmall(_ count: FigureCount) -> Bool {
      count.shares.contains { share in
        // What is not known of somebody tells nothing about them.
        [share.counts.counted, share.counts.notCounted].contains { (1..<smallest).contains($0) }
      }
    }
    guard isSmall(figure.count) || figure.parts.contains(where: { isSmall($0.count) }) else { return figure }
    return figure.failed("some of its numbers are of fewer than \(smallest) people, and are not made public")
  }
}
