import TrustCheckModuleKit

/// A text matches a pattern from its first character to its last.
struct PatternCheck: BatchCheck {
  static let description = KindDescription(
    name: "conformance.pattern",
    summary: "The whole text matches a pattern (RE2).",
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["field","pattern"],"properties":{
        "field":{"type":"string","x-trustcheck":"field","x-types":["text"],"x-judges":["value"],
          "description":"The field."},
        "pattern":{"type":"string","x-trustcheck":"pattern","x-of":"field",
          "description":"A regular expression in RE2's syntax, for the whole text."}}}
      """#,
    message: "{found} is not of the form {pattern}",
    examples: #"""
      [{"with":{"field":"icd10","pattern":"[A-Z][0-9]{2}(\\.[0-9])?"},
        "means":"The diagnosis is written as an ICD-10 code."}]
      """#,
    evidence: ["found", "pattern"])

  private let field: Field
  private let pattern: Expression

  init(_ binding: Binding) throws(ModuleFailure) {
    field = try binding.field("/field")
    pattern = try binding.expression("/pattern")
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) throws(ModuleFailure) {
    let selected = verdicts.selected
    let truth = try pattern.evaluate(batch, selected)
    verdicts.fail(selected.subtracting(truth.isTrue).subtracting(truth.isUnknown))
    verdicts.setUnknown(truth.isUnknown)
  }

  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) {
    evidence.add("found", cellOf: field)
    evidence.add("pattern", pattern.source)
  }
}
