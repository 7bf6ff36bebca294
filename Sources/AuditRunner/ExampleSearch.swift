import AuditModel
import Expressions
import Register
import RulePacks

/// Looks for records in which a rule finds nothing, and for such in which it does, among values that people send.
struct ExampleSearch {
  let rule: Rule
  let tester: RuleTester

  /// How many records are tried at most.
  private static let limit = 600

  private struct Candidate {
    var rows: [[String: String]]
    var organisation: [String: String] = [:]
    var asOf: CalendarDate?
  }

  /// Two examples as JSON, one that passes and one that fails.
  func run() throws(ConfigurationError) -> (pass: String, fail: String) {
    var pass: Candidate?
    var fail: (candidate: Candidate, findings: [ObservedFinding])?
    for candidate in candidates().prefix(ExampleSearch.limit) {
      let example = RuleExample(rows: candidate.rows, organisation: candidate.organisation)
      let found = try tester.observed(rule, example)
      if found.isEmpty {
        pass = pass ?? candidate
      } else if fail == nil || (pass.map { distance($0, candidate) < distance($0, fail!.candidate) } ?? false) {
        fail = (candidate, found)
      }
    }
    guard let pass, let fail else {
      throw ConfigurationError(
        rule.id,
        "No example could be found that \(rule.kind.name) \(pass == nil ? "passes" : "finds fault with") as it is bound"
          + " here.",
        advice: "Bind it otherwise with --field and --with, or write the rule's file by hand: see docs/rule-packs.md.")
    }
    return (json(pass, []), json(fail.candidate, fail.findings))
  }

  /// Records near the rule's own examples, one cell changed in each, and records of all sorts: those that are tried to
  /// tell a broken rule from the rule.
  func examples() -> [RuleExample] { examples(near: rule.examples) }

  func examples(near own: [RuleExample]) -> [RuleExample] {
    let relevant = fields.filter { field in tester.pack.fields.contains { $0.name == field.name } }
    var near: [RuleExample] = []
    let given = own.flatMap(\.rows)
    for example in own.prefix(12) {
      near.append(RuleExample(rows: example.rows, organisation: example.organisation, asOf: example.asOf))
      for index in example.rows.indices.prefix(2) {
        for field in relevant {
          let texts = texts(field) + neighbours(given.compactMap { $0[field.name] }, field.type)
          for text in texts {
            var rows = example.rows
            rows[index][field.name] = text.isEmpty ? nil : text
            near.append(RuleExample(rows: rows, organisation: example.organisation, asOf: example.asOf))
          }
        }
      }
    }
    let others = candidates().prefix(200).map { RuleExample(rows: $0.rows, organisation: $0.organisation) }
    return Array(near.prefix(800)) + others
  }

  /// What is a little more and a little less.
  private func neighbours(_ texts: [String], _ type: FieldType) -> [String] {
    var seen: Set<String> = []
    return texts.flatMap { text -> [String] in
      switch type {
      case .integer: Int64(text).map { [String($0), String($0 + 1), String($0 - 1)] } ?? [text]
      case .number:
        Double(text).map { [text, String($0 + 1), String($0 - 1), String($0 + 0.1), String($0 - 0.1)] } ?? [text]
      case .date:
        CalendarDate(iso: text).map { date in
          [0, 1, -1].map { CalendarDate(days: date.days + $0).description }
        } ?? [text]
      default: [text]
      }
    }.filter { seen.insert($0).inserted }
  }

  // MARK: Candidates

  /// The fields that the rule is bound to, and those whose names its conditions hold.
  private var fields: [Field] {
    let pack = tester.pack
    let all = rule.kind.reads == .records ? pack.fields : OrganisationFields.all + pack.fields
    var positions: [Int] = []
    for binding in rule.bindings {
      let read = (binding.expressions + (rule.applies.map { [$0] } ?? [])).flatMap(\.fieldsRead)
      for position in binding.fields + read where !positions.contains(position) { positions.append(position) }
    }
    return positions.map { all[$0] }
  }

  private func candidates() -> [Candidate] {
    let own = Set(tester.pack.fields.map(\.name))
    let bound = fields.filter { own.contains($0.name) }
    let values = bound.map { texts($0) }
    var rows: [[String: String]] = [first(bound, values)]
    // One cell changed at a time comes first: such a pair of examples shows what the rule is about.
    for (field, texts) in zip(bound, values) {
      for text in texts {
        var row = rows[0]
        row[field.name] = text.isEmpty ? nil : text
        rows.append(row)
      }
    }
    rows += product(bound, values).prefix(300)
    let singles = rows.map { Candidate(rows: [$0]) }
    let pairs = rows.prefix(20).flatMap { row in
      [Candidate(rows: [row, row])] + rows.prefix(6).map { Candidate(rows: [row, $0]) }
    }
    guard rule.kind.reads == .organisations else { return singles + pairs }
    let states = [
      ["asked": "true", "answered": "true"], ["asked": "true", "answered": "false", "after_cut_off": "true"],
    ]
    let silent = states.map { Candidate(rows: [], organisation: $0) }
    return silent + singles + pairs
  }

  private func first(_ fields: [Field], _ values: [[String]]) -> [String: String] {
    var row: [String: String] = [:]
    for (field, texts) in zip(fields, values) { row[field.name] = texts.first }
    return row
  }

  private func product(_ fields: [Field], _ values: [[String]]) -> [[String: String]] {
    var rows: [[String: String]] = [[:]]
    for (field, texts) in zip(fields, values) {
      rows = rows.prefix(100).flatMap { row in
        texts.prefix(6).map { text in
          var row = row
          row[field.name] = text.isEmpty ? nil : text
          return row
        }
      }
    }
    return rows
  }

