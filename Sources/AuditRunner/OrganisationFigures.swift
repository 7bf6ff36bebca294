import AuditModel
import Columns
import Expressions
import RulePacks

/// Settles the figures that count organisations, once every organisation has its status.
///
/// In their conditions `derived_status` is the status that counts: a decision in effect stands for the derived one. An
/// organisation that has not answered or that needs review is taken as unknown, whatever the condition says.
struct OrganisationFigures {
  private let pack: RulePack
  /// Those that were asked.
  private let organisations: [OrganisationResult]
  private let rows: [OrganisationTable.Row]
  private let table: OrganisationTable
  /// Why no status could be given.
  private let fault: String?

  /// - Parameter statuses: what became of the rule that gives the status.
  init(_ pack: RulePack, _ book: OrganisationBook, statuses: [LedgerEntry]) {
    self.pack = pack
    fault = statuses.first { $0.outcome == .fault }?.causes.first?.words
    let asked = book.results.indices.filter { book.results[$0].isAsked }
    organisations = asked.map { book.results[$0] }
    rows = asked.map { index in
      var row = book.rows[index]
      row.derived = OrganisationFigures.canBeTold(book.results[index]) ? book.results[index].statusThatCounts : nil
      return row
    }
    table = OrganisationTable(rows, fields: pack.fields)
  }

  private static func canBeTold(_ organisation: OrganisationResult) -> Bool {
    organisation.records > 0 && organisation.status != .needsReview
  }

  func result(_ figure: Figure) -> FigureResult {
    var result = FigureResult(figure, of: pack)
    if let fault { return result.failed("the status of organisations could not be told: \(fault)") }
    let all = Bitmap(count: rows.count, repeating: true)
    var (within, open) = (all, Bitmap(count: rows.count))
    if let base = figure.base {
      let outcome = evaluate(base, all)
      if let error = outcome.firstError { return result.failed("expression error: \(error)") }
      (within, open) = (outcome.isTrue, outcome.isUnknown)
      // The records of one that has not answered are not none: nothing is known of them.
      for row in rows.indices where figure.baseReadsRecords && !rows[row].hasAnswered {
        (within[row], open[row]) = (false, true)
      }
    }
    var selected = within
    selected.formUnion(open)
    for row in rows.indices where !OrganisationFigures.canBeTold(organisations[row]) { selected[row] = false }
    var counts: [FigureCount] = []
    for condition in figure.conditions {
      let outcome = evaluate(condition, selected)
      if let error = outcome.firstError { return result.failed("expression error: \(error)") }
      counts.append(count(figure, condition, outcome, within: within, open: open))
    }
    result.settle(counts, figure.claims)
    return result
  }

  private func evaluate(_ expression: CompiledExpression, _ selected: Bitmap) -> TriState {
    var result = TriState()
    expression.evaluate(table.batch, selected: selected, into: &result)
    if !result.isError.isEmpty, result.firstError == nil { result.firstError = "it could not be evaluated" }
    return result
  }

  private func count(
    _ figure: Figure, _ condition: CompiledExpression, _ outcome: TriState, within: Bitmap, open: Bitmap
  ) -> FigureCount {
    var count = FigureCount()
    var asked = FigureCounts()
    var answered = FigureCounts()
    var unknown: [Reason: [String]] = [:]
    for (row, organisation) in organisations.enumerated() where within[row] || open[row] {
      let isUnknown = !OrganisationFigures.canBeTold(organisation) || outcome.isUnknown[row]
      var one = FigureCounts()
      switch (within[row], isUnknown, outcome.isTrue[row]) {
      case (true, true, _): one.unknown = 1
      case (true, false, true): one.counted = 1
      case (true, false, false): one.notCounted = 1
      case (false, true, _): one.openUnknown = 1
      case (false, false, true): one.openCounted = 1
      case (false, false, false): one.openNotCounted = 1
      }
      asked += one
      if rows[row].hasAnswered { answered += one }
      if one.counted == 1 {
        count.counted.append(organisation.code)
      } else if one.notCounted == 1 {
        count.notCounted.append(organisation.code)
      } else {
        unknown[reason(row, figure, condition, isOpen: open[row]), default: []].append(organisation.code)
      }
    }
    count.shares = [FigureShare(of: .asked, counts: asked), FigureShare(of: .answered, counts: answered)]
    count.unknown = unknown.sorted { $0.key < $1.key }.map { reason, codes in
      FigureUnknown(cause: reason.cause, words: reason.words, units: codes.count, organisations: codes)
    }
    return count
  }

  // MARK: Causes

  /// Why something cannot be told of an organisation.
  private struct Reason: Hashable, Comparable {
    let cause: FigureUnknown.Cause
    let words: String

    static func < (a: Reason, b: Reason) -> Bool {
      let order = FigureUnknown.Cause.allCases
      let (left, right) = (order.firstIndex(of: a.cause) ?? 0, order.firstIndex(of: b.cause) ?? 0)
      return (left, a.words) < (right, b.words)
    }
  }

  private func reason(_ row: Int, _ figure: Figure, _ condition: CompiledExpression, isOpen: Bool) -> Reason {
    let known: (cause: FigureUnknown.Cause, words: String)? =
      if !rows[row].hasAnswered {
        (.silent, "not answered")
      } else if organisations[row].status == .needsReview {
        (.needsReview, Status.needsReview.words)
      } else {
        nil
      }
    if isOpen { return Reason(cause: .base, words: known?.words ?? words(row, figure.base?.fieldsRead ?? [])) }
    return Reason(cause: known?.cause ?? .cannotBeTold, words: known?.words ?? words(row, condition.fieldsRead))
  }

  /// The first of the cells read that has no value, in words.
  private func words(_ row: Int, _ columns: [Int]) -> String {
    let hostCount = OrganisationFields.all.count
    let fields = OrganisationFields.all + pack.fields
    for column in columns {
      let kind = table.batch.columns[column].kind(row)
      if kind == .value { continue }
      if column >= hostCount {
        let cell = OrganisationTable.shared(rows[row].records, pack.fields)[column - hostCount]
        if cell == .differing { return "its records differ in \"\(fields[column].label)\"" }
      }
      return NotEvaluatedCause.cell(field: column, kind: kind).words(fields)
    }
    return NotEvaluatedCause.unknown.words(fields)
  }
}

extension OrganisationResult {
  /// The status that counts, with its reason.
  fileprivate var statusThatCounts: (status: String, reason: String)? {
    guard let status else { return nil }
    if let decision, decision.void == nil { return (status.rawValue, decision.words) }
    return (status.rawValue, derived?.reason ?? "")
  }
}
