import AuditModel
import Expressions
import Register
import RulePacks

/// Settles what the records of organisations come to when people are counted, and how far their answers agree.
struct CountSettlement {
  let plan: CountingPlan
  let fold: AuditFold
  /// Nil when the counts are held against no answer.
  let answers: AnswerBook?
  let register: Register
  let asked: [Round.AskedOrganisation]
  /// Where the period comes from that no answer states.
  let periodFrom: OrganisationCount.PeriodSource

  private var fields: [Field] { plan.pack.fields }

  func settle(into report: inout CountReport) {
    report.counts = plan.counts.counts.map { count in
      CountReport.Definition(
        name: count.name, label: count.label, words: count.words, condition: count.condition.source,
        date: fields[count.date].label)
    }
    report.keys = plan.counts.person.map { $0.map { fields[$0].label } }
    report.organisations = fold.submissions.indices.map(organisation).sorted { $0.subject < $1.subject }
    let counted = Set(report.organisations.map(\.subject))
    report.withoutRecords = (answers?.answers.keys.sorted() ?? []).filter { !counted.contains($0) }
  }

  // MARK: One organisation

  private func organisation(_ index: Int) -> OrganisationCount {
    let submission = fold.submissions[index]
    let tally = fold.counts.tallies[index]
    let key = submission.match.key
    let period = plan.period(ofKey: key)
    var result = OrganisationCount(
      subject: key, name: submission.match.organisation.map(name) ?? "", records: submission.rows, period: period,
      periodFrom: period == nil ? .none : plan.stated[key] == nil ? periodFrom : .answer)
    result.recordsCounted = tally.places[.counted] ?? 0
    result.leftOut = leftOut(tally)
    result.reachesPeriod = tally.reachesPeriod
    count(tally, into: &result)
    for answer in answers?.answers[key] ?? [] { result.answers.append(compared(answer, result, tally)) }
    return result
  }

  private func name(_ code: String) -> String {
    if let index = register.index(ofCode: code.utf8) { return register.organisations[index].name }
    return asked.first { $0.code == code }?.name ?? ""
  }

  private func count(_ tally: CountTally, into result: inout OrganisationCount) {
    var people = plan.counts.counts.map { _ in 0 }
    var most = people
    result.peopleByKey = plan.counts.person.map { _ in 0 }
    for marks in tally.people.values {
      for index in people.indices {
        let bit: UInt16 = 1 << UInt16(index)
        if marks.counted & bit != 0 { people[index] += 1 }
        if (marks.counted | marks.open) & bit != 0 { most[index] += 1 }
      }
      guard marks.counted != 0 else { continue }
      result.people += 1
      result.peopleByKey[Int(marks.key)] += 1
      if marks.counted.nonzeroBitCount > 1 { result.peopleInSeveral += 1 }
    }
    result.counts = plan.counts.counts.indices.map { index in
      PeopleCount(
        name: plan.counts.counts[index].name, people: people[index], records: tally.counted[index],
        most: most[index] + tally.nobodys[index])
    }
  }

  // MARK: Left out

  private func leftOut(_ tally: CountTally) -> [OrganisationCount.LeftOut] {
    var lines: [(order: Int, line: OrganisationCount.LeftOut)] = []
    for (place, records) in tally.places where place != .counted {
      let (kind, words, order) = words(place)
      let rank = OrganisationCount.LeftOut.Kind.allCases.firstIndex(of: kind) ?? 0
      lines.append((rank << 32 + order, OrganisationCount.LeftOut(kind: kind, words: words, records: records)))
    }
    return lines.sorted { ($0.order, $0.line.words) < ($1.order, $1.line.words) }.map(\.line)
  }

  /// The reason in words, with its kind and its place among reasons of its kind.
  private func words(_ place: RecordPlace) -> (OrganisationCount.LeftOut.Kind, String, Int) {
    switch place {
    case .leftOut(let reason): return (.leftOut, plan.counts.leftOut[reason].why, reason)
    case .noPerson:
      let keys = plan.counts.person.map { $0.map { "\"\(fields[$0].label)\"" }.joined(separator: " with ") }
      return (.noPerson, "nothing tells whose it is: no \(keys.joined(separator: ", and no "))", 0)
    case .noDate(let cause): return (.noDate, cause.words(fields), 0)
    case .straddles(let field):
      return (.noDate, "\"\(fields[field].label)\" lies only in part in the period", 1)
    case .unknown(let cause): return (.unknown, cause.words(fields), 0)
    case .unknownReason(let reason, let cause):
      let words = "it cannot be told whether \(plan.counts.leftOut[reason].why): \(cause.words(fields))"
      return (.unknown, words, 1 + reason)
    case .outsidePeriod: return (.outsidePeriod, "its date is outside the period", 0)
    case .noCount: return (.noCount, "it comes under none of the counts", 0)
    case .noPeriod: return (.noPeriod, "no period is known, neither from the command nor from the answer", 0)
    case .counted: preconditionFailure("A record that counts is not left out")
    }
  }

  // MARK: Answers

  private func compared(
    _ answer: AnswerBook.Answer, _ result: OrganisationCount, _ tally: CountTally
  ) -> ComparedAnswer {
    var compared = ComparedAnswer(place: answer.place, period: answer.period, notCompared: nil, comparisons: [])
    guard let period = result.period else {
      compared.notCompared = "no period is known"
      return compared
    }
    if let own = answer.period, own != period {
      compared.notCompared = "it is for \(own), and another of the organisation's answers for \(period)"
      return compared
    }
    compared.comparisons = answer.numbers.map { number in
      let count = result.counts[number.count]
      return ComparedAnswer.Comparison(
        name: count.name, answer: number.cell.answerWords, range: number.cell.range,
        counted: count.people...count.people, most: count.most,
        reachesPeriod: result.reachesPeriod)
    }
    if let total = answer.total {
      let counts = answer.numbers.map { result.counts[$0.count] }
      compared.comparisons.append(
        ComparedAnswer.Comparison(
          name: "total", answer: total.answerWords, range: total.range,
          counted: people(tally, in: answer.numbers.map(\.count))...counts.reduce(0) { $0 + $1.people },
          most: counts.reduce(0) { $0 + $1.most }, reachesPeriod: result.reachesPeriod))
    }
    return compared
  }

  /// How many people are in one at least of the counts that are answered.
  private func people(_ tally: CountTally, in counts: [Int]) -> Int {
    let mask = counts.reduce(UInt16(0)) { $0 | 1 << UInt16($1) }
    return tally.people.values.count { $0.counted & mask != 0 }
  }
}
