import TrustCheckModuleKit

/// A number stands between two bounds.
struct RangeCheck: BatchCheck {
  static let description = KindDescription(
    name: "conformance.range",
    summary: "The number is not below one bound and not above another; a rounded or suppressed one can be so.",
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["field"],"properties":{
        "field":{"type":"string","x-trustcheck":"field","x-types":["integer","number"],
          "x-judges":["value","suppressed"],"description":"The field."},
        "atLeast":{"type":"number","description":"The least that is right."},
        "atMost":{"type":"number","description":"The most that is right."}}}
      """#,
    message: "{found} is out of range",
    examples: #"""
      [{"with":{"field":"total","atLeast":0,"atMost":2000},"means":"The total is from 0 to 2000."}]
      """#,
    evidence: ["at_least", "at_most", "found"])

  private let field: Field
  private let atLeast: Double?
  private let atMost: Double?

  init(_ binding: Binding) throws(ModuleFailure) {
    field = try binding.field("/field")
    atLeast = try binding.optionalNumber("/atLeast")
    atMost = try binding.optionalNumber("/atMost")
    if atLeast == nil && atMost == nil {
      throw ModuleFailure("Expected \"atLeast\", \"atMost\" or both; without them every number is right")
    }
    if let atLeast, let atMost, atLeast > atMost {
      throw ModuleFailure("\"atLeast\" is above \"atMost\", so no number is right")
    }
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) {
    if field.type == .integer {
      // Whole numbers are compared as such: a double does not hold all of them.
      let bounds = batch.integerBounds(of: field)
      judge(
        verdicts, bounds.low, bounds.high, least: atLeast.map { RangeCheck.integer($0, .up) } ?? .min,
        most: atMost.map { RangeCheck.integer($0, .down) } ?? .max)
    } else {
      let bounds = batch.numberBounds(of: field)
      judge(verdicts, bounds.low, bounds.high, least: atLeast ?? -.infinity, most: atMost ?? .infinity)
    }
  }

  private func judge<Number: Comparable & BitwiseCopyable>(
    _ verdicts: Verdicts, _ low: Column<Number>, _ high: Column<Number>, least: Number, most: Number
  ) {
    verdicts.judge { row in
      let low = low[row]
      let high = high[row]
      if low >= least && high <= most { return .passed }
      return high < least || low > most ? .failed : .unknown
    }
  }

  private static func integer(_ value: Double, _ rule: FloatingPointRoundingRule) -> Int64 {
    let rounded = value.rounded(rule)
    return Int64(exactly: rounded) ?? (rounded < 0 ? .min : .max)
  }

  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) {
    if let atLeast { evidence.add("at_least", atLeast) }
    if let atMost { evidence.add("at_most", atMost) }
    evidence.add("found", cellOf: field)
  }
}
