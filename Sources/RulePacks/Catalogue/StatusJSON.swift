import AuditModel
import JSONDocument

/// The decision table of a pack for programs, with its proof.
enum StatusJSON {
  static func write(_ status: StatusTable, of pack: RulePack, to writer: inout JSONWriter<Never>) {
    let file = pack.document(status.rule.file)
    writer.beginObject()
    RuleJSON.head(status.rule, to: &writer)
    writer.optional("reading", status.reading)
    writer.member("check", status.rule.kind.name)
    if let field = status.declared { writer.member("declared", pack.fields[field].name) }
    if let field = status.words { writer.member("words", pack.fields[field].name) }
    if let field = status.received { writer.member("received", pack.fields[field].name) }
    if let facts = file?["with"]?["facts"] {
      writer.key("facts")
      writer.value(facts)
    }
    table(status.table, to: &writer)
    RuleJSON.end(status.rule, examples: file?["examples"], to: &writer)
  }

  private static func table(_ table: DecisionTable, to writer: inout JSONWriter<Never>) {
    writer.array("inputs", table.inputs) { writer, input in
      writer.beginObject()
      writer.member("name", input.name)
      writer.member("summary", input.summary)
      writer.member("givenByHost", input.isHostFact)
      writer.strings("words", input.words)
      writer.endObject()
    }
    writer.array("rules", Array(table.rows.enumerated())) { writer, row in
      writer.beginObject()
      writer.member("row", row.offset + 1)
      writer.key("when")
      writer.beginObject()
      for (input, words) in zip(table.inputs, row.element.takes) where words.count < input.words.count {
        writer.strings(input.name, words.map { input.words[$0] })
      }
      writer.endObject()
      writer.member("status", row.element.status.rawValue)
      writer.member("basis", row.element.basis.rawValue)
      writer.member("reason", row.element.reason)
      writer.member("combinations", table.proof.taken[row.offset])
      writer.endObject()
    }
    writer.key("proof")
    writer.beginObject()
    writer.member("hitPolicy", "UNIQUE")
    writer.member("combinations", table.proof.combinations)
    writer.endObject()
  }
}
