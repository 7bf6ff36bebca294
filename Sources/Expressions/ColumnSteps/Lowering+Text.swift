import AuditModel
import Columns

extension Lowering {
  func textComparison(_ sign: ComparisonOperator, _ a: Checked, _ b: Checked) -> (any ConditionStep)? {
    guard let left = textSource(a) else {
      // A constant on the left: the same with the sides exchanged.
      return a.constant != nil && b.constant == nil ? textComparison(sign.mirrored, b, a) : nil
    }
    if case .string(let text) = b.constant {
      return left.changes.isEmpty && !sign.isOrder
        ? TextEquality(left.column, TextConstant(text), isEqual: sign == .equal)
        : TextAgainstConstant(left, .compare(sign), text)
    }
    guard let right = textSource(b) else { return nil }
    return left.changes.isEmpty && right.changes.isEmpty && !sign.isOrder
      ? TextColumnsEquality(left.column, right.column, isEqual: sign == .equal)
      : TextAgainstText(left, .compare(sign), right)
  }

  /// A step for `startsWith`, `endsWith` and `contains`.
  func textTest(_ function: Function, _ arguments: [Checked]) -> (any ConditionStep)? {
    let test: TextTest
    switch function {
    case .startsWith: test = .startsWith
    case .endsWith: test = .endsWith
    case .contains: test = .contains
    default: return nil
    }
    guard let text = textSource(arguments[0]) else { return nil }
    if case .string(let other) = arguments[1].constant {
      if case .startsWith = test, text.changes.isEmpty, other.utf8.count <= ShortPrefix.longest {
        return ShortPrefix(text.column, TextConstant(other))
      }
      return TextAgainstConstant(text, test, other)
    }
    return textSource(arguments[1]).map { TextAgainstText(text, test, $0) }
  }

  /// The field and the changes that a node of type string is made of, when it is nothing else.
  func textSource(_ node: Checked) -> TextSource? {
    switch node.form {
    case .field(let column) where fields[column].type == .text:
      return TextSource(column: column)
    case .call(let function, let arguments):
      let change: TextSource.Change
      switch function {
      case .lowerAscii: change = .lowerAscii
      case .upperAscii: change = .upperAscii
      case .trim: change = .trim
      default: return nil
      }
      var source = textSource(arguments[0])
      source?.changes.append(change)
      return source
    default:
      return nil
    }
  }
}
