import AuditModel
import Columns
import Expressions
import Intake
import RulePacks

/// Counts the people of batches; one a thread.
struct PeopleCounter {
  private let plan: CountingPlan
  private var conditions: [RowCondition]
  private var reasons: [RowCondition]
  private let persons: PersonReader
  /// The fields with the dates of the counts, each once.
  private let dates: Set<Int>
  /// By the part's submission number: the period that is counted.
  private var periods: [Period?] = []
  private var known: [SuppliedSubject: Period?] = [:]

  init(_ plan: CountingPlan) {
    self.plan = plan
    conditions = plan.counts.counts.map { RowCondition($0.condition, plan.pack.fields) }
    reasons = plan.counts.leftOut.map { RowCondition($0.condition, plan.pack.fields) }
    persons = PersonReader(plan.counts.person)
    dates = Set(plan.counts.counts.map(\.date))
  }

  /// Begins with a part.
  mutating func start() { periods = [] }

  /// Adds a batch.
  ///
  /// - Parameters:
  ///   - subjects: the organisations that the part names, those of this batch among them.
  ///   - organisation: the one that all records belong to, when the file does not say.
  ///   - tallies: has room for all submissions.
  mutating func count(
    _ batch: Batch, _ subjects: [RecordSubject], organisation: String?, into tallies: inout CountTallies
  ) {
    for index in conditions.indices { conditions[index].evaluate(batch) }
    for index in reasons.indices { reasons[index].evaluate(batch) }
    for subject in subjects.dropFirst(periods.count) {
      periods.append(period(SuppliedSubject(code: subject.code, name: subject.name), organisation))
    }
    for row in 0..<batch.count {
      let submission = Int(batch.submissions[row])
      let period = submission < periods.count ? periods[submission] : plan.period
      let place = count(batch, row, period, &tallies.tallies[submission])
      tallies.tallies[submission].places[place, default: 0] += 1
    }
  }

  private mutating func period(_ subject: SuppliedSubject, _ organisation: String?) -> Period? {
    if plan.stated.isEmpty { return plan.period }
    var subject = subject
    if let organisation { subject.code = organisation }
    if let period = known[subject] { return period }
    let period = plan.period(ofKey: plan.key(of: subject, override: organisation))
    known[subject] = period
    return period
  }

  // MARK: One record

  private func count(_ batch: Batch, _ row: Int, _ period: Period?, _ tally: inout CountTally) -> RecordPlace {
    if let reason = reasons.firstIndex(where: { $0.isTrue(row) }) { return .leftOut(reason) }
    guard let period else { return .noPeriod }
    if !tally.reachesPeriod {
      tally.reachesPeriod = dates.contains { if case .inside = RecordDate(batch, $0, row, in: period) { true } else { false } }
    }
    let doubt = reasons.firstIndex { $0.isUnknown(row) }
    var (counted, open): (UInt16, UInt16) = (0, 0)
    var noDate: RecordPlace?
    var unknown: RecordPlace?
    var isOutside = false
    for (index, condition) in conditions.enumerated() where condition.isTrue(row) || condition.isUnknown(row) {
      let when = RecordDate(batch, plan.counts.counts[index].date, row, in: period)
      if case .outside = when {
        isOutside = true
        continue
      }
      let bit: UInt16 = 1 << UInt16(index)
      if condition.isUnknown(row) {
        unknown = unknown ?? .unknown(condition.cause(batch, row))
      } else if let doubt {
        unknown = unknown ?? .unknownReason(doubt, reasons[doubt].cause(batch, row))
      } else if case .unknown(let place) = when {
        noDate = noDate ?? place
      } else {
        counted |= bit
        continue
      }
      open |= bit
    }
    if counted | open == 0 { return isOutside ? .outsidePeriod : .noCount }
    note(batch, row, counted, open, &tally)
    if counted == 0 { return noDate ?? unknown ?? .noCount }
    return persons.hasPerson(batch, row) ? .counted : .noPerson
  }

  private func note(_ batch: Batch, _ row: Int, _ counted: UInt16, _ open: UInt16, _ tally: inout CountTally) {
    guard let person = persons.person(batch, row) else {
      for index in conditions.indices where (counted | open) >> UInt16(index) & 1 == 1 { tally.nobodys[index] += 1 }
      return
    }
    let marks = PersonMarks(counted: counted, open: open, key: UInt8(truncatingIfNeeded: person.key))
    tally.people[person.digest, default: marks].formUnion(marks)
    for index in conditions.indices where counted >> UInt16(index) & 1 == 1 { tally.counted[index] += 1 }
  }
}

/// A condition evaluated for every row of a batch, with the cause where it cannot be told.
struct RowCondition {
  private let expression: CompiledExpression
  private let fields: [Field]
  private var result = TriState()
  private var missing: Int?

  init(_ expression: CompiledExpression, _ fields: [Field]) {
    self.expression = expression
    self.fields = fields
  }

  mutating func evaluate(_ batch: Batch) {
    missing = expression.fieldsRead.first { !batch.columns[$0].isPresent && !fields[$0].isOptional }
    guard missing == nil else { return }
    expression.evaluate(batch, selected: Bitmap(count: batch.count, repeating: true), into: &result)
  }

  func isTrue(_ row: Int) -> Bool { missing == nil && result.isTrue[row] }

  /// True where a cell without a value, a missing column or an error keeps it from being told.
  func isUnknown(_ row: Int) -> Bool { missing != nil || result.isUnknown[row] || result.isError[row] }

  /// Why it cannot be told in a row: the first of the cells read that has no value, where there is one.
  func cause(_ batch: Batch, _ row: Int) -> NotEvaluatedCause {
    if let missing { return .missingColumn(field: missing) }
    if result.isError[row] { return .expression(result.firstError ?? "it could not be evaluated") }
    for field in expression.fieldsRead {
      let kind = batch.columns[field].kind(row)
      if kind != .value { return .cell(field: field, kind: kind) }
    }
    return .unknown
  }
}

/// How a record's date stands to a period.
enum RecordDate {
  case inside
  case outside
  case unknown(RecordPlace)

  /// - Parameter field: of type date, timestamp or period.
  init(_ batch: Batch, _ field: Int, _ row: Int, in period: Period) {
    guard let days = RecordDate.days(batch, field, row) else {
      let column = batch.columns[field]
      self = .unknown(
        .noDate(column.isPresent ? .cell(field: field, kind: column.kind(row)) : .missingColumn(field: field)))
      return
    }
    let wanted = period.start.days...period.end.days
    if !wanted.overlaps(days) {
      self = .outside
    } else if wanted.contains(days.lowerBound) && wanted.contains(days.upperBound) {
      self = .inside
    } else {
      self = .unknown(.straddles(field))
    }
  }

  /// The days that a cell of type date, timestamp or period names; nil when it has no value.
  static func days(_ batch: Batch, _ field: Int, _ row: Int) -> ClosedRange<Int32>? {
    let column = batch.columns[field]
    guard column.isPresent, column.kind(row) == .value else { return nil }
    switch column.type {
    case .date: return column.dates[row]...column.dates[row]
    case .period: return column.dates[row]...max(column.dates[row], column.periodEnds[row])
    case .timestamp:
      let (day, rest) = column.integers[row].quotientAndRemainder(dividingBy: 86_400_000_000)
      let days = Int32(clamping: rest < 0 ? day - 1 : day)
      return days...days
    default: return nil
    }
  }
}
