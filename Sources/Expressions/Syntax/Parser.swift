/// Reads CEL's grammar into syntax trees (cel-spec, "Syntax").
struct Parser {
  private let tokens: [Token]
  private var position = 0
  /// How many expressions inside one another are being read.
  private var nesting = 0

  static func parse(_ source: String) throws(ExpressionError) -> Syntax {
    var parser = Parser(tokens: try Lexer.tokens(of: source))
    guard parser.next.kind != .end else {
      throw ExpressionError("There is no expression here", offset: 0)
    }
    let syntax = try parser.expression()
    guard parser.next.kind == .end else { throw parser.strayToken() }
    return syntax
  }

  private init(tokens: [Token]) {
    self.tokens = tokens
  }

  // The last token is `end`, and it is never passed.
  var next: Token { tokens[position] }

  mutating func advance() -> Token {
    let token = tokens[position]
    if position < tokens.count - 1 { position += 1 }
    return token
  }

  mutating func take(_ symbol: Symbol) -> Token? {
    next.kind == .symbol(symbol) ? advance() : nil
  }

  mutating func expect(_ symbol: Symbol, _ purpose: String) throws(ExpressionError) {
    guard take(symbol) != nil else {
      throw ExpressionError(
        "\"\(symbol.rawValue)\" is expected here \(purpose), not \(describe(next))", offset: next.offset)
    }
  }

  func node(_ form: Syntax.Form, at offset: Int, over parts: [Syntax] = []) throws(ExpressionError) -> Syntax {
    let depth = 1 + (parts.lazy.map(\.depth).max() ?? 0)
    guard depth <= Syntax.depthLimit else { throw tooDeep(offset) }
    return Syntax(offset: offset, depth: depth, form: form)
  }

  private func tooDeep(_ offset: Int) -> ExpressionError {
    ExpressionError("This expression is nested deeper than \(Syntax.depthLimit) levels", offset: offset)
  }

  mutating func expression() throws(ExpressionError) -> Syntax {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Syntax.depthLimit else { throw tooDeep(next.offset) }
    let condition = try disjunction()
    guard let question = take(.question) else { return condition }
    let yes = try disjunction()
    try expect(.colon, "between the two results of ?")
    let no = try expression()
    return try node(.conditional(condition, yes, no), at: question.offset, over: [condition, yes, no])
  }

  private mutating func disjunction() throws(ExpressionError) -> Syntax {
    let first = try conjunction()
    guard next.kind == .symbol(.or) else { return first }
    let offset = next.offset
    var operands = [first]
    while take(.or) != nil { operands.append(try conjunction()) }
    return try node(.or(operands), at: offset, over: operands)
  }

  private mutating func conjunction() throws(ExpressionError) -> Syntax {
    let first = try binary(.relation)
    guard next.kind == .symbol(.and) else { return first }
    let offset = next.offset
    var operands = [first]
    while take(.and) != nil { operands.append(try binary(.relation)) }
    return try node(.and(operands), at: offset, over: operands)
  }

  /// The levels of operators that group from the left, from loose to tight.
  private enum Level: Int {
    case relation
    case sum
    case product
  }

  private enum BinaryOperator {
    case arithmetic(ArithmeticOperator)
    case compare(ComparisonOperator)
    case isIn
  }

  private mutating func binary(_ level: Level) throws(ExpressionError) -> Syntax {
    var left = try operand(of: level)
    while let found = nextOperator(of: level) {
      let offset = advance().offset
      let right = try operand(of: level)
      let form: Syntax.Form =
        switch found {
        case .arithmetic(let sign): .arithmetic(sign, left, right)
        case .compare(let sign): .compare(sign, left, right)
        case .isIn: .isIn(left, right)
        }
      left = try node(form, at: offset, over: [left, right])
    }
    return left
  }

  private mutating func operand(of level: Level) throws(ExpressionError) -> Syntax {
    guard let tighter = Level(rawValue: level.rawValue + 1) else { return try unary() }
    return try binary(tighter)
  }

  private func nextOperator(of level: Level) -> BinaryOperator? {
    switch (next.kind, level) {
    case (.word("in"), .relation): .isIn
    case (.symbol(let symbol), .relation):
      ComparisonOperator(rawValue: symbol.rawValue).map { .compare($0) }
    case (.symbol(.plus), .sum): .arithmetic(.add)
    case (.symbol(.minus), .sum): .arithmetic(.subtract)
    case (.symbol(.times), .product): .arithmetic(.multiply)
    case (.symbol(.divide), .product): .arithmetic(.divide)
    case (.symbol(.remainder), .product): .arithmetic(.remainder)
    default: nil
    }
  }

  private mutating func unary() throws(ExpressionError) -> Syntax {
    var signs: [Token] = []
    while next.kind == .symbol(.not) || next.kind == .symbol(.minus) { signs.append(advance()) }
    // The sign belongs to the literal, or the least int could not be written.
    if let last = signs.last, last.kind == .symbol(.minus), let literal = try negativeLiteral(at: last.offset) {
      signs.removeLast()
      return try apply(signs, to: members(of: literal))
    }
    return try apply(signs, to: members(of: primary()))
  }

  private func apply(_ signs: [Token], to operand: Syntax) throws(ExpressionError) -> Syntax {
    var result = operand
    for sign in signs.reversed() {
      let form: Syntax.Form = sign.kind == .symbol(.not) ? .not(result) : .negate(result)
      result = try node(form, at: sign.offset, over: [result])
    }
    return result
  }

  private mutating func negativeLiteral(at offset: Int) throws(ExpressionError) -> Syntax? {
    switch next.kind {
    case .integer(let magnitude):
      guard magnitude <= 1 << 63 else { throw outOfRange(offset) }
      _ = advance()
      return try node(.literal(.int(Int64(truncatingIfNeeded: 0 &- magnitude))), at: offset)
    case .double(let magnitude):
      _ = advance()
      return try node(.literal(.double(-magnitude)), at: offset)
    default:
      return nil
    }
  }

  func outOfRange(_ offset: Int) -> ExpressionError {
    ExpressionError("This whole number is outside \(Int64.min) to \(Int64.max)", offset: offset)
  }

  func describe(_ token: Token) -> String {
    switch token.kind {
    case .word(let word): "\"\(word)\""
    case .quotedName(let name): "`\(name)`"
    case .integer, .unsigned, .double: "a number"
    case .text: "a text"
    case .bytes: "bytes"
    case .symbol(let symbol): "\"\(symbol.rawValue)\""
    case .end: "the end of the expression"
    }
  }

  /// An expression is complete, and something follows.
  private func strayToken() -> ExpressionError {
    let advice: String
    switch next.kind {
    case .word(let word) where word.lowercased() == "and": advice = "write && for \"and\""
    case .word(let word) where word.lowercased() == "or": advice = "write || for \"or\""
    case .word(let word) where word.lowercased() == "not": advice = "write !(x in list) for \"not in\""
    case .word("is"): advice = "write == for \"is\""
    case .symbol(.closeParenthesis), .symbol(.closeBracket), .symbol(.closeBrace):
      advice = "nothing is open that it could close"
    default: advice = "an operator such as == or && is expected"
    }
    return ExpressionError("\(describe(next)) cannot follow here: \(advice)", offset: next.offset)
  }
}
