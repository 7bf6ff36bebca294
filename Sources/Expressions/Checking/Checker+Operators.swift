extension Checker {
  mutating func conditions(_ operands: [Syntax], of sign: String) throws(ExpressionError) -> [Checked] {
    var checked: [Checked] = []
    for operand in operands {
      let condition = try check(operand)
      guard condition.type.fits(.bool) else {
        throw ExpressionError("\(sign) joins conditions, and this is \(condition.type.words)", offset: operand.offset)
      }
      checked.append(condition)
    }
    return checked
  }

  func arithmetic(
    _ sign: ArithmeticOperator, _ a: Checked, _ b: Checked, at offset: Int
  ) throws(ExpressionError) -> Checked {
    let type: ValueType?
    switch (a.type, b.type) {
    case (.dyn, .dyn): type = .dyn
    case (.timestamp, .duration), (.duration, .timestamp), (.duration, .duration), (.timestamp, .timestamp),
      (.duration, .dyn), (.dyn, .duration), (.timestamp, .dyn), (.dyn, .timestamp):
      type = Checker.time(sign, a.type, b.type)
    case (.dyn, let known), (let known, .dyn): type = Checker.takes(sign, known) ? known : nil
    case (.list(let first), .list(let second)) where sign == .add: type = .list(first.joined(with: second))
    case (let first, let second): type = first == second && Checker.takes(sign, first) ? first : nil
    }
    guard let type else { throw mismatch(sign, a.type, b.type, at: offset) }
    return folded(.arithmetic(sign, a, b), type, at: offset, [a, b])
  }

  private static func takes(_ sign: ArithmeticOperator, _ type: ValueType) -> Bool {
    switch type {
    case .int, .uint, .dyn: true
    case .double: sign != .remainder
    case .string, .bytes, .list: sign == .add
    default: false
    }
  }

  /// The type of a sum or difference of timestamps and durations; nil when there is none.
  private static func time(_ sign: ArithmeticOperator, _ a: ValueType, _ b: ValueType) -> ValueType? {
    switch (sign, a, b) {
    case (.add, .duration, .duration), (.subtract, .duration, .duration), (.subtract, .timestamp, .timestamp):
      .duration
    case (.add, .timestamp, .duration), (.add, .duration, .timestamp), (.subtract, .timestamp, .duration): .timestamp
    case (.add, .dyn, _), (.add, _, .dyn), (.subtract, .dyn, _), (.subtract, _, .dyn): .dyn
    default: nil
    }
  }

  private func mismatch(
    _ sign: ArithmeticOperator, _ a: ValueType, _ b: ValueType, at offset: Int
  ) -> ExpressionError {
    let advice =
      if a.isNumeric && b.isNumeric && a != b {
        "; convert one side with double() or int()"
      } else if sign == .remainder && a == .double && b == .double {
        "; only whole numbers have a remainder"
      } else if (a == .date && b == .int) || (a == .int && b == .date) {
        "; addDays(d, 7) and addMonths(d, 1) make a later date"
      } else if a == .date || b == .date {
        "; days(a, b) and months(a, b) count the time between two dates"
      } else if sign == .add && (a == .string || b == .string) {
        "; convert the other side with string()"
      } else {
        ""
      }
    return ExpressionError("\(sign.rawValue) does not take \(a.words) and \(b.words)" + advice, offset: offset)
  }

  func compare(
    _ sign: ComparisonOperator, _ a: (syntax: Syntax, node: Checked), _ b: (syntax: Syntax, node: Checked),
    at offset: Int
  ) throws(ExpressionError) -> Checked {
    let (left, right) = (a.node.type, b.node.type)
    guard sign.isOrder ? left.ordered(with: right) : left.comparable(with: right) else {
      throw ExpressionError(
        "\(sign.rawValue) cannot compare \(left.words) with \(right.words)" + comparisonAdvice(sign, a, b),
        offset: offset)
    }
    return folded(.compare(sign, a.node, b.node), .bool, at: offset, [a.node, b.node])
  }

  private func comparisonAdvice(
    _ sign: ComparisonOperator, _ a: (syntax: Syntax, node: Checked), _ b: (syntax: Syntax, node: Checked)
  ) -> String {
    let types = [a.node.type, b.node.type]
    if sign.isOrder, case .compare = a.syntax.form {
      return "; write a < b && b < c for a chain"
    }
    if types.contains(.null) {
      return "; write given(x) or isBlank(x) to ask whether a cell has a value"
    }
    if types.contains(.string), types.contains(.date) {
      return "; write a date as date('2016-09-01')"
    }
    if types.contains(.string), types.contains(where: \.isNumeric) {
      return types[0] == .string && b.node.constant != nil
        ? "; put the number in quotes" : "; convert one side with int(), double() or string()"
    }
    if types.contains(.string), types.contains(.bool) { return "; true and false stand without quotes" }
    if types == [.period, .period] { return "; compare their start or end" }
    if types.contains(.record) { return "; compare fields of the record" }
    return ""
  }

  func isIn(_ element: Checked, _ container: Checked, at offset: Int) throws(ExpressionError) -> Checked {
    switch container.type {
    case .list(let type), .map(let type, _):
      guard element.type.comparable(with: type) else {
        throw ExpressionError(
          "in looks for \(element.type.words) among \(type.name) values, which it can never be", offset: offset)
      }
    case .dyn: break
    case .period:
      throw ExpressionError(
        "in takes a list on its right; write p.start <= d && d <= p.end for a day within a period", offset: offset)
    default:
      throw ExpressionError(
        "in takes a list on its right, as in x in ['a', 'b'], and this is \(container.type.words)", offset: offset)
    }
    return folded(.isIn(element, container), .bool, at: offset, [element, container])
  }

  func conditional(
    _ condition: Checked, _ yes: Checked, _ no: Checked, at offset: Int
  ) throws(ExpressionError) -> Checked {
    guard condition.type.fits(.bool) else {
      throw ExpressionError("? takes a condition before it, and this is \(condition.type.words)", offset: offset)
    }
    guard yes.type.fits(no.type) else {
      throw ExpressionError(
        "The two results of ? differ in type: \(yes.type.words) and \(no.type.words)", offset: offset)
    }
    return folded(
      .conditional(condition, yes, no), yes.type.joined(with: no.type), at: offset, [condition, yes, no])
  }
}
