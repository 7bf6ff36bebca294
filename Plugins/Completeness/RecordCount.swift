import TrustCheckModuleKit

/// As many records came as their sender counted.
struct RecordCount: FinishCheck {
  static let description = KindDescription(
    name: "completeness.record-count",
    summary: "There are as many records as each of them says were sent with it.",
    answers: .submission,
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["field","by"],"properties":{
        "field":{"type":"string","x-trustcheck":"field","x-types":["integer"],"x-judges":["value"],
          "description":"The field with the number of records that were sent together."},
        "by":{"type":"string","x-trustcheck":"field","x-types":["text"],
          "description":"The field that is the same in records that were sent together, such as the file's own id."}}}
      """#,
    message: "{found} records came, expected {expected}",
    examples: #"""
      [{"with":{"field":"record_count","by":"submission_id"},
        "means":"Every file has as many records as its header says."}]
      """#,
    evidence: ["expected", "found"])

  /// The records that were sent together.
  struct Sending {
    var records: UInt64 = 0
    /// What the first of them says.
    var expected: Int64 = 0
    var saysSo = false
  }

  typealias Sendings = [[UInt8]: Sending]

  private let field: Field
  private let by: Field

  init(_ binding: Binding) throws(ModuleFailure) {
    field = try binding.field("/field")
    by = try binding.field("/by")
  }

  /// By submission.
  func makeState() -> [Sendings] { [] }

  func collect(_ batch: Batch, _ verdicts: Verdicts, into state: inout [Sendings]) {
    let kinds = batch.kinds(of: field)
    let counts = batch.integers(of: field)
    let texts = batch.texts(of: by)
    let submissions = batch.submissions
    // Records that were sent together stand together, so one look-up does for many.
    var last: (row: Row, submission: Int)?
    var sending = Sending()
    verdicts.forEachSelected { row in
      let submission = Int(submissions[row])
      while state.count <= submission { state.append([:]) }
      if let before = last, before.submission != submission || !texts.isEqual(before.row, row) {
        state[before.submission][RecordCount.key(texts, before.row)] = sending
        last = nil
      }
      if last == nil { sending = state[submission][RecordCount.key(texts, row)] ?? Sending() }
      last = (row, submission)
      sending.records += 1
      if !sending.saysSo, kinds[row] == .value {
        sending.expected = counts[row]
        sending.saysSo = true
      }
    }
    if let last { state[last.submission][RecordCount.key(texts, last.row)] = sending }
  }

  private static func key(_ texts: TextColumn, _ row: Row) -> [UInt8] { Array(texts.string(row).utf8) }

  func merge(_ next: [Sendings], into state: inout [Sendings], submissions: [UInt32]) throws(ModuleFailure) {
    for (number, sendings) in next.enumerated() {
      let submission = try submissions.number(of: number)
      while state.count <= submission { state.append([:]) }
      for (key, sending) in sendings {
        var whole = state[submission][key] ?? Sending()
        whole.records += sending.records
        if !whole.saysSo { (whole.expected, whole.saysSo) = (sending.expected, sending.saysSo) }
        state[submission][key] = whole
      }
    }
  }

  func save(_ state: [Sendings], _ writer: inout StateWriter) {
    writer.write(UInt64(state.count))
    for sendings in state {
      writer.write(UInt64(sendings.count))
      for (key, sending) in sendings.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
        writer.write(all: key)
        writer.write(sending.records)
        writer.write(sending.expected)
        writer.write(UInt8(sending.saysSo ? 1 : 0))
      }
    }
  }

  func load(_ reader: inout StateReader) throws(ModuleFailure) -> [Sendings] {
    var state: [Sendings] = []
    for _ in 0..<(try reader.readCount(elementSize: 8)) {
      var sendings: Sendings = [:]
      for _ in 0..<(try reader.readCount(elementSize: 25)) {
        let key = try reader.readAll(UInt8.self)
        var sending = Sending()
        sending.records = try reader.read()
        sending.expected = try reader.read()
        sending.saysSo = try reader.read(UInt8.self) != 0
        guard sending.records < 1 << 48 else { throw StateReader.broken }
        sendings[key] = sending
      }
      state.append(sendings)
    }
    return state
  }

  func finish(_ state: [Sendings], _ judgements: inout Judgements) {
    for (submission, sendings) in state.enumerated() {
      for (_, sending) in sendings.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
        if !sending.saysSo || sending.expected == Int64(clamping: sending.records) { continue }
        judgements.judge(.failed, submission: UInt32(submission), field: field) { evidence in
          evidence.add("expected", Int(sending.expected), from: field)
          evidence.add("found", Int(sending.records), from: field)
        }
      }
    }
  }
}
