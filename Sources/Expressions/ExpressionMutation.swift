import AuditModel

/// Ways to break an expression a little, for tests that ask whether anybody would notice.
public enum ExpressionMutation {
  /// An expression with one thing changed.
  public struct Mutant: Hashable, Sendable {
    public var source: String
    /// Where, 0-based in UTF-8 bytes of the original source.
    public var offset: Int
  }

  /// All changes of one thing: a comparison that is a little wider, narrower or the other way round, `&&` for `||`, an
  /// operand left out, a number or date that is one off, another text, a question that is not asked or asked otherwise,
  /// the whole negated. Empty when the source cannot be read.
  ///
  /// Some may mean the same as the original, and some may not compile.
  public static func mutants(of source: String) -> [Mutant] {
    guard let tokens = try? Lexer.tokens(of: source) else { return [] }
    var writer = MutantWriter(source: source, tokens: tokens)
    writer.replaceTokens()
    writer.leaveOutOperands()
    writer.mutants.append(Mutant(source: "!(\(source))", offset: 0))
    return writer.mutants
  }

  /// The numbers and texts that stand in an expression, as they would stand in a record; what one might try it with.
  public static func literals(of source: String) -> [String] {
    ((try? Lexer.tokens(of: source)) ?? []).compactMap { token in
      switch token.kind {
      case .integer(let value): String(value)
      case .double(let value): value.description
      case .text(let text): text
      default: nil
      }
    }
  }
}

private struct MutantWriter {
  let bytes: [UInt8]
  let tokens: [Token]
  var mutants: [ExpressionMutation.Mutant] = []

  init(source: String, tokens: [Token]) {
    bytes = Array(source.utf8)
    self.tokens = tokens
  }

  private mutating func replace(_ range: Range<Int>, by text: String) {
    mutants.append(
      ExpressionMutation.Mutant(
        source: String(
          decoding: bytes[..<range.lowerBound] + Array(text.utf8) + bytes[range.upperBound...], as: UTF8.self),
        offset: range.lowerBound))
  }

  mutating func replaceTokens() {
    for (index, token) in tokens.enumerated() {
      for text in replacements(token, at: index) { replace(token.range, by: text) }
    }
  }

  private func replacements(_ token: Token, at index: Int) -> [String] {
    switch token.kind {
    case .symbol(let symbol): MutantWriter.replacements(symbol)
    case .word(let word): replacements(word, at: index)
    // A literal one off; below 0 it would be no literal, and changes sign there anyway.
    case .integer(let value): value < .max ? [String(value + 1)] + (value > 0 ? [String(value - 1)] : []) : []
    case .double(let value): ["\(value + 1)", "\(value - 1)"]
    case .text(let text): replacements(text: text, at: index)
    default: []
    }
  }

  private static func replacements(_ symbol: Symbol) -> [String] {
    switch symbol {
    case .less: ["<=", ">="]
    case .lessOrEqual: ["<", ">"]
    case .greater: [">=", "<="]
    case .greaterOrEqual: [">", "<"]
    case .equal: ["!="]
    case .notEqual: ["=="]
    case .and: ["||"]
    case .or: ["&&"]
    case .not: [" "]
    case .plus: ["-"]
    default: []
    }
  }

  private func replacements(_ word: String, at index: Int) -> [String] {
    guard tokens.indices.contains(index + 1) else { return [] }
    let isCall = tokens[index + 1].kind == .symbol(.openParenthesis)
    switch word {
    case "true": return ["false"]
    case "false": return ["true"]
    case "all" where isCall: return ["exists"]
    case "exists" where isCall: return ["all"]
    case "low" where isCall: return ["high"]
    case "high" where isCall: return ["low"]
    case "startsWith" where isCall: return ["endsWith"]
    case "endsWith" where isCall: return ["startsWith"]
    default: return []
    }
  }

  private func replacements(text: String, at index: Int) -> [String] {
    if let date = CalendarDate(iso: text) {
      return [Int32(1), -1].map { "'\(CalendarDate(days: date.days + $0))'" }
    }
    guard index > 1, case .word(let function) = tokens[index - 2].kind, function == "matches" else {
      return text.isEmpty ? ["'~'"] : ["'\(text.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))~'"]
    }
    // A pattern that finds everything, and one that finds nothing.
    return ["''", "r'x\\bx'"]
  }

  // MARK: Operands

  /// A stretch between brackets and commas, by its tokens.
  private struct Group {
    var start: Int
    var operators: [(index: Int, symbol: Symbol)] = []
  }

  /// Leaves out every operand of `&&` and `||`, one at a time.
  mutating func leaveOutOperands() {
    var open = [Group(start: 0)]
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .symbol(.openParenthesis), .symbol(.openBracket), .symbol(.openBrace): open.append(Group(start: index + 1))
      case .symbol(.closeParenthesis), .symbol(.closeBracket), .symbol(.closeBrace):
        guard open.count > 1, let group = open.popLast() else { return }
        leaveOut(group, end: index)
      case .symbol(.comma), .symbol(.question), .symbol(.colon):
        leaveOut(open[open.count - 1], end: index)
        open[open.count - 1] = Group(start: index + 1)
      case .symbol(.and): open[open.count - 1].operators.append((index, .and))
      case .symbol(.or): open[open.count - 1].operators.append((index, .or))
      case .end: leaveOut(open[open.count - 1], end: index)
      default: break
      }
    }
  }

  private mutating func leaveOut(_ group: Group, end: Int) {
    // What `||` joins, and within it what `&&` joins.
    let ors = group.operators.filter { $0.symbol == .or }.map(\.index)
    leaveOut(between: ors, group.start, end)
    let bounds = [group.start - 1] + ors + [end]
    for (first, last) in zip(bounds, bounds.dropFirst()) {
      let ands = group.operators.filter { $0.symbol == .and && $0.index > first && $0.index < last }.map(\.index)
      leaveOut(between: ands, first + 1, last)
    }
  }

  /// - Parameter operators: the operators of one kind between the tokens `start..<end`.
  private mutating func leaveOut(between operators: [Int], _ start: Int, _ end: Int) {
    guard !operators.isEmpty else { return }
    for index in operators {
      // The operand before the operator, with it.
      let before = operators.last { $0 < index }.map { $0 + 1 } ?? start
      replace(tokens[before].range.lowerBound..<tokens[index].range.upperBound, by: "")
    }
    // The last operand, with the operator before it.
    let last = operators[operators.count - 1]
    replace(tokens[last].range.lowerBound..<tokens[end].range.lowerBound, by: "")
  }
}
