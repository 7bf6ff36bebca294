import AuditModel
import Expressions
import JSONDocument

/// Reads the file of one rule.
struct RuleReader {
  let head: PackHeadReader.Head
  let records: RuleScope
  let organisations: RuleScope
  let log: PackErrorLog

  private static let required = [
    "summary", "why", "fix", "dimension", "severity", "check", "examples",
  ]
  private static let allowed = [
    "$schema", "mandatory", "applies", "with", "field", "draft", "beta", "enforced", "aliases", "source", "reading",
    "message",
  ]

  /// - Parameters:
  ///   - name: the rule's name without its pack.
  ///   - folder: the folder it stands in, which is to be its dimension.
  func rule(_ root: JSONValue, name: String, folder: String, file: String) -> Rule? {
    guard let reader = ObjectReader(root, allowing: Self.allowed, required: Self.required, log: log) else { return nil }
    _ = reader.string("$schema")
    let summary = reader.string("summary") ?? ""
    let dimension = reader.word("dimension", of: Dimension.self)
    if let dimension, dimension.rawValue != folder, let place = reader["dimension"] {
      log.add(place.error("The rule stands in the folder \"\(folder)\"; expected that dimension, or the file moved"))
    }
    let severity = reader.word("severity", of: Severity.self)
    guard let kind = kind(reader) else { return nil }
    let common = common(reader, kind: kind)
    guard let dimension, let severity, let message = common.message else { return nil }
    let examples = ExampleReader(fields: head.pack.fields, reads: kind.reads, log: log)
    return Rule(
      id: "\(head.pack.name)/\(name)", aliases: aliases(reader), summary: summary, why: reader.string("why") ?? "",
      fix: fix(reader), dimension: dimension, severity: severity,
      isMandatory: reader.boolean("mandatory") ?? (severity == .error),
      lifeCycle: LifeCycleReader(log: log).lifeCycle(reader), isReading: reader.boolean("reading") ?? false,
      source: reader.string("source") ?? "", applies: common.applies,
      appliesSource: common.applies == nil ? nil : reader["applies"]?.string, kind: kind,
      settings: common.settings, message: message, bindings: common.bindings,
      examples: reader["examples"].map(examples.examples) ?? [], file: file)
  }

  /// What a rule gives its check kind, and what it says when it fails.
  struct Common {
    var applies: CompiledExpression?
    var bindings: [RuleBinding]
    var settings: [Rule.Setting]
    var message: MessageTemplate?
  }

  func common(_ reader: ObjectReader, kind: CheckKind) -> Common {
    let scope = kind.reads == .records ? records : organisations
    var applies: CompiledExpression?
    if let value = reader["applies"] {
      do { applies = try scope.condition(value) } catch { log.add(error) }
    }
    var place: (position: Int, value: JSONValue)?
    if let value = reader["field"] {
      do { place = (try scope.field(value), value) } catch { log.add(error) }
    }
    var binder = ParameterBinder(scope: scope, codeLists: head.pack.codeLists, log: log)
    let bindings = binder.bind(reader["with"], kind.parameters, rule: reader.value, place: place)
    return Common(applies: applies, bindings: bindings, settings: binder.settings, message: message(reader, kind))
  }

  func kind(_ reader: ObjectReader) -> CheckKind? {
    guard let name = reader.string("check"), let place = reader["check"] else { return nil }
    if let kind = head.kinds[name] { return kind }
    // One that no module offers is told where the pack requires it.
    if !head.requirements.contains(where: { $0.text == name }) {
      let question = Suggestion.question(for: name, among: head.requirements.map(\.text))
      log.add(place.error("The pack does not require the check kind \"\(name)\"" + question))
    }
    return nil
  }

  func message(_ reader: ObjectReader, _ kind: CheckKind) -> MessageTemplate? {
    let written = reader.string("message")
    if written == nil && reader["message"] != nil { return nil }
    let place = reader["message"] ?? reader["check"] ?? reader.value
    do {
      let template = try MessageTemplate(written ?? kind.message)
      let known = (MessageTemplate.standardNames + kind.evidence).sorted()
      for name in template.placeholders where !known.contains(name) {
        let question = Suggestion.question(for: name, among: known)
        log.add(
          place.error(
            "\(kind.name) gives no \"{\(name)}\"" + (question.isEmpty ? "; it gives \(list(known))" : question)))
      }
      return template
    } catch {
      log.add(written == nil ? place.error(error.message) : place.error(inString: error.offset, error.message))
      return nil
    }
  }

  private func list(_ names: [String]) -> String { names.map { "{\($0)}" }.joined(separator: ", ") }

  func fix(_ reader: ObjectReader) -> [Role: String] {
    guard let value = reader["fix"],
      let roles = ObjectReader(value, allowing: Role.allCases.map(\.rawValue), log: log)
    else { return [:] }
    if value.count == 0 { log.add(value.error("Expected advice for \"data-officer\", \"reviewer\" or both")) }
    var fix: [Role: String] = [:]
    for role in Role.allCases { fix[role] = roles.string(role.rawValue) }
    return fix
  }

  /// Earlier names, in full.
  private func aliases(_ reader: ObjectReader) -> [String] {
    reader.strings("aliases").compactMap { alias, value in
      let parts = alias.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy({ PackName.isHyphenated(String($0)) }) else {
        log.add(value.error("Expected a rule's id such as \"\(head.pack.name)/rule-name\", found \"\(alias)\""))
        return nil
      }
      return alias
    }
  }
}
