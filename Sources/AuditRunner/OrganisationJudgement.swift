import AuditModel
import Columns
import Expressions
import ModuleHost
import RulePacks

/// What one rule that reads organisations says of each of them.
struct OrganisationJudgement {
  private let planned: PlannedRule
  private let table: OrganisationTable
  private let fields: [Field]
  private let revealsPersonal: Bool
  private var fault: String?
  private var outside: Bitmap
  private var unknown: Bitmap
  private var failed: Bitmap
  private var passed: Bitmap
  /// Evidence by binding and row.
  private var evidence: [[Int: [Evidence]]] = []

  /// - Parameter revealsPersonal: show what personal fields hold.
  init(_ planned: PlannedRule, _ table: OrganisationTable, _ pack: RulePack, revealsPersonal: Bool) {
    self.revealsPersonal = revealsPersonal
    self.planned = planned
    self.table = table
    fields = OrganisationFields.all + pack.fields
    let none = Bitmap(count: table.batch.count)
    (outside, unknown, failed, passed) = (none, none, none, none)
    guard table.batch.count > 0, planned.notInForce == nil else { return }
    do {
      try judge()
    } catch {
      fault = error.message
    }
  }

  private mutating func judge() throws(ModuleError) {
    let count = table.batch.count
    var applicable = Bitmap(count: count, repeating: true)
    if let condition = planned.rule.applies {
      var result = TriState()
      condition.evaluate(table.batch, selected: applicable, into: &result)
      unknown.formUnion(result.isUnknown)
      unknown.formUnion(result.isError)
      outside = applicable
      outside.subtract(result.isTrue)
      outside.subtract(unknown)
      applicable = result.isTrue
    }
    for binding in planned.bindings {
      var selected = applicable
      for (column, judged) in binding.judged {
        let cells = table.batch.columns[column]
        selected.subtract(cells.rows(ofKinds: CellKindSet(.blank, .notApplicable).subtracting(judged), count: count))
        var silent = cells.rows(
          ofKinds: CellKindSet(.notKnown, .suppressed, .invalid).subtracting(judged), count: count)
        silent.formIntersection(selected)
        unknown.formUnion(silent)
        selected.subtract(silent)
      }
      let frame = binding.bound.makeFrame()
      try binding.bound.check(table.batch, state: nil, selected: selected, frame: frame)
      failed.formUnion(frame.failed)
      unknown.formUnion(frame.unknown)
      var rest = selected
      rest.subtract(frame.failed)
      rest.subtract(frame.unknown)
      passed.formUnion(rest)
      var rows: [UInt32] = []
      frame.failed.forEachIndex { rows.append(UInt32($0)) }
      var explained: [Int: [Evidence]] = [:]
      for row in rows { explained[Int(row)] = [] }
      if !rows.isEmpty {
        for explanation in try binding.bound.explain(table.batch, rows: rows, frame: frame) {
          explained[Int(explanation.row)] = explanation.evidence
        }
      }
      evidence.append(explained)
    }
    unknown.subtract(failed)
    passed.subtract(failed)
    passed.subtract(unknown)
  }

  /// The ledger's entry for the organisation in a row.
  func entry(_ row: Int, _ code: String) -> LedgerEntry {
    func entry(_ outcome: Outcome, _ words: String? = nil, findings: Int = 0) -> LedgerEntry {
      let causes = words.map { [LedgerEntry.Cause(of: outcome, words: $0, rows: nil)] } ?? []
      return LedgerEntry(rule: planned.rule.id, subject: code, outcome: outcome, causes: causes, findings: findings)
    }
    if let reason = planned.notInForce { return entry(.notApplicable, reason) }
    if let fault { return entry(.fault, fault) }
    if failed[row] { return entry(.failed, findings: evidence.count { $0[row] != nil }) }
    if unknown[row] { return entry(.notEvaluated, cause(row)) }
    if passed[row] { return entry(.passed) }
    return entry(
      .notApplicable, outside[row] ? "the rule's condition does not hold" : "there is no value to judge")
  }

  private func cause(_ row: Int) -> String {
    for binding in planned.bindings {
      for column in binding.read {
        let kind = table.batch.columns[column].kind(row)
        if kind != .value { return NotEvaluatedCause.cell(field: column, kind: kind).words(fields) }
      }
    }
    return NotEvaluatedCause.unknown.words(fields)
  }

  /// The findings about the organisation in a row, without their identities.
  func findings(_ row: Int, _ code: String) -> [Finding] {
    var findings: [Finding] = []
    for (index, explained) in evidence.enumerated() {
      guard let items = explained[row] else { continue }
      let binding = planned.bindings[index]
      let field = binding.binding.field.map { fields[$0] }
      var shown = items.map { item in
        Finding.Evidence(name: item.name, value: value(item, binding, row))
      }
      shown.sort { $0.name < $1.name }
      let message = planned.rule.message.renderShortened { name in
        switch name {
        case "field": field?.label
        case "organisation": code
        case "value": binding.binding.field.map { text($0, row) }
        default: shown.first { $0.name == name }?.value.words
        }
      }
      findings.append(
        Finding(
          rule: planned.rule.id, severity: planned.severity, subject: code, organisation: code, field: field?.name,
          message: message, evidence: shown))
    }
    return findings
  }

  private func value(_ item: Evidence, _ binding: PlannedBinding, _ row: Int) -> EvidenceValue {
    // Evidence that names no field may hold what stood in any field of the rule.
    let columns = item.field.map { [binding.bound.columns[Int($0)]] } ?? binding.binding.fields
    switch item.value {
    case .integer(let number) where item.field == nil: return .integer(number)
    case .number(let number) where item.field == nil: return .number(number)
    default: break
    }
    guard columns.allSatisfy(isShown) else { return .hidden }
    switch item.value {
    case .text(let text): return .text(text)
    case .integer(let number): return .integer(number)
    case .number(let number): return .number(number)
    case .date(let date): return .date(date)
    case .cell: return item.field.map { .text(text(binding.bound.columns[Int($0)], row)) } ?? .hidden
    case .place: return .hidden
    }
  }

  private func isShown(_ column: Int) -> Bool { revealsPersonal || fields[column].privacy < .personal }

  private func text(_ column: Int, _ row: Int) -> String {
    isShown(column) ? table.batch.text(column, row) : EvidenceValue.hidden.words
  }
}