  /// What people write into a field: first what is right as a rule, then what is not.
  private func texts(_ field: Field) -> [String] {
    var texts = field.codes.prefix(40).map(\.code)
    for binding in rule.bindings {
      for parameter in binding.parameters {
        if case .codeList(_, let codes) = parameter.value { texts += codes.prefix(40).map(\.code) }
      }
    }
    texts += literals(for: field.type)
    switch field.type {
    case .text:
      // Codes and names of the register are tried where they are looked up, and stand beside no made-up answer.
      if rule.kind.name.contains("organisation") {
        let organisations = tester.register.organisations
        texts += organisations.prefix(1).flatMap { [$0.code, $0.name] }
        texts += organisations.first { $0.closed != nil }.map { [$0.code] } ?? []
      }
      texts += ["X1A", "some text", "2016-04-01", "9990000018", "another text", "?!", "x"]
    case .integer: texts += ["12", "5", "0", "1", "31", "-1", "1000000", "lots"]
    case .number: texts += ["12", "0.5", "0", "100", "-1", "1000000", "lots"]
    case .date: texts += ["2016-04-01", "2015-04-01", "1899-12-31", "2999-01-01", "soon"]
    case .timestamp: texts += ["2016-04-01T12:30:00", "1899-12-31T00:00:00", "soon"]
    case .boolean: texts += ["true", "false", "perhaps"]
    case .period:
      texts += ["2015-04-01 to 2016-03-31", "2014-04-01 to 2015-03-31"]
      // A month or two less and more than a year, and other lengths.
      texts += ["2015-09-30", "2016-01-31", "2016-02-29", "2016-04-29", "2016-04-30", "2016-05-31", "2017-03-31"].map {
        "2015-04-01 to \($0)"
      }
      texts += ["1899", "2999", "some time"]
    }
    texts += [""] + field.spellings.notKnown.prefix(1) + field.spellings.notApplicable.prefix(1)
    return texts + field.spellings.suppressed.prefix(1).map(\.text)
      + field.spellings.rounded.prefix(1).map { $0 + "30" }
  }

  /// What stands in the rule's conditions and parameters and may stand in a field of a type, with its neighbours.
  private func literals(for type: FieldType) -> [String] {
    var found: [String] = rule.appliesSource.map { ExpressionMutation.literals(of: $0) } ?? []
    for parameter in rule.bindings.first?.parameters ?? [] {
      switch parameter.value {
      case .integer(let value): found.append(String(value))
      case .number(let value): found.append(value.description)
      case .text(let text): found.append(text)
      case .expression(let source, _): found += ExpressionMutation.literals(of: source)
      default: continue
      }
    }
    switch type {
    case .integer, .number: return neighbours(found.filter { Double($0) != nil }, type)
    case .date: return neighbours(found.filter { CalendarDate(iso: $0) != nil }, type)
    case .text: return found
    default: return []
    }
  }

  /// How many cells differ.
  private func distance(_ a: Candidate, _ b: Candidate) -> Int {
    guard a.rows.count == b.rows.count else { return 100 * abs(a.rows.count - b.rows.count) }
    return zip(a.rows, b.rows).reduce(a.organisation == b.organisation ? 0 : 1) { sum, pair in
      sum + Set(pair.0.keys).union(pair.1.keys).count { pair.0[$0] != pair.1[$0] }
    }
  }

  // MARK: JSON

  /// An example as JSON to paste: with what it finds, or passing.
  func json(_ example: RuleExample, _ findings: [ObservedFinding]) -> String {
    json(Candidate(rows: example.rows, organisation: example.organisation, asOf: example.asOf), findings)
  }

  /// An example of a decision table as JSON to paste.
  func json(_ example: RuleExample, status: DerivedStatus?) -> String {
    let candidate = Candidate(rows: example.rows, organisation: example.organisation, asOf: example.asOf)
    var members = self.members(candidate)
    if let status { members.append("\"status\": \(quoted(status.status.rawValue))") }
    return "{ \(members.joined(separator: ", ")) }"
  }

  private func members(_ candidate: Candidate) -> [String] {
    var members: [String] = []
    if let asOf = candidate.asOf { members.append("\"asOf\": \(quoted(asOf.description))") }
    if !candidate.organisation.isEmpty {
      let flags = candidate.organisation.sorted { $0.key < $1.key }.map { key, value in
        "\(quoted(key)): \(value == "true" || value == "false" ? value : quoted(value))"
      }
      members.append("\"organisation\": { \(flags.joined(separator: ", ")) }")
    }
    if candidate.rows.count == 1 {
      members.append("\"row\": \(cells(candidate.rows[0]))")
    } else if !candidate.rows.isEmpty {
      members.append("\"rows\": [\(candidate.rows.map(cells).joined(separator: ", "))]")
    }
    return members
  }

  private func json(_ candidate: Candidate, _ findings: [ObservedFinding]) -> String {
    var members = self.members(candidate)
    if !findings.isEmpty {
      let finds = findings.map { finding in
        var parts: [String] = []
        if let field = finding.field { parts.append("\"field\": \(quoted(field))") }
        if candidate.rows.count > 1, let row = finding.row { parts.append("\"row\": \(row)") }
        return parts.isEmpty ? "{}" : "{ \(parts.joined(separator: ", ")) }"
      }
      members.append("\"finds\": [\(finds.joined(separator: ", "))]")
    }
    return "{ \(members.joined(separator: ", ")) }"
  }

  private func cells(_ row: [String: String]) -> String {
    let cells = row.sorted { $0.key < $1.key }.map { "\(quoted($0.key)): \(quoted($0.value))" }
    return cells.isEmpty ? "{}" : "{ \(cells.joined(separator: ", ")) }"
  }
}
