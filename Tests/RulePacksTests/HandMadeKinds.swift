import AuditModel

/// Check kinds as modules describe them, made by hand: what the small pack needs, and two beside.
enum HandMadeKinds {
  static let all = records + organisations

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
      "completeness.required", ["found"],
      [
        optional("accept", .array(of: .text(oneOf: ["blank", "not-known", "not-applicable"]), atLeast: 1)),
        needed("fields", .each(ParameterSchema.FieldTag())),
      ]),
    kind("consistency.assert", ["that"], [needed("that", .expression)]),
  ]

  // MARK: Kinds over organisations

  private static let organisations: [CheckKind] = [
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
              needed("when", .map(values: .array(of: .text(oneOf: []), atLeast: 0))),
            ]), atLeast: 1)),
      ], reads: .organisations, classifies: true)
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
