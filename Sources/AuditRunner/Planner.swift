import AuditModel
import Columns
import Expressions
import ModuleHost
import RulePacks

/// Makes the rules of a pack ready for one run: levels, conditions shared, every binding bound in its module.
struct Planner {
  let host: ModuleHost
  let pack: RulePack
  let levels: [LevelChange]
  /// The day of the audit.
  let day: CalendarDate
  let stages: Stages
  let limit: Int
  let collectsAll: Bool
  let revealsPersonal: Bool

  /// What decides in which stage of its life a rule is.
  enum Stages {
    /// The day of the audit.
    case byDay
    /// Of each record its own period, where the pack names one: the audit has no day of its own.
    case byRecord
    /// Nothing: every rule is taken as in force.
    case ignored
  }

  private var conditions: [CompiledExpression] = []
  private var conditionBySource: [String: Int] = [:]

  init(
    host: ModuleHost, pack: RulePack, levels: [LevelChange], day: CalendarDate, stages: Stages, limit: Int,
    collectsAll: Bool, revealsPersonal: Bool
  ) {
    self.host = host
    self.pack = pack
    self.levels = levels
    self.day = day
    self.stages = stages
    self.limit = limit
    self.collectsAll = collectsAll
    self.revealsPersonal = revealsPersonal
  }

  /// The rules of a run, by what they read.
  struct Plans {
    var records: RecordPlan
    var organisations: [PlannedRule]
    var status: PlannedRule?
  }

  /// Throws when a module refuses a rule.
  ///
  /// - Parameter keepsRecords: keep whole records even when no rule about organisations reads them.
  mutating func plan(keepsRecords: Bool = false) throws(ConfigurationError) -> Plans {
    var records: [PlannedRule] = []
    var organisations: [PlannedRule] = []
    for rule in pack.rules {
      let level = levels.last { $0.rule == rule.id || rule.aliases.contains($0.rule) }
      if let level, level.severity == nil { continue }
      let planned = try planned(rule, severity: level?.severity ?? rule.severity)
      if rule.kind.reads == .records { records.append(planned) } else { organisations.append(planned) }
    }
    var status: PlannedRule?
    if let table = pack.status { status = try planned(table.rule, severity: table.rule.severity) }
    let keepsRecords =
      keepsRecords || status != nil || pack.figures.contains { $0.unit == .organisation }
      || organisations.contains { rule in
        rule.rule.applies != nil || rule.bindings.contains { !$0.read.isEmpty || !$0.binding.expressions.isEmpty }
      }
    return Plans(
      records: RecordPlan(
        pack: pack, rules: records, figures: pack.figures.filter { $0.unit == .record },
        conditions: conditions, limit: limit, collectsAll: collectsAll,
        keepsRecords: keepsRecords, revealsPersonal: revealsPersonal),
      organisations: organisations, status: status)
  }

  private mutating func planned(_ rule: Rule, severity: Severity) throws(ConfigurationError) -> PlannedRule {
    let readsRecords = rule.kind.reads == .records
    let scope = readsRecords ? pack.fields : OrganisationFields.all + pack.fields
    var bindings: [PlannedBinding] = []
    for binding in rule.bindings { bindings.append(try bound(rule, binding, scope)) }
    var condition: Int?
    if readsRecords, let applies = rule.applies {
      if let known = conditionBySource[applies.source] {
        condition = known
      } else {
        condition = conditions.count
        conditionBySource[applies.source] = conditions.count
        conditions.append(applies)
      }
    }
    var needed: [Int] = []
    if readsRecords {
      for column in bindings.flatMap(\.read) where !pack.fields[column].isOptional && !needed.contains(column) {
        needed.append(column)
      }
    }
    var read: [Int] = []
    for column in bindings.flatMap(\.read) where !read.contains(column) { read.append(column) }
    let window = window(rule)
    let stage = window?.stage ?? (stages == .ignored ? .enforced : rule.lifeCycle.stage(on: day))
    return PlannedRule(
      rule: rule, severity: stage == .beta ? min(severity, .warning) : severity, stage: stage, bindings: bindings,
      condition: condition, needed: needed, read: read,
      notInForce: window == nil && stages != .ignored ? rule.lifeCycle.reasonNotInForce(on: day) : nil, window: window)
  }

  private func bound(_ rule: Rule, _ binding: RuleBinding, _ scope: [Field]) throws(ConfigurationError)
    -> PlannedBinding
  {
    let bound: BoundRule
    do throws(ModuleError) {
      bound = try host.bind(
        kind: rule.kind.name, rule: rule.id, asOf: day, fields: binding.fields.map { scope[$0] },
        columns: binding.fields,
        parameters: binding.parameters, expressions: binding.expressions, patterns: binding.patterns)
    } catch {
      throw ConfigurationError("\(pack.name)/\(rule.file)", error.message)
    }
    var judged: [(column: Int, kinds: CellKindSet)] = []
    for (column, judges) in zip(binding.fields, binding.judges) {
      let kinds = CellKindSet(rawValue: judges)
      if kinds != .all { judged.append((column, kinds)) }
    }
    var read = binding.fields
    for column in binding.expressions.flatMap(\.fieldsRead) where !read.contains(column) { read.append(column) }
    return PlannedBinding(bound: bound, binding: binding, judged: judged, read: read)
  }

  /// The periods that a rule judges; nil when it is decided by the day of the audit.
  ///
  /// A check kind that answers whole submissions has to see all of their records.
  private func window(_ rule: Rule) -> RuleWindow? {
    guard stages == .byRecord, let column = pack.period, rule.kind.reads == .records, rule.kind.answers == .record,
      let enforcedFrom = rule.lifeCycle.enforcedFrom
    else { return nil }
    if let betaFrom = rule.lifeCycle.betaFrom, day < enforcedFrom {
      return RuleWindow(column: column, from: betaFrom, to: nil, stage: .beta)
    }
    return RuleWindow(column: column, from: enforcedFrom, to: rule.lifeCycle.enforcedTo, stage: .enforced)
  }
}
