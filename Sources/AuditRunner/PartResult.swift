import AuditModel
import ModuleHost

/// How the rows of one submission came out under one rule. `passed` is what is left of the submission's rows.
struct RuleTally: Sendable, Equatable {
  var failed = 0
  var notEvaluated = 0
  /// Not applicable because the rule's condition does not hold.
  var outsideCondition = 0
  /// Not applicable because the record's period ended before the rule's window, or after it.
  var beforeWindow = 0
  var afterWindow = 0
  /// Not applicable because a cell is blank or not applicable.
  var withoutCell = 0
  /// Findings: failed rows of every binding.
  var findings = 0
  /// Of them, those drafted.
  var drafted = 0
  /// Rows not evaluated by cause.
  var causes: [NotEvaluatedCause: Int] = [:]

  var notApplicable: Int { outsideCondition + beforeWindow + afterWindow + withoutCell }

  static func += (a: inout RuleTally, b: RuleTally) {
    a.failed += b.failed
    a.notEvaluated += b.notEvaluated
    a.outsideCondition += b.outsideCondition
    a.beforeWindow += b.beforeWindow
    a.afterWindow += b.afterWindow
    a.withoutCell += b.withoutCell
    a.findings += b.findings
    a.drafted += b.drafted
    for (cause, rows) in b.causes { a.causes[cause, default: 0] += rows }
  }
}

/// Why a row was not evaluated.
enum NotEvaluatedCause: Hashable, Sendable {
  /// The file has no column for the field.
  case missingColumn(field: Int)
  /// The cell of the field has no value.
  case cell(field: Int, kind: CellKind)
  /// An expression ran into an error.
  case expression(String)
  /// Cells it needs have no value, and no single one is to blame.
  case unknown
  /// The module could not do its work.
  case fault(String)

  /// In words, with fields by label.
  func words(_ fields: [Field]) -> String {
    switch self {
    case .missingColumn(let field): "the column \"\(fields[field].label)\" is missing"
    case .cell(let field, let kind): "\"\(fields[field].label)\" is \(kind.words)"
    case .expression(let message): "expression error: \(message)"
    case .unknown: "the check could not tell"
    case .fault(let message): message
    }
  }
}

/// What one part of one input came to, before it is merged with the parts before it.
struct PartResult: Sendable {
  /// The part's number among all parts of the run, in file order.
  let sequence: Int
  let input: Int
  /// The organisations' codes and names as supplied, by the part's submission number.
  var subjects: [SuppliedSubject] = []
  /// Rows by submission.
  var rows: [Int] = []
  /// By rule, then submission.
  var tallies: [[RuleTally]]
  /// By rule, then binding; nil for kinds that judge batch by batch.
  var states: [[RuleState?]]
  var drafts: [FindingDraft] = []
  /// By rule: what the module did wrong, after which the rule was not asked again in this part.
  var faults: [String?]
  /// What the figures that count records came to.
  var figures: FigureTallies
  var scores: ScoreTallies
  var counts: CountTallies
  var records: [KeptRecord] = []

  init(sequence: Int, input: Int, plan: RecordPlan) {
    let ruleCount = plan.rules.count
    self.sequence = sequence
    self.input = input
    tallies = Array(repeating: [], count: ruleCount)
    states = Array(repeating: [], count: ruleCount)
    faults = Array(repeating: nil, count: ruleCount)
    figures = FigureTallies(plan.figures)
    scores = ScoreTallies(plan.scoring)
    counts = CountTallies(plan.counting)
  }

  /// Makes room in what is counted for submissions that are new.
  mutating func extendCounts(to submissions: Int) {
    figures.extend(to: submissions)
    scores.extend(to: submissions)
    counts.extend(to: submissions)
  }
}

/// An organisation as a file names it.
struct SuppliedSubject: Hashable, Sendable {
  var code: String
  var name: String
}
