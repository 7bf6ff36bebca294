import AuditModel
import Columns

/// Turns a checked expression into column steps, where there are steps for it.
struct Lowering {
  let fields: [Field]
  /// Slots of scratch given out so far.
  private(set) var slots: Int
  /// The fields of records, while conditions over the rows they belong to are turned.
  private let recordFields: [Field]?

  init(_ fields: [Field], recordFields: [Field]? = nil, slots: Int = 0) {
    self.fields = fields
    self.recordFields = recordFields
    self.slots = slots
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
      guard let source = textSource(text) else { return InterpretedCondition(node) }
      return MatchStep(source, pattern, isWhole: false, slot: slot(MatchMemory.slots))
    case .comprehension(let comprehension):
      return quantifier(comprehension) ?? InterpretedCondition(node)
    default:
      return InterpretedCondition(node)
    }
  }

  private mutating func quantifier(_ comprehension: Checked.Comprehension) -> (any ConditionStep)? {
    guard comprehension.range.isRecords, comprehension.second == nil, let recordFields,
      let condition = comprehension.condition?.asRecordCondition(comprehension.variable)
    else { return nil }
    var inner = Lowering(recordFields, slots: slots)
    let step = inner.condition(condition)
    slots = inner.slots
    return QuantifierStep(comprehension.kind, step)
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

  private mutating func membership(_ element: Checked, _ container: Checked) -> (any ConditionStep)? {
    guard case .list(let list) = container.constant else { return nil }
    switch element.type {
    case .string:
      guard let text = textSource(element) else { return nil }
      let texts = list.items.compactMap { if case .string(let text) = $0 { text } else { nil } }
      return TextMembership(text, texts)
    case .int, .date, .timestamp:
      guard let values = Lowering.integers(list.items, like: element.type), let step = integer(element) else {
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
      case (.timestamp(let time), .timestamp):
        guard let value = time.microseconds else { return nil }
        values.append(value)
      default: return nil
      }
    }
    return values
  }
}
