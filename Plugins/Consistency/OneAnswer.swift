import TrustCheckModuleKit

/// An organisation sends one answer.
struct OneAnswer: BatchCheck {
  static let description = KindDescription(
    name: "consistency.one-answer",
    summary: "The organisation sent one answer, not several.",
    reads: .organisations, answers: .organisation,
    parameters: #"{"type":"object","additionalProperties":false,"required":[],"properties":{}}"#,
    message: "More than one answer was received ({records} records)",
    examples: #"""
      [{"with":{},"means":"No organisation answers twice, as after a merger or in two files."}]
      """#,
    evidence: ["records"])

  private let duplicates: Field
  private let records: Field

  init(_ binding: Binding) throws(ModuleFailure) {
    duplicates = try binding.hostField("duplicates", .boolean)
    records = try binding.hostField("records_received", .integer)
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) {
    let duplicates = batch.booleans(of: duplicates)
    verdicts.fail { duplicates[$0] }
  }

  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) {
    evidence.add("records", Int(batch.integers(of: records)[row]), from: records)
  }
}
