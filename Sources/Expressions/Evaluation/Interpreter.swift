import AuditModel
import Columns

/// Evaluates any expression for one row.
///
/// What the column steps do for many rows at once must come to the same: this is the meaning they are held to.
struct Interpreter {
  /// Nil when there are no fields to read: while constants are folded, and for expressions over given values.
  private let batch: Batch?
  private let bindings: [Value]
  var row = 0
  /// What the macros around hold, by level.
  private var variables: [Value]
  /// What the evaluation of the row may still cost.
  private var allowance: Int

  /// What one evaluation may cost: about one for each part of the expression each time it is evaluated, and more for
  /// what goes through long values.
  static let costLimit = 10_000_000
  /// What each record of the row adds to that.
  private static let costPerRecord = 100

  init(_ batch: Batch, variableCount: Int) {
    self.batch = batch
    bindings = []
    variables = Array(repeating: .null, count: variableCount)
    allowance = Interpreter.costLimit
  }

  /// For an expression over given values alone.
  init(bindings: [Value], variableCount: Int) {
    batch = nil
    self.bindings = bindings
    variables = Array(repeating: .null, count: variableCount)
    allowance = Interpreter.costLimit
  }

  /// The value of a node all of whose parts are constants.
  static func constant(_ node: Checked) -> Value {
    var interpreter = Interpreter(bindings: [], variableCount: 0)
    return interpreter.result(of: node)
  }

  /// The value of a whole expression in the row.
  mutating func result(of node: Checked) -> Value {
    allowance = Interpreter.costLimit + recordRows.count * Interpreter.costPerRecord
    let value = value(node)
    return isSpent ? .error("the expression costs too much to evaluate") : value
  }

  /// True when the evaluation has cost all that it may; whatever it comes to then counts for nothing.
  var isSpent: Bool { allowance < 0 }

  private mutating func spend(_ cost: Int) { allowance -= cost }

  mutating func value(_ node: Checked) -> Value {
    allowance -= 1
    if allowance < 0 { return .error("") }
    switch node.form {
    case .constant(let value): return value
    case .failure(let message): return .error(message)
    case .field(let position):
      guard let batch else { return .noOverload }
      return Interpreter.cellValue(batch, position, row)
    case .recordField(let record, let position):
      return withRecord(record) { Interpreter.cellValue($0, position, $1) }
    case .records:
      return .listed(recordRows.map { .record($0) })
    case .variable(let level): return variables[level]
    case .binding(let position): return bindings[position]
    case .periodEnd(let period, let end):
      return strict(period) {
        guard case .period(let first, let last) = $0 else { return .noOverload }
        return .date(end == .start ? first : last)
      }
    case .entry(let map, let key):
      return strict(map) { Interpreter.member(of: $0, key) }
    case .hasEntry(let map, let key):
      return strict(map) { Interpreter.hasMember($0, key) }
    case .index(let operand, let index):
      return strict(operand, index) { Interpreter.element(of: $0, at: $1) }
    case .optionalEntry(let operand, let key):
      return strict(operand, key) { Interpreter.optionalElement(of: $0, at: $1) }
    case .not(let operand):
      return strict(operand) {
        guard case .bool(let value) = $0 else { return .noOverload }
        return .bool(!value)
      }
    case .negate(let operand):
      return strict(operand) {
        switch $0 {
        case .int(let value): ArithmeticOperator.subtract.apply(.int(0), .int(value))
        case .double(let value): .double(-value)
        default: .noOverload
        }
      }
    case .arithmetic(let sign, let a, let b):
      return costly(a, b) { sign.apply($0, $1) }
    case .compare(let sign, let a, let b):
      return costly(a, b) { sign.apply($0, $1) }
    case .isIn(let element, let container):
      return costly(element, container) { Interpreter.isIn($0, $1) }
    case .and(let operands):
      return joined(operands, decidedBy: false)
    case .or(let operands):
      return joined(operands, decidedBy: true)
    case .conditional(let condition, let yes, let no):
      switch value(condition) {
      case .bool(let holds): return value(holds ? yes : no)
      case .unknown: return .unknown
      case .error(let message): return .error(message)
      default: return .noOverload
      }
    case .call(.size, let arguments) where arguments[0].isRecords:
      return .int(Int64(recordRows.count))
    case .call(let function, let arguments):
      return strict(arguments, isSearch: function.isSearch) { function.apply($0) }
    case .lookup(let question, let register, let arguments):
      return strict(arguments) { question.ask(register, $0) }
    case .matches(let text, let pattern):
      return strict(text) {
        guard case .string(let text) = $0 else { return .noOverload }
        return .bool(pattern.matchesPart(of: text))
      }
    case .list(let items):
      return strict(items) { .listed($0) }
    case .sparseList(let items):
      return strict(items.map(\.value)) { Interpreter.sparseList($0, items.map(\.isOptional)) }
    case .map(let entries):
      return strict(entries.flatMap { [$0.key, $0.value] }) { Interpreter.map($0, entries.map(\.isOptional)) }
    case .comprehension(let comprehension):
      return value(comprehension)
    case .bind(let level, let held, let body):
      variables[level] = value(held)
      return value(body)
    case .optionalMap(let operand, let level, let body, let isFlat):
      return optionalMap(operand, level, body, isFlat: isFlat)
    case .orElse(let first, let second, let unwraps):
      return orElse(first, second, unwraps: unwraps)
    case .cell(let question, .field(let position)):
      guard let batch else { return .noOverload }
      return Interpreter.answer(question, batch.columns[position], row)
    case .cell(let question, .recordField(let record, let position)):
      return withRecord(record) { Interpreter.answer(question, $0.columns[position], $1) }
    }
  }

