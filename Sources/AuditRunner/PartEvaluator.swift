import AuditModel
import Columns
import Expressions
import Intake
import ModuleHost
import RulePacks

/// Judges the rows of parts by the rules of a plan; one a thread, used for part after part.
final class PartEvaluator {
  private let plan: RecordPlan
  private let batch: Batch
  private var frames: [[CallFrame]]
  private var conditionResults: [TriState]
  private var conditionDone: [Bool]
  private var presentKinds: [CellKindSet]
  private var sets = RowSets()
  private var result: PartResult
  private var submissions = SubmissionRows()
  private var figures: RecordFigureCounter
  private var scores: ScoreCounter?
  private var people: PeopleCounter?
  private var drafter: Drafter

  init(plan: RecordPlan) {
    self.plan = plan
    batch = PartEvaluator.batch(plan)
    frames = plan.rules.map { rule in rule.bindings.map { $0.bound.makeFrame() } }
    conditionResults = plan.conditions.map { _ in TriState() }
    conditionDone = plan.conditions.map { _ in false }
    presentKinds = plan.pack.fields.map { _ in [] }
    figures = RecordFigureCounter(plan.figures, plan.pack.fields)
    scores = plan.scoring.map { ScoreCounter($0) }
    people = plan.counting.map { PeopleCounter($0) }
    result = PartResult(sequence: 0, input: 0, plan: plan)
    drafter = Drafter(plan: plan)
  }

  /// A batch for the pack's fields.
  static func batch(_ plan: RecordPlan) -> Batch { Batch(types: plan.pack.fields.map(\.type)) }

  /// Judges all rows of a part.
  ///
  /// - Parameters:
  ///   - reader: has been started on the part.
  ///   - organisation: the one that all records belong to, when the file does not say.
  func evaluate(
    _ reader: PartReader, sequence: Int, input: Int, organisation: String? = nil
  ) -> PartResult {
    result = PartResult(sequence: sequence, input: input, plan: plan)
    people?.start()
    drafter.start()
    for (index, rule) in plan.rules.enumerated() {
      do {
        result.states[index] = try rule.bindings.map { (binding) throws(ModuleError) in try binding.bound.makeState() }
      } catch {
        result.faults[index] = error.message
        result.states[index] = rule.bindings.map { _ in nil }
      }
    }
    while reader.nextBatch(into: batch) {
      for row in 0..<batch.count {
        batch.places[row] = PlaceBook.place(sequence: sequence, record: batch.places[row])
      }
      judgeBatch()
      if batch.count > 0 {
        people?.count(batch, reader.subjects, organisation: organisation, into: &result.counts)
      }
    }
    result.subjects = reader.subjects.map { SuppliedSubject(code: $0.code, name: $0.name) }
    result.drafts = drafter.take()
    pad()
    return result
  }

  /// Gives every tally and row count a place for every submission of the part.
  private func pad() {
    let count = max(result.subjects.count, result.rows.count)
    result.rows += Array(repeating: 0, count: count - result.rows.count)
    for rule in result.tallies.indices {
      result.tallies[rule] += Array(repeating: RuleTally(), count: count - result.tallies[rule].count)
    }
    result.extendCounts(to: count)
  }

  private func judgeBatch() {
    let count = batch.count
    guard count > 0 else { return }
    countRows()
    sets.all = Bitmap(count: count, repeating: true)
    for column in presentKinds.indices { presentKinds[column] = batch.columns[column].presentKinds(count: count) }
    for condition in conditionDone.indices { conditionDone[condition] = false }
    for rule in plan.rules.indices { judge(rule) }
    figures.count(batch, &submissions, kinds: presentKinds, into: &result.figures)
    scores?.count(batch, &submissions, into: &result.scores)
    if plan.keepsRecords { keepRecords() }
  }

  /// Adds the batch's rows to their submissions, and makes room for submissions that are new.
  private func countRows() {
    let greatest = submissions.start(batch)
    if greatest >= result.rows.count {
      let missing = greatest + 1 - result.rows.count
      result.rows += Array(repeating: 0, count: missing)
      for rule in result.tallies.indices { result.tallies[rule] += Array(repeating: RuleTally(), count: missing) }
      result.extendCounts(to: greatest + 1)
    }
    submissions.forEach(Bitmap(count: batch.count, repeating: true), batch) { result.rows[$0] += $1 }
  }

