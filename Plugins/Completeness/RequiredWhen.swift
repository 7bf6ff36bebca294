import TrustCheckModuleKit

/// A field is given in every record for which a condition holds.
struct RequiredWhen: BatchCheck {
  static let description = KindDescription(
    name: "completeness.required-when",
    summary: "The field is given wherever a condition is true.",
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["fields","when"],"properties":{
        "fields":{"type":"array","items":{"type":"string"},"x-trustcheck":"each",
          "description":"The fields that are to be given; each is judged by itself."},
        "when":{"type":"string","x-trustcheck":"expression",
          "description":"Where it is true the fields are to be given."},
        "accept":{"type":"array","items":{"type":"string","enum":["blank","not-known","not-applicable"]},
          "description":"Answers that are good enough all the same."}}}
      """#,
    message: "{field} is {found}",
    examples: #"""
      [{"with":{"fields":["total"],"when":"collecting == 'yes'"},
        "means":"A trust that says it collects gives its total."}]
      """#,
    evidence: ["found"])

  private let given: GivenField
  private let condition: Expression

  init(_ binding: Binding) throws(ModuleFailure) {
    given = try GivenField(binding)
    condition = try binding.expression("/when")
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) throws(ModuleFailure) {
    // Where the field is given the condition makes no difference, known or not.
    let missing = verdicts.selected.intersection(batch.kinds(of: given.field), of: given.missing)
    if missing.isEmpty { return }
    let truth = try condition.evaluate(batch, missing)
    verdicts.fail(truth.isTrue)
    verdicts.setUnknown(truth.isUnknown)
  }

  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) {
    given.explain(row, of: batch, &evidence)
  }
}
