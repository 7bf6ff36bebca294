/// A piece of source text that the parser reads as one.
struct Token: Sendable {
  enum Kind: Sendable, Equatable {
    /// A name, a reserved word or a keyword.
    case word(String)
    /// A name in backticks, as it may stand after a dot.
    case quotedName(String)
    /// A whole number without its sign.
    case integer(UInt64)
    case unsigned(UInt64)
    case double(Double)
    case text(String)
    case bytes([UInt8])
    case symbol(Symbol)
    case end
  }

  let kind: Kind
  /// Where it begins and where the next byte after it is, in bytes of the source.
  let range: Range<Int>

  var offset: Int { range.lowerBound }
}

/// Operators and punctuation.
enum Symbol: String, Sendable {
  case openParenthesis = "("
  case closeParenthesis = ")"
  case openBracket = "["
  case closeBracket = "]"
  case openBrace = "{"
  case closeBrace = "}"
  case dot = "."
  case comma = ","
  case colon = ":"
  case question = "?"
  case not = "!"
  case minus = "-"
  case plus = "+"
  case times = "*"
  case divide = "/"
  case remainder = "%"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case and = "&&"
  case or = "||"
}

/// Words of CEL that are no names.
enum ReservedWords {
  /// Words that stand for themselves: they cannot even follow a dot.
  static let keywords: Set<String> = ["in", "true", "false", "null"]
  /// Words kept for other languages: they may follow a dot, but name nothing on their own.
  static let reserved: Set<String> = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
    "namespace", "return", "var", "void", "while",
  ]
}
