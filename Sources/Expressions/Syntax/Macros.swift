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
    switch name {
    case "bind":
      guard case .name("cel", isAbsolute: false) = target.form else { return nil }
      guard arguments.count == 3 else {
        throw ExpressionError(
          "cel.bind takes a name, its value and the expression that uses it, as in cel.bind(x, a + b, x > 0)",
          offset: offset)
      }
      return .bind(try variable(arguments[0], of: "cel.bind"), arguments[1], arguments[2])
    case "optMap", "optFlatMap":
      guard arguments.count == 2 else { return nil }
      return .optionalMap(
        target, try variable(arguments[0], of: name), arguments[1], isFlat: name == "optFlatMap")
    default:
      return try comprehension(name, target, arguments)
    }
  }

  private static func comprehension(
    _ name: String, _ target: Syntax, _ arguments: [Syntax]
  ) throws(ExpressionError) -> Syntax.Form? {
    guard let kind = ComprehensionKind(name: name) else { return nil }
    let hasTwoNames = kind.takesTwoNames(arguments: arguments.count)
    // With another number of arguments it is an ordinary call, as CEL has it.
    guard hasTwoNames || kind.takesOneName(arguments: arguments.count) else { return nil }
    let first = try variable(arguments[0], of: name)
    let second = hasTwoNames ? try variable(arguments[1], of: name) : nil
    if let second, second == first {
      throw ExpressionError("\(name) takes two different names", offset: arguments[1].offset)
    }
    let rest = arguments[(hasTwoNames ? 2 : 1)...]
    return .comprehension(
      Syntax.Comprehension(
        kind: kind, variable: first, second: second, range: target,
        condition: kind.transforms && rest.count == 1 ? nil : rest.first,
        transform: kind.transforms ? rest.last : nil))
  }

  private static func variable(_ argument: Syntax, of macro: String) throws(ExpressionError) -> String {
    guard case .name(let name, isAbsolute: false) = argument.form else {
      throw ExpressionError(
        macro == "cel.bind"
          ? "cel.bind takes a plain name first, as in cel.bind(x, a + b, x > 0)"
          : "\(macro) takes a plain name for the element first, as in list.\(macro)(r, …)", offset: argument.offset)
    }
    return name
  }
}
