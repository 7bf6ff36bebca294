public import AuditModel
public import JSONDocument

/// A rule pack for programs, by `rules/schemas/catalogue.schema.json`.
public enum PackJSON {
  /// Writes a pack as one object.
  public static func write(_ pack: RulePack, to writer: inout JSONWriter<Never>) {
    writer.beginObject()
    writer.member("name", pack.name)
    writer.member("version", pack.version)
    writer.member("title", pack.title)
    writer.member("purpose", pack.purpose)
    writer.optional("reading", pack.reading)
    writer.strings("requires", pack.requires)
    if pack.namesOrganisations {
      writer.key("organisation")
      writer.beginObject()
      if let code = pack.organisationCode { writer.member("code", pack.fields[code].name) }
      if let name = pack.organisationName { writer.member("name", pack.fields[name].name) }
      writer.endObject()
    }
    if let period = pack.period { writer.member("period", pack.fields[period].name) }
    writer.member("recordsPerOrganisation", pack.recordsPerOrganisation.rawValue)
    writer.strings("recordKey", pack.recordKey.map { pack.fields[$0].name })
    writer.strings("totals", pack.totals)
    writer.array("fields", pack.fields) { field(&$0, $1, of: pack) }
    writer.array("codeLists", pack.codeLists) { codeList(&$0, $1) }
    writer.array("rules", pack.rules) { RuleJSON.write($1, of: pack, to: &$0) }
    if let status = pack.status {
      writer.key("status")
      StatusJSON.write(status, of: pack, to: &writer)
    }
    if let file = pack.document("figures.json"), let figures = file["figures"] {
      writer.optional("figuresReading", pack.figuresReading)
      writer.key("figures")
      writer.value(figures)
    }
    for (key, path) in [("counts", "counts.json"), ("dqmi", "dqmi.json")] {
      guard let file = pack.document(path) else { continue }
      writer.key(key)
      writer.value(file)
    }
    writer.endObject()
  }

  private static func field(_ writer: inout JSONWriter<Never>, _ field: Field, of pack: RulePack) {
    writer.beginObject()
    writer.member("name", field.name)
    writer.member("label", field.label)
    writer.member("type", field.type.rawValue)
    writer.member("privacy", field.privacy.rawValue)
    writer.member("summary", field.summary)
    writer.strings("aliases", field.aliases)
    if let list = pack.codeList(of: field) { writer.member("codes", list.name) }
    writer.member("optional", field.isOptional)
    writer.key("spellings")
    spellings(&writer, field)
    writer.endObject()
  }

  /// The spellings that mean something in a field of its type, those of the pack among them.
  private static func spellings(_ writer: inout JSONWriter<Never>, _ field: Field) {
    let spellings = field.spellings
    writer.beginObject()
    writer.strings("blank", spellings.blank)
    writer.strings("notKnown", spellings.notKnown)
    writer.strings("notApplicable", spellings.notApplicable)
    if field.type.isNumeric {
      writer.array("suppressed", spellings.suppressed) { writer, spelling in
        writer.beginObject()
        writer.member("text", spelling.text)
        writer.member("low", spelling.low)
        writer.member("high", spelling.high)
        writer.endObject()
      }
      writer.strings("rounded", spellings.rounded)
      writer.member("roundedBy", spellings.roundedBy)
    }
    if field.type == .boolean {
      writer.strings("yes", spellings.yes)
      writer.strings("no", spellings.no)
    }
    writer.endObject()
  }

  private static func codeList(_ writer: inout JSONWriter<Never>, _ list: RulePack.CodeList) {
    writer.beginObject()
    writer.member("name", list.name)
    writer.array("codes", list.codes) { writer, code in
      writer.beginObject()
      writer.member("code", code.code)
      writer.member("label", code.label)
      if let from = code.from { writer.member("from", from.description) }
      if let retired = code.retired { writer.member("retired", retired.description) }
      writer.strings("spellings", code.spellings)
      writer.endObject()
    }
    writer.endObject()
  }
}

extension RulePack {
  /// The code list that a field's codes are from; nil when it has none.
  func codeList(of field: Field) -> CodeList? {
    field.codes.isEmpty ? nil : codeLists.first { $0.codes == field.codes }
  }

  /// A file of the pack as JSON.
  func document(_ path: String) -> JSONValue? {
    files.first { $0.path == path }.flatMap { try? JSONDocument.parse($0.bytes, name: path).root }
  }
}

extension JSONWriter where Failure == Never {
  /// A text that is left out when there is none.
  mutating func optional(_ key: String, _ text: String) {
    if !text.isEmpty { member(key, text) }
  }

  public mutating func strings(_ key: String, _ texts: [String]) {
    array(key, texts) { $0.string($1) }
  }

  public mutating func array<Element>(
    _ key: String, _ elements: [Element], _ write: (inout JSONWriter<Never>, Element) -> Void
  ) {
    self.key(key)
    beginArray()
    for element in elements { write(&self, element) }
    endArray()
  }

  /// Advice by role.
  public mutating func fix(_ fix: [Role: String]) {
    key("fix")
    beginObject()
    for role in Role.allCases {
      if let advice = fix[role] { member(role.rawValue, advice) }
    }
    endObject()
  }
}
