import TrustCheckModuleKit

/// An organisation was open on the day that counts.
struct OrganisationOpenCheck: BatchCheck {
  static let description = KindDescription(
    name: "conformance.organisation-open",
    summary: "The organisation with this code was open on the day that counts; of a period, on one of its days.",
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["field"],"properties":{
        "field":{"type":"string","x-trustcheck":"field","x-types":["text"],"x-judges":["value"],
          "description":"The field with the code."},
        "at":{"type":"string","x-trustcheck":"field","x-types":["date","period"],"x-judges":["value"],
          "description":"The field with the day or the period that counts; without it, the audit's day."}}}
      """#,
    message: "{code} ({name}) {problem}",
    examples: #"""
      [{"with":{"field":"provider","at":"month"},"means":"The provider was open on a day of the month."}]
      """#,
    evidence: ["code", "name", "problem", "successors"])

  private let field: Field
  private let at: Field?
  private let host: Host
  private let asOf: Day

  init(_ binding: Binding) throws(ModuleFailure) {
    field = try binding.field("/field")
    at = try binding.optionalField("/at")
    host = binding.host
    asOf = binding.asOf
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) {
    let texts = batch.texts(of: field)
    let days = Days(at, asOf, batch)
    var memory = OrganisationMemory<Organisation.Standing?>()
    verdicts.judge { row in
      let (first, last) = days[row]
      guard let found = memory.answer(row, texts, first, { host.standing($0, on: first) }),
        let isOpen = OrganisationOpenCheck.isOpen(found, until: last)
      else { return .unknown }
      return isOpen ? .passed : .failed
    }
  }

  /// Whether an organisation, as found on a first day, was open on it or opened until a last one; nil when no source
  /// states when it was replaced.
  private static func isOpen(_ found: Organisation.Standing, until last: Day) -> Bool? {
    switch found.state {
    case .open: true
    case .closed: false
    case .superseded: nil
    case .notYetOpen: found.opened.map { $0 <= last } ?? false
    }
  }

  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) {
    let first = Days(at, asOf, batch)[row].first
    evidence.add("code", cellOf: field)
    guard let found = batch.texts(of: field).withBytes(of: row, { host.organisation($0, on: first) }) else { return }
    evidence.add("name", found.name, from: field)
    evidence.add("problem", problem(found), from: field)
    evidence.add("successors", found.successors.joined(separator: ", "), from: field)
  }

  private func problem(_ found: Organisation) -> String {
    if found.standing.state == .notYetOpen {
      return found.standing.opened.map { "opened on \($0)" } ?? "had not opened"
    }
    let closed = found.standing.closed.map { "closed on \($0)" } ?? "was closed"
    switch found.successors.count {
    case 0: return closed
    case 1: return "\(closed); its successor is \(found.successors[0])"
    default:
      let first = found.successors.dropLast().joined(separator: ", ")
      return "\(closed); its successors are \(first) and \(found.successors[found.successors.count - 1])"
    }
  }

  /// The days that count, by row.
  private struct Days {
    private enum Source {
      case audit(Day)
      case date(Column<Int32>)
      case period(start: Column<Int32>, end: Column<Int32>)
    }

    private let source: Source

    init(_ field: Field?, _ asOf: Day, _ batch: Batch) {
      guard let field else {
        source = .audit(asOf)
        return
      }
      if field.type == .period {
        let (start, end) = batch.periods(of: field)
        source = .period(start: start, end: end)
      } else {
        source = .date(batch.dates(of: field))
      }
    }

    subscript(row: Row) -> (first: Day, last: Day) {
      switch source {
      case .audit(let day): (day, day)
      case .date(let days): (Day(days[row]), Day(days[row]))
      case .period(let start, let end): (Day(start[row]), Day(end[row]))
      }
    }
  }
}
