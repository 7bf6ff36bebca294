import TrustCheckModuleKit

/// Parts add up to their total.
struct SumCheck: BatchCheck {
  static let description = KindDescription(
    name: "consistency.sum",
    summary: "Parts add up to their total, as far as rounded and suppressed counts allow it.",
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["parts","total"],"properties":{
        "parts":{"type":"array","items":{"type":"string"},"x-trustcheck":"fields","x-types":["integer","number"],
          "x-judges":["value","suppressed"],"description":"The fields that are added."},
        "total":{"type":"string","x-trustcheck":"field","x-types":["integer","number"],
          "x-judges":["value","suppressed"],"description":"The field they add up to."},
        "within":{"type":"number","minimum":0,"description":"How far they may be from one another."}}}
      """#,
    message: "{parts}, but the total given is {total}",
    examples: #"""
      [{"with":{"parts":["first_presentation","progressed","not_known"],"total":"total"},
        "means":"31 = 12 + 5 + 14 is right, and so is 31 = 12 + * + 14 where * is 1 to 5."}]
      """#,
    evidence: ["difference", "high", "low", "parts", "total"])

  private let parts: [Field]
  private let total: Field
  private let within: Double
  /// True when all counts are whole, and so are added without any error of rounding.
  private let isWhole: Bool

  init(_ binding: Binding) throws(ModuleFailure) {
    parts = try binding.fields("/parts")
    total = try binding.field("/total")
    within = try binding.optionalNumber("/within") ?? 0
    isWhole = total.type == .integer && parts.allSatisfy { $0.type == .integer }
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) {
    let total = Bounds(total, batch)
    let parts = parts.map { Bounds($0, batch) }
    verdicts.fail { row in
      var sum = (low: 0.0, high: 0.0)
      for part in parts {
        let bounds = part[row]
        sum.low += bounds.low
        sum.high += bounds.high
      }
      return gap(sum, total[row]) > 0
    }
  }

  /// How far apart two stretches are, less what is allowed; positive when they cannot meet.
  private func gap(_ sum: (low: Double, high: Double), _ total: (low: Double, high: Double)) -> Double {
    // Decimal fractions such as 0.1 are not exact as doubles; a billionth of the numbers is more than they lose.
    let rounding = isWhole ? 0 : 1e-9 * max(1, abs(sum.high), abs(total.high))
    return max(sum.low - total.high, total.low - sum.high) - within - rounding
  }

  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) {
    let given = Bounds(total, batch)[row]
    var sum = (low: 0.0, high: 0.0)
    var words: [String] = []
    for part in parts {
      let bounds = Bounds(part, batch)[row]
      sum.low += bounds.low
      sum.high += bounds.high
      words.append(batch.texts(of: part).string(row))
    }
    let source = (parts + [total]).mostPrivate
    let result =
      sum.low == sum.high ? SumCheck.words(sum.low) : "\(SumCheck.words(sum.low)) to \(SumCheck.words(sum.high))"
    evidence.add("difference", SumCheck.shown(max(sum.low - given.high, given.low - sum.high)), from: source)
    evidence.add("high", SumCheck.shown(sum.high), from: source)
    evidence.add("low", SumCheck.shown(sum.low), from: source)
    evidence.add("parts", "\(words.joined(separator: " + ")) = \(result)", from: parts.mostPrivate)
    evidence.add("total", cellOf: total)
  }

  /// A sum of decimal fractions without what they lose as doubles.
  private static func shown(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }

  private static func words(_ value: Double) -> String {
    let shown = shown(value)
    return Int64(exactly: shown).map { String($0) } ?? "\(shown)"
  }

  /// What a count may be, by row.
  private struct Bounds {
    private enum Source {
      case integers(low: Column<Int64>, high: Column<Int64>)
      case numbers(low: Column<Double>, high: Column<Double>)
    }

    private let source: Source

    init(_ field: Field, _ batch: Batch) {
      if field.type == .integer {
        let (low, high) = batch.integerBounds(of: field)
        source = .integers(low: low, high: high)
      } else {
        let (low, high) = batch.numberBounds(of: field)
        source = .numbers(low: low, high: high)
      }
    }

    subscript(row: Row) -> (low: Double, high: Double) {
      switch source {
      case .integers(let low, let high): (Double(low[row]), Double(high[row]))
      case .numbers(let low, let high): (low[row], high[row])
      }
    }
  }
}
