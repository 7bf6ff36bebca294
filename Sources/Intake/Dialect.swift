/// How a delimited text file is cut into cells (RFC 4180, and what is met beside it).
struct Dialect: Equatable, Sendable {
  var delimiter: UInt8
  /// Line feed, or carriage return in files that have no line feed.
  var newline: UInt8

  static let quote = UInt8(ascii: "\"")
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  /// In the order of preference.
  static let delimiters: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "|")]

  /// The dialect of a file by its first bytes: the delimiter that cuts most rows into the same number of cells, more
  /// than one; a comma when none does.
  static func sniff(_ block: ByteBlock, from start: Int, delimiter given: UInt8?) -> Dialect {
    let range = start..<min(block.count, start + 1 << 16)
    let newline = newline(block, range, given.map { [$0] } ?? delimiters)
    if let given { return Dialect(delimiter: given, newline: newline) }
    var best = (score: 0, delimiter: delimiters[0])
    for delimiter in delimiters {
      let score = score(block, range, Dialect(delimiter: delimiter, newline: newline))
      if score > best.score { best = (score, delimiter) }
    }
    return Dialect(delimiter: best.delimiter, newline: newline)
  }

  /// A carriage return where lines end in nothing else; line feeds inside quoted cells do not count.
  private static func newline(_ block: ByteBlock, _ range: Range<Int>, _ delimiters: [UInt8]) -> UInt8 {
    var hasReturn = false
    var isQuoted = false
    var isCellStart = true
    for index in range {
      let byte = block[index]
      if byte == quote && (isQuoted || isCellStart) {
        isQuoted.toggle()
      } else if !isQuoted {
        if byte == lineFeed { return lineFeed }
        if byte == carriageReturn { hasReturn = true }
      }
      isCellStart = !isQuoted && (byte == carriageReturn || byte == quote || delimiters.contains(byte))
    }
    return hasReturn ? carriageReturn : lineFeed
  }

  /// Rows that have the most frequent number of cells above one, weighed by that number.
  private static func score(_ block: ByteBlock, _ range: Range<Int>, _ dialect: Dialect) -> Int {
    var counts: [Int: Int] = [:]
    var cells = 1
    var isQuoted = false
    var isCellStart = true
    for index in range {
      let byte = block[index]
      if isQuoted {
        if byte == quote { isQuoted = false }
      } else if byte == quote && isCellStart {
        isQuoted = true
      } else if byte == dialect.delimiter {
        cells += 1
      } else if byte == dialect.newline {
        counts[cells, default: 0] += 1
        cells = 1
      }
      isCellStart = !isQuoted && (byte == dialect.delimiter || byte == dialect.newline)
    }
    if cells > 1 { counts[cells, default: 0] += 1 }
    return counts.filter { $0.key > 1 }.map { $0.value * ($0.key + 8) }.max() ?? 0
  }

  /// The delimiter as reports show it.
  var words: String {
    switch delimiter {
    case 0x09: "tab"
    default: String(UnicodeScalar(delimiter))
    }
  }
}
