import TrustCheckModuleKit

/// No month is missing between a first and a last one.
struct PeriodsPresent: FinishCheck {
  static let description = KindDescription(
    name: "completeness.periods-present",
    summary: "A submission has records for every month in which its organisation was open.",
    answers: .submission,
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["field","every"],"properties":{
        "field":{"type":"string","x-trustcheck":"field","x-types":["period"],"x-judges":["value"],
          "description":"The field with the period of a record."},
        "every":{"type":"string","enum":["month"],"description":"Which periods there are to be."},
        "from":{"type":"string","x-trustcheck":"date",
          "description":"A day of the first month; without it, the first month of any submission."},
        "to":{"type":"string","x-trustcheck":"date",
          "description":"A day of the last month; without it, the last month of any submission."}}}
      """#,
    message: "There are no records for {missing}",
    examples: #"""
      [{"with":{"field":"month","every":"month","from":"2023-10-01","to":"2025-09-30"},
        "means":"Each provider has records for all 24 months, those before it opened or after it closed left out."}]
      """#,
    evidence: ["count", "missing", "present"])

  private let field: Field
  private let from: Month?
  private let to: Month?
  private let host: Host

  init(_ binding: Binding) throws(ModuleFailure) {
    field = try binding.field("/field")
    from = try binding.optionalDay("/from")?.month
    to = try binding.optionalDay("/to")?.month
    host = binding.host
    if let from, let to, from > to { throw ModuleFailure("\"from\" is after \"to\", so no month is expected") }
  }

  /// By submission.
  func makeState() -> [MonthSet] { [] }

  func collect(_ batch: Batch, _ verdicts: Verdicts, into state: inout [MonthSet]) {
    let (starts, ends) = batch.periods(of: field)
    let submissions = batch.submissions
    // Records name the same few periods over and over.
    var memory = [Seen](repeating: Seen(submission: .max, start: 0, end: -1), count: 256)
    verdicts.forEachSelected { row in
      let seen = Seen(submission: submissions[row], start: starts[row], end: ends[row])
      let place = seen.place
      if memory[place] == seen { return }
      memory[place] = seen
      while state.count <= Int(seen.submission) { state.append(MonthSet()) }
      state[Int(seen.submission)].insert(from: Day(seen.start).month, to: Day(seen.end).month)
    }
  }

  /// A period of a submission that is in the set already.
  private struct Seen: Equatable {
    var submission: UInt32
    var start: Int32
    var end: Int32

    var place: Int {
      let mixed = UInt64(UInt32(bitPattern: start)) ^ UInt64(UInt32(bitPattern: end)) << 20 ^ UInt64(submission) << 40
      return Int((mixed &* 0x9E37_79B9_7F4A_7C15) >> 56)
    }
  }

  func merge(_ next: [MonthSet], into state: inout [MonthSet], submissions: [UInt32]) throws(ModuleFailure) {
    for (number, months) in next.enumerated() {
      let submission = try submissions.number(of: number)
      while state.count <= submission { state.append(MonthSet()) }
      state[submission].formUnion(months)
    }
  }

  func save(_ state: [MonthSet], _ writer: inout StateWriter) {
    writer.write(UInt64(state.count))
    for months in state { months.save(&writer) }
  }

  func load(_ reader: inout StateReader) throws(ModuleFailure) -> [MonthSet] {
    var state: [MonthSet] = []
    for _ in 0..<(try reader.readCount(elementSize: 8)) { state.append(try MonthSet(&reader)) }
    return state
  }

  func finish(_ state: [MonthSet], _ judgements: inout Judgements) {
    let given = state.filter { !$0.isEmpty }
    guard let first = from ?? given.compactMap(\.first).min(), let last = to ?? given.compactMap(\.last).max(),
      first <= last
    else { return }
    for (submission, months) in state.enumerated() where !months.isEmpty {
      let organisation = host.organisation(ofSubmission: UInt32(submission))
      var missing: [Month] = []
      var present = 0
      for number in first.number...last.number {
        let month = Month(number: number)
        if months.contains(month) {
          present += 1
        } else if organisation.map({ wasOpen($0, in: month) }) ?? true {
          missing.append(month)
        }
      }
      if missing.isEmpty { continue }
      judgements.judge(.failed, submission: UInt32(submission), field: field) { evidence in
        evidence.add("count", missing.count, from: field)
        evidence.add("missing", PeriodsPresent.words(missing), from: field)
        evidence.add("present", present, from: field)
      }
    }
  }

  /// Whether an organisation was open on a day of a month, or is not in the register, which then cannot excuse it.
  private func wasOpen(_ code: String, in month: Month) -> Bool {
    guard let firstDay = month.firstDay, let lastDay = month.lastDay,
      let atStart = host.organisation(code, on: firstDay)?.standing.state,
      let atEnd = host.organisation(code, on: lastDay)?.standing.state
    else { return true }
    if atStart == .open || atEnd == .open { return true }
    // It may have opened and closed within the month. One that was replaced on a day nobody states is given the benefit
    // of the doubt.
    return atStart == .notYetOpen && atEnd == .closed
  }

  /// "2024-01, 2024-03 to 2024-05".
  private static func words(_ months: [Month]) -> String {
    var stretches: [(first: Month, last: Month)] = []
    for month in months {
      if let stretch = stretches.last, stretch.last.number + 1 == month.number {
        stretches[stretches.count - 1].last = month
      } else {
        stretches.append((month, month))
      }
    }
    return stretches.map { $0.first == $0.last ? "\($0.first)" : "\($0.first) to \($0.last)" }.joined(separator: ", ")
  }
}
