import AuditModel
import Expressions
import JSONDocument

/// Reads `counts.json`: how people are counted from records.
struct CountsReader {
  let records: RuleScope
  let log: PackErrorLog

  func counts(_ root: JSONValue) -> Counts? {
    guard
      let reader = ObjectReader(
        root, allowing: ["$schema", "leftOut", "answers"], required: ["reading", "person", "counts"], log: log)
    else { return nil }
    _ = reader.string("$schema")
    let reading = reader.string("reading") ?? ""
    let person = person(reader)
    var names: Set<String> = []
    let values = reader.array("counts")
    if let value = reader["counts"], value.kind == .array {
      if values.isEmpty { log.add(value.error("Expected at least one count")) }
      if values.count > Counts.limit {
        log.add(value.error("Expected at most \(Counts.limit) counts, found \(values.count)"))
      }
    }
    let counts = values.compactMap { count($0, &names) }
    var reasonNames: Set<String> = []
    let leftOut = reader.array("leftOut").compactMap { reason($0, &reasonNames) }
    let answered = reader["answers"].flatMap { answers($0, counts, names) }
    return Counts(reading: reading, person: person, counts: counts, leftOut: leftOut, answers: answered)
  }

  /// Every key is a list of fields of its own.
  private func person(_ reader: ObjectReader) -> [[Int]] {
    let keys = reader.array("person")
    if let value = reader["person"], value.kind == .array, keys.isEmpty {
      log.add(value.error("Expected at least one key that tells people apart, such as [\"nhs_number\"]"))
    }
    return keys.compactMap(key)
  }

  private func key(_ value: JSONValue) -> [Int]? {
    do throws(JSONError) {
      var fields: [Int] = []
      for element in try value.asArray() {
        let position = try records.field(element)
        if fields.contains(position) {
          throw element.error("The field \"\(records.fields[position].name)\" is listed twice")
        }
        fields.append(position)
      }
      if fields.isEmpty { throw value.error("Expected at least one field") }
      return fields
    } catch {
      log.add(error)
      return nil
    }
  }

  private func count(_ value: JSONValue, _ names: inout Set<String>) -> Counts.Count? {
    guard
      let reader = ObjectReader(
        value, allowing: [], required: ["name", "label", "words", "where", "date"], log: log)
    else { return nil }
    let name = reader.name(&names)
    if let name, let place = reader["name"], Counts.reserved.contains(name) {
      log.add(place.error("\"\(name)\" is a name of the host's own; choose another"))
    }
    let label = reader.string("label")
    let words = reader.string("words")
    let condition = reader.condition("where", records)
    let date = reader.field("date", records, ofType: [.date, .timestamp, .period])
    guard let name, let label, let words, let condition, let date else { return nil }
    return Counts.Count(name: name, label: label, words: words, condition: condition, date: date)
  }

  private func reason(_ value: JSONValue, _ names: inout Set<String>) -> Counts.Reason? {
    guard let reader = ObjectReader(value, allowing: [], required: ["name", "why", "when"], log: log) else {
      return nil
    }
    let name = reader.name(&names)
    let why = reader.string("why")
    let condition = reader.condition("when", records)
    guard let name, let why, let condition else { return nil }
    return Counts.Reason(name: name, why: why, condition: condition)
  }

  /// - Parameter names: of all counts, those with errors among them.
  private func answers(_ value: JSONValue, _ counts: [Counts.Count], _ names: Set<String>) -> Counts.Answers? {
    guard
      let reader = ObjectReader(
        value, allowing: ["total", "period"], required: ["pack", "fields"], log: log)
    else { return nil }
    let pack = reader.string("pack")
    if let pack, let place = reader["pack"], !PackName.isHyphenated(pack) {
      log.add(place.error("\"\(pack)\" is no pack name: lower-case words joined by hyphens"))
    }
    let members = reader.members("fields")
    if let place = reader["fields"], place.kind == .object, members.isEmpty {
      log.add(place.error("Expected the answer's field for at least one count"))
    }
    var fields: [(count: Int, field: String)] = []
    for (name, member) in members {
      if !names.contains(name) {
        let question = Suggestion.question(for: name, among: names.sorted())
        log.add(member.errorAtKey("There is no count \"\(name)\"" + question))
      }
      do {
        let field = try member.asString()
        if field.isEmpty { log.add(member.error("The text is empty")) }
        if let count = counts.firstIndex(where: { $0.name == name }) { fields.append((count, field)) }
      } catch {
        log.add(error)
      }
    }
    let total = reader.string("total")
    let period = reader.string("period")
    guard let pack else { return nil }
    return Counts.Answers(pack: pack, fields: fields.sorted { $0.count < $1.count }, total: total, period: period)
  }
}
