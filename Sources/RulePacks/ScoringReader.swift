import AuditModel
import Expressions
import JSONDocument

/// Reads `dqmi.json`: the data items that are scored, and what coverage is told by.
struct ScoringReader {
  let records: RuleScope
  let log: PackErrorLog

  func scoring(_ root: JSONValue) -> Scoring? {
    guard
      let reader = ObjectReader(root, allowing: ["$schema", "coverage"], required: ["reading", "items"], log: log)
    else { return nil }
    _ = reader.string("$schema")
    let reading = reader.string("reading") ?? ""
    let values = reader.array("items")
    if let value = reader["items"], value.kind == .array, values.isEmpty {
      log.add(value.error("Expected at least one item"))
    }
    var names: Set<String> = []
    let items = values.compactMap { item($0, &names) }
    return Scoring(reading: reading, items: items, coverage: reader["coverage"].flatMap(coverage))
  }

  private enum Every: String, CaseIterable { case month }

  private func coverage(_ value: JSONValue) -> Scoring.Coverage? {
    guard let reader = ObjectReader(value, allowing: [], required: ["every", "field"], log: log) else { return nil }
    _ = reader.word("every", of: Every.self)
    return reader.field("field", records, ofType: [.date, .timestamp, .period]).map { Scoring.Coverage(field: $0) }
  }

  private func item(_ value: JSONValue, _ names: inout Set<String>) -> Scoring.Item? {
    let isOfField = value["field"] != nil
    guard
      let reader = ObjectReader(
        value,
        allowing: (isOfField ? ["label", "applies", "valid"] : ["field", "applies"]) + ["defaults", "threshold"],
        required: isOfField ? ["field"] : ["name", "label", "valid"], log: log)
    else { return nil }
    let field = reader.field("field", records)
    var name: String?
    if isOfField {
      name = field.map { records.fields[$0].name }
      if let name, let place = reader["field"], !names.insert(name).inserted {
        log.add(place.error("The field \"\(name)\" is scored twice"))
      }
    } else {
      name = reader.name(&names)
    }
    let label = reader.string("label") ?? field.map { records.fields[$0].label }
    let applies = reader.condition("applies", records)
    let valid = reader.condition("valid", records) ?? (reader["valid"] == nil ? field.flatMap(standard) : nil)
    let defaults = reader.condition("defaults", records)
    let threshold = threshold(reader)
    guard let name, let label, let valid else { return nil }
    return Scoring.Item(
      name: name, label: label, applies: applies, valid: valid, defaults: defaults, threshold: threshold)
  }

  /// When a field is valid and complete without further words: it holds a code of its list, or is given.
  private func standard(_ position: Int) -> CompiledExpression? {
    let field = records.fields[position]
    let codes = field.codes.map { "'" + $0.code.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'" }
    let source = codes.isEmpty ? "given(\(field.name))" : "\(field.name) in [\(codes.joined(separator: ", "))]"
    return try? CompiledExpression.compile(source, scope: records.expressions, expecting: .bool)
  }

  /// The share of defaults that is free; it goes with defaults, and they with it.
  private func threshold(_ reader: ObjectReader) -> Ratio? {
    if let defaults = reader["defaults"], reader["threshold"] == nil {
      log.add(defaults.errorAtKey("Defaults need a \"threshold\": the share of them that is free, such as \"1/10\""))
    }
    guard let place = reader["threshold"] else { return nil }
    if reader["defaults"] == nil {
      log.add(place.errorAtKey("A threshold goes with \"defaults\", and there are none here"))
    }
    return reader.fraction("threshold")
  }
}
