import TrustCheckModuleKit

/// A field is given in enough of a submission's records.
struct FillRate: FinishCheck {
  static let description = KindDescription(
    name: "completeness.fill-rate",
    summary: "The field is given in at least a share of a submission's records, those it does not apply to left out.",
    answers: .submission,
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["field","atLeast"],"properties":{
        "field":{"type":"string","x-trustcheck":"field","description":"The field."},
        "atLeast":{"type":"number","minimum":0,"maximum":1,"description":"The least share that is right."}}}
      """#,
    message: "{field} is given in {rate} % of the records it applies to, expected {at_least} %",
    examples: #"""
      [{"with":{"field":"stage","atLeast":0.7},"means":"The stage is given for at least 70 % of patients."}]
      """#,
    evidence: [
      "at_least", "blank", "given", "invalid", "not_applicable", "not_known", "rate", "records", "suppressed",
    ])

  /// How many cells of each kind a submission has.
  struct Counts {
    var byKind = InlineArray<6, UInt64>(repeating: 0)

    subscript(_ kind: CellKind) -> UInt64 { byKind[Int(kind.rawValue)] }
  }

  private let field: Field
  private let atLeast: Double

  init(_ binding: Binding) throws(ModuleFailure) {
    field = try binding.field("/field")
    atLeast = try binding.number("/atLeast")
  }

  /// By submission.
  func makeState() -> [Counts] { [] }

  func collect(_ batch: Batch, _ verdicts: Verdicts, into state: inout [Counts]) {
    let kinds = batch.kinds(of: field)
    verdicts.forEachRun(of: batch.submissions) { submission, run in
      while state.count <= Int(submission) { state.append(Counts()) }
      // Values are counted by words where that pays, the other kinds one by one.
      let countsWords = run.rowCount >= 64
      if countsWords {
        let values = run.count(kinds, of: .value)
        state[Int(submission)].byKind[0] &+= UInt64(values)
        if values == run.rowCount { return }
      }
      run.forEachRow { row in
        let kind = Int(kinds[row].rawValue)
        if kind < 6, kind > 0 || !countsWords { state[Int(submission)].byKind[kind] &+= 1 }
      }
    }
  }

  func merge(_ next: [Counts], into state: inout [Counts], submissions: [UInt32]) throws(ModuleFailure) {
    for (number, counts) in next.enumerated() {
      let submission = try submissions.number(of: number)
      while state.count <= submission { state.append(Counts()) }
      for kind in 0..<6 { state[submission].byKind[kind] += counts.byKind[kind] }
    }
  }

  func save(_ state: [Counts], _ writer: inout StateWriter) {
    writer.write(UInt64(state.count))
    for counts in state {
      for kind in 0..<6 { writer.write(counts.byKind[kind]) }
    }
  }

  func load(_ reader: inout StateReader) throws(ModuleFailure) -> [Counts] {
    var state: [Counts] = []
    for _ in 0..<(try reader.readCount(elementSize: 48)) {
      var counts = Counts()
      for kind in 0..<6 {
        counts.byKind[kind] = try reader.read()
        // More than any file has, so that counts can be added without a thought for their size.
        guard counts.byKind[kind] < 1 << 48 else { throw StateReader.broken }
      }
      state.append(counts)
    }
    return state
  }

  func finish(_ state: [Counts], _ judgements: inout Judgements) {
    for (submission, counts) in state.enumerated() {
      let given = counts[.value] + counts[.suppressed]
      let records = (0..<6).reduce(0) { $0 + counts.byKind[$1] }
      let base = records - counts[.notApplicable]
      if base == 0 || Double(given) / Double(base) >= atLeast { continue }
      judgements.judge(.failed, submission: UInt32(submission), field: field) { evidence in
        evidence.add("at_least", FillRate.percent(atLeast))
        evidence.add("blank", Int(counts[.blank]), from: field)
        evidence.add("given", Int(given), from: field)
        evidence.add("invalid", Int(counts[.invalid]), from: field)
        evidence.add("not_applicable", Int(counts[.notApplicable]), from: field)
        evidence.add("not_known", Int(counts[.notKnown]), from: field)
        evidence.add("rate", FillRate.percent(Double(given) / Double(base)), from: field)
        evidence.add("records", Int(records), from: field)
        evidence.add("suppressed", Int(counts[.suppressed]), from: field)
      }
    }
  }

  /// Rounded once, to one decimal.
  private static func percent(_ share: Double) -> Double { (share * 1000).rounded() / 10 }
}
