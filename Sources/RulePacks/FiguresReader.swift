import AuditModel
import Expressions
import JSONDocument

/// Reads `figures.json`: figures and the claims they are to support.
struct FiguresReader {
  let records: RuleScope
  let organisations: RuleScope
  let log: PackErrorLog

  /// What `figures.json` holds.
  struct Contents {
    var reading: String
    var figures: [Figure]
  }

  func contents(_ root: JSONValue) -> Contents? {
    guard let reader = ObjectReader(root, allowing: ["$schema", "reading"], required: ["figures"], log: log)
    else { return nil }
    _ = reader.string("$schema")
    let values = reader.array("figures")
    if let value = reader["figures"], value.kind == .array, values.isEmpty {
      log.add(value.error("Expected at least one figure"))
    }
    var names: Set<String> = []
    return Contents(reading: reader.string("reading") ?? "", figures: values.compactMap { figure($0, &names) })
  }

  private func figure(_ value: JSONValue, _ names: inout Set<String>) -> Figure? {
    guard
      let reader = ObjectReader(
        value, allowing: ["base", "note", "parts", "claims"], required: ["name", "title", "unit", "where"], log: log)
    else { return nil }
    let name = reader.name(&names)
    let title = reader.string("title")
    let note = reader.string("note") ?? ""
    let unit = reader.word("unit", of: FigureUnit.self)
    var partNames: Set<String> = []
    var claimNames: Set<String> = []
    let claims = reader.array("claims").compactMap { claim($0, &claimNames) }
    // What a condition may name depends on the unit.
    guard let unit else { return nil }
    let scope = unit == .record ? records : organisations
    let base = reader.condition("base", scope)
    let condition = reader.condition("where", scope)
    let parts = reader.array("parts").compactMap { part($0, scope, &partNames) }
    guard let name, let title, let condition else { return nil }
    return Figure(
      name: name, title: title, unit: unit, base: base,
      baseReadsRecords: base.map { unit == .organisation && scope.readsRecords($0) } ?? false, condition: condition,
      note: note, parts: parts, claims: claims)
  }

  private func part(_ value: JSONValue, _ scope: RuleScope, _ names: inout Set<String>) -> Figure.Part? {
    guard let reader = ObjectReader(value, allowing: [], required: ["name", "title", "where"], log: log)
    else { return nil }
    let name = reader.name(&names)
    let condition = reader.condition("where", scope)
    guard let name, let title = reader.string("title"), let condition else { return nil }
    return Figure.Part(name: name, title: title, condition: condition)
  }

  // MARK: Claims

  private func claim(_ value: JSONValue, _ names: inout Set<String>) -> Claim? {
    guard
      let reader = ObjectReader(
        value, allowing: ["tolerance"],
        required: ["name", "population", "predicate", "words", "relation", "value", "source"], log: log)
    else { return nil }
    let name = reader.name(&names)
    let texts = ["population", "predicate", "words", "source"].map { reader.string($0) ?? "" }
    let relation = reader.word("relation", of: Claim.Relation.self)
    let share = reader.fraction("value")
    let tolerance = reader.fraction("tolerance")
    guard let name, let relation, let share else { return nil }
    if let place = reader["tolerance"], let tolerance, tolerance.numerator > 0, relation != .about {
      log.add(place.error("A tolerance goes with the relation \"about\", and this one is \"\(relation.rawValue)\""))
    }
    if let place = reader["value"] {
      if relation == .moreThan, share.numerator == share.denominator {
        log.add(place.error("No share is more than 1, so the claim could never be supported"))
      } else if relation == .lessThan, share.numerator == 0 {
        log.add(place.error("No share is less than 0, so the claim could never be supported"))
      }
    }
    return Claim(
      name: name, population: texts[0], predicate: texts[1], words: texts[2], relation: relation, value: share,
      tolerance: tolerance ?? .zero, source: texts[3])
  }
}
