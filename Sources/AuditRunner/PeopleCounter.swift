import AuditModel
import Columns
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
      tally.reachesPeriod = dates.contains { RecordDate(batch, $0, row, in: period).isInside }
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
    let isTold = note(batch, row, counted, open, &tally)
    if counted == 0 { return noDate ?? unknown ?? .noCount }
    return isTold ? .counted : .noPerson
  }

  /// Notes whom a record is of; false when nothing tells.
  private func note(_ batch: Batch, _ row: Int, _ counted: UInt16, _ open: UInt16, _ tally: inout CountTally) -> Bool {
    guard let person = persons.person(batch, row) else {
      for index in conditions.indices where (counted | open) >> UInt16(index) & 1 == 1 { tally.nobodys[index] += 1 }
      return false
    }
    let marks = PersonMarks(counted: counted, open: open, key: UInt8(truncatingIfNeeded: person.key))
    tally.people[person.digest, default: marks].formUnion(marks)
    for index in conditions.indices where counted >> UInt16(index) & 1 == 1 { tally.counted[index] += 1 }
    return true
  }
}
