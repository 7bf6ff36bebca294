extension Parser {
  mutating func members(of operand: Syntax) throws(ExpressionError) -> Syntax {
    var result = operand
    while true {
      if take(.dot) != nil {
        let isOptional = take(.question) != nil
        let (name, offset) = try memberName()
        if isOptional {
          result = try node(.optionalSelect(result, name), at: offset, over: [result])
        } else if take(.openParenthesis) != nil {
          let arguments = try arguments(of: name)
          result = try memberCall(result, name, arguments, at: offset)
        } else {
          result = try node(.select(result, name), at: offset, over: [result])
        }
      } else if let bracket = take(.openBracket) {
        let isOptional = take(.question) != nil
        let index = try expression()
        try expect(.closeBracket, "after the index")
        result = try node(
          isOptional ? .optionalIndex(result, index) : .index(result, index), at: bracket.offset, over: [result, index])
      } else if next.kind == .symbol(.openBrace), let name = qualifiedName(result) {
        _ = advance()
        _ = try entries(named: true)
        result = try node(.message(name), at: operand.offset)
      } else {
        return result
      }
    }
  }

  /// The name in `a.b.c`, when a syntax is one.
  private func qualifiedName(_ syntax: Syntax) -> String? {
    switch syntax.form {
    case .name(let name, _): name
    case .select(let operand, let member): qualifiedName(operand).map { "\($0).\(member)" }
    default: nil
    }
  }

  private mutating func memberName() throws(ExpressionError) -> (String, Int) {
    switch next.kind {
    case .word(let word) where !ReservedWords.keywords.contains(word): return (word, advance().offset)
    case .quotedName(let name): return (name, advance().offset)
    default:
      throw ExpressionError("A name is expected after the dot, not \(describe(next))", offset: next.offset)
    }
  }

  /// Expressions between commas up to the closing parenthesis.
  private mutating func arguments(of name: String) throws(ExpressionError) -> [Syntax] {
    var items: [Syntax] = []
    while take(.closeParenthesis) == nil {
      items.append(try expression())
      if take(.comma) == nil {
        try expect(.closeParenthesis, "after the arguments of \(name)")
        break
      }
      guard next.kind != .symbol(.closeParenthesis) else {
        throw ExpressionError("Another argument is expected after the comma", offset: next.offset)
      }
    }
    return items
  }

  /// The elements of a list up to the closing bracket; a comma may stand before it.
  private mutating func elements() throws(ExpressionError) -> [Syntax.Element] {
    var items: [Syntax.Element] = []
    while take(.closeBracket) == nil {
      let isOptional = take(.question) != nil
      items.append(Syntax.Element(value: try expression(), isOptional: isOptional))
      if take(.comma) == nil {
        try expect(.closeBracket, "to close the list")
        break
      }
    }
    return items
  }

  /// The entries of a map or, with names for keys, of a message.
  private mutating func entries(named: Bool) throws(ExpressionError) -> [Syntax.MapEntry] {
    var entries: [Syntax.MapEntry] = []
    while take(.closeBrace) == nil {
      let isOptional = take(.question) != nil
      let key: Syntax
      if named {
        let (name, offset) = try memberName()
        key = try node(.literal(.string(name)), at: offset)
      } else {
        key = try expression()
      }
      try expect(.colon, "between a key and its value")
      entries.append(Syntax.MapEntry(key: key, value: try expression(), isOptional: isOptional))
      if take(.comma) == nil {
        try expect(.closeBrace, "after the last entry")
        break
      }
    }
    return entries
  }

  mutating func primary() throws(ExpressionError) -> Syntax {
    let token = advance()
    switch token.kind {
    case .integer(let magnitude):
      guard let value = Int64(exactly: magnitude) else { throw outOfRange(token.offset) }
      return try node(.literal(.int(value)), at: token.offset)
    case .unsigned(let value): return try node(.literal(.uint(value)), at: token.offset)
    case .double(let value): return try node(.literal(.double(value)), at: token.offset)
    case .text(let value): return try node(.literal(.string(value)), at: token.offset)
    case .bytes(let value): return try node(.literal(.bytes(value)), at: token.offset)
    case .word("true"): return try node(.literal(.bool(true)), at: token.offset)
    case .word("false"): return try node(.literal(.bool(false)), at: token.offset)
    case .word("null"): return try node(.literal(.null), at: token.offset)
    case .word(let word) where word != "in": return try name(word, token, isAbsolute: false)
    case .symbol(.dot):
      guard case .word(let word) = next.kind, !ReservedWords.keywords.contains(word) else {
        throw ExpressionError("A name is expected after the dot, not \(describe(next))", offset: next.offset)
      }
      return try name(word, advance(), isAbsolute: true)
    case .symbol(.openParenthesis):
      let inner = try expression()
      try expect(.closeParenthesis, "to close the parenthesis")
      return inner
    case .symbol(.openBracket):
      let items = try elements()
      return try node(.list(items), at: token.offset, over: items.map(\.value))
    case .symbol(.openBrace):
      let entries = try entries(named: false)
      return try node(.map(entries), at: token.offset, over: entries.flatMap { [$0.key, $0.value] })
    default:
      throw ExpressionError("A value is expected here, not \(describe(token))", offset: token.offset)
    }
  }

  private mutating func name(_ word: String, _ token: Token, isAbsolute: Bool) throws(ExpressionError) -> Syntax {
    guard !ReservedWords.reserved.contains(word) else {
      throw ExpressionError("\"\(word)\" is a reserved word and names nothing", offset: token.offset)
    }
    guard take(.openParenthesis) != nil else {
      return try node(.name(word, isAbsolute: isAbsolute), at: token.offset)
    }
    return try call(word, arguments(of: word), at: token.offset)
  }

  private func call(_ name: String, _ arguments: [Syntax], at offset: Int) throws(ExpressionError) -> Syntax {
    if let form = try Macros.expand(name, arguments, at: offset) {
      return try node(form, at: offset, over: arguments)
    }
    return try node(.call(name, arguments), at: offset, over: arguments)
  }

  private func memberCall(
    _ target: Syntax, _ name: String, _ arguments: [Syntax], at offset: Int
  ) throws(ExpressionError) -> Syntax {
    if let form = try Macros.expand(name, target: target, arguments, at: offset) {
      return try node(form, at: offset, over: [target] + arguments)
    }
    return try node(.memberCall(target, name, arguments), at: offset, over: [target] + arguments)
  }
}
