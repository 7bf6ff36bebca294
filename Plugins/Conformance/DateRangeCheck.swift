import TrustCheckModuleKit

/// A date stands between two days.
struct DateRangeCheck: BatchCheck {
  static let description = KindDescription(
    name: "conformance.date-range",
    summary: "The date is not before one day and not after another; of a period, its first and its last day.",
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["field"],"properties":{
        "field":{"type":"string","x-trustcheck":"field","x-types":["date","timestamp","period"],"x-judges":["value"],
          "description":"The field."},
        "earliest":{"type":"string","x-trustcheck":"date","description":"The first day that is right."},
        "latest":{"type":"string","x-trustcheck":"date","description":"The last day that is right."},
        "notAfterAudit":{"type":"boolean","description":"Whether days after the audit's are wrong."}}}
      """#,
    message: "{found} {problem}",
    examples: #"""
      [{"with":{"field":"birth_date","earliest":"1900-01-01","notAfterAudit":true},
        "means":"The date of birth is in 1900 or later, and not after the audit's day."}]
      """#,
    evidence: ["earliest", "found", "latest", "problem"])

  private let field: Field
  private let earliest: Day?
  private let latest: Day?
  private let isAuditDay: Bool

  init(_ binding: Binding) throws(ModuleFailure) {
    field = try binding.field("/field")
    earliest = try binding.optionalDay("/earliest")
    let last = try binding.optionalDay("/latest")
    let notAfterAudit = try binding.flag("/notAfterAudit")
    if earliest == nil && last == nil && !notAfterAudit {
      throw ModuleFailure(
        "Expected \"earliest\", \"latest\" or \"notAfterAudit\": true; without them every date is right")
    }
    if let earliest, let last, earliest > last {
      throw ModuleFailure("\"earliest\" is after \"latest\", so no date is right")
    }
    isAuditDay = notAfterAudit && binding.asOf < last ?? Day(.max)
    latest = isAuditDay ? binding.asOf : last
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) {
    let first = earliest?.number ?? .min
    let last = latest?.number ?? .max
    switch field.type {
    case .date:
      let dates = batch.dates(of: field)
      verdicts.fail { dates[$0] < first || dates[$0] > last }
    case .period:
      let periods = batch.periods(of: field)
      verdicts.fail { periods.start[$0] < first || periods.end[$0] > last }
    default:
      let times = batch.integers(of: field)
      let start = earliest.map { Int64($0.number) * Day.microseconds } ?? .min
      let end = latest.map { (Int64($0.number) + 1) * Day.microseconds - 1 } ?? .max
      verdicts.fail { times[$0] < start || times[$0] > end }
    }
  }

  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) {
    if let earliest { evidence.add("earliest", earliest) }
    evidence.add("found", cellOf: field)
    if let latest { evidence.add("latest", latest) }
    let first: Day
    switch field.type {
    case .date: first = Day(batch.dates(of: field)[row])
    case .period: first = Day(batch.periods(of: field).start[row])
    default: first = Day(microseconds: batch.integers(of: field)[row])
    }
    if let earliest, first < earliest {
      evidence.add("problem", "is before \(earliest)")
    } else if let latest {
      evidence.add("problem", isAuditDay ? "is after the day of the audit, \(latest)" : "is after \(latest)")
    }
  }
}
