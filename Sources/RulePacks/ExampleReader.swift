import AuditModel
import JSONDocument

/// Reads the examples of rules and status tables.
struct ExampleReader {
  let fields: [Field]
  let reads: CheckKind.Reads
  let log: PackErrorLog

  /// The examples of a rule; both kinds are expected.
  func examples(_ value: JSONValue) -> [RuleExample] {
    guard let reader = ObjectReader(value, allowing: [], required: ["pass", "fail"], log: log) else { return [] }
    for key in ["pass", "fail"] {
      if let list = reader[key], list.kind == .array, list.count == 0 {
        log.add(list.error("A rule has at least one example that \(key == "pass" ? "passes" : "fails")"))
      }
    }
    return reader.array("pass").compactMap { example($0, isFailing: false) }
      + reader.array("fail").compactMap { example($0, isFailing: true) }
  }

  private func example(_ value: JSONValue, isFailing: Bool) -> RuleExample? {
    guard
      let reader = ObjectReader(
        value, allowing: ["row", "rows", "organisation", "asOf"], required: isFailing ? ["finds"] : [], log: log)
    else { return nil }
    let rows = rows(reader)
    var finds: [ExpectedFinding] = []
    if isFailing {
      finds = reader.array("finds").compactMap { self.expected($0, rows: rows.count) }
      if let list = reader["finds"], list.kind == .array, list.count == 0 {
        log.add(list.error("A failing example has at least one finding"))
      }
    }
    return RuleExample(
      rows: rows, organisation: organisation(reader), asOf: reader.date("asOf"), finds: finds, line: value.place.line,
      pointer: value.pointer)
  }

  /// The examples of a status table.
  func statusExamples(_ value: JSONValue) -> [StatusExample] {
    guard let reader = ObjectReader(value, allowing: [], required: ["pass"], log: log) else { return [] }
    if let list = reader["pass"], list.kind == .array, list.count == 0 {
      log.add(list.error("A decision table has at least one example"))
    }
    return reader.array("pass").compactMap { value in
      guard
        let reader = ObjectReader(
          value, allowing: ["row", "rows", "organisation", "asOf", "basis", "reason"], required: ["status"], log: log)
      else { return nil }
      let rows = rows(reader)
      guard let status = StatusReader.givenStatus(reader, log) else { return nil }
      return StatusExample(
        rows: rows, organisation: organisation(reader), asOf: reader.date("asOf"), status: status,
        basis: reader.word("basis"), reason: reader.string("reason"), line: value.place.line, pointer: value.pointer)
    }
  }

  private func rows(_ reader: ObjectReader) -> [[String: String]] {
    if reader["row"] != nil && reader["rows"] != nil {
      log.add(reader.value.error("Expected either \"row\" or \"rows\""))
    }
    if let row = reader["row"] { return [cells(row)] }
    if reader["rows"] == nil && (reads == .records || reader["organisation"] == nil) {
      log.add(reader.value.error("The example has no records: expected \"row\" or \"rows\""))
    }
    return reader.array("rows").map(cells)
  }

  /// A record's cells: strings as they would stand in a CSV file.
  private func cells(_ value: JSONValue) -> [String: String] {
    guard let reader = ObjectReader(value, allowing: fields.map(\.name), log: log) else { return [:] }
    var cells: [String: String] = [:]
    for (key, _) in value.members { cells[key] = reader.string(key, mayBeEmpty: true) }
    return cells
  }

  private func organisation(_ reader: ObjectReader) -> [String: String] {
    guard let value = reader["organisation"] else { return [:] }
    if reads == .records {
      log.add(value.error("The check reads records; an example of it has no \"organisation\""))
      return [:]
    }
    let names = OrganisationFields.all.map(\.name)
    guard let reader = ObjectReader(value, allowing: names, log: log) else { return [:] }
    var result: [String: String] = [:]
    for (key, member) in value.members {
      guard let position = OrganisationFields.position(of: key) else { continue }
      let field = OrganisationFields.all[position]
      switch field.type {
      case .boolean: result[key] = reader.boolean(key).map { $0 ? "true" : "false" }
      case .integer: result[key] = reader.integer(key).map { String($0) }
      default:
        guard let text = reader.string(key, mayBeEmpty: true) else { continue }
        let words = field.codes.map(\.code)
        if !words.isEmpty, !words.contains(text) {
          let list = words.map { "\"\($0)\"" }.joined(separator: ", ")
          log.add(
            member.error("Expected one of \(list), found \"\(text)\"" + Suggestion.question(for: text, among: words)))
        }
        result[key] = text
      }
    }
    return result
  }

  private func expected(_ value: JSONValue, rows: Int) -> ExpectedFinding? {
    guard let reader = ObjectReader(value, allowing: ["field", "row", "message"], log: log) else { return nil }
    let field = reader.string("field")
    let scope = (reads == .organisations ? OrganisationFields.all : []) + fields
    if let field, let place = reader["field"], !scope.contains(where: { $0.name == field }) {
      let question = Suggestion.question(for: field, among: scope.map(\.name))
      log.add(place.error("There is no field \"\(field)\"" + question))
    }
    let row = reader.integer("row")
    if let row, let place = reader["row"], row < 1 || row > rows {
      log.add(place.error("The example has no record \(row); the first is 1"))
    }
    return ExpectedFinding(field: field, row: row.map { Int($0) }, message: reader.string("message"))
  }
}
