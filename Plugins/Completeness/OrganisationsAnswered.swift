import TrustCheckModuleKit

/// Every organisation that was asked has answered by the cut-off.
struct OrganisationsAnswered: BatchCheck {
  static let description = KindDescription(
    name: "completeness.organisations-answered",
    summary: "Every organisation that was asked has answered by the cut-off.",
    reads: .organisations, answers: .organisation,
    parameters: #"{"type":"object","additionalProperties":false,"required":[],"properties":{}}"#,
    message: "Nothing was received by the cut-off; the last contact on record is \"{contact}\"",
    examples: #"""
      [{"with":{},"means":"Once the cut-off has passed, an organisation that was asked has answered."}]
      """#,
    evidence: ["contact"])

  private let asked: Field
  private let answered: Field
  private let afterCutOff: Field
  private let contact: Field

  init(_ binding: Binding) throws(ModuleFailure) {
    asked = try binding.hostField("asked", .boolean)
    answered = try binding.hostField("answered", .boolean)
    afterCutOff = try binding.hostField("after_cut_off", .boolean)
    contact = try binding.hostField("contact", .text)
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) {
    let asked = batch.booleans(of: asked)
    let answered = batch.booleans(of: answered)
    let afterCutOff = batch.booleans(of: afterCutOff)
    verdicts.fail { asked[$0] && !answered[$0] && afterCutOff[$0] }
  }

  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) {
    evidence.add("contact", cellOf: contact)
  }
}
