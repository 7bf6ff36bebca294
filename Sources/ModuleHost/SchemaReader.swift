internal import AuditModel
internal import JSONDocument

/// Reads the description of a kind's parameters: the subset of JSON Schema that `docs/modules.md` states.
///
/// Errors stand at the JSON Pointer of what is wrong.
struct SchemaReader {
  /// Keys that say what a field must be.
  private static let fieldKeys = ["x-types", "x-judges"]

  static let cellKinds: [(word: String, kind: CellKind)] = [
    ("value", .value), ("blank", .blank), ("not-known", .notKnown), ("not-applicable", .notApplicable),
    ("suppressed", .suppressed), ("invalid", .invalid),
  ]

  /// The tags that a parameter of type string or array may have.
  private enum Tag: String, CaseIterable {
    case field, fields, each, expression, pattern, date
    case codeList = "code-list"

    var type: String { self == .fields || self == .each ? "array" : "string" }
  }

  /// Reads the schema of a rule's whole `with`.
  static func read(_ text: String) throws(JSONError) -> ParameterSchema {
    let document = try JSONDocument.parse(Array(text.utf8), name: "parameters", limits: JSONLimits(depth: 64))
    let root = document.root
    guard try root.requiredString("type") == "object", root["properties"] != nil else {
      throw root.error("Expected an object with \"properties\" at the top: a rule's \"with\" is one")
    }
    return try object(root, isTop: true)
  }

  private static func schema(_ value: JSONValue, isMember: Bool) throws(JSONError) -> ParameterSchema {
    let type = try value.requiredString("type")
    if isMember, try value.requiredString("description").isEmpty {
      throw value.error("Expected a description, found an empty one")
    }
    switch type {
    case "object":
      return value["properties"] == nil ? try map(value) : try object(value, isTop: false)
    case "array": return try array(value)
    case "boolean":
      try allow([], in: value)
      return .boolean
    case "integer":
      try allow(["minimum", "maximum"], in: value)
      let minimum = try value.optionalInteger("minimum")
      let maximum = try value.optionalInteger("maximum")
      try checkOrder(minimum, maximum, in: value)
      return .integer(minimum: minimum, maximum: maximum)
    case "number":
      try allow(["minimum", "maximum"], in: value)
      let minimum = try value.optionalDouble("minimum")
      let maximum = try value.optionalDouble("maximum")
      try checkOrder(minimum, maximum, in: value)
      return .number(minimum: minimum, maximum: maximum)
    case "string": return try string(value)
    default:
      let types = ["array", "boolean", "integer", "number", "object", "string"]
      let question = Suggestion.question(for: type, among: types)
      throw try value.required("type").error(
        "Expected one of the types \(types.joined(separator: ", ")), found \"\(type)\"" + question)
    }
  }

  // MARK: Objects

  private static func object(_ value: JSONValue, isTop: Bool) throws(JSONError) -> ParameterSchema {
    try allow(["properties", "required", "additionalProperties"], in: value)
    let closed = try value.required("additionalProperties")
    guard closed.boolean == false else {
      throw closed.error("Expected false: an object with \"properties\" takes no other keys")
    }
    let properties = try value.requiredObject("properties")
    let required = try value.optionalArray("required") ?? []
    var needed: Set<String> = []
    for name in required {
      let key = try name.asString()
      guard properties[key] != nil else {
        throw name.error(
          "There is no property \"\(key)\"" + Suggestion.question(for: key, among: properties.members.map(\.key)))
      }
      guard needed.insert(key).inserted else { throw name.error("\"\(key)\" is listed twice") }
    }
    var members: [ParameterSchema.Member] = []
    for (name, property) in properties.members {
      if name.isEmpty { throw property.errorAtKey("A property has a name") }
      let schema = try schema(property, isMember: true)
      members.append(
        ParameterSchema.Member(
          name: name, summary: try property.requiredString("description"), isRequired: needed.contains(name),
          schema: schema))
    }
    members.sort { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }
    for member in members {
      guard let property = properties[member.name] else { continue }
      try check(member, property, among: members, isTop: isTop)
    }
    return .object(members: members)
  }

  /// Checks what a member says of the members beside it.
  private static func check(
    _ member: ParameterSchema.Member, _ property: JSONValue, among members: [ParameterSchema.Member], isTop: Bool
  ) throws(JSONError) {
    switch member.schema {
    case .pattern(let of):
      for sibling in members where sibling.name == of {
        switch sibling.schema {
        case .field, .each: return
        default: break
        }
      }
      throw try property.required("x-of").error(
        "Expected the name of a property beside it that is tagged \"field\" or \"each\", found \"\(of)\"")
    case .each:
      guard isTop else {
        throw try property.required("x-trustcheck").error("\"each\" may stand in properties at the top only")
      }
      let first = members.first { if case .each = $0.schema { true } else { false } }
      if let first, first.name != member.name {
        throw try property.required("x-trustcheck").error(
          "Only one property may be tagged \"each\", and \"\(first.name)\" is already")
      }
    default: break
    }
  }

