import TrustCheckModuleKit

/// A field is given in every record.
struct Required: BatchCheck {
  static let description = KindDescription(
    name: "completeness.required",
    summary: "The field is given: not blank, not \"not known\" and not \"not applicable\".",
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["fields"],"properties":{
        "fields":{"type":"array","items":{"type":"string"},"x-trustcheck":"each",
          "description":"The fields that are to be given; each is judged by itself."},
        "accept":{"type":"array","items":{"type":"string","enum":["blank","not-known","not-applicable"]},
          "description":"Answers that are good enough all the same."}}}
      """#,
    message: "{field} is {found}",
    examples: #"""
      [{"with":{"fields":["total","first_presentation"]},
        "means":"Both counts are given."},
       {"with":{"fields":["nurse"],"accept":["not-known"]},
        "means":"The nurse is given, or said not to be known."}]
      """#,
    evidence: ["found"])

  private let given: GivenField

  init(_ binding: Binding) throws(ModuleFailure) {
    given = try GivenField(binding)
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) {
    verdicts.fail(batch.kinds(of: given.field), of: given.missing)
  }

  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) {
    given.explain(row, of: batch, &evidence)
  }
}

/// A field that is to be given, and the kinds of cell that do not count as given.
struct GivenField {
  let field: Field
  let missing: CellKindSet

  init(_ binding: Binding) throws(ModuleFailure) {
    field = try binding.field("/fields")
    let accepted = try CellKindSet(words: binding.texts("/accept"))
    missing = CellKindSet(.blank, .notKnown, .notApplicable).subtracting(accepted)
  }

  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) {
    evidence.add("found", batch.kinds(of: field)[row].words, from: field)
  }
}
