import AuditModel
import Columns
import Expressions

/// A condition evaluated for every row of a batch, with the cause where it cannot be told.
struct RowCondition {
  private let expression: CompiledExpression
  private let fields: [Field]
  private var result = TriState()
  private var missing: Int?

  init(_ expression: CompiledExpression, _ fields: [Field]) {
    self.expression = expression
    self.fields = fields
  }

  mutating func evaluate(_ batch: Batch) {
    missing = expression.fieldsRead.first { !batch.columns[$0].isPresent && !fields[$0].isOptional }
    guard missing == nil else { return }
    expression.evaluate(batch, selected: Bitmap(count: batch.count, repeating: true), into: &result)
  }

  func isTrue(_ row: Int) -> Bool { missing == nil && result.isTrue[row] }

  /// True where a cell without a value, a missing column or an error keeps it from being told.
  func isUnknown(_ row: Int) -> Bool { missing != nil || result.isUnknown[row] || result.isError[row] }

  /// Why it cannot be told in a row: the first of the cells read that has no value, where there is one.
  func cause(_ batch: Batch, _ row: Int) -> NotEvaluatedCause {
    if let missing { return .missingColumn(field: missing) }
    if result.isError[row] { return .expression(result.firstError ?? "it could not be evaluated") }
    for field in expression.fieldsRead {
      let kind = batch.columns[field].kind(row)
      if kind != .value { return .cell(field: field, kind: kind) }
    }
    return .unknown
  }
}