  private static func map(_ value: JSONValue) throws(JSONError) -> ParameterSchema {
    try allow(["additionalProperties"], in: value)
    guard let values = value["additionalProperties"] else {
      throw value.error("Expected \"properties\", or \"additionalProperties\" with the schema of every value")
    }
    try values.expect(.object)
    return .map(values: try element(values))
  }

  // MARK: Arrays

  private static func array(_ value: JSONValue) throws(JSONError) -> ParameterSchema {
    if let tag = try tag(value, type: "array") {
      try allow(["items", "x-trustcheck"] + fieldKeys, in: value)
      let items = try value.requiredObject("items")
      guard items.count == 1, items["type"]?.string == "string" else {
        throw items.error("Expected {\"type\": \"string\"}, as fields are named")
      }
      return tag == .fields ? .fields(try fieldTag(value)) : .each(try fieldTag(value))
    }
    try allow(["items", "minItems"], in: value)
    let least = try value.optionalInteger("minItems") ?? 0
    guard (0...1_000_000).contains(least) else {
      throw try value.required("minItems").error("Expected 0 to 1000000, found \(least)")
    }
    return .array(of: try element(try value.requiredObject("items")), atLeast: Int(least))
  }

  /// The schema of what an array or a map holds.
  private static func element(_ value: JSONValue) throws(JSONError) -> ParameterSchema {
    try schema(value, isMember: false)
  }

  // MARK: Strings

  private static func string(_ value: JSONValue) throws(JSONError) -> ParameterSchema {
    guard let tag = try tag(value, type: "string") else {
      try allow(["enum"], in: value)
      guard let words = try value.optionalArray("enum") else { return .text(oneOf: []) }
      let texts = try distinctWords(words, in: value, key: "enum")
      return .text(oneOf: texts)
    }
    switch tag {
    case .field:
      try allow(["x-trustcheck"] + fieldKeys, in: value)
      return .field(try fieldTag(value))
    case .pattern:
      try allow(["x-trustcheck", "x-of"], in: value)
      return .pattern(of: try value.requiredString("x-of"))
    default:
      try allow(["x-trustcheck"], in: value)
      return tag == .expression ? .expression : tag == .date ? .date : .codeList
    }
  }

  // MARK: Tags

  private static func tag(_ value: JSONValue, type: String) throws(JSONError) -> Tag? {
    guard let tag = try value.optionalWord("x-trustcheck", of: Tag.self) else { return nil }
    guard tag.type == type else {
      throw try value.required("type").error(
        "Expected \"\(tag.type)\" with the tag \"\(tag.rawValue)\", found \"\(type)\"")
    }
    return tag
  }

  private static func fieldTag(_ value: JSONValue) throws(JSONError) -> ParameterSchema.FieldTag {
    var tag = ParameterSchema.FieldTag()
    if let types = try value.optionalArray("x-types") {
      _ = try distinctWords(types, in: value, key: "x-types")
      for type in types { tag.types.append(try type.asWord()) }
    }
    if let kinds = try value.optionalArray("x-judges") {
      _ = try distinctWords(kinds, in: value, key: "x-judges")
      tag.judges = 0
      for kind in kinds {
        let word = try kind.asString()
        guard let known = cellKinds.first(where: { $0.word == word }) else {
          let words = cellKinds.map { "\"\($0.word)\"" }.joined(separator: ", ")
          throw kind.error(
            "Expected one of \(words), found \"\(word)\"" + Suggestion.question(for: word, among: cellKinds.map(\.word))
          )
        }
        tag.judges |= 1 << known.kind.rawValue
      }
    }
    return tag
  }

  // MARK: Helpers

  /// Every schema may have a description beside these keys and its type.
  private static func allow(_ keys: [String], in value: JSONValue) throws(JSONError) {
    try value.object(allowing: ["type", "description"] + keys)
    _ = try value.optionalString("description")
  }

  private static func distinctWords(
    _ values: [JSONValue], in value: JSONValue, key: String
  ) throws(JSONError) -> [String] {
    if values.isEmpty { throw try value.required(key).error("Expected at least one word") }
    var words: [String] = []
    for element in values {
      let word = try element.asString()
      if words.contains(word) { throw element.error("\"\(word)\" is listed twice") }
      words.append(word)
    }
    return words
  }

  private static func checkOrder<Number: Comparable>(
    _ minimum: Number?, _ maximum: Number?, in value: JSONValue
  ) throws(JSONError) {
    if let minimum, let maximum, minimum > maximum {
      throw try value.required("maximum").error("Expected at least the minimum of \(minimum), found \(maximum)")
    }
  }
}
