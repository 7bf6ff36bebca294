import AuditModel
import RulePacks

/// The ledger under way: the rules of the run, one entry a rule and subject, and the findings shown.
struct LedgerBook {
  private(set) var rules: [RuleResult] = []
  private(set) var entries: [LedgerEntry] = []
  private(set) var findings: [Finding] = []
  private(set) var identities: [FindingIdentity] = []
  private var indexByRule: [String: Int] = [:]

  mutating func begin(_ rule: RuleResult) {
    indexByRule[rule.id] = rules.count
    rules.append(rule)
  }

  /// Adds the entry of a rule on a subject; the rule must have begun.
  mutating func add(_ entry: LedgerEntry) {
    guard let index = indexByRule[entry.rule] else { preconditionFailure("\(entry.rule) has not begun") }
    rules[index].add(entry)
    entries.append(entry)
  }

  mutating func show(_ finding: Finding) {
    if let index = indexByRule[finding.rule] { rules[index].shown += 1 }
    findings.append(finding)
  }

  mutating func identify(_ identity: FindingIdentity) { identities.append(identity) }
}

extension RuleResult {
  /// Adds an entry of the ledger to the totals.
  mutating func add(_ entry: LedgerEntry) {
    outcomes[entry.outcome, default: 0] += 1
    findings += entry.findings
    if let rows = entry.rows {
      var sum = self.rows ?? RowCounts()
      sum += rows
      self.rows = sum
    }
  }

  /// A rule of a pack, with no totals yet.
  init(_ planned: PlannedRule) {
    let rule = planned.rule
    self.init(
      id: rule.id, summary: rule.summary, why: rule.why, fix: rule.fix, dimension: rule.dimension,
      severity: planned.severity, isMandatory: planned.isMandatory, isReading: rule.isReading, stage: planned.stage,
      answers: rule.kind.answers)
  }

  /// One of the host's own rules.
  init(_ rule: IntakeRules.Rule, severity: Severity) {
    self.init(
      id: rule.id, summary: rule.summary, why: rule.why, fix: rule.fix, dimension: rule.dimension,
      severity: severity, isMandatory: rule.isMandatory, isReading: false, answers: rule.answers)
  }
}
