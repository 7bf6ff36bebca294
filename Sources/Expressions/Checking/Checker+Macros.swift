extension Checker {
  mutating func comprehension(
    _ comprehension: Syntax.Comprehension, at offset: Int
  ) throws(ExpressionError) -> Checked {
    let name = comprehension.kind.rawValue
    let range = try check(comprehension.range)
    // What one name stands for, and what two do.
    let single: ValueType
    let pair: (ValueType, ValueType)
    switch range.type {
    case .list(let element): (single, pair) = (element, (.int, element))
    case .map(let key, let value): (single, pair) = (key, (key, value))
    case .dyn: (single, pair) = (.dyn, (.dyn, .dyn))
    default:
      throw ExpressionError(
        "\(name) takes a list or a map before the dot, and this is \(range.type.words)", offset: offset)
    }
    let variable = nextLevel
    let names: [(name: String, type: ValueType)]
    if let second = comprehension.second {
      names = [(comprehension.variable, pair.0), (second, pair.1)]
    } else {
      names = [(comprehension.variable, single)]
    }
    var condition: Checked?
    if let syntax = comprehension.condition {
      let node = try check(syntax, binding: names)
      guard node.type.fits(.bool) else {
        throw ExpressionError(
          "\(name) asks a condition of each element, and this is \(node.type.words)", offset: syntax.offset)
      }
      condition = node
    }
    var transform: Checked?
    if let syntax = comprehension.transform { transform = try check(syntax, binding: names) }
    let type: ValueType =
      switch comprehension.kind {
      case .all, .exists, .existsOne: .bool
      case .filter: .list(single)
      case .map, .transformList: .list(transform?.type ?? .dyn)
      case .transformMap: .map(pair.0, transform?.type ?? .dyn)
      }
    return Checked(
      type: type, offset: offset,
      form: .comprehension(
        Checked.Comprehension(
          kind: comprehension.kind, variable: variable, second: comprehension.second == nil ? nil : variable + 1,
          range: range, condition: condition, transform: transform)))
  }

  /// `cel.bind`: a name for a value. A field or a constant is named without being kept, so that its cell can be asked
  /// about and its column stays one.
  mutating func bind(
    _ name: String, _ value: Checked, _ body: Syntax, at offset: Int
  ) throws(ExpressionError) -> Checked {
    switch value.form {
    case .constant, .field, .recordField, .records, .variable, .binding, .cell:
      return try check(body, calling: name, value)
    default:
      let variable = nextLevel
      let node = try check(body, binding: [(name, value.type)])
      return Checked(type: node.type, offset: offset, form: .bind(variable, value, node))
    }
  }

  mutating func optionalMap(
    _ operand: Checked, _ name: String, _ body: Syntax, isFlat: Bool, at offset: Int
  ) throws(ExpressionError) -> Checked {
    let macro = isFlat ? "optFlatMap" : "optMap"
    guard operand.type.fits(.optional(.dyn)) else {
      throw ExpressionError(
        "\(macro) takes an optional value before the dot, and this is \(operand.type.words)", offset: offset)
    }
    let variable = nextLevel
    let node = try check(body, binding: [(name, operand.type.unwrapped)])
    if isFlat, !node.type.fits(.optional(.dyn)) {
      throw ExpressionError("optFlatMap makes an optional value, and this is \(node.type.words)", offset: body.offset)
    }
    return Checked(
      type: isFlat ? node.type : .optional(node.type), offset: offset,
      form: .optionalMap(operand, variable, node, isFlat: isFlat))
  }
}
