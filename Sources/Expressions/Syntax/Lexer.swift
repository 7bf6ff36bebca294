/// Cuts source text into tokens (cel-spec, "Syntax").
struct Lexer {
  let source: [UInt8]
  var position = 0

  /// The longest source that is read, in bytes.
  static let sizeLimit = 65_536

  init(_ text: String) {
    source = Array(text.utf8)
  }

  /// All tokens in order; the last one is `end`.
  static func tokens(of text: String) throws(ExpressionError) -> [Token] {
    var lexer = Lexer(text)
    guard lexer.source.count <= sizeLimit else {
      throw ExpressionError(
        "This expression is \(lexer.source.count) bytes long; at most \(sizeLimit) are read", offset: sizeLimit)
    }
    var tokens: [Token] = []
    while true {
      lexer.skipSpace()
      let token = try lexer.next()
      tokens.append(token)
      if token.kind == .end { return tokens }
    }
  }

  /// The byte `distance` places further on, or 0 past the end.
  func peek(_ distance: Int = 0) -> UInt8 {
    position + distance < source.count ? source[position + distance] : 0
  }

  private mutating func skipSpace() {
    while position < source.count {
      switch source[position] {
      case 0x09, 0x0A, 0x0C, 0x0D, 0x20:
        position += 1
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
        while position < source.count, source[position] != 0x0A { position += 1 }
      default:
        return
      }
    }
  }

  private mutating func next() throws(ExpressionError) -> Token {
    let start = position
    guard position < source.count else { return Token(kind: .end, range: start..<start) }
    let kind: Token.Kind
    let byte = peek()
    if let literal = try quoted() {
      kind = literal
    } else if byte.isWordStart {
      while peek().isWordPart { position += 1 }
      kind = .word(text(start..<position))
    } else if byte.isDigit || (byte == UInt8(ascii: ".") && peek(1).isDigit) {
      kind = try number()
    } else if byte == UInt8(ascii: "`") {
      kind = try quotedName()
    } else {
      kind = .symbol(try symbol())
    }
    return Token(kind: kind, range: start..<position)
  }

  func text(_ range: Range<Int>) -> String {
    String(decoding: source[range], as: UTF8.self)
  }

  private mutating func number() throws(ExpressionError) -> Token.Kind {
    let start = position
    if peek() == UInt8(ascii: "0"), peek(1) | 0x20 == UInt8(ascii: "x"), peek(2).isHexDigit {
      position += 2
      let digits = position
      while peek().isHexDigit { position += 1 }
      return try wholeNumber(from: start, digits: text(digits..<position), radix: 16)
    }
    while peek().isDigit { position += 1 }
    var isWhole = true
    if peek() == UInt8(ascii: "."), peek(1).isDigit {
      isWhole = false
      position += 1
      while peek().isDigit { position += 1 }
    }
    if peek() | 0x20 == UInt8(ascii: "e") {
      let signed = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
      if peek(signed ? 2 : 1).isDigit {
        isWhole = false
        position += signed ? 3 : 2
        while peek().isDigit { position += 1 }
      }
    }
    if isWhole { return try wholeNumber(from: start, digits: text(start..<position), radix: 10) }
    try refuseWord(after: start)
    guard let value = Double(text(start..<position)), value.isFinite else {
      throw ExpressionError("The number \(text(start..<position)) is too large", offset: start)
    }
    return .double(value)
  }

  private mutating func wholeNumber(from start: Int, digits: String, radix: Int) throws(ExpressionError) -> Token.Kind {
    let isUnsigned = peek() | 0x20 == UInt8(ascii: "u") && !peek(1).isWordPart
    if isUnsigned { position += 1 }
    try refuseWord(after: start)
    guard let value = UInt64(digits, radix: radix) else {
      throw ExpressionError("The whole number \(text(start..<position)) is too large", offset: start)
    }
    return isUnsigned ? .unsigned(value) : .integer(value)
  }

  private mutating func refuseWord(after start: Int) throws(ExpressionError) {
    guard peek().isWordPart else { return }
    while peek().isWordPart { position += 1 }
    throw ExpressionError(
      "\"\(text(start..<position))\" is neither a number nor a name: names begin with a letter, and text stands in quotes",
      offset: start)
  }

  private mutating func quotedName() throws(ExpressionError) -> Token.Kind {
    let start = position
    position += 1
    while position < source.count, source[position] != UInt8(ascii: "`") {
      guard source[position].isWordPart || [0x20, 0x2D, 0x2E, 0x2F].contains(source[position]) else { break }
      position += 1
    }
    guard peek() == UInt8(ascii: "`"), position > start + 1 else {
      throw ExpressionError("This backtick does not begin a name that is closed by a second backtick", offset: start)
    }
    position += 1
    return .quotedName(text((start + 1)..<(position - 1)))
  }

  private mutating func symbol() throws(ExpressionError) -> Symbol {
    if position + 2 <= source.count, peek() < 0x80, peek(1) < 0x80,
      let symbol = Symbol(rawValue: text(position..<(position + 2)))
    {
      position += 2
      return symbol
    }
    if peek() < 0x80, let symbol = Symbol(rawValue: text(position..<(position + 1))) {
      if symbol == .less, peek(1) == UInt8(ascii: ">") {
        throw ExpressionError("There is no operator <>; write != for \"is not equal to\"", offset: position)
      }
      position += 1
      return symbol
    }
    throw strayCharacter()
  }

  private func strayCharacter() -> ExpressionError {
    let rest = String(decoding: source[position...], as: UTF8.self).unicodeScalars
    let scalar = rest.first ?? "\u{FFFD}"
    let advice =
      switch scalar {
      case "=": "A single = is no operator; write == to compare"
      case "&": "A single & is no operator; write && for \"and\""
      case "|": "A single | is no operator; write || for \"or\""
      case "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}", "\u{00AB}", "\u{00BB}":
        "Text stands in straight quotes, ' or \", not in \(Character(scalar))"
      case "\u{2264}": "Write <= for \u{2264}"
      case "\u{2265}": "Write >= for \u{2265}"
      case "\u{2260}": "Write != for \u{2260}"
      case "#": "# begins nothing here; a comment begins with //"
      default:
        scalar.properties.isWhitespace || scalar.value < 0x20
          ? "The character U+\(hexadecimal(scalar)) has no place here; use an ordinary space"
          : "The character \(Character(scalar)) has no place outside quotes"
      }
    return ExpressionError(advice, offset: position)
  }

  private func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension UInt8 {
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isHexDigit: Bool { isDigit || (self | 0x20 >= 0x61 && self | 0x20 <= 0x66) }
  var isWordStart: Bool { self == 0x5F || (self | 0x20 >= 0x61 && self | 0x20 <= 0x7A) }
  var isWordPart: Bool { isWordStart || isDigit }
  /// The value of a hexadecimal digit.
  var hexValue: UInt32 { UInt32(isDigit ? self - 0x30 : (self | 0x20) - 0x61 + 10) }
}
