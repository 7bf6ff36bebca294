import AuditModel
import ModuleHost
import RulePacks

/// Settles the rules that read records: what each came to on each submission.
struct RecordSettlement {
  let plan: RecordPlan
  let fold: AuditFold
  let findings: FindingsSettlement
  /// Reads records again, because their rule could judge them only at the end: the places with the fields wanted.
  let recall: ([UInt64: Set<Int>]) -> [UInt64: RecalledRecord]

  private var tallies: [[RuleTally]]
  private var faults: [String?]
  /// Of rules that do not answer records: what was found, by submission.
  private var verdicts: [[Int: [Judgement]]]

  init(
    plan: RecordPlan, fold: AuditFold, findings: FindingsSettlement,
    recall: @escaping ([UInt64: Set<Int>]) -> [UInt64: RecalledRecord]
  ) {
    self.plan = plan
    self.fold = fold
    self.findings = findings
    self.recall = recall
    tallies = fold.tallies
    faults = fold.faults
    verdicts = plan.rules.map { _ in [:] }
  }

  /// Adds the rules, their entries and findings to the ledger.
  mutating func settle(into book: inout LedgerBook) {
    var drafts: [[FindingDraft]] = plan.rules.map { _ in [] }
    for draft in fold.drafts { drafts[draft.rule].append(draft) }
    var late: [FindingDraft] = []
    for rule in plan.rules.indices where plan.rules[rule].rule.kind.judgesAtFinish { late += finish(rule) }
    for draft in complete(late) { drafts[draft.rule].append(draft) }
    for (index, planned) in plan.rules.enumerated() {
      book.begin(RuleResult(planned))
      if planned.rule.kind.answers == .round {
        book.add(roundEntry(index))
      } else {
        for submission in fold.submissions.indices { book.add(entry(index, submission)) }
      }
      // What was found before a fault counts for nothing: its rows are not evaluated.
      if faults[index] == nil { show(index, drafts[index], in: &book) }
    }
  }

  // MARK: Judging at the end

  /// Asks a rule's module for the verdicts it could give only now; returns the drafts of what it found.
  private mutating func finish(_ rule: Int) -> [FindingDraft] {
    let planned = plan.rules[rule]
    guard faults[rule] == nil, planned.notInForce == nil, !fold.states[rule].isEmpty else { return [] }
    var drafts: [FindingDraft] = []
    for (index, binding) in planned.bindings.enumerated() {
      guard let state = fold.states[rule][index] else { continue }
      do {
        let judgements = try binding.bound.finish(state) { fold.submissions[Int($0)].match.organisation }
        drafts += take(judgements, rule, index, binding)
      } catch {
        faults[rule] = error.message
        return []
      }
    }
    return drafts
  }

  private mutating func take(
    _ judgements: [Judgement], _ rule: Int, _ bindingIndex: Int, _ binding: PlannedBinding
  ) -> [FindingDraft] {
    let answersRecords = plan.rules[rule].rule.kind.answers == .record
    var drafts: [FindingDraft] = []
    var failedPlaces: Set<UInt64> = []
    var shown = 0
    let drafter = Drafter(plan: plan)
    let sorted = judgements.sorted {
      ($0.place ?? .max, $0.submission ?? .max) < ($1.place ?? .max, $1.submission ?? .max)
    }
    for judgement in sorted {
      let submission = judgement.submission.map(Int.init) ?? -1
      guard judgement.verdict == .failed else {
        verdicts[rule][submission, default: []].append(judgement)
        continue
      }
      var isShown = shown < plan.limitOfRule
      if submission >= 0 {
        isShown = isShown && tallies[rule][submission].drafted < plan.limit
        tallies[rule][submission].findings += 1
        if answersRecords, let place = judgement.place, failedPlaces.insert(place).inserted {
          tallies[rule][submission].failed += 1
        }
      }
      if !answersRecords { verdicts[rule][submission, default: []].append(judgement) }
      guard isShown || plan.collectsAll else { continue }
      var draft = FindingDraft(
        rule: rule, binding: bindingIndex, submission: submission, place: judgement.place,
        field: judgement.field.map { binding.bound.columns[Int($0)] } ?? binding.binding.field)
      if isShown {
        shown += 1
        if submission >= 0 { tallies[rule][submission].drafted += 1 }
        draft.evidence = judgement.evidence.map { drafter.evidence($0, binding) }
      }
      drafts.append(draft)
    }
    return drafts
  }

  /// Reads the records of drafts again for their key, period and value.
  private func complete(_ drafts: [FindingDraft]) -> [FindingDraft] {
    var wanted: [UInt64: Set<Int>] = [:]
    for draft in drafts {
      guard let place = draft.place else { continue }
      wanted[place, default: []].formUnion(draft.field.map { [$0] } ?? [])
    }
    if wanted.isEmpty { return drafts }
    let records = recall(wanted)
    return drafts.map { draft in
      guard let place = draft.place, let record = records[place] else { return draft }
      var draft = draft
      draft.record = record.key
      draft.period = record.period
      if let field = draft.field { draft.value = record.values[field] }
      return draft
    }
  }

  // MARK: Entries

