import AuditModel
import Columns
import Expressions
import ModuleHost

extension ModuleHost {
  /// Binds one of the host's kinds to the first columns of a batch; the parameter `field` is the first of them.
  func bind(
    _ kind: String = "test.kind", _ fields: [Field] = [.of(.text, "answer")], parameters: [RuleParameter]? = nil,
    expressions: [CompiledExpression] = [], patterns: [CompiledPattern] = []
  ) throws(ModuleError) -> BoundRule {
    try bind(
      kind: kind, rule: "pack/rule", asOf: CalendarDate(iso: "2024-03-31")!, fields: fields,
      columns: Array(fields.indices),
      parameters: parameters ?? [RuleParameter(pointer: "/field", value: .fields([0]))], expressions: expressions,
      patterns: patterns)
  }
}

extension BoundRule {
  /// The message of the error that a call throws; nil when it throws none.
  func fault(_ body: (BoundRule) throws -> Void) throws -> String? {
    do {
      try body(self)
      return nil
    } catch let error as ModuleError {
      return error.message
    }
  }

  /// What is wrong with how the module judges all rows of a table.
  func faultOfCheck(_ table: Table, selected: Bitmap? = nil) throws -> String? {
    try fault { rule in
      try rule.check(
        table.batch, state: try rule.makeState(), selected: selected ?? table.all, frame: rule.makeFrame())
    }
  }
}

/// What every error of a module at the rule of these tests begins with.
let atTheRule = "The module \"test\" went wrong at the rule \"pack/rule\" (test.kind): "

extension Table {
  /// A text field with some rows.
  static func answers(_ texts: [String]) -> Table {
    Table([.of(.text, "answer")], texts.map { [.text($0)] })
  }
}
