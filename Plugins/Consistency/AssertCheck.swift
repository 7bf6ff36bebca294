import TrustCheckModuleKit

/// An expression is true of every record.
struct AssertCheck: BatchCheck {
  static let description = KindDescription(
    name: "consistency.assert",
    summary: "An expression is true.",
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["that"],"properties":{
        "that":{"type":"string","x-trustcheck":"expression","description":"What is to be true."}}}
      """#,
    message: "It does not hold that {that}",
    examples: #"""
      [{"with":{"that":"progressed <= total"},"means":"No more have progressed than there are in all."}]
      """#,
    evidence: ["that"])

  private let that: Expression

  init(_ binding: Binding) throws(ModuleFailure) {
    that = try binding.expression("/that")
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) throws(ModuleFailure) {
    let selected = verdicts.selected
    let truth = try that.evaluate(batch, selected)
    verdicts.fail(selected.subtracting(truth.isTrue).subtracting(truth.isUnknown))
    verdicts.setUnknown(truth.isUnknown)
  }

  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) {
    evidence.add("that", that.source)
  }
}
