public import AuditModel
public import JSONDocument

extension CheckKind {
  /// Writes the schema of a rule's `with`, in the subset of JSON Schema that `docs/modules.md` states.
  public func writeParameters(to writer: inout JSONWriter<Never>) {
    SchemaWriter.write(parameters, description: nil, to: &writer)
  }
}

/// Writes what `SchemaReader` reads.
enum SchemaWriter {
  /// - Parameter description: what a member is for; nil for what stands in no object.
  static func write(_ schema: ParameterSchema, description: String?, to writer: inout JSONWriter<Never>) {
    writer.beginObject()
    if let description { writer.member("description", description) }
    writer.member("type", type(schema))
    switch schema {
    case .object(let members): object(members, to: &writer)
    case .map(let values):
      writer.key("additionalProperties")
      write(values, description: nil, to: &writer)
    case .array(let element, let atLeast):
      writer.key("items")
      write(element, description: nil, to: &writer)
      if atLeast > 0 { writer.member("minItems", atLeast) }
    case .integer(let minimum, let maximum):
      if let minimum { writer.member("minimum", minimum) }
      if let maximum { writer.member("maximum", maximum) }
    case .number(let minimum, let maximum):
      if let minimum { writer.member("minimum", minimum) }
      if let maximum { writer.member("maximum", maximum) }
    case .text(let words):
      if !words.isEmpty { strings("enum", words, to: &writer) }
    case .boolean: break
    case .date: writer.member("x-trustcheck", "date")
    case .field(let tag): fields("field", tag, to: &writer)
    case .fields(let tag): fields("fields", tag, to: &writer)
    case .each(let tag): fields("each", tag, to: &writer)
    case .expression: writer.member("x-trustcheck", "expression")
    case .pattern(let of):
      writer.member("x-trustcheck", "pattern")
      writer.member("x-of", of)
    case .codeList: writer.member("x-trustcheck", "code-list")
    }
    writer.endObject()
  }

  private static func type(_ schema: ParameterSchema) -> String {
    switch schema {
    case .object, .map: "object"
    case .array, .fields, .each: "array"
    case .boolean: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .text, .date, .field, .expression, .pattern, .codeList: "string"
    }
  }

  private static func object(_ members: [ParameterSchema.Member], to writer: inout JSONWriter<Never>) {
    writer.key("properties")
    writer.beginObject()
    for member in members {
      writer.key(member.name)
      write(member.schema, description: member.summary, to: &writer)
    }
    writer.endObject()
    strings("required", members.filter(\.isRequired).map(\.name), to: &writer)
    writer.member("additionalProperties", false)
  }

  private static func fields(_ name: String, _ tag: ParameterSchema.FieldTag, to writer: inout JSONWriter<Never>) {
    if name != "field" {
      writer.key("items")
      write(.text(oneOf: []), description: nil, to: &writer)
    }
    writer.member("x-trustcheck", name)
    if !tag.types.isEmpty { strings("x-types", tag.types.map(\.rawValue), to: &writer) }
    let judged = SchemaReader.cellKinds.filter { tag.judges & (1 << $0.kind.rawValue) != 0 }
    if judged.count < SchemaReader.cellKinds.count { strings("x-judges", judged.map(\.word), to: &writer) }
  }

  private static func strings(_ key: String, _ texts: [String], to writer: inout JSONWriter<Never>) {
    writer.key(key)
    writer.beginArray()
    for text in texts { writer.string(text) }
    writer.endArray()
  }
}
