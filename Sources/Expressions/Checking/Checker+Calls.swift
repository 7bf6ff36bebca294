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
    let types = checked.map(\.type)
    let fitting = overloads.filter { $0.isMember == (target != nil) && $0.takes(types) }
    guard let chosen = fitting.first else {
      throw noOverload(of: overloads, for: checked, hasTarget: target != nil, at: offset)
    }
    if case .toDate = chosen.function, isStrict, case .string(let text) = checked[0].constant {
      return try date(text, at: arguments[0].offset)
    }
    if case .matches = chosen.function, case .string(let pattern) = checked[1].constant {
      let place = (target == nil ? arguments[1] : arguments[0]).offset
      return folded(
        .matches(checked[0], try RegularExpression(pattern, offset: place)), .bool, at: offset, [checked[0]])
    }
    // Several overloads fit only when a type is not known beforehand.
    let result = chosen.result(for: types)
    let type = fitting.allSatisfy { $0.result(for: types) == result } ? result : .dyn
    switch chosen.function {
    case .optional(.or):
      return folded(.orElse(checked[0], checked[1], unwraps: false), type, at: offset, checked)
    case .optional(.orValue):
      return folded(.orElse(checked[0], checked[1], unwraps: true), type, at: offset, checked)
    case .register(let question):
      guard let register = scope.register else {
        throw ExpressionError("There is no register here that \(name) could look up", offset: offset)
      }
      return Checked(type: type, offset: offset, form: .lookup(question, register, checked))
    default:
      return folded(.call(chosen.function, checked), type, at: offset, checked)
    }
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
    if !hasTarget, ComprehensionKind(name: name) != nil {
      return ExpressionError("\(name) stands after its list, as in list.\(name)(r, …)", offset: offset)
    }
    if let kind = ComprehensionKind(name: name) {
      return ExpressionError("\(name) takes \(kind.usage)", offset: offset)
    }
    let macros =
      CellQuestion.allCases.map(\.rawValue) + ComprehensionKind.allCases.map(\.rawValue) + [
        "has", "cel.bind", "optMap",
      ]
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

  mutating func cell(_ question: CellQuestion, _ operand: Syntax, at offset: Int) throws(ExpressionError) -> Checked {
    let place: Checked.CellPlace
    let fieldType: ValueType
    switch operand.form {
    case .name:
      let node = try check(operand)
      switch node.form {
      case .field(let position): place = .field(position)
      case .recordField(let record, let position): place = .recordField(record, position)
      default: throw notAField(question, at: operand.offset)
      }
      fieldType = node.type
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
