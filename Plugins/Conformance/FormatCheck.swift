import TrustCheckModuleKit

/// A date or period is written in one form.
struct FormatCheck: BatchCheck {
  static let description = KindDescription(
    name: "conformance.format",
    summary: "The text as given is a date, time or period written in one form.",
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["field","format"],"properties":{
        "field":{"type":"string","x-trustcheck":"field","x-judges":["value","invalid"],"description":"The field."},
        "format":{"type":"string","enum":["CCYY-MM-DD","CCYY-MM-DDThh:mm:ss","DD/MM/CCYY","CCYY-MM","CCYY-YY",
          "CCYY-MM to CCYY-MM"],"description":"The form: CCYY-YY is a financial year such as 2016-17."}}}
      """#,
    message: "{found} is not written as {expected}",
    examples: #"""
      [{"with":{"field":"birth_date","format":"CCYY-MM-DD"},"means":"The date of birth is written as 1961-05-23."}]
      """#,
    evidence: ["expected", "found"])

  private let field: Field
  private let format: String
  private let form: DateForm

  init(_ binding: Binding) throws(ModuleFailure) {
    field = try binding.field("/field")
    format = try binding.text("/format")
    form = DateForm(format)
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) {
    let texts = batch.texts(of: field)
    let form = form
    verdicts.fail { row in
      let text = texts[row]
      // Most wrong texts are of another length, which the view tells.
      if text.count != form.length { return true }
      return text.isInline ? !form.matches(text) : !texts.withBytes(of: row) { form.matches($0) }
    }
  }

  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) {
    evidence.add("expected", format)
    evidence.add("found", cellOf: field)
  }
}
