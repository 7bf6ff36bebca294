import AuditModel
import JSONDocument

/// Reads the fields and code lists of `pack.json`.
struct FieldsReader {
  let log: PackErrorLog

  private static let spellingKinds = [
    "blank", "notKnown", "notApplicable", "suppressed", "rounded", "roundedBy", "yes", "no",
  ]

  // MARK: Code lists

  func codeLists(_ pack: ObjectReader) -> [RulePack.CodeList] {
    pack.members("codeLists").map { name, value in
      var codes: [Code] = []
      var spelt: [String: String] = [:]
      do throws(JSONError) {
        for element in try value.asArray() {
          guard let code = code(element) else { continue }
          for spelling in [code.code, code.label] + code.spellings {
            let key = FieldsReader.folded(spelling)
            if let other = spelt[key], other != code.code {
              log.add(element.error("\"\(spelling)\" means the code \"\(other)\" already"))
            }
            spelt[key] = code.code
          }
          if codes.contains(where: { $0.code == code.code }) {
            log.add(element.error("The code \"\(code.code)\" is listed twice"))
          }
          codes.append(code)
        }
        if codes.isEmpty { log.add(value.error("The code list has no codes")) }
      } catch {
        log.add(error)
      }
      return RulePack.CodeList(name: name, codes: codes)
    }.sorted { $0.name < $1.name }
  }

  private func code(_ value: JSONValue) -> Code? {
    guard
      let reader = ObjectReader(
        value, allowing: ["spellings", "from", "retired"], required: ["code", "label"], log: log),
      let code = reader.string("code"), let label = reader.string("label")
    else { return nil }
    // "retired": null says in so many words that a code is in use.
    let retired = reader["retired"]?.isNull == true ? nil : reader.date("retired")
    let from = reader["from"]?.isNull == true ? nil : reader.date("from")
    if let from, let retired, retired <= from { log.add(value.error("The code is retired before it may be used")) }
    return Code(
      code: code, label: label, from: from, retired: retired, spellings: reader.strings("spellings").map(\.text))
  }

  // MARK: Spellings

  /// The spellings that an object gives; kinds that it leaves out are those of `base`.
  func spellings(_ value: JSONValue?, base: Spellings) -> Spellings {
    guard let value, let reader = ObjectReader(value, allowing: FieldsReader.spellingKinds, log: log) else {
      return base
    }
    func words(_ key: String, _ base: [String]) -> [String] {
      reader[key] == nil ? base : reader.strings(key).map(\.text)
    }
    var result = Spellings(
      blank: words("blank", base.blank), notKnown: words("notKnown", base.notKnown),
      notApplicable: words("notApplicable", base.notApplicable), suppressed: base.suppressed,
      yes: words("yes", base.yes), no: words("no", base.no), rounded: words("rounded", base.rounded),
      roundedBy: reader.double("roundedBy") ?? base.roundedBy)
    if result.roundedBy < 0 { log.add(value.error("\"roundedBy\" is below 0")) }
    if reader["suppressed"] != nil { result.suppressed = reader.array("suppressed").compactMap(suppressed) }
    return result
  }

  private func suppressed(_ value: JSONValue) -> SuppressedSpelling? {
    guard let reader = ObjectReader(value, allowing: [], required: ["text", "low", "high"], log: log),
      let text = reader.string("text"), let low = reader.integer("low"), let high = reader.integer("high")
    else { return nil }
    if low > high { log.add(value.error("\"low\" is above \"high\"")) }
    return SuppressedSpelling(text: text, low: low, high: high)
  }

  // MARK: Fields

  func fields(_ pack: ObjectReader, codeLists: [RulePack.CodeList]) -> [Field] {
    let base = spellings(pack["spellings"], base: Spellings())
    var fields: [Field] = []
    var headings: [String: String] = [:]
    for value in pack.array("fields") {
      guard let field = field(value, base: base, codeLists: codeLists) else { continue }
      if fields.contains(where: { $0.name == field.name }) {
        log.add(value.error("The field \"\(field.name)\" is listed twice"))
        continue
      }
      for heading in [field.name, field.label] + field.aliases {
        let key = FieldsReader.heading(heading)
        if let other = headings[key], other != field.name {
          log.add(value.error("The heading \"\(heading)\" means the field \"\(other)\" already"))
        }
        headings[key] = field.name
      }
      fields.append(field)
    }
    if fields.isEmpty, pack["fields"]?.kind == .array { log.add(pack.value.error("The pack has no fields")) }
    return fields
  }

