import TrustCheckModuleKit

/// What a field refers to stands in another field of some record.
struct Reference: FinishCheck {
  static let description = KindDescription(
    name: "consistency.reference",
    summary: "The value stands in another field of some record of the round.",
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["field","to"],"properties":{
        "field":{"type":"string","x-trustcheck":"field","x-types":["text","integer"],"x-judges":["value"],
          "description":"The field that refers."},
        "to":{"type":"string","x-trustcheck":"field","x-types":["text","integer"],
          "description":"The field it refers to, in any record, also one that the rule does not apply to."}}}
      """#,
    message: "No record has {found}",
    examples: #"""
      [{"with":{"field":"primary_tumour","to":"tumour"},"means":"The primary tumour is itself in the return."}]
      """#,
    evidence: ["found"])

  struct State {
    var known = KeyedRecords()
    var wanted = KeyedRecords()
    let workspace = KeyedRecords.Workspace()
  }

  private let field: KeyFields
  private let target: KeyFields

  init(_ binding: Binding) throws(ModuleFailure) {
    let field = try binding.field("/field")
    let target = try binding.field("/to")
    if field.type != target.type {
      throw ModuleFailure(
        "\"\(field.name)\" has \(field.type.words) and \"\(target.name)\" has \(target.type.words); they never agree")
    }
    self.field = KeyFields([field])
    self.target = KeyFields([target])
  }

  func makeState() -> State { State() }

  func collect(_ batch: Batch, _ verdicts: Verdicts, into state: inout State) throws(ModuleFailure) {
    // Any record may be referred to, whether or not it refers to one itself.
    let known = batch.rows.intersection(batch.kinds(of: target.fields[0]), of: .value)
    try KeyedRecords.add(
      batch, known: known, by: target, to: &state.known, wanted: verdicts.selected, by: field, to: &state.wanted,
      state.workspace)
  }

  func merge(_ next: State, into state: inout State, submissions: [UInt32]) throws(ModuleFailure) {
    try state.known.append(next.known, submissions: submissions)
    try state.wanted.append(next.wanted, submissions: submissions)
  }

  func save(_ state: State, _ writer: inout StateWriter) {
    state.known.save(&writer)
    state.wanted.save(&writer)
  }

  func load(_ reader: inout StateReader) throws(ModuleFailure) -> State {
    let known = try KeyedRecords(&reader)
    return State(known: known, wanted: try KeyedRecords(&reader))
  }

  func finish(_ state: State, _ judgements: inout Judgements) {
    let referring = field.fields[0]
    state.wanted.forEachMissing(of: field, from: state.known) { found in
      judgements.judge(.failed, place: found.place, submission: found.submission, field: referring) { evidence in
        evidence.add("found", found.words, from: referring)
      }
    }
  }
}
