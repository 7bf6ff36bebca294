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
  /// Finds what may be used on the audit's day.
  private let inUse: TextIndex
  /// By position in `codes`, when it may be used.
  private let uses: [Use]
  /// True when no code of the list ever came or went.
  private let isTimeless: Bool

  private struct Use {
    /// The first day, and the last.
    var first: Int32
    var last: Int32
    /// The position of the next code with the same text, for a list may give a code, with a gap between the times of
    /// its use, more than once; -1 when there is none.
    var next: Int
  }

  init(_ binding: Binding) throws(ModuleFailure) {
    field = try binding.field("/field")
    at = try binding.optionalField("/at")
    asOf = binding.asOf
    list = try binding.codeListName("/list")
    let codes = try binding.codes("/list")
    index = TextIndex(codes.map(\.code))
    inUse = TextIndex(codes.filter { $0.isInUse(on: binding.asOf) }.map(\.code))
    var last: [String: Int] = [:]
    var uses: [Use] = []
    for (position, code) in codes.enumerated() {
      uses.append(
        Use(first: code.from?.number ?? .min, last: code.retired.map { $0.number - 1 } ?? .max, next: -1))
      if let earlier = last.updateValue(position, forKey: code.code) { uses[earlier].next = position }
    }
    self.uses = uses
    isTimeless = codes.allSatisfy { $0.from == nil && $0.retired == nil }
    self.codes = codes
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) {
    let texts = batch.texts(of: field)
    guard let at, !isTimeless else {
      let inUse = inUse
      verdicts.fail { inUse.position(of: $0, in: texts) == nil }
      return
    }
    let index = index
    let uses = uses
    let days = at.type == .period ? batch.periods(of: at).start : batch.dates(of: at)
    verdicts.fail { row in
      var position = index.position(of: row, in: texts) ?? -1
      let day = days[row]
      while position >= 0 {
        let use = uses[position]
        if day >= use.first && day <= use.last { return false }
        position = use.next
      }
      return true
    }
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
    var candidate = position ?? -1
    while candidate >= 0 {
      let code = codes[candidate]
      if let start = code.from, day < start { from = min(from ?? start, start) }
      if let end = code.retired, day >= end { retired = max(retired ?? end, end) }
      candidate = uses[candidate].next
    }
    if let from { return "may be used from \(from)" }
    if let retired { return "was retired on \(retired)" }
    return "is not in the list"
  }
}
