import TrustCheckModuleKit

/// The status an organisation gives itself is the one its answers put it in.
struct DeclaredCheck: BatchCheck {
  static let description = KindDescription(
    name: "status.declared",
    summary: "The status an organisation declares is the one its answers put it in.",
    reads: .organisations, answers: .organisation,
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["declared"],"properties":{
        "declared":{"type":"string","x-trustcheck":"field","x-types":["text"],"x-judges":["value"],
          "description":"The field with the status that is declared."}}}
      """#,
    message: "Declared {declared}, but the answers make it {derived}: {reason}",
    examples: #"""
      [{"with":{"declared":"collecting"},"means":"The trust's own word agrees with the status derived."}]
      """#,
    evidence: ["declared", "derived", "reason"])

  private let declared: Field
  private let derived: Field
  private let reason: Field

  init(_ binding: Binding) throws(ModuleFailure) {
    declared = try binding.field("/declared")
    derived = try binding.hostField("derived_status", .text)
    reason = try binding.hostField("derived_reason", .text)
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) {
    let declared = batch.texts(of: declared)
    let derivedKinds = batch.kinds(of: derived)
    let derived = batch.texts(of: derived)
    let needsReview = TextIndex(["needs-review"])
    verdicts.judge { row in
      guard derivedKinds[row] == .value, needsReview.position(of: row, in: derived) == nil else { return .unknown }
      return declared.isEqual(to: derived, row) ? .passed : .failed
    }
  }

  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) {
    evidence.add("declared", cellOf: declared)
    evidence.add("derived", cellOf: derived)
    evidence.add("reason", cellOf: reason)
  }
}
