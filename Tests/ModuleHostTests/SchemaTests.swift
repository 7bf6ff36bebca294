import AuditModel
import JSONDocument
import Testing

@testable import ModuleHost

@Suite("The notation of parameters")
struct SchemaTests {
  private func member(
    _ name: String, _ schema: ParameterSchema, isRequired: Bool = false
  ) -> ParameterSchema.Member {
    ParameterSchema.Member(name: name, summary: "D.", isRequired: isRequired, schema: schema)
  }

  @Test func everyFormIsRead() throws {
    let schema = try SchemaReader.read(
      #"""
      {"type": "object", "additionalProperties": false, "required": ["that", "field"], "properties": {
        "field": {"type": "string", "description": "D.", "x-trustcheck": "field", "x-types": ["date", "period"],
          "x-judges": ["value", "suppressed"]},
        "fields": {"type": "array", "items": {"type": "string"}, "description": "D.", "x-trustcheck": "each"},
        "others": {"type": "array", "items": {"type": "string"}, "description": "D.", "x-trustcheck": "fields",
          "x-judges": ["value"]},
        "that": {"type": "string", "description": "D.", "x-trustcheck": "expression"},
        "pattern": {"type": "string", "description": "D.", "x-trustcheck": "pattern", "x-of": "field"},
        "list": {"type": "string", "description": "D.", "x-trustcheck": "code-list"},
        "earliest": {"type": "string", "description": "D.", "x-trustcheck": "date"},
        "strict": {"type": "boolean", "description": "D."},
        "n": {"type": "integer", "description": "D.", "minimum": 0, "maximum": 9},
        "x": {"type": "number", "description": "D.", "minimum": 0.5},
        "word": {"type": "string", "description": "D.", "enum": ["b", "a"]},
        "text": {"type": "string", "description": "D."},
        "facts": {"type": "object", "description": "D.", "additionalProperties": {
          "type": "object", "additionalProperties": false, "properties": {}}},
        "rows": {"type": "array", "description": "D.", "minItems": 1, "items": {"type": "integer"}}}}
      """#)
    let expected: [ParameterSchema.Member] = [
      member("earliest", .date),
      member("facts", .map(values: .object(members: []))),
      member("field", .field(ParameterSchema.FieldTag(types: [.date, .period], judges: 0b01_0001)), isRequired: true),
      member("fields", .each(ParameterSchema.FieldTag())),
      member("list", .codeList),
      member("n", .integer(minimum: 0, maximum: 9)),
      member("others", .fields(ParameterSchema.FieldTag(judges: 1))),
      member("pattern", .pattern(of: "field")),
      member("rows", .array(of: .integer(minimum: nil, maximum: nil), atLeast: 1)),
      member("strict", .boolean),
      member("text", .text(oneOf: [])),
      member("that", .expression, isRequired: true),
      member("word", .text(oneOf: ["b", "a"])),
      member("x", .number(minimum: 0.5, maximum: nil)),
    ]
    #expect(schema == .object(members: expected))
    // What is written of it for catalogues reads as the same.
    var writer = JSONWriter()
    SchemaWriter.write(schema, description: nil, to: &writer)
    #expect(try SchemaReader.read(String(decoding: writer.finishedBytes(), as: UTF8.self)) == schema)
  }

  /// The properties of a schema that is wrong, where, and what is said.
  static let wrongProperties: [(properties: String, pointer: String, words: String)] = [
    (#"{"a": {"type": "boolean"}}"#, "/properties/a", "description"),
    (#"{"a": {"type": "boolean", "description": ""}}"#, "/properties/a", "Expected a description, found an empty one"),
    (#"{"a": {"type": "strnig", "description": "D."}}"#, "/properties/a/type", "did you mean \"string\"?"),
    (
      #"{"a": {"type": "null", "description": "D."}}"#, "/properties/a/type", "Expected one of the types array, boolean"
    ),
    (#"{"a": {"type": ["string"], "description": "D."}}"#, "/properties/a/type", "Expected a string"),
    (#"{"a": {"type": "boolean", "description": "D.", "default": true}}"#, "/properties/a/default", "Unknown key"),
    (#"{"a": {"type": "string", "description": "D.", "pattern": "x"}}"#, "/properties/a/pattern", "Unknown key"),
    (#"{"a": {"type": "string", "description": "D.", "enum": []}}"#, "/properties/a/enum", "at least one word"),
    (#"{"a": {"type": "string", "description": "D.", "enum": ["x", "x"]}}"#, "/properties/a/enum/1", "listed twice"),
    (#"{"a": {"type": "integer", "description": "D.", "minimum": 0.5}}"#, "/properties/a/minimum", "an integer"),
    (
      #"{"a": {"type": "number", "description": "D.", "minimum": 2, "maximum": 1}}"#, "/properties/a/maximum",
      "Expected at least the minimum of 2.0, found 1.0"
    ),
    (#"{"a": {"type": "array", "description": "D."}}"#, "/properties/a", "items"),
    (
      #"{"a": {"type": "array", "description": "D.", "items": {"type": "string"}, "minItems": -1}}"#,
      "/properties/a/minItems", "Expected 0 to 1000000, found -1"
    ),
    (
      #"{"a": {"type": "object", "description": "D."}}"#, "/properties/a",
      "Expected \"properties\", or \"additionalProperties\" with the schema of every value"
    ),
    (
      #"{"a": {"type": "object", "description": "D.", "properties": {}}}"#, "/properties/a", "additionalProperties"
    ),
    (
      #"{"a": {"type": "object", "description": "D.", "properties": {}, "additionalProperties": true}}"#,
      "/properties/a/additionalProperties", "Expected false"
    ),
    (
      #"{"a": {"type": "string", "description": "D.", "x-trustcheck": "fields"}}"#, "/properties/a/type",
      "Expected \"array\" with the tag \"fields\", found \"string\""
    ),
    (
      #"{"a": {"type": "string", "description": "D.", "x-trustcheck": "feild"}}"#, "/properties/a/x-trustcheck", "field"
    ),
    (
      #"{"a": {"type": "string", "description": "D.", "x-trustcheck": "field", "x-types": ["day"]}}"#,
      "/properties/a/x-types/0", "date"
    ),
    (
      #"{"a": {"type": "string", "description": "D.", "x-trustcheck": "field", "x-judges": ["given"]}}"#,
      "/properties/a/x-judges/0", "Expected one of \"value\", \"blank\""
    ),
    (
      #"{"a": {"type": "array", "description": "D.", "x-trustcheck": "fields", "items": {"type": "integer"}}}"#,
      "/properties/a/items", "Expected {\"type\": \"string\"}, as fields are named"
    ),
    (
      #"{"a": {"type": "string", "description": "D.", "x-trustcheck": "pattern", "x-of": "b"}}"#,
      "/properties/a/x-of", "tagged \"field\" or \"each\", found \"b\""
    ),
    (
      #"{"a": {"type": "string", "description": "D.", "x-trustcheck": "date", "x-types": ["date"]}}"#,
      "/properties/a/x-types", "Unknown key"
    ),
    (
      #"""
      {"a": {"type": "array", "description": "D.", "x-trustcheck": "each", "items": {"type": "string"}},
       "b": {"type": "array", "description": "D.", "x-trustcheck": "each", "items": {"type": "string"}}}
      """#, "/properties/b/x-trustcheck", "Only one property may be tagged \"each\", and \"a\" is already"
    ),
    (
      #"""
      {"a": {"type": "object", "description": "D.", "additionalProperties": false, "properties": {
        "b": {"type": "array", "description": "D.", "x-trustcheck": "each", "items": {"type": "string"}}}}}
      """#, "/properties/a/properties/b/x-trustcheck", "\"each\" may stand in properties at the top only"
    ),
  ]

  @Test(arguments: wrongProperties)
  func whatIsWrongIsSaidWithItsPlace(properties: String, pointer: String, words: String) {
    let text = #"{"type": "object", "additionalProperties": false, "properties": \#(properties)}"#
    let error = #expect(throws: JSONError.self) { try SchemaReader.read(text) }
    #expect(error?.pointer == pointer, "\(error?.message ?? "")")
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test func requiredPropertiesAreThere() {
    func fault(_ required: String) -> String? {
      let properties = #"{"first": {"type": "boolean", "description": "D."}}"#
      return #expect(throws: JSONError.self) {
        try SchemaReader.read(
          #"{"type": "object", "additionalProperties": false, "properties": \#(properties), "required": \#(required)}"#)
      }?.message
    }
    #expect(fault(#"["frist"]"#) == "There is no property \"frist\"; did you mean \"first\"?")
    #expect(fault(#"["first", "first"]"#) == "\"first\" is listed twice")
  }

  @Test(arguments: [#"{"type": "boolean"}"#, #"{"type": "object", "additionalProperties": {"type": "string"}}"#])
  func topIsAnObjectWithProperties(text: String) {
    let error = #expect(throws: JSONError.self) { try SchemaReader.read(text) }
    #expect(error?.message.hasPrefix("Expected an object with \"properties\" at the top") == true)
  }
}
