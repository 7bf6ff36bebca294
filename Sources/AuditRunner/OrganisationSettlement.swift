import AuditModel
import Columns
import Expressions
import ModuleHost
import RulePacks

/// Settles what is said of organisations: statuses first, then the rules that read organisations.
struct OrganisationSettlement {
  let plan: RecordPlan
  let status: PlannedRule?
  let rules: [PlannedRule]
  let state: RoundState
  let revealsPersonal: Bool

  /// Derives statuses and adds the rules to the ledger; `organisations` are filled in.
  func settle(
    _ organisations: inout [OrganisationResult], rows: [OrganisationTable.Row], into book: inout LedgerBook
  ) {
    var rows = rows
    deriveStatuses(&organisations, &rows, into: &book)
    let asked = rows.indices.filter { organisations[$0].isAsked }
    let table = OrganisationTable(asked.map { rows[$0] }, fields: plan.pack.fields)
    for rule in rules { judge(rule, table, asked.map { organisations[$0].code }, into: &book) }
  }

  // MARK: Status

  private func deriveStatuses(
    _ organisations: inout [OrganisationResult], _ rows: inout [OrganisationTable.Row], into book: inout LedgerBook
  ) {
    guard let status else { return }
    var forTable: [Int] = []
    for index in organisations.indices {
      let given = state.statusBeforeTable(
        exclusion: organisations[index].exclusion, hasAnswered: rows[index].hasAnswered)
      organisations[index].derived = given
      if given == nil && organisations[index].isAsked { forTable.append(index) }
    }
    book.begin(RuleResult(status))
    for organisation in organisations where organisation.isAsked {
      guard let given = organisation.derived else { continue }
      book.add(
        LedgerEntry(
          rule: status.rule.id, subject: organisation.code, outcome: .notApplicable,
          causes: [LedgerEntry.Cause(of: .notApplicable, words: given.reason, rows: nil)]))
    }
    let table = OrganisationTable(forTable.map { rows[$0] }, fields: plan.pack.fields)
    let verdict = verdict(status, table)
    for (row, index) in forTable.enumerated() {
      let code = organisations[index].code
      switch verdict {
      case .failure(let error):
        book.add(
          LedgerEntry(
            rule: status.rule.id, subject: code, outcome: .fault,
            causes: [LedgerEntry.Cause(of: .fault, words: error.message, rows: nil)]))
      case .success(let verdict):
        if let derived = verdict.derived[row] {
          organisations[index].derived = filled(derived, status, table, row)
          book.add(LedgerEntry(rule: status.rule.id, subject: code, outcome: .passed))
        } else {
          book.add(
            LedgerEntry(
              rule: status.rule.id, subject: code, outcome: .notEvaluated,
              causes: [LedgerEntry.Cause(of: .notEvaluated, words: "no row of the table takes it", rows: nil)]))
        }
      }
    }
    for index in organisations.indices {
      settleStatus(&organisations[index])
      if let derived = organisations[index].derived {
        rows[index].derived = (derived.status.rawValue, derived.reason)
      }
    }
  }

  private func settleStatus(_ organisation: inout OrganisationResult) {
    organisation.decision = state.decision(organisation.code, submissionDigest: organisation.submissionDigest)
    organisation.status = organisation.derived?.status
    if let decision = organisation.decision, decision.void == nil, organisation.isAsked,
      organisation.derived?.status != .awaiting
    {
      organisation.status = decision.status
    }
  }

  private struct TableVerdict {
    /// By row; nil where no row of the table took the organisation.
    var derived: [DerivedStatus?]
  }

  private func verdict(_ status: PlannedRule, _ table: OrganisationTable) -> Result<TableVerdict, ModuleError> {
    var derived: [DerivedStatus?] = Array(repeating: nil, count: table.batch.count)
    guard table.batch.count > 0 else { return .success(TableVerdict(derived: derived)) }
    do {
      for binding in status.bindings {
        let frame = binding.bound.makeFrame()
        let all = Bitmap(count: table.batch.count, repeating: true)
        try binding.bound.check(table.batch, state: nil, selected: all, frame: frame)
        var taken = all
        taken.subtract(frame.unknown)
        var wanted: [UInt32] = []
        taken.forEachIndex { wanted.append(UInt32($0)) }
        for explanation in try binding.bound.explain(table.batch, rows: wanted, frame: frame) {
          derived[Int(explanation.row)] = DerivedStatus(explanation.evidence)
        }
      }
      return .success(TableVerdict(derived: derived))
    } catch {
      return .failure(error)
    }
  }

  /// The status with the cells that each fact was read from.
  private func filled(
    _ derived: DerivedStatus, _ status: PlannedRule, _ table: OrganisationTable, _ row: Int
  ) -> DerivedStatus {
    var derived = derived
    let hostCount = OrganisationFields.all.count
    let fields = OrganisationFields.all + plan.pack.fields
    for index in derived.facts.indices {
      let prefix = "/facts/\(derived.facts[index].name)/"
      var columns: [Int] = []
      for binding in status.bindings {
        for parameter in binding.binding.parameters where parameter.pointer.hasPrefix(prefix) {
          guard case .expression(_, let expression) = parameter.value else { continue }
          for column in binding.binding.expressions[expression].fieldsRead where !columns.contains(column) {
            columns.append(column)
          }
        }
      }
      derived.facts[index].cells = columns.sorted().map { column in
        let kind = table.batch.columns[column].kind(row)
        let isShown = column < hostCount || revealsPersonal || fields[column].privacy < .personal
        let text = table.batch.text(column, row)
        return DerivedStatus.Cell(
          field: fields[column].name, kind: kind, text: isShown && !text.isEmpty ? text : nil,
          range: isShown ? table.batch.range(column, row) : nil)
      }
    }
    return derived
  }

  // MARK: Rules about organisations

  private func judge(
    _ planned: PlannedRule, _ table: OrganisationTable, _ codes: [String], into book: inout LedgerBook
  ) {
    book.begin(RuleResult(planned))
    let judgement = OrganisationJudgement(planned, table, plan.pack, revealsPersonal: revealsPersonal)
    for (row, code) in codes.enumerated() {
      book.add(judgement.entry(row, code))
      for finding in judgement.findings(row, code) {
        var finding = finding
        var identity = FindingIdentity(
          id: nil, rule: planned.rule.id, severity: planned.severity, subject: code, period: nil,
          field: finding.field, record: [], ordinal: 0)
        identity.id = identity.digest
        finding.id = identity.id
        book.show(finding)
        book.identify(identity)
      }
    }
  }
}

extension DerivedStatus {
  /// What a kind that classifies said of an organisation; nil when it named no status that there is.
  init?(_ evidence: [Evidence]) {
    func text(_ name: String) -> String? {
      for item in evidence where item.name == name {
        if case .text(let text) = item.value { return text }
      }
      return nil
    }
    guard let status = text("status").flatMap(Status.init(rawValue:)) else { return nil }
    var row: Int?
    for item in evidence where item.name == "row" {
      if case .integer(let value) = item.value { row = Int(value) }
    }
    let facts = evidence.compactMap { item -> Fact? in
      guard item.name.hasPrefix("fact/"), case .text(let word) = item.value else { return nil }
      return Fact(name: String(item.name.dropFirst("fact/".count)), word: word, cells: [])
    }
    self.init(
      status: status, basis: text("basis").flatMap(StatusBasis.init(rawValue:)) ?? .none,
      reason: text("reason") ?? "", row: row, facts: facts)
  }
}
