import AuditModel

extension Checker {
  func select(_ operand: Checked, _ member: String, at offset: Int) throws(ExpressionError) -> Checked {
    switch operand.type {
    case .record:
      let (position, type) = try recordField(member, at: offset)
      return Checked(type: type, offset: offset, form: .recordField(operand, position))
    case .period:
      guard let end = Checked.PeriodEnd(rawValue: member) else {
        throw ExpressionError("A period has the members start and end, not \"\(member)\"", offset: offset)
      }
      return folded(.periodEnd(operand, end), .date, at: offset, [operand])
    case .map(let key, let value) where key.fits(.string):
      return folded(.entry(operand, member), value, at: offset, [operand])
    case .optional(let inner):
      let type = try memberType(of: inner, at: offset)
      return folded(
        .optionalEntry(operand, constant(.string(member), at: offset)), .optional(type), at: offset, [operand])
    case .dyn:
      return Checked(type: .dyn, offset: offset, form: .entry(operand, member))
    case .list(.record):
      throw ExpressionError(
        "A list of records has no members; ask about each record, as in records.exists(r, r.\(member) == …)",
        offset: offset)
    default:
      throw ExpressionError(
        "There is no member \"\(member)\": what stands before the dot is \(operand.type.words)", offset: offset)
    }
  }

  /// The type of a member of a map or of what may be one.
  private func memberType(of type: ValueType, at offset: Int) throws(ExpressionError) -> ValueType {
    switch type {
    case .map(let key, let value) where key.fits(.string): return value.unwrapped
    case .dyn: return .dyn
    default:
      throw ExpressionError("Only maps have optional members, and this is \(type.words)", offset: offset)
    }
  }

  func presence(_ operand: Checked, _ member: String, at offset: Int) throws(ExpressionError) -> Checked {
    switch operand.type {
    case .record:
      let (position, _) = try recordField(member, at: offset)
      return Checked(type: .bool, offset: offset, form: .cell(.given, .recordField(operand, position)))
    case .map(let key, _) where key.fits(.string):
      return folded(.hasEntry(operand, member), .bool, at: offset, [operand])
    case .dyn, .optional:
      return Checked(type: .bool, offset: offset, form: .hasEntry(operand, member))
    default:
      throw ExpressionError(
        "has asks for a member of a record, and what stands before the dot is \(operand.type.words)", offset: offset)
    }
  }

  /// The position and type of a field of records.
  func recordField(_ name: String, at offset: Int) throws(ExpressionError) -> (Int, ValueType) {
    let fields = scope.records?.fields ?? []
    guard let position = fields.firstIndex(where: { $0.name == name }) else {
      throw ExpressionError(
        "Records have no field \"\(name)\"" + Suggestion.question(for: name, among: fields.lazy.map(\.name)),
        offset: offset)
    }
    return (position, ValueType(fields[position].type))
  }

  func index(_ operand: Checked, _ index: Checked, at offset: Int) throws(ExpressionError) -> Checked {
    let type = try elementType(of: operand.type, at: index, offset)
    if case .optional = operand.type {
      return folded(.optionalEntry(operand, index), .optional(type.unwrapped), at: offset, [operand, index])
    }
    return folded(.index(operand, index), type, at: offset, [operand, index])
  }

  func optionalEntry(_ operand: Checked, _ key: Checked, at offset: Int) throws(ExpressionError) -> Checked {
    if operand.type == .record || operand.type == .list(.record) {
      throw ExpressionError(
        "Records have no optional members; ask with given(r.x) whether a cell has a value", offset: offset)
    }
    let type = try elementType(of: operand.type, at: key, offset)
    return folded(.optionalEntry(operand, key), .optional(type.unwrapped), at: offset, [operand, key])
  }

  private func elementType(
    of type: ValueType, at index: Checked, _ offset: Int
  ) throws(ExpressionError) -> ValueType {
    switch type {
    case .list(let element):
      guard index.type.isNumeric || index.type == .dyn else {
        throw ExpressionError("A list is indexed by a whole number, not by \(index.type.words)", offset: offset)
      }
      return element
    case .map(let key, let value):
      guard index.type.comparable(with: key) else {
        throw ExpressionError("The keys of this map are \(key.name), and this is \(index.type.words)", offset: offset)
      }
      return value
    case .optional(let inner):
      return try elementType(of: inner, at: index, offset)
    case .dyn:
      return .dyn
    default:
      throw ExpressionError("Only lists and maps have an index, and this is \(type.words)", offset: offset)
    }
  }

  mutating func list(_ items: [Syntax.Element], at offset: Int) throws(ExpressionError) -> Checked {
    var checked: [(value: Checked, isOptional: Bool)] = []
    for item in items {
      checked.append((try optionalPart(item.value, isOptional: item.isOptional), item.isOptional))
    }
    let type = ValueType.list(joinedType(checked.map { $0.isOptional ? $0.value.type.unwrapped : $0.value.type }))
    let values = checked.map(\.value)
    return folded(
      items.contains(where: \.isOptional) ? .sparseList(checked) : .list(values), type, at: offset, values)
  }

  mutating func map(_ entries: [Syntax.MapEntry], at offset: Int) throws(ExpressionError) -> Checked {
    var checked: [(key: Checked, value: Checked, isOptional: Bool)] = []
    for entry in entries {
      let key = try check(entry.key)
      guard [.bool, .int, .uint, .string, .dyn].contains(key.type) else {
        throw ExpressionError(
          "A map's keys are text, whole numbers or truth values, not \(key.type.words)", offset: entry.key.offset)
      }
      checked.append((key, try optionalPart(entry.value, isOptional: entry.isOptional), entry.isOptional))
    }
    let type = ValueType.map(
      joinedType(checked.map(\.key.type)),
      joinedType(checked.map { $0.isOptional ? $0.value.type.unwrapped : $0.value.type }))
    return folded(.map(checked), type, at: offset, checked.flatMap { [$0.key, $0.value] })
  }

  /// A part of a list or map; one behind a `?` is optional.
  private mutating func optionalPart(_ syntax: Syntax, isOptional: Bool) throws(ExpressionError) -> Checked {
    let part = try check(syntax)
    if isOptional {
      guard part.type.fits(.optional(.dyn)) else {
        throw ExpressionError("? takes an optional value, and this is \(part.type.words)", offset: syntax.offset)
      }
    }
    return part
  }

  private func joinedType(_ types: [ValueType]) -> ValueType {
    guard let first = types.first else { return .dyn }
    return types.dropFirst().reduce(first) { $0.joined(with: $1) }
  }
}
