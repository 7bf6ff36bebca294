extension Lexer {
  /// How a text or bytes literal is written.
  private struct Quoting {
    var isBytes = false
    var isRaw = false
    var quote: UInt8 = 0
    var isTriple = false
  }

  /// Reads a text or bytes literal when one begins here.
  mutating func quoted() throws(ExpressionError) -> Token.Kind? {
    let start = position
    var quoting = Quoting()
    var length = 0
    if peek(length) | 0x20 == UInt8(ascii: "b") {
      quoting.isBytes = true
      length += 1
    }
    if peek(length) | 0x20 == UInt8(ascii: "r") {
      quoting.isRaw = true
      length += 1
    }
    quoting.quote = peek(length)
    guard quoting.quote == UInt8(ascii: "'") || quoting.quote == UInt8(ascii: "\"") else { return nil }
    quoting.isTriple = peek(length + 1) == quoting.quote && peek(length + 2) == quoting.quote
    position += length + (quoting.isTriple ? 3 : 1)
    let bytes = try content(quoting, start: start)
    return quoting.isBytes ? .bytes(bytes) : .text(String(decoding: bytes, as: UTF8.self))
  }

  /// The bytes up to the closing quotes, escapes resolved.
  private mutating func content(_ quoting: Quoting, start: Int) throws(ExpressionError) -> [UInt8] {
    var bytes: [UInt8] = []
    while position < source.count {
      let byte = source[position]
      if byte == quoting.quote {
        if !quoting.isTriple {
          position += 1
          return bytes
        }
        if peek(1) == quoting.quote, peek(2) == quoting.quote {
          position += 3
          return bytes
        }
      } else if (byte == 0x0A || byte == 0x0D) && !quoting.isTriple {
        throw ExpressionError(
          "The text that begins here is not closed on its line; text of several lines stands between three quotes",
          offset: start)
      } else if byte == UInt8(ascii: "\\"), !quoting.isRaw {
        try escape(quoting, into: &bytes)
        continue
      }
      bytes.append(byte)
      position += 1
    }
    let closing = String(repeating: Character(Unicode.Scalar(quoting.quote)), count: quoting.isTriple ? 3 : 1)
    throw ExpressionError("The text that begins here is not closed by \(closing)", offset: start)
  }

  private mutating func escape(_ quoting: Quoting, into bytes: inout [UInt8]) throws(ExpressionError) {
    let start = position
    let code = peek(1)
    position += 2
    switch code {
    case UInt8(ascii: "a"): bytes.append(0x07)
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "f"): bytes.append(0x0C)
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "v"): bytes.append(0x0B)
    case UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
      bytes.append(code)
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      append(try hexadecimal(2, escapeAt: start), quoting, into: &bytes)
    case UInt8(ascii: "u") where !quoting.isBytes:
      try append(character: hexadecimal(4, escapeAt: start), escapeAt: start, into: &bytes)
    case UInt8(ascii: "U") where !quoting.isBytes:
      try append(character: hexadecimal(8, escapeAt: start), escapeAt: start, into: &bytes)
    case 0x30...0x33:
      append(try octal(code, escapeAt: start), quoting, into: &bytes)
    default:
      let shown = code >= 0x20 && code < 0x7F ? "\\\(Character(Unicode.Scalar(code)))" : "A backslash"
      throw ExpressionError(
        "\(shown) is no escape; write \\\\ for a backslash, or put r before the quote to take it as it is",
        offset: start)
    }
  }

  private mutating func hexadecimal(_ digits: Int, escapeAt start: Int) throws(ExpressionError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard peek().isHexDigit else {
        throw ExpressionError("This escape takes \(digits) hexadecimal digits", offset: start)
      }
      guard value <= 0x0FFF_FFFF else {
        throw ExpressionError("This escape names no character", offset: start)
      }
      value = value * 16 + peek().hexValue
      position += 1
    }
    return value
  }

  private mutating func octal(_ first: UInt8, escapeAt start: Int) throws(ExpressionError) -> UInt32 {
    var value = UInt32(first - 0x30)
    for _ in 0..<2 {
      guard peek() >= 0x30, peek() <= 0x37 else {
        throw ExpressionError("An octal escape takes three digits, \\000 to \\377", offset: start)
      }
      value = value * 8 + UInt32(peek() - 0x30)
      position += 1
    }
    return value
  }

  /// A code up to 0xFF is a byte in a bytes literal and a character in text.
  private func append(_ code: UInt32, _ quoting: Quoting, into bytes: inout [UInt8]) {
    if quoting.isBytes {
      bytes.append(UInt8(code))
    } else if let scalar = Unicode.Scalar(code) {
      bytes += UTF8.encode(scalar)!
    }
  }

  private func append(character code: UInt32, escapeAt start: Int, into bytes: inout [UInt8]) throws(ExpressionError) {
    guard let scalar = Unicode.Scalar(code) else {
      throw ExpressionError("This escape names no character", offset: start)
    }
    bytes += UTF8.encode(scalar)!
  }
}
