import AuditModel
import Columns

/// Turns a checked expression into column steps, where there are steps for it.
struct Lowering {
  private let fields: [Field]
  /// Slots of scratch given out so far.
  private(set) var slots = 0

  init(_ fields: [Field]) {
    self.fields = fields
  }

  /// A step for a node of type bool.
  mutating func condition(_ node: Checked) -> any ConditionStep {
    switch node.form {
    case .constant(.bool(let holds)):
      return ConstantCondition(holds)
    case .field(let column) where fields[column].type == .boolean:
      return BooleanColumn(column)
    case .not(let operand) where operand.type == .bool:
      return NotStep(condition(operand))
    case .and(let operands):
      return AndStep(conditions(operands))
    case .or(let operands):
      return OrStep(conditions(operands))
    case .conditional(let test, let yes, let no) where node.type == .bool:
      return ConditionalStep(condition(test), condition(yes), condition(no))
    case .compare(let sign, let a, let b):
      return comparison(sign, a, b) ?? InterpretedCondition(node)
    case .isIn(let element, let container):
      return membership(element, container) ?? InterpretedCondition(node)
    case .cell(let question, .field(let column)):
      return question.kinds.map { KindStep(column, $0) } ?? InterpretedCondition(node)
    case .call(let function, let arguments):
      return textTest(function, arguments) ?? InterpretedCondition(node)
    case .matches(let text, let pattern):
      guard let column = textColumn(text) else { return InterpretedCondition(node) }
      return MatchStep(column, pattern, isWhole: false, slot: slot(MatchMemory.slots))
    default:
      return InterpretedCondition(node)
    }
  }

  mutating func slot(_ count: Int = 1) -> Int {
    defer { slots += count }
    return slots
  }

  private mutating func conditions(_ nodes: [Checked]) -> [any ConditionStep] {
    var steps: [any ConditionStep] = []
    for node in nodes { steps.append(condition(node)) }
    return steps
  }

  private mutating func comparison(_ sign: ComparisonOperator, _ a: Checked, _ b: Checked) -> (any ConditionStep)? {
    switch (a.type, b.type) {
    case (.int, .int), (.date, .date), (.timestamp, .timestamp):
      guard let left = integer(a), let right = integer(b) else { return nil }
      return CompareIntegers(sign, left, right)
    case (.double, .double):
      guard let left = double(a), let right = double(b) else { return nil }
      return CompareDoubles(sign, left, right)
    case (.double, .int):
      if case .int(let value) = b.constant, let exact = Double(exactly: value) {
        return comparison(sign, a, Checked(type: .double, offset: b.offset, form: .constant(.double(exact))))
      }
      guard let left = double(a), let right = integer(b) else { return nil }
      return CompareMixed(sign.mirrored, right, left)
    case (.int, .double):
      if a.constant != nil { return comparison(sign.mirrored, b, a) }
      guard let left = integer(a), let right = double(b) else { return nil }
      return CompareMixed(sign, left, right)
    case (.bool, .bool) where !sign.isOrder:
      return CompareConditions(isEqual: sign == .equal, condition(a), condition(b))
    case (.string, .string):
      return textComparison(sign, a, b)
    default:
      return nil
    }
  }

  private func textComparison(_ sign: ComparisonOperator, _ a: Checked, _ b: Checked) -> (any ConditionStep)? {
    guard let column = textColumn(a) else {
      // A constant on the left: the same with the sides exchanged.
      return a.constant != nil && b.constant == nil ? textComparison(sign.mirrored, b, a) : nil
    }
    if case .string(let text) = b.constant {
      return sign.isOrder
        ? TextAgainstConstant(column, .compare(sign), text)
        : TextEquality(column, TextConstant(text), isEqual: sign == .equal)
    }
    return textColumn(b).map { TextAgainstText(column, .compare(sign), $0) }
  }

  private func textTest(_ function: Function, _ arguments: [Checked]) -> (any ConditionStep)? {
    let test: TextTest
    switch function {
    case .startsWith: test = .startsWith
    case .endsWith: test = .endsWith
    case .contains: test = .contains
    default: return nil
    }
    guard let column = textColumn(arguments[0]) else { return nil }
    if case .string(let text) = arguments[1].constant { return TextAgainstConstant(column, test, text) }
    return textColumn(arguments[1]).map { TextAgainstText(column, test, $0) }
  }

