/// Turns the bytes of a text file into UTF-8, stretch by stretch, where they cannot be read as they stand.
///
/// What comes out is well-formed UTF-8, with U+FFFD for what stands for no character, but for two things that are made
/// easy for the readers after it: a delimiter that is no ASCII character becomes the byte 0xFF, which is in no UTF-8,
/// and a carriage return that ends a line alone becomes a line feed.
struct TextDecoder {
  let encoding: TextEncoding
  /// A delimiter that is no ASCII character.
  let delimiter: Unicode.Scalar?
  /// The ASCII delimiter or 0xFF, when lines end in carriage returns here and in line feeds there.
  let mendsReturns: UInt8?
  /// Bytes of a character whose rest is still to come.
  private var rest: [UInt8] = []
  private var highSurrogate: UInt32?
  private var wasReturn = false
  private var isQuoted = false
  private var isCellStart = true

  static let delimiterByte: UInt8 = 0xFF
  private static let replacement: UInt32 = 0xFFFD

  init(_ encoding: TextEncoding, delimiter: Unicode.Scalar? = nil, mendsReturns: UInt8? = nil) {
    self.encoding = encoding
    self.delimiter = delimiter
    self.mendsReturns = mendsReturns
  }

  /// Appends what the bytes come to; with `isLast` nothing is kept back.
  mutating func decode(_ bytes: UnsafeRawBufferPointer, into block: ByteBlock, isLast: Bool) {
    // No byte comes to more than three, what was kept back included.
    block.reserve(block.count + (bytes.count + rest.count + 4) * 3)
    var input = rest
    unsafe input.append(contentsOf: bytes)
    rest.removeAll()
    switch encoding {
    case .utf8: decodeUTF8(input, block, isLast)
    case .utf16LittleEndian, .utf16BigEndian: decodeUTF16(input, block, isLast)
    case .windows1252: for byte in input { put(Windows1252.scalar(byte), block) }
    case .latin1: for byte in input { put(UInt32(byte), block) }
    }
    if isLast, wasReturn {
      wasReturn = false
      append(Dialect.lineFeed, block)
    }
  }

  private mutating func decodeUTF8(_ input: [UInt8], _ block: ByteBlock, _ isLast: Bool) {
    var index = 0
    while index < input.count {
      let first = input[index]
      if first < 0x80 {
        put(UInt32(first), block)
        index += 1
        continue
      }
      let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
      if index + length > input.count, !isLast, first >= 0xC2 {
        rest = Array(input[index...])
        return
      }
      let end = min(index + length, input.count)
      let isWhole = unsafe input[index..<end].withUnsafeBytes { unsafe UTF8Check.isValid($0) }
      guard isWhole, end - index == length else {
        put(TextDecoder.replacement, block)
        index += 1
        continue
      }
      var point = UInt32(first) & (0xFF >> UInt32(length + 1))
      for byte in input[(index + 1)..<end] { point = point << 6 | UInt32(byte & 0x3F) }
      put(point, block)
      index = end
    }
  }

  private mutating func decodeUTF16(_ input: [UInt8], _ block: ByteBlock, _ isLast: Bool) {
    var index = 0
    while index + 1 < input.count {
      let (low, high) =
        encoding == .utf16LittleEndian ? (input[index], input[index + 1]) : (input[index + 1], input[index])
      let unit = UInt32(high) << 8 | UInt32(low)
      index += 2
      if let first = highSurrogate {
        highSurrogate = nil
        if unit & 0xFC00 == 0xDC00 {
          put(0x10000 + ((first & 0x3FF) << 10 | unit & 0x3FF), block)
          continue
        }
        put(TextDecoder.replacement, block)
      }
      switch unit & 0xFC00 {
      case 0xD800: highSurrogate = unit
      case 0xDC00: put(TextDecoder.replacement, block)
      default: put(unit, block)
      }
    }
    if isLast {
      if index < input.count || highSurrogate != nil { put(TextDecoder.replacement, block) }
    } else {
      rest = Array(input[index...])
    }
  }

  @inline(__always)
  private mutating func put(_ point: UInt32, _ block: ByteBlock) {
    if let delimiter, point == delimiter.value {
      putByte(TextDecoder.delimiterByte, block)
    } else if point < 0x80 {
      putByte(UInt8(point), block)
    } else {
      if mendsReturns != nil { endReturn(block) }
      isCellStart = false
      if point < 0x800 {
        append(UInt8(0xC0 | point >> 6), block)
      } else {
        if point < 0x10000 {
          append(UInt8(0xE0 | point >> 12), block)
        } else {
          append(UInt8(0xF0 | point >> 18), block)
          append(UInt8(0x80 | point >> 12 & 0x3F), block)
        }
        append(UInt8(0x80 | point >> 6 & 0x3F), block)
      }
      append(UInt8(0x80 | point & 0x3F), block)
    }
  }

  /// A byte that may be a delimiter, a quote or the end of a line.
  private mutating func putByte(_ byte: UInt8, _ block: ByteBlock) {
    guard let mark = mendsReturns else { return append(byte, block) }
    if wasReturn {
      wasReturn = false
      // Before a line feed the return is part of the line's end.
      append(byte == Dialect.lineFeed ? Dialect.carriageReturn : Dialect.lineFeed, block)
    }
    if byte == Dialect.quote {
      if isQuoted || isCellStart { isQuoted.toggle() }
      isCellStart = false
    } else if !isQuoted, byte == Dialect.carriageReturn {
      wasReturn = true
      isCellStart = true
      return
    } else {
      isCellStart = byte == mark || byte == Dialect.lineFeed
    }
    append(byte, block)
  }

  private mutating func endReturn(_ block: ByteBlock) {
    if !wasReturn { return }
    wasReturn = false
    append(Dialect.lineFeed, block)
  }

  @inline(__always)
  private func append(_ byte: UInt8, _ block: ByteBlock) {
    unsafe block.base[block.count] = byte
    block.count += 1
  }
}
