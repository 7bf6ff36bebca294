import AuditModel

/// Resolves names, checks types and folds what no row can change.
struct Checker {
  let scope: ExpressionScope
  /// False when types are left to the evaluation, and what is wrong is found there.
  let isStrict: Bool
  /// The positions of the fields met, each once, in order of appearance.
  private(set) var fieldsRead: [Int] = []
  /// The names that the macros around give, from the outermost.
  private var names: [(name: String, meaning: Meaning)] = []
  /// The number of levels that the macros around take.
  private var level = 0
  /// The greatest number of levels at once.
  private(set) var variableCount = 0

  private let positions: [String: Int]

  /// What a name of a macro stands for.
  private enum Meaning {
    case variable(Int, ValueType)
    /// Something that is as cheap to evaluate again as to keep.
    case same(Checked)
  }

  init(_ scope: ExpressionScope, isStrict: Bool = true) {
    self.scope = scope
    self.isStrict = isStrict
    positions = Dictionary(scope.fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func check(_ syntax: Syntax) throws(ExpressionError) -> Checked {
    if isStrict { return try checked(syntax) }
    do {
      var node = try checked(syntax)
      node.type = .dyn
      return node
    } catch {
      return Checked(type: .dyn, offset: syntax.offset, form: .failure(error.message))
    }
  }

  private mutating func checked(_ syntax: Syntax) throws(ExpressionError) -> Checked {
    let offset = syntax.offset
    switch syntax.form {
    case .literal(let value):
      return constant(value, at: offset)
    case .name(let name, let isAbsolute):
      return try self.name(name, isAbsolute: isAbsolute, at: offset)
    case .select(let operand, let member):
      if let node = qualified(syntax) { return node }
      return try select(try check(operand), member, at: offset)
    case .optionalSelect(let operand, let member):
      return try optionalEntry(try check(operand), constant(.string(member), at: offset), at: offset)
    case .presence(let operand, let member):
      return try presence(try check(operand), member, at: offset)
    case .index(let operand, let index):
      return try self.index(check(operand), check(index), at: offset)
    case .optionalIndex(let operand, let index):
      return try optionalEntry(try check(operand), try check(index), at: offset)
    case .call(let name, let arguments):
      return try call(name, nil, arguments, at: offset)
    case .memberCall(let target, let name, let arguments):
      if let prefix = qualifiedName(target), Overload.namespaces.contains(prefix), !isVariable(prefix) {
        return try call("\(prefix).\(name)", nil, arguments, at: offset)
      }
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
      return try list(items, at: offset)
    case .map(let entries):
      return try map(entries, at: offset)
    case .message(let name):
      throw ExpressionError("There is no type \"\(name)\" to make a value of", offset: offset)
    case .comprehension(let comprehension):
      return try self.comprehension(comprehension, at: offset)
    case .bind(let name, let value, let body):
      return try bind(name, try check(value), body, at: offset)
    case .optionalMap(let operand, let name, let body, let isFlat):
      return try optionalMap(try check(operand), name, body, isFlat: isFlat, at: offset)
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
      case .type: .type
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

  // MARK: Names

  /// The position of a field of the scope that is read here.
  private mutating func readField(_ name: String) -> Int? {
    guard let position = positions[name] else { return nil }
    if !fieldsRead.contains(position) { fieldsRead.append(position) }
    return position
  }

  /// Whether a macro around gives this name.
  func isLocal(_ name: String) -> Bool { names.contains { $0.name == name } }

  /// Checks a part with the names that a macro gives it, each at a level of its own.
  mutating func check(
    _ syntax: Syntax, binding given: [(name: String, type: ValueType)]
  ) throws(ExpressionError) -> Checked {
    for (index, (name, type)) in given.enumerated() { names.append((name, .variable(level + index, type))) }
    level += given.count
    variableCount = max(variableCount, level)
    defer {
      names.removeLast(given.count)
      level -= given.count
    }
    return try check(syntax)
  }

  /// Checks a part with a name that stands for a node.
  mutating func check(_ syntax: Syntax, calling name: String, _ node: Checked) throws(ExpressionError) -> Checked {
    names.append((name, .same(node)))
    defer { names.removeLast() }
    return try check(syntax)
  }

  /// The level that the next macro's first name takes.
  var nextLevel: Int { level }

  private mutating func name(_ name: String, isAbsolute: Bool, at offset: Int) throws(ExpressionError) -> Checked {
    if !isAbsolute, let local = names.last(where: { $0.name == name }) {
      switch local.meaning {
      case .variable(let level, let type): return Checked(type: type, offset: offset, form: .variable(level))
      case .same(let node): return Checked(type: node.type, offset: offset, form: node.form)
      }
    }
    if let node = global(name, at: offset) { return node }
    var candidates = names.map(\.name) + scope.fields.map(\.name) + scope.variables.map(\.name)
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
    throw ExpressionError("There is no \(scope.word) \"\(name)\"" + advice, offset: offset)
  }

  /// What a name means outside of macros: a field, the records, a given value, or a type.
  private mutating func global(_ name: String, at offset: Int) -> Checked? {
    if let position = readField(name) {
      return Checked(type: ValueType(scope.fields[position].type), offset: offset, form: .field(position))
    }
    if let records = scope.records, records.name == name {
      return Checked(type: .list(.record), offset: offset, form: .records)
    }
    if let position = scope.variables.firstIndex(where: { $0.name == name }) {
      return Checked(type: scope.variables[position].type, offset: offset, form: .binding(position))
    }
    return Checker.typeNames.contains(name) ? constant(.type(name), at: offset) : nil
  }

  private static let typeNames: Set<String> = [
    "bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type", "optional_type",
    "google.protobuf.Timestamp", "google.protobuf.Duration", "date", "period",
  ]

  /// The name in `a.b.c`, unless it begins with a name that a macro gives.
  private func qualifiedName(_ syntax: Syntax) -> String? {
    switch syntax.form {
    case .name(let name, let isAbsolute): isAbsolute || !isLocal(name) ? name : nil
    case .select(let operand, let member): qualifiedName(operand).map { "\($0).\(member)" }
    default: nil
    }
  }

  /// Whether a name stands for a field or a value, and not for a group of functions.
  private func isVariable(_ name: String) -> Bool {
    positions[name] != nil || scope.records?.name == name || scope.variables.contains { $0.name == name }
  }

  /// What a name with dots means as a whole: the longest name there is comes before the members of a shorter one.
  private mutating func qualified(_ syntax: Syntax) -> Checked? {
    guard case .select = syntax.form, let name = qualifiedName(syntax) else { return nil }
    return global(name, at: syntax.offset)
  }
}
