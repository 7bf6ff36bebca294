import TrustCheckModuleKit

/// No two records have the same key.
struct Unique: FinishCheck {
  static let description = KindDescription(
    name: "consistency.unique",
    summary: "No two records have the same values in these fields.",
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["fields"],"properties":{
        "fields":{"type":"array","items":{"type":"string"},"x-trustcheck":"fields","x-judges":["value"],
          "description":"The fields that make up the key."},
        "within":{"type":"string","enum":["round","submission"],
          "description":"Which records are compared: those of the round, unless it says of one submission."}}}
      """#,
    message: "{key} stands in {count} records, the first of them {first}",
    examples: #"""
      [{"with":{"fields":["provider","month"]},"means":"A provider has one record a month."},
       {"with":{"fields":["local_id"],"within":"submission"},"means":"A trust uses each of its numbers once."}]
      """#,
    evidence: ["count", "first", "key"])

  struct State {
    var records = KeyedRecords()
    let workspace = KeyedRecords.Workspace()
  }

  private let key: KeyFields
  private let withinSubmission: Bool

  init(_ binding: Binding) throws(ModuleFailure) {
    key = KeyFields(try binding.fields("/fields"))
    if key.fields.isEmpty { throw ModuleFailure("Expected at least one field at /fields") }
    withinSubmission = try binding.optionalText("/within") == "submission"
  }

  func makeState() -> State { State() }

  func collect(_ batch: Batch, _ verdicts: Verdicts, into state: inout State) throws(ModuleFailure) {
    try state.records.add(batch, verdicts.selected, by: key, state.workspace)
  }

  func merge(_ next: State, into state: inout State, submissions: [UInt32]) throws(ModuleFailure) {
    try state.records.append(next.records, submissions: submissions)
  }

  func save(_ state: State, _ writer: inout StateWriter) {
    state.records.save(&writer)
  }

  func load(_ reader: inout StateReader) throws(ModuleFailure) -> State {
    State(records: try KeyedRecords(&reader))
  }

  func finish(_ state: State, _ judgements: inout Judgements) {
    let source = key.fields.mostPrivate
    state.records.forEachRepeat(of: key, withinSubmission: withinSubmission) { found in
      judgements.judge(.failed, place: found.place, submission: found.submission, field: key.fields[0]) { evidence in
        evidence.add("count", found.count)
        evidence.add("first", place: found.first)
        evidence.add("key", found.words, from: source)
      }
    }
  }
}
