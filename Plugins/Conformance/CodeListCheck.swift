import TrustCheckModuleKit

/// A text is a code of a list that was in use on the day that counts.
struct CodeListCheck: BatchCheck {
  static let description = KindDescription(
    name: "conformance.code-list",
    summary: "The text is a code of a list, in use on the day that counts.",
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["field","list"],"properties":{
        "field":{"type":"string","x-trustcheck":"field","x-types":["text"],"x-judges":["value"],
          "description":"The field."},
        "list":{"type":"string","x-trustcheck":"code-list","description":"The code list of the pack."},
        "at":{"type":"string","x-trustcheck":"field","x-types":["date","period"],"x-judges":["value"],
          "description":"The field with the day that counts, of a period its first; without it, the audit's day."}}}
      """#,
    message: "{code} {problem}",
    examples: #"""
      [{"with":{"field":"stage","list":"stages"},"means":"The stage is one of the list."},
       {"with":{"field":"stage","list":"stages","at":"diagnosis_date"},
        "means":"The stage was in use on the day of the diagnosis."}]
      """#,
    evidence: ["code", "day", "list", "problem"])

  private let field: Field
  private let at: Field?
  private let asOf: Day
  private let list: String
  private let codes: [Code]
  /// Finds the first code with a text in `codes`.
  private let index: TextIndex
  /// By position in `codes`, the position of the next code with the same text; a list may give a code, with a gap
  /// between the times of its use, more than once.
  private let next: [Int?]
  /// By position in `codes`, whether it is in use on the audit's day; what it is asked for by `next` included.
  private let isInUse: [Bool]
  /// True when no code of the list ever came or went.
  private let isTimeless: Bool

  init(_ binding: Binding) throws(ModuleFailure) {
    field = try binding.field("/field")
    at = try binding.optionalField("/at")
    asOf = binding.asOf
    list = try binding.codeListName("/list")
    let codes = try binding.codes("/list")
    index = TextIndex(codes.map(\.code))
    var next = [Int?](repeating: nil, count: codes.count)
    var last: [String: Int] = [:]
    for (position, code) in codes.enumerated() {
      if let earlier = last.updateValue(position, forKey: code.code) { next[earlier] = position }
    }
    let today = binding.asOf
    isInUse = codes.indices.map { CodeListCheck.isInUse($0, codes, next, on: today) }
    isTimeless = codes.allSatisfy { $0.from == nil && $0.retired == nil }
    self.codes = codes
    self.next = next
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) {
    let texts = batch.texts(of: field)
    if isTimeless {
      verdicts.fail { row in index.position(of: row, in: texts) == nil }
    } else if let at {
      let days = at.type == .period ? batch.periods(of: at).start : batch.dates(of: at)
      verdicts.fail { row in
        guard let position = index.position(of: row, in: texts) else { return true }
        return !CodeListCheck.isInUse(position, codes, next, on: Day(days[row]))
      }
    } else {
      verdicts.fail { row in
        guard let position = index.position(of: row, in: texts) else { return true }
        return !isInUse[position]
      }
    }
  }

  private static func isInUse(_ position: Int, _ codes: [Code], _ next: [Int?], on day: Day) -> Bool {
    var candidate: Int? = position
    while let position = candidate {
      if codes[position].isInUse(on: day) { return true }
      candidate = next[position]
    }
    return false
  }

  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) {
    var day = asOf
    if let at { day = Day((at.type == .period ? batch.periods(of: at).start : batch.dates(of: at))[row]) }
    evidence.add("code", cellOf: field)
    evidence.add("day", day, from: at)
    evidence.add("list", list)
    evidence.add("problem", problem(index.position(of: row, in: batch.texts(of: field)), on: day))
  }

  /// Why a code may not be used on a day. Of several times of use, the one that comes next, else the last, is told.
  private func problem(_ position: Int?, on day: Day) -> String {
    var retired: Day?
    var from: Day?
    var candidate = position
    while let position = candidate {
      let code = codes[position]
      if let start = code.from, day < start { from = min(from ?? start, start) }
      if let end = code.retired, day >= end { retired = max(retired ?? end, end) }
      candidate = next[position]
    }
    if let from { return "may be used from \(from)" }
    if let retired { return "was retired on \(retired)" }
    return "is not in the list"
  }
}