  private func entry(_ rule: Int, _ submission: Int) -> LedgerEntry {
    let planned = plan.rules[rule]
    let rows = fold.submissions[submission].rows
    let subject = findings.subjects[submission].key
    let answersRecords = planned.rule.kind.answers == .record
    if let reason = planned.notInForce {
      return LedgerEntry(
        rule: planned.rule.id, subject: subject, outcome: .notApplicable,
        causes: [LedgerEntry.Cause(of: .notApplicable, words: reason, rows: answersRecords ? rows : nil)],
        rows: answersRecords ? RowCounts(notApplicable: rows) : nil)
    }
    if let fault = faults[rule] {
      return LedgerEntry(
        rule: planned.rule.id, subject: subject, outcome: .fault,
        causes: [LedgerEntry.Cause(of: .fault, words: fault, rows: answersRecords ? rows : nil)],
        rows: answersRecords ? RowCounts(notEvaluated: rows) : nil)
    }
    let tally = tallies[rule][submission]
    let counts = RowCounts(
      passed: rows - tally.failed - tally.notEvaluated - tally.notApplicable, failed: tally.failed,
      notApplicable: tally.notApplicable, notEvaluated: tally.notEvaluated)
    var outcome = counts.outcome
    var causes = causes(tally, planned.window)
    if !answersRecords {
      outcome = submissionOutcome(rule, submission, counts, &causes)
    }
    return LedgerEntry(
      rule: planned.rule.id, subject: subject, outcome: outcome, causes: causes, rows: answersRecords ? counts : nil,
      findings: tally.findings)
  }

  /// The outcome of a rule that answers submissions or organisations.
  private func submissionOutcome(
    _ rule: Int, _ submission: Int, _ counts: RowCounts, _ causes: inout [LedgerEntry.Cause]
  ) -> Outcome {
    let judgements = verdicts[rule][submission] ?? []
    if judgements.contains(where: { $0.verdict == .failed }) { return .failed }
    if let unknown = judgements.first(where: { $0.verdict == .unknown }) {
      let words = unknown.evidence.compactMap { item -> String? in
        if item.name == "cause", case .text(let text) = item.value { text } else { nil }
      }
      causes.append(
        LedgerEntry.Cause(of: .notEvaluated, words: words.first ?? "the check could not be decided", rows: nil))
      return .notEvaluated
    }
    if counts.passed == 0 && counts.notEvaluated > 0 { return .notEvaluated }
    if counts.passed == 0 { return .notApplicable }
    return .passed
  }

  private func roundEntry(_ rule: Int) -> LedgerEntry {
    let planned = plan.rules[rule]
    if let reason = planned.notInForce {
      return LedgerEntry(
        rule: planned.rule.id, subject: nil, outcome: .notApplicable,
        causes: [LedgerEntry.Cause(of: .notApplicable, words: reason, rows: nil)])
    }
    if let fault = faults[rule] {
      return LedgerEntry(
        rule: planned.rule.id, subject: nil, outcome: .fault,
        causes: [LedgerEntry.Cause(of: .fault, words: fault, rows: nil)])
    }
    let judgements = verdicts[rule].values.flatMap { $0 }
    let failed = judgements.count { $0.verdict == .failed }
    var causes: [LedgerEntry.Cause] = []
    if failed == 0 && judgements.contains(where: { $0.verdict == .unknown }) {
      causes = [LedgerEntry.Cause(of: .notEvaluated, words: "the check could not be decided", rows: nil)]
    }
    return LedgerEntry(
      rule: planned.rule.id, subject: nil, outcome: failed > 0 ? .failed : causes.isEmpty ? .passed : .notEvaluated,
      causes: causes, findings: failed)
  }

  private func causes(_ tally: RuleTally, _ window: RuleWindow?) -> [LedgerEntry.Cause] {
    var causes = tally.causes.map { cause, rows in
      LedgerEntry.Cause(of: .notEvaluated, words: cause.words(plan.pack.fields), rows: rows)
    }
    let notApplicable = [
      ("the rule's condition does not hold", tally.outsideCondition),
      (window?.wordsBefore ?? "", tally.beforeWindow), (window?.wordsAfter ?? "", tally.afterWindow),
      ("there is no value to judge", tally.withoutCell),
    ]
    for (words, rows) in notApplicable where rows > 0 {
      causes.append(LedgerEntry.Cause(of: .notApplicable, words: words, rows: rows))
    }
    return causes.sorted { ($0.of.rawValue, $0.words) < ($1.of.rawValue, $1.words) }
  }

  // MARK: Findings

  private func show(_ rule: Int, _ drafts: [FindingDraft], in book: inout LedgerBook) {
    let ordered = drafts.enumerated().sorted { a, b in
      let left = a.element.place ?? .max
      let right = b.element.place ?? .max
      return left == right ? a.offset < b.offset : left < right
    }.map(\.element)
    let bySubmission = Dictionary(grouping: ordered.indices) { ordered[$0].submission }
    var identities: [Int: FindingIdentity] = [:]
    for (submission, indices) in bySubmission {
      // An ordinal among equals can be told only where all of them are at hand.
      let isComplete = submission < 0 || indices.count == tallies[rule][submission].findings
      guard isComplete else { continue }
      for (index, identity) in zip(indices, findings.identities(indices.map { ordered[$0] })) {
        identities[index] = identity
      }
    }
    for (index, draft) in ordered.enumerated() {
      if draft.evidence != nil {
        var finding = findings.finding(draft)
        finding.id = identities[index]?.id
        book.show(finding)
      }
      if plan.collectsAll, let identity = identities[index] { book.identify(identity) }
    }
  }
}

/// What a finding needs of a record that was read again.
struct RecalledRecord {
  var key: [String]
  var period: String?
  /// By the field's position; only what may be shown.
  var values: [Int: String]
}
