import AuditModel
import JSONDocument

/// Reads `pack.json`.
struct PackHeadReader {
  let folderName: String
  let kinds: [CheckKind]
  let log: PackErrorLog

  /// What a pack's rules may use: its kinds, by name.
  struct Head {
    var pack: RulePack
    var kinds: [String: CheckKind]
    /// Where each kind was required.
    var requirements: [(text: String, value: JSONValue)]
  }

  func read(_ root: JSONValue) -> Head? {
    guard
      let reader = ObjectReader(
        root,
        allowing: [
          "$schema", "reading", "organisation", "period", "recordKey", "totals", "spellings", "codeLists",
          "records", "wide", "disclosure", "question",
        ],
        required: ["name", "version", "title", "purpose", "requires", "recordsPerOrganisation", "fields"], log: log)
    else { return nil }
    _ = reader.string("$schema")
    let fieldsReader = FieldsReader(log: log)
    let codeLists = fieldsReader.codeLists(reader)
    let fields = fieldsReader.fields(reader, codeLists: codeLists)
    if let name = reader.string("name"), let place = reader["name"] {
      if !PackName.isHyphenated(name) {
        log.add(place.error("\"\(name)\" is no pack name: lower-case words joined by hyphens"))
      } else if name == "intake" {
        log.add(place.error("The name \"intake\" is that of the host's own rules"))
      } else if name != folderName {
        log.add(place.error("The pack is named \"\(name)\", and its folder \"\(folderName)\"; they must be equal"))
      }
    }
    let requirements = reader.strings("requires")
    var known: [String: CheckKind] = [:]
    for (name, value) in requirements {
      if let kind = kinds.first(where: { $0.name == name }) {
        known[name] = kind
      } else {
        let question = Suggestion.question(for: name, among: kinds.map(\.name))
        log.add(value.error("No module offers the check kind \"\(name)\"" + question))
      }
    }
    var pack = RulePack(
      name: folderName, version: version(reader), title: reader.string("title") ?? "",
      purpose: reader.string("purpose") ?? "", reading: reader.string("reading", mayBeEmpty: true) ?? "",
      requires: requirements.map(\.text).sorted(), fields: fields, codeLists: codeLists, organisationCode: nil,
      organisationName: nil, period: nil,
      recordsPerOrganisation: reader.word("recordsPerOrganisation") ?? .many, recordKey: [],
      totals: reader.strings("totals").map(\.text), rules: [], status: nil, figures: [],
      figuresReading: "", files: [])
    pack.period = field(reader["period"], fields, ofType: .period)
    if let value = reader["organisation"],
      let organisation = ObjectReader(value, allowing: ["code", "name"], log: log)
    {
      pack.organisationCode = field(organisation["code"], fields, ofType: .text)
      pack.organisationName = field(organisation["name"], fields, ofType: .text)
      if pack.organisationCode == nil && pack.organisationName == nil {
        log.add(value.error("Expected the field with the organisation's \"code\", the one with its \"name\", or both"))
      }
    }
    pack.recordPlaces = recordPlaces(reader["records"])
    pack.wide = wide(reader["wide"], fields)
    pack.question = reader.strings("question").map(\.text)
    pack.disclosure = disclosure(reader["disclosure"], fields)
    for (name, value) in reader.strings("recordKey") {
      guard let position = position(name, value, fields) else { continue }
      if fields[position].privacy == .personal {
        log.add(value.error("The field \"\(name)\" is personal; a record key is made of fields that are not"))
      }
      pack.recordKey.append(position)
    }
    return Head(pack: pack, kinds: known, requirements: requirements)
  }

