import AuditModel
import ModuleHost
import RulePacks

/// What all parts come to, merged in file order.
struct AuditFold {
  private let plan: RecordPlan
  private let organisations: OrganisationMatcher

  /// The submissions met, in the order of first appearance in file order.
  private(set) var submissions: [FoldedSubmission] = []
  private var indexByKey: [String: Int] = [:]
  private var matches: [SuppliedSubject: OrganisationMatch] = [:]
  /// By rule, then submission.
  private(set) var tallies: [[RuleTally]]
  private(set) var states: [[RuleState?]]
  private(set) var drafts: [FindingDraft] = []
  private(set) var faults: [String?]
  /// What the figures that count records came to.
  private(set) var figures: FigureTallies
  private(set) var scores: ScoreTallies
  private(set) var counts: CountTallies
  private(set) var records: [KeptRecord] = []
  private(set) var rows = 0
  private var shown: [Int]
  /// True when every state goes through its saved form before it is merged, as if its part had been evaluated apart.
  private let savesStates: Bool

  init(plan: RecordPlan, organisations: OrganisationMatcher, savesStates: Bool = false) {
    self.plan = plan
    self.savesStates = savesStates
    self.organisations = organisations
    tallies = plan.rules.map { _ in [] }
    states = plan.rules.map { _ in [] }
    faults = plan.rules.map { _ in nil }
    shown = plan.rules.map { _ in 0 }
    figures = FigureTallies(plan.figures)
    scores = ScoreTallies(plan.scoring)
    counts = CountTallies(plan.counting)
  }

  /// Merges the part that follows in file order.
  mutating func add(_ part: consuming PartResult, override organisation: String?) {
    let map = part.subjects.indices.map { local in
      submission(for: part.subjects[local], override: organisation, input: part.input, rows: part.rows[local])
    }
    rows += part.rows.reduce(0, +)
    figures.extend(to: submissions.count)
    figures.merge(part.figures, map)
    scores.extend(to: submissions.count)
    scores.merge(part.scores, map)
    counts.extend(to: submissions.count)
    counts.merge(part.counts, map)
    for rule in plan.rules.indices {
      if faults[rule] == nil { faults[rule] = part.faults[rule] }
      for (local, tally) in part.tallies[rule].enumerated() {
        var tally = tally
        tally.drafted = 0
        tallies[rule][map[local]] += tally
      }
      merge(part.states[rule], map, rule)
    }
    for var draft in part.drafts {
      draft.submission = map[draft.submission]
      if draft.evidence != nil {
        let drafted = tallies[draft.rule][draft.submission].drafted
        if drafted < plan.limit && shown[draft.rule] < plan.limitOfRule {
          tallies[draft.rule][draft.submission].drafted += 1
          shown[draft.rule] += 1
        } else if plan.collectsAll {
          draft.evidence = nil
        } else {
          continue
        }
      }
      drafts.append(draft)
    }
    for var record in part.records {
      record.submission = map[record.submission]
      records.append(record)
    }
  }

  private mutating func merge(_ from: [RuleState?], _ map: [Int], _ rule: Int) {
    if states[rule].isEmpty {
      states[rule] = plan.rules[rule].bindings.map { _ in nil }
    }
    for (index, state) in from.enumerated() {
      guard let state, faults[rule] == nil else { continue }
      let bound = plan.rules[rule].bindings[index].bound
      do {
        let into: RuleState
        if let old = states[rule][index] {
          into = old
        } else {
          guard let fresh = try bound.makeState() else { continue }
          into = fresh
          states[rule][index] = fresh
        }
        let from = savesStates ? try bound.load(bound.save(state)) : state
        try bound.merge(into: into, from: from, submissionMap: map.map(UInt32.init))
      } catch {
        faults[rule] = error.message
      }
    }
  }

  /// What a code and a name stand for; each is looked up once.
  private mutating func matched(_ subject: SuppliedSubject) -> OrganisationMatch {
    if let known = matches[subject] { return known }
    let match = organisations.match(subject)
    matches[subject] = match
    return match
  }

  /// The number of the submission that a supplied organisation belongs to.
  private mutating func submission(
    for subject: SuppliedSubject, override: String?, input: Int, rows: Int
  ) -> Int {
    var subject = subject
    if let override { subject.code = override }
    let match = plan.pack.namesOrganisations || override != nil ? matched(subject) : .ofNobody
    let index: Int
    if let known = indexByKey[match.key] {
      index = known
    } else {
      index = submissions.count
      indexByKey[match.key] = index
      submissions.append(FoldedSubmission(match: match))
      for rule in tallies.indices { tallies[rule].append(RuleTally()) }
    }
    submissions[index].rows += rows
    if !submissions[index].supplied.contains(subject) {
      submissions[index].supplied.append(subject)
      submissions[index].matches.append(match)
    }
    if !submissions[index].inputs.contains(input) { submissions[index].inputs.append(input) }
    return index
  }
}

/// The records of one organisation, or of one name that no organisation was found for.
struct FoldedSubmission {
  let match: OrganisationMatch
  var rows = 0
  /// Every way its organisation was named, in order of appearance, and how each was matched.
  var supplied: [SuppliedSubject] = []
  var matches: [OrganisationMatch] = []
  /// Positions of its inputs.
  var inputs: [Int] = []

  init(match: OrganisationMatch) {
    self.match = match
  }
}
