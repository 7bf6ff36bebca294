import AuditModel

/// Resolves names, checks types and folds what no row can change.
struct Checker {
  let scope: ExpressionScope
  /// The positions of the fields met, each once, in order of appearance.
  private(set) var fieldsRead: [Int] = []
  /// The elements of the macros around, from the outermost.
  private var variables: [(name: String, type: ValueType)] = []
  /// The greatest number of macros around one another.
  private(set) var variableCount = 0

  private let positions: [String: Int]

  init(_ scope: ExpressionScope) {
    self.scope = scope
    positions = Dictionary(scope.fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func check(_ syntax: Syntax) throws(ExpressionError) -> Checked {
    let offset = syntax.offset
    switch syntax.form {
    case .literal(let value):
      return constant(value, at: offset)
    case .name(let name, let isAbsolute):
      return try self.name(name, isAbsolute: isAbsolute, at: offset)
    case .select(let operand, let member):
      return try select(try check(operand), member, at: offset)
    case .presence(let operand, let member):
      return try presence(try check(operand), member, at: offset)
    case .index(let operand, let index):
      return try self.index(check(operand), check(index), at: offset)
    case .call(let name, let arguments):
      return try call(name, nil, arguments, at: offset)
    case .memberCall(let target, let name, let arguments):
      return try call(name, target, arguments, at: offset)
    case .not(let operand):
      let operand = try check(operand)
      guard operand.type.fits(.bool) else {
        throw ExpressionError("! takes a condition, and this is \(operand.type.words)", offset: offset)
      }
      return folded(.not(operand), .bool, at: offset, [operand])
    case .negate(let operand):
      let operand = try check(operand)
      guard [.int, .double, .dyn].contains(operand.type) else {
        throw ExpressionError("- takes a number, and this is \(operand.type.words)", offset: offset)
      }
      return folded(.negate(operand), operand.type, at: offset, [operand])
    case .arithmetic(let sign, let a, let b):
      return try arithmetic(sign, try check(a), try check(b), at: offset)
    case .compare(let sign, let a, let b):
      return try compare(sign, (a, try check(a)), (b, try check(b)), at: offset)
    case .isIn(let element, let container):
      return try isIn(try check(element), try check(container), at: offset)
    case .and(let operands):
      return Checked(type: .bool, offset: offset, form: .and(try conditions(operands, of: "&&")))
    case .or(let operands):
      return Checked(type: .bool, offset: offset, form: .or(try conditions(operands, of: "||")))
    case .conditional(let condition, let yes, let no):
      return try conditional(try check(condition), try check(yes), try check(no), at: offset)
    case .list(let items):
      var checked: [Checked] = []
      for item in items { checked.append(try check(item)) }
      return folded(.list(checked), .list(elementType(checked)), at: offset, checked)
    case .map(let entries):
      return try map(entries, at: offset)
    case .message(let name):
      throw ExpressionError("There is no type \"\(name)\" to make a value of", offset: offset)
    case .comprehension(let comprehension):
      return try self.comprehension(comprehension, at: offset)
    case .cell(let question, let operand):
      return try cell(question, operand, at: offset)
    }
  }

  func constant(_ value: Value, at offset: Int) -> Checked {
    let type: ValueType =
      switch value {
      case .null: .null
      case .bool: .bool
      case .int: .int
      case .uint: .uint
      case .double: .double
      case .bytes: .bytes
      default: .string
      }
    return Checked(type: type, offset: offset, form: .constant(value))
  }

  /// A node, or its value when all its parts are constants and it has one; an error is left to the rows that meet it.
  func folded(_ form: Checked.Form, _ type: ValueType, at offset: Int, _ parts: [Checked]) -> Checked {
    let node = Checked(type: type, offset: offset, form: form)
    guard parts.allSatisfy({ $0.constant != nil }) else { return node }
    let value = Interpreter.constant(node)
    return value.isSettled ? Checked(type: type, offset: offset, form: .constant(value)) : node
  }

  /// The position of a field of the scope that is read here.
  mutating func readField(_ name: String) -> Int? {
    guard let position = positions[name] else { return nil }
    if !fieldsRead.contains(position) { fieldsRead.append(position) }
    return position
  }

  /// The level of the innermost macro whose element has this name.
  func variableLevel(_ name: String) -> Int? {
    variables.lastIndex { $0.name == name }
  }

  /// Checks what a macro asks of its element.
  mutating func check(
    _ syntax: Syntax, binding name: String, to type: ValueType
  ) throws(ExpressionError) -> Checked {
    variables.append((name, type))
    defer { variables.removeLast() }
    variableCount = max(variableCount, variables.count)
    return try check(syntax)
  }

  var level: Int { variables.count }

  private mutating func name(_ name: String, isAbsolute: Bool, at offset: Int) throws(ExpressionError) -> Checked {
    if !isAbsolute, let level = variableLevel(name) {
      return Checked(type: variables[level].type, offset: offset, form: .variable(level))
    }
    if let position = readField(name) {
      return Checked(type: ValueType(scope.fields[position].type), offset: offset, form: .field(position))
    }
    if let records = scope.records, records.name == name {
      return Checked(type: .list(.record), offset: offset, form: .records)
    }
    var candidates = variables.map(\.name) + scope.fields.map(\.name)
    if let records = scope.records { candidates.append(records.name) }
    let question = Suggestion.question(for: name, among: candidates)
    let isMember = scope.records?.fields.contains { $0.name == name } ?? false
    let advice =
      if !question.isEmpty {
        question
      } else if isMember, let records = scope.records {
        "; the records have it: \(records.name).exists(r, r.\(name) == …)"
      } else {
        "; a text stands in quotes: '\(name)'"
      }
    throw ExpressionError("There is no field \"\(name)\"" + advice, offset: offset)
  }

  private func select(_ operand: Checked, _ member: String, at offset: Int) throws(ExpressionError) -> Checked {
    switch operand.type {
    case .record:
      let (position, type) = try recordField(member, at: offset)
      return Checked(type: type, offset: offset, form: .recordField(operand, position))
    case .period:
      guard let end = Checked.PeriodEnd(rawValue: member) else {
        throw ExpressionError("A period has the members start and end, not \"\(member)\"", offset: offset)
      }
      return Checked(type: .date, offset: offset, form: .periodEnd(operand, end))
    case .map(let key, let value) where key.fits(.string):
      return folded(.entry(operand, member), value, at: offset, [operand])
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

  private func presence(_ operand: Checked, _ member: String, at offset: Int) throws(ExpressionError) -> Checked {
    switch operand.type {
    case .record:
      let (position, _) = try recordField(member, at: offset)
      return Checked(type: .bool, offset: offset, form: .cell(.given, .recordField(operand, position)))
    case .map(let key, _) where key.fits(.string):
      return folded(.hasEntry(operand, member), .bool, at: offset, [operand])
    case .dyn:
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

  private func index(_ operand: Checked, _ index: Checked, at offset: Int) throws(ExpressionError) -> Checked {
    switch operand.type {
    case .list(let element):
      guard index.type.isNumeric || index.type == .dyn else {
        throw ExpressionError("A list is indexed by a whole number, not by \(index.type.words)", offset: offset)
      }
      return folded(.index(operand, index), element, at: offset, [operand, index])
    case .map(let key, let value):
      guard index.type.comparable(with: key) else {
        throw ExpressionError("The keys of this map are \(key.name), and this is \(index.type.words)", offset: offset)
      }
      return folded(.index(operand, index), value, at: offset, [operand, index])
    case .dyn:
      return Checked(type: .dyn, offset: offset, form: .index(operand, index))
    default:
      throw ExpressionError("Only lists and maps have an index, and this is \(operand.type.words)", offset: offset)
    }
  }

  private mutating func map(_ entries: [Syntax.MapEntry], at offset: Int) throws(ExpressionError) -> Checked {
    var checked: [(key: Checked, value: Checked)] = []
    for entry in entries {
      let key = try check(entry.key)
      guard [.bool, .int, .uint, .string, .dyn].contains(key.type) else {
        throw ExpressionError(
          "A map's keys are text, whole numbers or truth values, not \(key.type.words)", offset: entry.key.offset)
      }
      checked.append((key, try check(entry.value)))
    }
    let type = ValueType.map(elementType(checked.map(\.key)), elementType(checked.map(\.value)))
    return folded(.map(checked), type, at: offset, checked.flatMap { [$0.key, $0.value] })
  }

  private func elementType(_ items: [Checked]) -> ValueType {
    guard let first = items.first else { return .dyn }
    return items.dropFirst().reduce(first.type) { $0.joined(with: $1.type) }
  }
}