  private func recordPlaces(_ value: JSONValue?) -> RecordPlaces {
    guard let value, let reader = ObjectReader(value, allowing: ["xml", "json"], log: log) else {
      return RecordPlaces()
    }
    func names(_ key: String) -> [String]? {
      guard let text = reader.string(key), let place = reader[key] else { return nil }
      let names = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      if names.contains(where: \.isEmpty) {
        log.add(place.error("\"\(text)\" is no path from the root; expected names divided by '/'"))
      }
      return names
    }
    return RecordPlaces(xml: names("xml"), json: names("json"))
  }

  /// The fields into which a table with a column for each period is read.
  private func wide(_ value: JSONValue?, _ fields: [Field]) -> RulePack.Wide? {
    guard let value, let reader = ObjectReader(value, allowing: [], required: ["period", "value"], log: log),
      let period = field(reader["period"], fields, ofType: .period),
      let name = reader.string("value"), let place = reader["value"], let amount = position(name, place, fields)
    else { return nil }
    return RulePack.Wide(period: period, value: amount)
  }

  /// Which counts of people are guarded in public outputs.
  private func disclosure(_ value: JSONValue?, _ fields: [Field]) -> DisclosurePolicy? {
    guard let value,
      let reader = ObjectReader(value, allowing: ["counts", "sums"], required: ["smallest"], log: log)
    else { return nil }
    func counts(_ names: [(text: String, value: JSONValue)]) -> [String] {
      for (name, place) in names {
        guard let position = position(name, place, fields) else { continue }
        if fields[position].type != .integer {
          log.add(place.error("The field \"\(name)\" is of type \(fields[position].type.rawValue); expected integer"))
        }
      }
      return names.map(\.text)
    }
    var policy = DisclosurePolicy(smallest: 0, counts: counts(reader.strings("counts")), sums: [])
    do throws(JSONError) {
      policy.smallest = Int(try value.requiredInteger("smallest"))
      if policy.smallest < 2, let place = reader["smallest"] {
        throw place.error("Expected at least 2, found \(policy.smallest): a smaller bound withholds nothing")
      }
    } catch {
      log.add(error)
    }
    for element in reader.array("sums") {
      guard let sum = ObjectReader(element, allowing: [], required: ["total", "parts"], log: log),
        let total = sum.string("total"), let place = sum["total"]
      else { continue }
      let parts = sum.strings("parts")
      for (name, place) in [(text: total, value: place)] + parts where !policy.counts.contains(name) {
        log.add(place.error("\"\(name)\" is none of the \"counts\""))
      }
      if parts.count < 2 { log.add(element.error("A sum has at least two parts")) }
      policy.sums.append(DisclosurePolicy.Sum(total: total, parts: parts.map(\.text)))
    }
    return policy
  }

  /// A version of three numbers.
  private func version(_ reader: ObjectReader) -> String {
    guard let version = reader.string("version"), let place = reader["version"] else { return "" }
    let parts = version.split(separator: ".", omittingEmptySubsequences: false)
    let isNumber = { (part: Substring) in
      !part.isEmpty && part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
    if parts.count != 3 || !parts.allSatisfy(isNumber) {
      log.add(place.error("Expected a version of three numbers such as \"1.0.0\", found \"\(version)\""))
    }
    return version
  }

  /// The position of a field that a value names; nil for `null`.
  private func field(_ value: JSONValue?, _ fields: [Field], ofType type: FieldType) -> Int? {
    guard let value, !value.isNull else { return nil }
    do throws(JSONError) {
      let name = try value.asString()
      guard let position = position(name, value, fields) else { return nil }
      if fields[position].type != type {
        throw value.error(
          "The field \"\(name)\" is of type \(fields[position].type.rawValue); expected \(type.rawValue)")
      }
      return position
    } catch {
      log.add(error)
      return nil
    }
  }

  private func position(_ name: String, _ value: JSONValue, _ fields: [Field]) -> Int? {
    if let position = fields.firstIndex(where: { $0.name == name }) { return position }
    log.add(
      value.error("There is no field \"\(name)\"" + Suggestion.question(for: name, among: fields.map(\.name))))
    return nil
  }
}
