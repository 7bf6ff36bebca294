import TrustCheckModuleKit

/// A code stands in the register.
struct OrganisationCodeCheck: BatchCheck {
  static let description = KindDescription(
    name: "conformance.organisation-code",
    summary: "The code is one of the register, open or closed.",
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["field"],"properties":{
        "field":{"type":"string","x-trustcheck":"field","x-types":["text"],"x-judges":["value"],
          "description":"The field with the code."}}}
      """#,
    message: "{code} {problem}",
    examples: #"""
      [{"with":{"field":"provider"},"means":"The provider's code is in the register."}]
      """#,
    evidence: ["code", "problem"])

  private let field: Field
  private let host: Host
  private let asOf: Day

  init(_ binding: Binding) throws(ModuleFailure) {
    field = try binding.field("/field")
    host = binding.host
    asOf = binding.asOf
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) {
    let texts = batch.texts(of: field)
    var memory = OrganisationMemory<Bool>()
    verdicts.fail { row in
      !memory.answer(row, texts, asOf) { host.standing($0, on: asOf) != nil }
    }
  }

  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) {
    evidence.add("code", cellOf: field)
    evidence.add("problem", "is not in this register")
  }
}
