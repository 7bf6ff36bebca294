import TrustCheckModuleKit

/// A rate is its part divided by its whole.
struct RateCheck: BatchCheck {
  static let description = KindDescription(
    name: "consistency.rate",
    summary: "A rate is its part divided by its whole, rounded as it is given.",
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["part","whole","rate","as","decimals"],"properties":{
        "part":{"type":"string","x-trustcheck":"field","x-types":["integer","number"],"x-judges":["value"],
          "description":"The field with the part."},
        "whole":{"type":"string","x-trustcheck":"field","x-types":["integer","number"],"x-judges":["value"],
          "description":"The field with the whole."},
        "rate":{"type":"string","x-trustcheck":"field","x-types":["number"],"x-judges":["value"],
          "description":"The field with the rate."},
        "as":{"type":"string","enum":["fraction","percent"],"description":"How the rate is given."},
        "decimals":{"type":"integer","minimum":0,"maximum":15,
          "description":"The number of decimals the rate is rounded to."}}}
      """#,
    message: "{found} is not {part} of {whole}, which is {expected}",
    examples: #"""
      [{"with":{"part":"within_31_days","whole":"total","rate":"percentage","as":"percent","decimals":1},
        "means":"The percentage is that of those treated within 31 days."}]
      """#,
    evidence: ["expected", "found", "part", "whole"])

  private let part: Field
  private let whole: Field
  private let rate: Field
  /// 100 for percentages.
  private let factor: Double
  private let decimals: Int64

  init(_ binding: Binding) throws(ModuleFailure) {
    part = try binding.field("/part")
    whole = try binding.field("/whole")
    rate = try binding.field("/rate")
    factor = try binding.text("/as") == "percent" ? 100 : 1
    decimals = try binding.integer("/decimals")
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) {
    let part = Values(part, batch)
    let whole = Values(whole, batch)
    let rates = batch.numbers(of: rate)
    let factor = factor
    // Half a unit of the last decimal, and what a division loses.
    let tolerance = 0.5 / power + 1e-9
    verdicts.fail { row in
      let whole = whole[row]
      return whole > 0 && abs(rates[row] - part[row] / whole * factor) > tolerance
    }
  }

  /// 10 to the number of decimals.
  private var power: Double { (0..<decimals).reduce(1) { product, _ in product * 10 } }

  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) {
    let expected = Values(part, batch)[row] / Values(whole, batch)[row] * factor
    evidence.add("expected", (expected * power).rounded() / power, from: [part, whole].mostPrivate)
    evidence.add("found", cellOf: rate)
    evidence.add("part", cellOf: part)
    evidence.add("whole", cellOf: whole)
  }

  /// A count as a number, by row.
  private struct Values {
    private enum Source {
      case integers(Column<Int64>)
      case numbers(Column<Double>)
    }

    private let source: Source

    init(_ field: Field, _ batch: Batch) {
      source = field.type == .integer ? .integers(batch.integers(of: field)) : .numbers(batch.numbers(of: field))
    }

    subscript(row: Row) -> Double {
      switch source {
      case .integers(let column): Double(column[row])
      case .numbers(let column): column[row]
      }
    }
  }
}
