import AuditModel

/// The check kinds of the built-in modules as packs see them, made by hand so that these tests load no module.
enum BuiltInKinds {
  static let all = records + organisations

  static func named(_ name: String) -> CheckKind { all.first { $0.name == name }! }

  // MARK: Kinds over records

  private static let records: [CheckKind] = [
    kind("conformance.type", ["expected", "found"], [field("field")]),
    kind(
      "conformance.pattern", ["found", "pattern"],
      [field("field", [.text], value), needed("pattern", .pattern(of: "field"))]),
    kind(
      "conformance.code-list", ["code", "day", "list", "problem"],
      [
        field("at", [.date, .period], value, isRequired: false), field("field", [.text], value),
        needed("list", .codeList),
      ]),
    kind(
      "conformance.range", ["at_least", "at_most", "found"],
      [
        optional("atLeast", .number(minimum: nil, maximum: nil)),
        optional("atMost", .number(minimum: nil, maximum: nil)), field("field", [.integer, .number], counts),
      ]),
    kind(
      "conformance.date-range", ["earliest", "found", "latest", "problem"],
      [
        optional("earliest", .date), field("field", [.date, .timestamp, .period], value), optional("latest", .date),
        optional("notAfterAudit", .boolean),
      ]),
    kind("conformance.organisation-code", ["code", "problem"], [field("field", [.text], value)]),
    kind(
      "conformance.organisation-open", ["code", "name", "problem", "successors"],
      [field("at", [.date, .period], value, isRequired: false), field("field", [.text], value)]),
    kind(
      "conformance.organisation-name", ["code", "found", "name"],
      [field("code", [.text], value), field("name", [.text], value)]),
    kind(
      "completeness.required", ["found"],
      [
        optional("accept", .array(of: .text(oneOf: ["blank", "not-known", "not-applicable"]), atLeast: 1)),
        needed("fields", .each(ParameterSchema.FieldTag())),
      ]),
    kind(
      "completeness.required-when", ["found"],
      [needed("fields", .each(ParameterSchema.FieldTag())), needed("when", .expression)]),
    kind("consistency.assert", ["that"], [needed("that", .expression)]),
    kind(
      "consistency.order", ["earlier", "earlier_value", "later", "later_value"],
      [
        needed("fields", .fields(ParameterSchema.FieldTag(types: [.date, .timestamp], judges: value))),
        optional("strict", .boolean),
      ]),
    kind(
      "consistency.sum", ["difference", "high", "low", "parts", "total"],
      [
        needed("parts", .fields(ParameterSchema.FieldTag(types: [.integer, .number], judges: counts))),
        field("total", [.integer, .number], counts), optional("within", .number(minimum: 0, maximum: nil)),
      ]),
    kind(
      "consistency.rate", ["expected", "found", "part", "whole"],
      [
        needed("as", .text(oneOf: ["fraction", "percent"])), needed("decimals", .integer(minimum: 0, maximum: 15)),
        field("part", [.integer, .number], value), field("rate", [.number], value),
        field("whole", [.integer, .number], value),
      ]),
  ]

  // MARK: Kinds over organisations

  private static let organisations: [CheckKind] = [
    kind("completeness.organisations-answered", ["contact"], [], reads: .organisations),
    kind("consistency.one-answer", ["records"], [], reads: .organisations),
    kind(
      "status.declared", ["declared", "derived", "reason"], [field("declared", [.text], value)], reads: .organisations),
    kind(
      "status.decision-table", ["basis", "fact/*", "reason", "row", "status"],
      [
        needed(
          "facts",
          .map(
            values: .object(members: [
              needed(
                "cases",
                .array(
                  of: .object(members: [needed("is", .text(oneOf: [])), needed("when", .expression)]), atLeast: 1)),
              needed("otherwise", .text(oneOf: [])), needed("summary", .text(oneOf: [])),
              needed("unknown", .text(oneOf: [])),
            ]))),
        needed("hitPolicy", .text(oneOf: ["UNIQUE"])), needed("inputs", .array(of: .text(oneOf: []), atLeast: 1)),
        needed(
          "rules",
          .array(
            of: .object(members: [
              needed("basis", .text(oneOf: ["none", "practice", "reply"])), needed("reason", .text(oneOf: [])),
              needed("status", .text(oneOf: [])),
              needed("when", .map(values: .array(of: .text(oneOf: []), atLeast: 1))),
            ]), atLeast: 1)),
      ], reads: .organisations, classifies: true),
  ]

  // MARK: Making them

  private static let value: UInt8 = 0b00_0001
  private static let counts: UInt8 = 0b01_0001

  private static func kind(
    _ name: String, _ evidence: [String], _ members: [ParameterSchema.Member], reads: CheckKind.Reads = .records,
    classifies: Bool = false
  ) -> CheckKind {
    CheckKind(
      name: name, module: String(name.prefix { $0 != "." }), summary: "Checks.", reads: reads,
      answers: reads == .records ? .record : .organisation, judgesAtFinish: false, classifies: classifies,
      message: "It is at fault", parameters: .object(members: members.sorted { $0.name < $1.name }),
      evidence: evidence)
  }

  private static func needed(_ name: String, _ schema: ParameterSchema) -> ParameterSchema.Member {
    ParameterSchema.Member(name: name, summary: "Needed.", isRequired: true, schema: schema)
  }

  private static func optional(_ name: String, _ schema: ParameterSchema) -> ParameterSchema.Member {
    ParameterSchema.Member(name: name, summary: "May be left out.", isRequired: false, schema: schema)
  }

  private static func field(
    _ name: String, _ types: [FieldType] = [], _ judges: UInt8 = 0b11_1111, isRequired: Bool = true
  ) -> ParameterSchema.Member {
    ParameterSchema.Member(
      name: name, summary: "A field.", isRequired: isRequired,
      schema: .field(ParameterSchema.FieldTag(types: types, judges: judges)))
  }
}
