import AuditModel
import Columns
import JSONDocument
import TestSupport
import Testing

@testable import Expressions

/// Runs every line of `rules/schemas/cell-truth-table.json`.
@Suite struct TruthTableTests {
  private let table: JSONValue

  init() throws {
    table = try JSONDocument.read(path: "\(TestSupport.repository)/rules/schemas/cell-truth-table.json").root
  }

  /// Numbers that make `10 / n == 10` come to each outcome.
  private static let numbers: [String: Cell] = [
    "true": .integer(1), "false": .integer(2), "error": .integer(0), "unknown": .none(.blank),
  ]

  private static func condition(_ name: String) -> String { "(10 / \(name) == 10)" }

  private func expect(
    _ source: String, _ outcome: String, scope: ExpressionScope, _ batch: Batch
  ) throws {
    let both = try BothWays(source, scope: scope, batch)
    #expect(both.agree, "\(source)")
    #expect(both.columns.outcomes.map(\.rawValue) == [outcome], "\(source)")
  }

  @Test func everyKindAnswersEveryQuestion() throws {
    let fields = [field("x", .integer)]
    let cells = try table.requiredArray("cells")
    #expect(try cells.map { try $0.requiredString("kind") } == CellKind.allCases.map(kindName))
    let lines = try table.requiredArray("kinds")
    let asked = try lines.map { try $0.requiredString("asked") }
    for question in CellQuestion.allCases {
      #expect(asked.contains { $0.contains("\(question.rawValue)(x)") }, "\(question.rawValue) is not in the table")
    }
    for cell in cells {
      let kind = CellKind(rawValue: UInt8(try cell.requiredInteger("raw")))!
      let name = try cell.requiredString("kind")
      #expect(name == kindName(kind))
      let low = try cell.optionalInteger("low")
      let high = try cell.optionalInteger("high")
      let made: Cell =
        if let value = try cell.optionalInteger("value") {
          .rounded(value, low!, high!)
        } else if let low, let high {
          .suppressed(low, high)
        } else {
          .none(kind)
        }
      let records = Table(fields, [[made]])
      let organisations = Table([field("y", .text)], [[.none(.blank)]])
      organisations.nest(records, counts: [1])
      let scope = ExpressionScope(fields: organisations.fields, records: (name: "records", fields: fields))
      for (line, source) in zip(lines, asked) {
        let outcome = try line.requiredString(name)
        try expect(source, outcome, scope: ExpressionScope(fields: fields), records.batch)
        // The same cell as a member of a record: alone in its list, it decides for all of it.
        let member = source.replacing("x", with: "r.x")
        try expect("records.exists(r, \(member))", outcome, scope: scope, organisations.batch)
        try expect("records.all(r, \(member))", outcome, scope: scope, organisations.batch)
        if source == "given(x)" { try expect("records.all(r, has(r.x))", outcome, scope: scope, organisations.batch) }
      }
    }
  }

  private func kindName(_ kind: CellKind) -> String {
    switch kind {
    case .value: "value"
    case .blank: "blank"
    case .notKnown: "not known"
    case .notApplicable: "not applicable"
    case .suppressed: "suppressed"
    case .invalid: "invalid"
    }
  }

  @Test func everyPairJoins() throws {
    let fields = [field("a", .integer), field("b", .integer)]
    let lines = try table.requiredArray("pairs")
    #expect(lines.count == 16)
    for line in lines {
      let cells = [Self.numbers[try line.requiredString("left")]!, Self.numbers[try line.requiredString("right")]!]
      let row = Table(fields, [cells])
      for sign in ["&&", "||", "==", "!="] {
        let source = "\(Self.condition("a")) \(sign) \(Self.condition("b"))"
        try expect(source, try line.requiredString(sign), scope: ExpressionScope(fields: fields), row.batch)
      }
    }
  }

  @Test func everyConditionalChooses() throws {
    let fields = [field("a", .integer), field("b", .integer), field("c", .integer)]
    for line in try table.requiredArray("conditionals") {
      let cells = try ["condition", "yes", "no"].map { Self.numbers[try line.requiredString($0)]! }
      let row = Table(fields, [cells])
      let source = "\(Self.condition("a")) ? \(Self.condition("b")) : \(Self.condition("c"))"
      try expect(source, try line.requiredString("?:"), scope: ExpressionScope(fields: fields), row.batch)
    }
  }

  @Test func everyListOfRecordsGathers() throws {
    let fields = [field("a", .integer)]
    for line in try table.requiredArray("records") {
      let cells = try line.requiredStringArray("each").map { [Self.numbers[$0]!] }
      let records = Table(fields, cells)
      let organisations = Table([field("y", .text)], [[.none(.blank)]])
      organisations.nest(records, counts: [cells.count])
      let scope = ExpressionScope(fields: organisations.fields, records: (name: "records", fields: fields))
      let condition = Self.condition("r.a")
      for macro in ["all", "exists", "exists_one"] {
        let outcome = try line.requiredString(macro)
        try expect("records.\(macro)(r, \(condition))", outcome, scope: scope, organisations.batch)
        // The same over a list of truth values, which the interpreter goes through.
        try expect(
          "[0].all(n, records.\(macro)(r, \(condition) && n == 0))", outcome, scope: scope, organisations.batch)
      }
      try expect(
        "size(records.filter(r, \(condition))) >= 0", try line.requiredString("filter"), scope: scope,
        organisations.batch)
      try expect(
        "size(records.map(r, \(condition))) >= 0", try line.requiredString("map"), scope: scope, organisations.batch)
    }
  }
}
