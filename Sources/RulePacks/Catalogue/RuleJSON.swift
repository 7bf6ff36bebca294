import AuditModel
import JSONDocument

/// One rule for programs; what its author gave the check kind, and its examples, stand there as in its file.
enum RuleJSON {
  static func write(_ rule: Rule, of pack: RulePack, to writer: inout JSONWriter<Never>) {
    let file = pack.document(rule.file)
    writer.beginObject()
    head(rule, to: &writer)
    writer.member("reading", rule.isReading)
    lifeCycle(rule.lifeCycle, to: &writer)
    if let applies = rule.appliesSource { writer.member("applies", applies) }
    writer.member("check", rule.kind.name)
    writer.key("with")
    if let with = file?["with"] {
      writer.value(with)
    } else {
      writer.beginObject()
      writer.endObject()
    }
    if let field = file?["field"]?.string { writer.member("field", field) }
    end(rule, examples: file?["examples"], to: &writer)
  }

  /// What every rule has, the one with the decision table among them.
  static func head(_ rule: Rule, to writer: inout JSONWriter<Never>) {
    writer.member("id", rule.id)
    writer.strings("aliases", rule.aliases)
    writer.member("summary", rule.summary)
    writer.member("why", rule.why)
    writer.fix(rule.fix)
    writer.member("dimension", rule.dimension.rawValue)
    writer.member("severity", rule.severity.rawValue)
    writer.member("mandatory", rule.isMandatory)
  }

  static func end(_ rule: Rule, examples: JSONValue?, to writer: inout JSONWriter<Never>) {
    writer.member("message", rule.message.source)
    writer.optional("source", rule.source)
    if let examples {
      writer.key("examples")
      writer.value(examples)
    }
    writer.endObject()
  }

  private static func lifeCycle(_ cycle: LifeCycle, to writer: inout JSONWriter<Never>) {
    writer.member("draft", cycle.isDraft)
    if let from = cycle.betaFrom {
      writer.key("beta")
      writer.beginObject()
      writer.member("from", from.description)
      writer.endObject()
    }
    if let from = cycle.enforcedFrom {
      writer.key("enforced")
      writer.beginObject()
      writer.member("from", from.description)
      if let to = cycle.enforcedTo { writer.member("to", to.description) }
      writer.endObject()
    }
  }
}