  /// The rows of the nested batch that belong to the row.
  var recordRows: Range<Int> {
    guard let nested = batch?.nested else { return 0..<0 }
    return nested.starts[row]..<nested.starts[row + 1]
  }

  /// Calls `body` with the nested batch and the row that a record stands for.
  private mutating func withRecord(_ record: Checked, _ body: (Batch, Int) -> Value) -> Value {
    let nested = batch?.nested
    return strict(record) {
      guard case .record(let row) = $0, let nested else { return .noOverload }
      return body(nested.batch, row)
    }
  }

  private mutating func strict(_ operand: Checked, _ body: (Value) -> Value) -> Value {
    let operand = value(operand)
    return operand.isSettled ? body(operand) : operand
  }

  /// Unknown over error, of two errors the first.
  private mutating func strict(_ a: Checked, _ b: Checked, _ body: (Value, Value) -> Value) -> Value {
    let a = value(a)
    let b = value(b)
    if a.isUnknown || b.isUnknown { return .unknown }
    if a.isError { return a }
    return b.isError ? b : body(a, b)
  }

  /// As `strict`, for what goes through all of both values.
  private mutating func costly(_ a: Checked, _ b: Checked, _ body: (Value, Value) -> Value) -> Value {
    let a = value(a)
    let b = value(b)
    if a.isUnknown || b.isUnknown { return .unknown }
    if a.isError { return a }
    if b.isError { return b }
    spend(a.weight + b.weight)
    return isSpent ? .error("") : body(a, b)
  }

  /// - Parameter isSearch: true for what may go through the second value at each place of the first.
  private mutating func strict(
    _ operands: [Checked], isSearch: Bool = false, _ body: ([Value]) -> Value
  ) -> Value {
    var values: [Value] = []
    values.reserveCapacity(operands.count)
    for operand in operands { values.append(value(operand)) }
    if values.contains(where: \.isUnknown) { return .unknown }
    if let error = values.first(where: \.isError) { return error }
    for value in values { spend(value.weight) }
    if isSearch { spend(values[0].weight * values[1].weight) }
    return isSpent ? .error("") : body(values)
  }

  /// `&&` when false decides, `||` when true does; else unknown over error over the rest.
  private mutating func joined(_ operands: [Checked], decidedBy decisive: Bool) -> Value {
    var undecided = Undecided()
    for operand in operands where undecided.meets(value(operand), decisive) {
      return .bool(decisive)
    }
    return undecided.value ?? .bool(!decisive)
  }

  private mutating func optionalMap(_ operand: Checked, _ level: Int, _ body: Checked, isFlat: Bool) -> Value {
    switch value(operand) {
    case .optional(nil): return .optional(nil)
    case .optional(let held?):
      variables[level] = held
      let result = value(body)
      guard result.isSettled else { return result }
      if !isFlat { return .optional(result) }
      guard case .optional = result else { return .noOverload }
      return result
    case let other: return other.isSettled ? .noOverload : other
    }
  }

  private mutating func orElse(_ first: Checked, _ second: Checked, unwraps: Bool) -> Value {
    switch value(first) {
    case .optional(nil):
      let result = value(second)
      guard result.isSettled, !unwraps else { return result }
      guard case .optional = result else { return .noOverload }
      return result
    case .optional(let held?): return unwraps ? held : .optional(held)
    case let other: return other.isSettled ? .noOverload : other
    }
  }

  /// What stands in the way of an answer that no operand decided.
  struct Undecided {
    private(set) var value: Value?

    /// Takes the next operand; true when it decides.
    mutating func meets(_ operand: Value, _ decisive: Bool) -> Bool {
      switch operand {
      case .bool(let holds): return holds == decisive
      case .unknown: value = .unknown
      case .error: value = value ?? operand
      default: value = value ?? .noOverload
      }
      return false
    }
  }

  /// Sets what a macro holds.
  mutating func bind(_ level: Int, to value: Value) {
    variables[level] = value
  }
}

extension Checked {
  /// True for the list of the row's records, which need not be made to be counted.
  var isRecords: Bool { if case .records = form { true } else { false } }
}
