import TrustCheckModuleKit

/// Dates come one after another.
struct OrderCheck: BatchCheck {
  static let description = KindDescription(
    name: "consistency.order",
    summary: "Dates do not go back from one field to the next.",
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["fields"],"properties":{
        "fields":{"type":"array","items":{"type":"string"},"x-trustcheck":"fields","x-types":["date","timestamp"],
          "x-judges":["value"],"description":"The fields, the earliest first."},
        "strict":{"type":"boolean","description":"Whether each is to be later than the one before it."}}}
      """#,
    message: "{later} ({later_value}) does not come after {earlier} ({earlier_value})",
    examples: #"""
      [{"with":{"fields":["referral_date","first_seen_date","treatment_date"]},
        "means":"A patient is referred, then seen, then treated; all on one day is right."}]
      """#,
    evidence: ["earlier", "earlier_value", "later", "later_value"])

  private let fields: [Field]
  private let isStrict: Bool
  /// True when days are compared, and not moments: a date has no time of day to compare.
  private let comparesDays: Bool

  init(_ binding: Binding) throws(ModuleFailure) {
    fields = try binding.fields("/fields")
    isStrict = try binding.flag("/strict")
    if fields.count < 2 { throw ModuleFailure("Expected at least two fields at /fields; one alone is in order") }
    comparesDays = fields.contains { $0.type == .date }
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) {
    for (earlier, later) in zip(fields, fields.dropFirst()) {
      if earlier.type == .date && later.type == .date {
        let first = batch.dates(of: earlier)
        let second = batch.dates(of: later)
        if isStrict {
          verdicts.fail { second[$0] <= first[$0] }
        } else {
          verdicts.fail { second[$0] < first[$0] }
        }
      } else {
        verdicts.fail { isWrong(earlier, later, $0, batch) }
      }
    }
  }

  private func isWrong(_ earlier: Field, _ later: Field, _ row: Row, _ batch: Batch) -> Bool {
    let first = moment(earlier, row, batch)
    let second = moment(later, row, batch)
    return isStrict ? second <= first : second < first
  }

  private func moment(_ field: Field, _ row: Row, _ batch: Batch) -> Int64 {
    if field.type == .date { return Int64(batch.dates(of: field)[row]) }
    let microseconds = batch.integers(of: field)[row]
    return comparesDays ? Int64(Day(microseconds: microseconds).number) : microseconds
  }

  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) {
    for (earlier, later) in zip(fields, fields.dropFirst()) where isWrong(earlier, later, row, batch) {
      evidence.add("earlier", earlier.label)
      evidence.add("earlier_value", cellOf: earlier)
      evidence.add("later", later.label)
      evidence.add("later_value", cellOf: later)
      return
    }
  }
}
