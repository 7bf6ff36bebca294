import AuditModel
import Columns
import ModuleHost
import RulePacks

/// Makes drafts of findings from rows of a batch, with what the privacy of fields lets through.
struct Drafter {
  private let plan: RecordPlan
  private var drafts: [FindingDraft] = []
  /// By rule: drafts with evidence in this part.
  private var shown: [Int]

  init(plan: RecordPlan) {
    self.plan = plan
    shown = plan.rules.map { _ in 0 }
  }

  mutating func start() {
    drafts = []
    for rule in shown.indices { shown[rule] = 0 }
  }

  mutating func take() -> [FindingDraft] {
    let taken = drafts
    drafts = []
    return taken
  }

  /// True when another finding of a rule may be shown, given how many of its submission's are drafted already.
  mutating func takes(rule: Int, drafted: Int) -> Bool {
    guard drafted < plan.limit, shown[rule] < plan.limitOfRule else { return false }
    shown[rule] += 1
    return true
  }

  /// Adds drafts for rows of a batch.
  ///
  /// - Parameter explanations: what the module said of the rows; nil for rows kept for their identity alone.
  mutating func add(rule: Int, binding: Int, rows: [UInt32], explanations: [Explanation]?, batch: Batch) {
    let planned = plan.rules[rule].bindings[binding]
    let byRow = Dictionary((explanations ?? []).map { ($0.row, $0) }) { first, _ in first }
    for row in rows {
      var draft = FindingDraft(
        rule: rule, binding: binding, submission: Int(batch.submissions[Int(row)]), place: batch.places[Int(row)],
        field: planned.binding.field ?? planned.binding.fields.first)
      fill(&draft, batch, Int(row))
      if explanations != nil {
        draft.evidence = (byRow[row]?.evidence ?? []).map { item in
          self.evidence(item, planned, batch: batch, row: Int(row))
        }
      }
      drafts.append(draft)
    }
  }

  /// Fills in what a draft takes from its record: key, period and the text of its field.
  func fill(_ draft: inout FindingDraft, _ batch: Batch, _ row: Int) {
    let pack = plan.pack
    draft.record = pack.recordKey.map { KeptCell(batch, column: $0, row: row).canonical }
    if let period = pack.period { draft.period = KeptCell(batch, column: period, row: row).canonical }
    if let field = draft.field, isShown(field) { draft.value = batch.text(field, row) }
  }

  /// What findings need of a record that was read again.
  func recalled(_ batch: Batch, _ row: Int, fields: Set<Int>) -> RecalledRecord {
    var draft = FindingDraft(rule: 0, binding: 0, submission: 0, place: nil, field: nil)
    fill(&draft, batch, row)
    var values: [Int: String] = [:]
    for field in fields where isShown(field) { values[field] = batch.text(field, row) }
    return RecalledRecord(key: draft.record, period: draft.period, values: values)
  }

  /// Evidence as it may be shown.
  func evidence(_ item: Evidence, _ planned: PlannedBinding, batch: Batch? = nil, row: Int = 0) -> DraftEvidence {
    if case .place(let place) = item.value { return DraftEvidence(name: item.name, value: .place(place)) }
    // Evidence that names no field may hold what stood in any field of the rule.
    let fields = item.field.map { [planned.bound.columns[Int($0)]] } ?? planned.binding.fields
    let isNumberOnly: Bool
    switch item.value {
    case .integer, .number: isNumberOnly = item.field == nil
    default: isNumberOnly = false
    }
    guard isNumberOnly || fields.allSatisfy(isShown) else {
      return DraftEvidence(name: item.name, value: .known(.hidden))
    }
    let value: EvidenceValue =
      switch item.value {
      case .text(let text): .text(text)
      case .integer(let number): .integer(number)
      case .number(let number): .number(number)
      case .date(let date): .date(date)
      case .cell:
        if let batch, let field = item.field {
          .text(batch.text(planned.bound.columns[Int(field)], row))
        } else {
          .hidden
        }
      case .place: .hidden
      }
    return DraftEvidence(name: item.name, value: .known(value))
  }

  private func isShown(_ field: Int) -> Bool {
    plan.revealsPersonal || plan.pack.fields[field].privacy < .personal
  }
}

extension MessageTemplate {
  /// The longest value that a message repeats, in characters.
  private static let longestValue = 200

  /// The message, with values that are too long to be read cut off.
  func renderShortened(_ value: (String) -> String?) -> String {
    render { name in
      guard let text = value(name), text.utf8.count > MessageTemplate.longestValue else { return value(name) }
      let start = text.prefix(MessageTemplate.longestValue)
      return start.endIndex == text.endIndex ? text : "\(start)…"
    }
  }
}
