import TrustCheckModuleKit

/// A cell can be read as its field's type.
struct TypeCheck: BatchCheck {
  static let description = KindDescription(
    name: "conformance.type",
    summary: "What is given can be read as the field's type.",
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["field"],"properties":{
        "field":{"type":"string","x-trustcheck":"field","x-judges":["value","not-known","suppressed","invalid"],
          "description":"The field."}}}
      """#,
    message: "{found} is not {expected}",
    examples: #"""
      [{"with":{"field":"diagnosis_date"},"means":"What stands in the field is a date."}]
      """#,
    evidence: ["expected", "found"])

  private let field: Field

  init(_ binding: Binding) throws(ModuleFailure) {
    field = try binding.field("/field")
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) {
    verdicts.fail(batch.kinds(of: field), of: CellKindSet(.invalid))
  }

  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) {
    evidence.add("expected", field.type.words)
    evidence.add("found", cellOf: field)
  }
}
