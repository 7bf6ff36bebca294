import TrustCheckModuleKit

/// A name is one that the organisation with a code has or had.
struct OrganisationNameCheck: BatchCheck {
  static let description = KindDescription(
    name: "conformance.organisation-name",
    summary: "The name is any name that the register knows for the organisation with the code.",
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["code","name"],"properties":{
        "code":{"type":"string","x-trustcheck":"field","x-types":["text"],"x-judges":["value"],
          "description":"The field with the code."},
        "name":{"type":"string","x-trustcheck":"field","x-types":["text"],"x-judges":["value"],
          "description":"The field with the name."}}}
      """#,
    message: "{found} is no known name of {code}, which the register calls {name}",
    examples: #"""
      [{"with":{"code":"provider","name":"provider_name"},"means":"The name goes with the code."}]
      """#,
    evidence: ["code", "found", "name"])

  private let code: Field
  private let name: Field
  private let host: Host
  private let asOf: Day

  init(_ binding: Binding) throws(ModuleFailure) {
    code = try binding.field("/code")
    name = try binding.field("/name")
    host = binding.host
    asOf = binding.asOf
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) {
    let codes = batch.texts(of: code)
    let names = batch.texts(of: name)
    // Records that follow one another mostly name the same organisation in the same way.
    var last: (row: Row, verdict: Verdict)?
    verdicts.judge { row in
      if let last, codes.isEqual(row, last.row), names.isEqual(row, last.row) { return last.verdict }
      let verdict = codes.withBytes(of: row) { code -> Verdict in
        if names.withBytes(of: row, { host.knowsName($0, of: code) }) { return .passed }
        return host.standing(code, on: asOf) == nil ? .unknown : .failed
      }
      last = (row, verdict)
      return verdict
    }
  }

  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) {
    evidence.add("code", cellOf: code)
    evidence.add("found", cellOf: name)
    if let found = batch.texts(of: code).withBytes(of: row, { host.organisation($0, on: asOf) }) {
      evidence.add("name", found.name, from: code)
    }
  }
}
