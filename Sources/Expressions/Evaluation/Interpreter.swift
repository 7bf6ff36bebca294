import AuditModel
import Columns

/// Evaluates any expression for one row.
///
/// What the column steps do for many rows at once must come to the same: this is the meaning they are held to.
struct Interpreter {
  /// Nil while constants are folded: no field is met then.
  private let batch: Batch?
  var row = 0
  /// The elements of the macros around, by level.
  private var variables: [Value]

  init(_ batch: Batch, variableCount: Int) {
    self.batch = batch
    variables = Array(repeating: .null, count: variableCount)
  }

  private init() {
    batch = nil
    variables = []
  }

  /// The value of a node all of whose parts are constants.
  static func constant(_ node: Checked) -> Value {
    var interpreter = Interpreter()
    return interpreter.value(node)
  }

  mutating func value(_ node: Checked) -> Value {
    switch node.form {
    case .constant(let value): return value
    case .field(let position): return Interpreter.cellValue(batch!, position, row)
    case .recordField(let record, let position):
      return withRecord(record) { Interpreter.cellValue($0, position, $1) }
    case .records:
      return .list(recordRows.map { .record($0) })
    case .variable(let level): return variables[level]
    case .periodEnd(let period, let end):
      return strict(period) {
        guard case .period(let first, let last) = $0 else { return .noOverload }
        return .date(end == .start ? first : last)
      }
    case .entry(let map, let key):
      return strict(map) { Interpreter.entry(of: $0, .string(key)) }
    case .hasEntry(let map, let key):
      return strict(map) {
        guard case .map(let map) = $0 else { return .noOverload }
        return .bool(map[.string(key)] != nil)
      }
    case .index(let operand, let index):
      return strict(operand, index) { Interpreter.element(of: $0, at: $1) }
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
      return strict(a, b) { sign.apply($0, $1) }
    case .compare(let sign, let a, let b):
      return strict(a, b) { sign.apply($0, $1) }
    case .isIn(let element, let container):
      return strict(element, container) { Interpreter.isIn($0, $1) }
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
    case .call(let function, let arguments):
      return strict(arguments) { function.apply($0) }
    case .matches(let text, let pattern):
      return strict(text) {
        guard case .string(let text) = $0 else { return .noOverload }
        return .bool(pattern.matchesPart(of: text))
      }
    case .list(let items):
      return strict(items) { .list($0) }
    case .map(let entries):
      return strict(entries.flatMap { [$0.key, $0.value] }) { Interpreter.map($0) }
    case .comprehension(let comprehension):
      return value(comprehension)
    case .cell(let question, .field(let position)):
      return Interpreter.answer(question, batch!.columns[position], row)
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

  private mutating func strict(_ operands: [Checked], _ body: ([Value]) -> Value) -> Value {
    var values: [Value] = []
    values.reserveCapacity(operands.count)
    for operand in operands { values.append(value(operand)) }
    if values.contains(where: \.isUnknown) { return .unknown }
    return values.first(where: \.isError) ?? body(values)
  }

  /// `&&` when false decides, `||` when true does; else unknown over error over the rest.
  private mutating func joined(_ operands: [Checked], decidedBy decisive: Bool) -> Value {
    var undecided = Undecided()
    for operand in operands where undecided.meets(value(operand), decisive) {
      return .bool(decisive)
    }
    return undecided.value ?? .bool(!decisive)
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

  /// Sets the element of a macro.
  mutating func bind(_ level: Int, to value: Value) {
    variables[level] = value
  }
}
