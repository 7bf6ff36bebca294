import AuditModel
import Columns
import Expressions
import ModuleHost
import RulePacks

/// A rule of a pack, made ready for one run.
struct PlannedRule: Sendable {
  let rule: Rule
  /// After the round's changes; of a rule in beta a warning at most.
  let severity: Severity
  let stage: RuleStage
  let bindings: [PlannedBinding]
  /// Which of the plan's conditions says where the rule applies; nil when everywhere.
  let condition: Int?
  /// Columns without which nothing can be said: bound fields and fields its expressions read, but for optional ones.
  let needed: [Int]
  /// Columns that may be the cause when a row cannot be judged, those of all bindings, each once.
  let read: [Int]
  /// Why it does not apply to the round at all, in words; nil when it does.
  let notInForce: String?
  /// The periods that it judges, where each record is judged by the rules of its own time; nil when all.
  let window: RuleWindow?

  /// A rule on trial never keeps a submission from being called clean.
  var isMandatory: Bool { rule.isMandatory && stage != .beta }
}

/// The stretch of time in which a rule holds, for records with a period of their own. The last day of a record's period
/// decides.
struct RuleWindow: Sendable {
  /// The pack's field with the period.
  let column: Int
  let from: CalendarDate
  let to: CalendarDate?
  let stage: RuleStage

  /// Why records from before do not come under the rule.
  var wordsBefore: String {
    "the record's period ended before the rule was \(stage == .beta ? "in beta" : "in force") (from \(from))"
  }

  /// Why records from after do not come under the rule.
  var wordsAfter: String {
    "the record's period ended after the rule was in force" + (to.map { " (until \($0))" } ?? "")
  }
}

/// A rule bound to fields; a rule whose parameter says *each* has one for every field.
struct PlannedBinding: Sendable {
  let bound: BoundRule
  let binding: RuleBinding
  /// The bound fields of which the kind judges only some cell kinds.
  let judged: [(column: Int, kinds: CellKindSet)]
  /// Columns that may be the cause when a row cannot be judged.
  let read: [Int]
}

/// The rules of one pack that read records, made ready for one run.
struct RecordPlan: Sendable {
  let pack: RulePack
  let rules: [PlannedRule]
  /// The figures that count records.
  let figures: [Figure]
  /// The different `applies` expressions of the rules.
  let conditions: [CompiledExpression]
  /// Findings shown of one rule in one submission.
  let limit: Int
  /// True when the identity of every finding is asked for.
  let collectsAll: Bool
  /// True when whole records are kept for rules about organisations.
  let keepsRecords: Bool
  let revealsPersonal: Bool
  /// How submissions are scored; nil when they are not.
  var scoring: ScoringPlan?
  /// How people are counted; nil when they are not.
  var counting: CountingPlan?

  /// Findings shown of one rule in all submissions together.
  var limitOfRule: Int { limit * 50 }
}