  private mutating func membership(_ element: Checked, _ container: Checked) -> (any ConditionStep)? {
    guard case .list(let members) = container.constant else { return nil }
    switch element.type {
    case .string:
      guard let column = textColumn(element) else { return nil }
      let texts = members.compactMap { if case .string(let text) = $0 { text } else { nil } }
      return TextMembership(column, texts)
    case .int, .date, .timestamp:
      guard let values = Lowering.integers(members, like: element.type), let step = integer(element) else {
        return nil
      }
      return IntegerMembership(step, values)
    default:
      return nil
    }
  }

  /// The members as whole numbers, when every one is of the element's own type.
  private static func integers(_ members: [Value], like type: ValueType) -> [Int64]? {
    var values: [Int64] = []
    for member in members {
      switch (member, type) {
      case (.int(let value), .int): values.append(value)
      case (.date(let value), .date): values.append(Int64(value))
      case (.timestamp(let value), .timestamp): values.append(value)
      default: return nil
      }
    }
    return values
  }

  private func textColumn(_ node: Checked) -> Int? {
    guard case .field(let column) = node.form, fields[column].type == .text else { return nil }
    return column
  }

  /// A step for a node of type int, date or timestamp; nil when only the interpreter can evaluate it.
  private mutating func integer(_ node: Checked) -> (any IntegerStep)? {
    switch node.form {
    case .constant(.int(let value)), .constant(.timestamp(let value)):
      return ConstantInteger(value, slot: slot())
    case .constant(.date(let days)):
      return ConstantInteger(Int64(days), slot: slot())
    case .field(let column) where [.integer, .date, .timestamp].contains(fields[column].type):
      return IntegerColumn(column, .value, slot: slot())
    case .cell(.low, .field(let column)) where fields[column].type == .integer:
      return IntegerColumn(column, .low, slot: slot())
    case .cell(.high, .field(let column)) where fields[column].type == .integer:
      return IntegerColumn(column, .high, slot: slot())
    case .periodEnd(let period, let end):
      guard case .field(let column) = period.form else { return nil }
      return IntegerColumn(column, end == .start ? .start : .end, slot: slot())
    case .arithmetic(let sign, let a, let b) where a.type == .int && b.type == .int:
      guard let left = integer(a), let right = integer(b) else { return nil }
      return IntegerArithmetic(sign, left, right, slot: slot())
    case .negate(let operand) where operand.type == .int:
      guard let step = integer(operand) else { return nil }
      return IntegerArithmetic(.subtract, ConstantInteger(0, slot: slot()), step, slot: slot())
    case .call(let function, let arguments):
      return integer(function, arguments)
    default:
      return nil
    }
  }

  private mutating func integer(_ function: Function, _ arguments: [Checked]) -> (any IntegerStep)? {
    switch (function, arguments[0].type) {
    case (.size, _):
      return textColumn(arguments[0]).map { TextSizeStep($0, slot: slot()) }
    case (.financialYear, .date):
      return integer(arguments[0]).map { CalendarStep(.financialYear, $0, slot: slot()) }
    case (.calendar(let part), .date):
      return integer(arguments[0]).map { CalendarStep(.part(part), $0, slot: slot()) }
    case (.calendar(let part), .timestamp):
      return integer(arguments[0]).map { CalendarStep(.timePart(part), $0, slot: slot()) }
    case (.days, .date), (.months, .date):
      guard arguments[1].type == .date, let from = integer(arguments[0]), let to = integer(arguments[1]) else {
        return nil
      }
      if case .months = function { return CalendarDifference(inMonths: true, from, to, slot: slot()) }
      return CalendarDifference(inMonths: false, from, to, slot: slot())
    default:
      return nil
    }
  }

  /// A step for a node of type double; nil when only the interpreter can evaluate it.
  private mutating func double(_ node: Checked) -> (any DoubleStep)? {
    switch node.form {
    case .constant(.double(let value)):
      return ConstantDouble(value, slot: slot())
    case .field(let column) where fields[column].type == .number:
      return DoubleColumn(column, .value, slot: slot())
    case .cell(.low, .field(let column)) where fields[column].type == .number:
      return DoubleColumn(column, .low, slot: slot())
    case .cell(.high, .field(let column)) where fields[column].type == .number:
      return DoubleColumn(column, .high, slot: slot())
    case .arithmetic(let sign, let a, let b) where a.type == .double && b.type == .double:
      guard let left = double(a), let right = double(b) else { return nil }
      return DoubleArithmetic(sign, left, right, slot: slot())
    case .negate(let operand) where operand.type == .double:
      return double(operand).map { NegatedDouble($0, slot: slot()) }
    case .call(.toDouble, let arguments) where arguments[0].type == .int:
      return integer(arguments[0]).map { WholeAsDouble($0, slot: slot()) }
    default:
      return nil
    }
  }
}
