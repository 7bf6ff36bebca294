/// Calls that are no functions: what they take is read as syntax and not as a value.
enum Macros {
  /// The form of a global call that is a macro; nil for any other call.
  static func expand(_ name: String, _ arguments: [Syntax], at offset: Int) throws(ExpressionError) -> Syntax.Form? {
    if let question = CellQuestion(rawValue: name) {
      guard let argument = arguments.first, arguments.count == 1 else {
        throw ExpressionError("\(name) takes one field, as in \(name)(x)", offset: offset)
      }
      return .cell(question, argument)
    }
    guard name == "has" else { return nil }
    guard let argument = arguments.first, arguments.count == 1 else {
      throw ExpressionError("has takes one member of a record, as in has(r.x)", offset: offset)
    }
    switch argument.form {
    case .select(let operand, let member):
      return .presence(operand, member)
    case .name(let field, _):
      throw ExpressionError(
        "has asks for a member of a record, as in has(r.x); write given(\(field)) to ask for a field", offset: offset)
    default:
      throw ExpressionError("has takes a member of a record, as in has(r.x)", offset: offset)
    }
  }

  /// The form of a member call that is a macro; nil for any other call.
  static func expand(
    _ name: String, target: Syntax, _ arguments: [Syntax], at offset: Int
  ) throws(ExpressionError) -> Syntax.Form? {
    guard let kind = ComprehensionKind(rawValue: name) else { return nil }
    // With another number of arguments it is an ordinary call, as CEL has it.
    guard arguments.count == 2 || (kind == .map && arguments.count == 3) else { return nil }
    guard case .name(let variable, isAbsolute: false) = arguments[0].form else {
      throw ExpressionError(
        "\(name) takes a plain name for the element first, as in list.\(name)(r, …)", offset: arguments[0].offset)
    }
    let isMap = kind == .map
    return .comprehension(
      Syntax.Comprehension(
        kind: kind, variable: variable, range: target,
        condition: isMap && arguments.count == 2 ? nil : arguments[1],
        transform: isMap ? arguments[arguments.count - 1] : nil))
  }
}
