import AuditModel
import Columns

extension Lowering {
  /// A step for a node of type int, date or timestamp; nil when only the interpreter can evaluate it.
  mutating func integer(_ node: Checked) -> (any IntegerStep)? {
    switch node.form {
    case .constant(.int(let value)):
      return ConstantInteger(value, slot: slot())
    case .constant(.timestamp(let time)):
      return time.microseconds.map { ConstantInteger($0, slot: slot()) }
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
    switch (function, arguments.first?.type) {
    case (.size, _):
      return textSource(arguments[0]).map { TextSizeStep($0, slot: slot()) }
    case (.financialYear, .date):
      return integer(arguments[0]).map { CalendarStep(.financialYear, $0, slot: slot()) }
    case (.calendar(let part), .date):
      return integer(arguments[0]).map { CalendarStep(.part(part), $0, slot: slot()) }
    case (.calendar(let part), .timestamp) where arguments.count == 1:
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
  mutating func double(_ node: Checked) -> (any DoubleStep)? {
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
