import AuditModel
import Columns

@testable import Expressions

/// What a condition comes to in one row.
enum Outcome: String {
  case yes = "true"
  case no = "false"
  case unknown
  case error
}

extension TriState {
  /// Row by row; the three sets must not overlap.
  var outcomes: [Outcome] {
    (0..<isTrue.count).map { row in
      switch (isTrue[row], isUnknown[row], isError[row]) {
      case (true, false, false): .yes
      case (false, true, false): .unknown
      case (false, false, true): .error
      case (false, false, false): .no
      default: fatalError("the three results overlap in row \(row)")
      }
    }
  }
}

/// Both ways to evaluate an expression, over all rows.
struct BothWays {
  let columns: TriState
  let rows: TriState

  init(_ source: String, scope: ExpressionScope, _ batch: Batch, selected: Bitmap? = nil) throws(ExpressionError) {
    let selected = selected ?? Bitmap(count: batch.count, repeating: true)
    let expression = try CompiledExpression.compile(source, scope: scope, expecting: .bool)
    var result = TriState()
    expression.evaluate(batch, selected: selected, into: &result)
    columns = result
    let program = expression.program
    ConditionProgram(
      InterpretedCondition(program.checked!), of: program.checked, slots: 0, variableCount: program.variableCount
    ).evaluate(batch, selected: selected, into: &result)
    rows = result
  }

  var agree: Bool {
    columns.isTrue == rows.isTrue && columns.isUnknown == rows.isUnknown && columns.isError == rows.isError
      && columns.firstError == rows.firstError
  }
}

/// The columns most tests ask about, with one row.
enum Sample {
  static let fields = [
    field("name", .text), field("code", .text), field("note", .text), field("nodes", .integer),
    field("examined", .integer), field("rate", .number), field("share", .number), field("diagnosed", .date),
    field("died", .date), field("sent", .timestamp), field("collecting", .boolean), field("alive", .boolean),
    field("covered", .period), field("blank", .integer), field("hidden", .integer), field("absent", .text),
    field("zero", .integer), field("greatest", .integer),
  ]

  static let recordFields = [
    field("kind", .text), field("size", .integer), field("seen", .date), field("ok", .boolean),
  ]

  static let scope = ExpressionScope(fields: fields, records: (name: "records", fields: recordFields))

  static let table: Table = {
    let table = Table(
      fields,
      [
        [
          .text("Royal Surrey"), .text("03"), .text("  a longer text than a view can hold  "), .integer(3),
          .integer(12), .number(2.5), .rounded(30, 28, 32), .date("2016-09-01"), .date("2017-03-31"),
          .timestamp(1_472_733_045_250_000), .boolean(true), .boolean(false), .period("2016-04-01", "2017-03-31"),
          .none(.blank), .suppressed(1, 7), .none(.blank), .integer(0), .integer(.max),
        ]
      ])
    let records = Table(
      recordFields,
      [
        [.text("mdt"), .integer(5), .date("2016-09-02"), .boolean(true)],
        [.text("clinic"), .integer(7), .none(.notKnown), .boolean(true)],
        [.text("mdt"), .none(.blank), .date("2016-10-01"), .boolean(true)],
      ])
    table.nest(records, counts: [3])
    // The batch keeps the nested batch, whose texts are short: they need no memory beside it.
    return table
  }()
}