  private func field(_ value: JSONValue, base: Spellings, codeLists: [RulePack.CodeList]) -> Field? {
    guard
      let reader = ObjectReader(
        value, allowing: ["privacy", "aliases", "codes", "spellings", "optional", "paths", "unit"],
        required: ["name", "label", "type", "summary"], log: log),
      let name = reader.string("name"), let label = reader.string("label"),
      let type = reader.word("type", of: FieldType.self)
    else { return nil }
    if let place = reader["name"] {
      if !PackName.isIdentifier(name) {
        log.add(
          place.error("\"\(name)\" is no field name: letters, digits and '_', no digit first, no word of CEL's own"))
      }
      if name == OrganisationFields.records || OrganisationFields.position(of: name) != nil {
        log.add(place.error("\"\(name)\" is a name of the host's own; choose another"))
      }
    }
    var codes: [Code] = []
    if let list = reader.string("codes"), let place = reader["codes"] {
      if type != .text { log.add(place.error("Only a text field has codes; this one is of type \(type.rawValue)")) }
      if let found = codeLists.first(where: { $0.name == list }) {
        codes = found.codes
      } else {
        log.add(
          place.error(
            "The pack has no code list \"\(list)\"" + Suggestion.question(for: list, among: codeLists.map(\.name))))
      }
    }
    let field = Field(
      name: name, label: label, type: type, privacy: reader.word("privacy") ?? .internal,
      aliases: reader.strings("aliases").map(\.text), summary: reader.string("summary") ?? "", codes: codes,
      spellings: spellings(reader["spellings"], base: base), isOptional: reader.boolean("optional") ?? false,
      paths: paths(reader), unit: unit(reader, type))
    checkSpellings(field, value)
    return field
  }

  private func paths(_ reader: ObjectReader) -> [RecordPath] {
    var paths: [RecordPath] = []
    for (text, value) in reader.strings("paths") {
      guard let path = RecordPath(text) else {
        log.add(
          value.error(
            "\"\(text)\" is no path; expected names divided by '/', with an attribute last, such as "
              + "\"Person/Number/@extension\""))
        continue
      }
      if paths.contains(path) { log.add(value.error("The path \"\(text)\" is listed twice")) }
      paths.append(path)
    }
    return paths
  }

  private func unit(_ reader: ObjectReader, _ type: FieldType) -> NumberUnit? {
    guard let place = reader["unit"] else { return nil }
    if type != .number { log.add(place.error("Only a field of type number has a unit; this one is \(type.rawValue)")) }
    return reader.word("unit")
  }

  /// No spelling of a field may mean two things.
  private func checkSpellings(_ field: Field, _ value: JSONValue) {
    let spellings = field.spellings
    var meanings: [(text: String, meaning: String)] = []
    func add(_ texts: [String], _ meaning: String) { meanings += texts.map { ($0, meaning) } }
    add(spellings.blank, "blank")
    add(spellings.notKnown, "not known")
    add(spellings.notApplicable, "not applicable")
    if field.type.isNumeric { add(spellings.suppressed.map(\.text), "suppressed") }
    if field.type == .boolean {
      add(spellings.yes + Spellings.usualYes, "true")
      add(spellings.no + Spellings.usualNo, "false")
    }
    for code in field.codes { add([code.code, code.label] + code.spellings, "the code \"\(code.code)\"") }
    var known: [String: String] = [:]
    for (text, meaning) in meanings {
      let key = FieldsReader.folded(text)
      // Two codes that are spelt alike are told where their list is read.
      if let other = known[key], other != meaning, !(other.hasPrefix("the code") && meaning.hasPrefix("the code")) {
        log.add(
          value.error("In the field \"\(field.name)\" the spelling \"\(text)\" means both \(other) and \(meaning)"))
      }
      known[key] = meaning
    }
  }

  /// As spellings are compared: without regard to case and outer spaces.
  static func folded(_ text: String) -> String {
    text.lowercased().trimmed
  }

  /// As headings are compared: by letters and digits alone, without regard to case.
  private static func heading(_ text: String) -> String {
    String(text.lowercased().filter { $0.isLetter || $0.isNumber })
  }
}