  // MARK: One rule

  private func judge(_ index: Int) {
    let rule = plan.rules[index]
    if rule.notInForce != nil { return }
    if let fault = result.faults[index] {
      return count(sets.all, index, notEvaluated: .fault(fault))
    }
    sets.applicable = sets.all
    if let window = rule.window, !applyWindow(window, to: index) { return }
    if let condition = rule.condition, !applyCondition(condition, to: index) { return }
    // A kind that judges at the end may learn from rows that it does not judge.
    if sets.applicable.isEmpty && !rule.rule.kind.judgesAtFinish { return }
    if let missing = rule.needed.first(where: { !batch.columns[$0].isPresent }) {
      return count(sets.applicable, index, notEvaluated: .missingColumn(field: missing))
    }
    sets.failed = Bitmap(count: batch.count)
    sets.unknown = Bitmap(count: batch.count)
    sets.passed = Bitmap(count: batch.count)
    do {
      for binding in rule.bindings.indices { try judge(index, binding) }
    } catch {
      result.faults[index] = error.message
      return count(sets.applicable, index, notEvaluated: .fault(error.message))
    }
    // For one row: failed over not evaluated over passed; the rest had no cell to judge.
    sets.unknown.subtract(sets.failed)
    sets.passed.subtract(sets.failed)
    sets.passed.subtract(sets.unknown)
    count(sets.failed, index) { $0.failed += $1 }
    if !sets.unknown.isEmpty {
      let error = frames[index].compactMap(\.firstExpressionError).first
      count(sets.unknown, index, reading: rule.read, otherwise: error.map { .expression($0) } ?? .unknown)
    }
    sets.applicable.subtract(sets.failed)
    sets.applicable.subtract(sets.unknown)
    sets.applicable.subtract(sets.passed)
    count(sets.applicable, index) { $0.withoutCell += $1 }
  }

  /// Takes the rows away where the rule's condition does not hold or cannot be told; false when a column it needs is
  /// missing.
  private func applyCondition(_ condition: Int, to index: Int) -> Bool {
    let expression = plan.conditions[condition]
    if let missing = expression.fieldsRead.first(where: {
      !batch.columns[$0].isPresent && !plan.pack.fields[$0].isOptional
    }) {
      count(sets.applicable, index, notEvaluated: .missingColumn(field: missing))
      return false
    }
    if !conditionDone[condition] {
      expression.evaluate(batch, selected: sets.all, into: &conditionResults[condition])
      conditionDone[condition] = true
    }
    var outcome = conditionResults[condition]
    if plan.rules[index].window != nil {
      // Rules of another window share the condition.
      outcome.isTrue.formIntersection(sets.applicable)
      outcome.isUnknown.formIntersection(sets.applicable)
      outcome.isError.formIntersection(sets.applicable)
    }
    if !outcome.isUnknown.isEmpty {
      count(outcome.isUnknown, index, reading: expression.fieldsRead, otherwise: .unknown)
    }
    if !outcome.isError.isEmpty {
      let message = outcome.firstError ?? "the condition could not be evaluated"
      count(outcome.isError, index, notEvaluated: .expression(message))
    }
    var outside = sets.applicable
    outside.subtract(outcome.isTrue)
    outside.subtract(outcome.isUnknown)
    outside.subtract(outcome.isError)
    count(outside, index) { $0.outsideCondition += $1 }
    sets.applicable = outcome.isTrue
    return true
  }

  /// Takes the rows away whose period is of another time than the rule, or cannot be told; false when the column with
  /// the period is missing.
  private func applyWindow(_ window: RuleWindow, to index: Int) -> Bool {
    let periods = batch.columns[window.column]
    guard periods.isPresent else {
      count(sets.all, index, notEvaluated: .missingColumn(field: window.column))
      return false
    }
    var before = Bitmap(count: batch.count)
    var after = Bitmap(count: batch.count)
    let dated = periods.rows(ofKinds: .value, count: batch.count)
    dated.forEachIndex { row in
      let end = CalendarDate(days: periods.periodEnds[row])
      if end < window.from { before[row] = true } else if let to = window.to, end > to { after[row] = true }
    }
    count(before, index) { $0.beforeWindow += $1 }
    count(after, index) { $0.afterWindow += $1 }
    var undated = sets.all
    undated.subtract(dated)
    if !undated.isEmpty { count(undated, index, reading: [window.column], otherwise: .unknown) }
    sets.applicable = dated
    sets.applicable.subtract(before)
    sets.applicable.subtract(after)
    return true
  }

