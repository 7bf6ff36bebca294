import AuditModel

extension Checker {
  mutating func call(
    _ name: String, _ target: Syntax?, _ arguments: [Syntax], at offset: Int
  ) throws(ExpressionError) -> Checked {
    guard let overloads = Overload.byName[name] else {
      throw unknownFunction(name, hasTarget: target != nil, at: offset)
    }
    var checked: [Checked] = []
    if let target { checked.append(try check(target)) }
    for argument in arguments { checked.append(try check(argument)) }
    let fitting = overloads.filter {
      $0.isMember == (target != nil) && $0.parameters.count == checked.count
        && zip(checked, $0.parameters).allSatisfy { $1.takes($0.type) }
    }
    guard let chosen = fitting.first else {
      throw noOverload(of: overloads, for: checked, hasTarget: target != nil, at: offset)
    }
    if case .toDate = chosen.function, case .string(let text) = checked[0].constant {
      return try date(text, at: arguments[0].offset)
    }
    if case .matches = chosen.function, case .string(let pattern) = checked[1].constant {
      let place = (target == nil ? arguments[1] : arguments[0]).offset
      return folded(
        .matches(checked[0], try RegularExpression(pattern, offset: place)), .bool, at: offset, [checked[0]])
    }
    // Several overloads fit only when a type is not known beforehand.
    let type = fitting.allSatisfy { $0.result == chosen.result } ? chosen.result : .dyn
    return folded(.call(chosen.function, checked), type, at: offset, checked)
  }

  private func date(_ text: String, at offset: Int) throws(ExpressionError) -> Checked {
    guard let date = CalendarDate(iso: text) else {
      throw ExpressionError("\"\(text)\" is no date; write it as date('2016-09-01')", offset: offset)
    }
    return Checked(type: .date, offset: offset, form: .constant(.date(date.days)))
  }

  private func unknownFunction(_ name: String, hasTarget: Bool, at offset: Int) -> ExpressionError {
    if hasTarget, CellQuestion(rawValue: name) != nil || name == "has" {
      return ExpressionError("\(name) stands before its field, as in \(name)(r.x)", offset: offset)
    }
    if !hasTarget, ComprehensionKind(rawValue: name) != nil {
      return ExpressionError("\(name) stands after its list, as in list.\(name)(r, …)", offset: offset)
    }
    if let kind = ComprehensionKind(rawValue: name) {
      return ExpressionError(
        kind == .map
          ? "map takes a name and what to make of each element, as in list.map(r, r.x)"
          : "\(name) takes a name and a condition, as in list.\(name)(r, r.x > 0)", offset: offset)
    }
    let macros = CellQuestion.allCases.map(\.rawValue) + ComprehensionKind.allCases.map(\.rawValue) + ["has"]
    let candidates = (Overload.byName.keys + macros).sorted()
    return ExpressionError(
      "There is no function \"\(name)\"" + Suggestion.question(for: name, among: candidates), offset: offset)
  }

  private func noOverload(
    of overloads: [Overload], for arguments: [Checked], hasTarget: Bool, at offset: Int
  ) -> ExpressionError {
    let name = overloads[0].name
    if overloads.allSatisfy({ $0.isMember != hasTarget }) {
      return ExpressionError("\(name) is written \(overloads[0].usage)", offset: offset)
    }
    let uses = overloads.filter { $0.isMember == hasTarget }.map(\.usage)
    let given = arguments.map(\.type.name).joined(separator: ", ")
    return ExpressionError(
      "\(name) does not take (\(given)); it is written " + uses.joined(separator: " or "), offset: offset)
  }

  mutating func comprehension(
    _ comprehension: Syntax.Comprehension, at offset: Int
  ) throws(ExpressionError) -> Checked {
    let name = comprehension.kind.rawValue
    let range = try check(comprehension.range)
    let element: ValueType
    switch range.type {
    case .list(let type): element = type
    case .map(let key, _): element = key
    case .dyn: element = .dyn
    default:
      throw ExpressionError("\(name) takes a list before the dot, and this is \(range.type.words)", offset: offset)
    }
    let variable = level
    var condition: Checked?
    if let syntax = comprehension.condition {
      let node = try check(syntax, binding: comprehension.variable, to: element)
      guard node.type.fits(.bool) else {
        throw ExpressionError(
          "\(name) asks a condition of each element, and this is \(node.type.words)", offset: syntax.offset)
      }
      condition = node
    }
    var transform: Checked?
    if let syntax = comprehension.transform {
      transform = try check(syntax, binding: comprehension.variable, to: element)
    }
    let type: ValueType =
      switch comprehension.kind {
      case .all, .exists, .existsOne: .bool
      case .filter: .list(element)
      case .map: .list(transform?.type ?? element)
      }
    return Checked(
      type: type, offset: offset,
      form: .comprehension(
        Checked.Comprehension(
          kind: comprehension.kind, variable: variable, range: range, condition: condition, transform: transform)))
  }

  mutating func cell(_ question: CellQuestion, _ operand: Syntax, at offset: Int) throws(ExpressionError) -> Checked {
    let place: Checked.CellPlace
    let fieldType: ValueType
    switch operand.form {
    case .name(let name, let isAbsolute) where isAbsolute || variableLevel(name) == nil:
      let node = try check(operand)
      guard case .field(let position) = node.form else { throw notAField(question, at: operand.offset) }
      (place, fieldType) = (.field(position), node.type)
    case .select(let record, let member):
      let record = try check(record)
      guard record.type == .record else { throw notAField(question, at: operand.offset) }
      let (position, type) = try recordField(member, at: operand.offset)
      (place, fieldType) = (.recordField(record, position), type)
    default:
      throw notAField(question, at: operand.offset)
    }
    guard question == .low || question == .high else {
      return Checked(type: .bool, offset: offset, form: .cell(question, place))
    }
    guard fieldType == .int || fieldType == .double else {
      throw ExpressionError(
        "\(question.rawValue) takes a field of type integer or number, and this is \(fieldType.words)",
        offset: operand.offset)
    }
    return Checked(type: fieldType, offset: offset, form: .cell(question, place))
  }

  private func notAField(_ question: CellQuestion, at offset: Int) -> ExpressionError {
    let name = question.rawValue
    return ExpressionError(
      "\(name) asks about a cell: it takes a field, as in \(name)(x) or \(name)(r.x)", offset: offset)
  }
}