  private func judge(_ index: Int, _ bindingIndex: Int) throws(ModuleError) {
    let binding = plan.rules[index].bindings[bindingIndex]
    sets.selected = sets.applicable
    for (column, judged) in binding.judged where !presentKinds[column].isSubset(of: judged) {
      let cells = batch.columns[column]
      sets.withoutCell = cells.rows(
        ofKinds: CellKindSet(.blank, .notApplicable).subtracting(judged), count: batch.count)
      sets.selected.subtract(sets.withoutCell)
      var unknown = cells.rows(
        ofKinds: CellKindSet(.notKnown, .suppressed, .invalid).subtracting(judged), count: batch.count)
      unknown.formIntersection(sets.selected)
      sets.unknown.formUnion(unknown)
      sets.selected.subtract(unknown)
    }
    if sets.selected.isEmpty && !plan.rules[index].rule.kind.judgesAtFinish { return }
    let state = result.states[index][bindingIndex]
    let frame = frames[index][bindingIndex]
    try binding.bound.check(batch, state: state, selected: sets.selected, frame: frame)
    sets.failed.formUnion(frame.failed)
    sets.unknown.formUnion(frame.unknown)
    var passed = sets.selected
    passed.subtract(frame.failed)
    passed.subtract(frame.unknown)
    sets.passed.formUnion(passed)
    guard !frame.failed.isEmpty else { return }
    try draft(index, bindingIndex, frame)
  }

  /// Keeps the failed rows that are to be shown, with evidence, and all of them when every identity is asked for.
  private func draft(_ index: Int, _ bindingIndex: Int, _ frame: CallFrame) throws(ModuleError) {
    var wanted: [UInt32] = []
    var plain: [UInt32] = []
    frame.failed.forEachIndex { row in
      let submission = Int(batch.submissions[row])
      result.tallies[index][submission].findings += 1
      if drafter.takes(rule: index, drafted: result.tallies[index][submission].drafted) {
        result.tallies[index][submission].drafted += 1
        wanted.append(UInt32(row))
      } else if plan.collectsAll {
        plain.append(UInt32(row))
      }
    }
    if !wanted.isEmpty {
      let explanations = try plan.rules[index].bindings[bindingIndex].bound.explain(batch, rows: wanted, frame: frame)
      drafter.add(rule: index, binding: bindingIndex, rows: wanted, explanations: explanations, batch: batch)
    }
    if !plain.isEmpty { drafter.add(rule: index, binding: bindingIndex, rows: plain, explanations: nil, batch: batch) }
  }

  // MARK: Counting

  /// Adds the rows of a set to the tallies of their submissions.
  private func count(_ rows: Bitmap, _ rule: Int, _ add: (inout RuleTally, Int) -> Void) {
    submissions.forEach(rows, batch) { add(&result.tallies[rule][$0], $1) }
  }

  /// Adds rows that were not evaluated, all for one cause.
  private func count(_ rows: Bitmap, _ rule: Int, notEvaluated cause: NotEvaluatedCause) {
    count(rows, rule) { tally, rows in
      tally.notEvaluated += rows
      tally.causes[cause, default: 0] += rows
    }
  }

  /// Adds rows that could not be judged: the cause is the first of the cells read that has no value, else `otherwise`.
  private func count(_ rows: Bitmap, _ rule: Int, reading columns: [Int], otherwise: NotEvaluatedCause) {
    var left = rows
    for column in columns {
      for kind in CellKind.allCases where kind != .value && presentKinds[column].contains(kind) {
        var those = batch.columns[column].rows(ofKinds: CellKindSet(kind), count: batch.count)
        those.formIntersection(left)
        if those.isEmpty { continue }
        left.subtract(those)
        count(those, rule, notEvaluated: .cell(field: column, kind: kind))
      }
    }
    if !left.isEmpty { count(left, rule, notEvaluated: otherwise) }
  }

  private func keepRecords() {
    for row in 0..<batch.count {
      result.records.append(
        KeptRecord(
          submission: Int(batch.submissions[row]), input: result.input, place: batch.places[row],
          cells: batch.columns.indices.map { KeptCell(batch, column: $0, row: row) }))
    }
  }
}
