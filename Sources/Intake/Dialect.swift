import Glibc

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
  static func sniff(_ block: ByteBlock, delimiter given: UInt8?) -> Dialect {
    let length = min(block.count, 1 << 16)
    let hasLineFeed = unsafe memchr(block.base, Int32(lineFeed), length) != nil
    let hasReturn = unsafe memchr(block.base, Int32(carriageReturn), length) != nil
    let newline = !hasLineFeed && hasReturn ? carriageReturn : lineFeed
    if let given { return Dialect(delimiter: given, newline: newline) }
    var best = (score: 0, delimiter: delimiters[0])
    for delimiter in delimiters {
      let score = score(block, length, Dialect(delimiter: delimiter, newline: newline))
      if score > best.score { best = (score, delimiter) }
    }
    return Dialect(delimiter: best.delimiter, newline: newline)
  }

  /// Rows that have the most frequent number of cells above one, weighed by that number.
  private static func score(_ block: ByteBlock, _ length: Int, _ dialect: Dialect) -> Int {
    var counts: [Int: Int] = [:]
    var cells = 1
    var isQuoted = false
    var isCellStart = true
    for index in 0..<length {
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

/// Finds where records end, by the same rules as the tokeniser: a quote opens a quoted cell only where a cell starts.
struct RecordSplitter {
  let dialect: Dialect

  /// What is known of a block that begins at the start of a record.
  struct Cut {
    /// One past the newline that ends the last complete record; nil when there is none.
    var end: Int?
    /// Where the quoted cell opened that is not closed at the end of the block; nil when none is.
    var openQuote: Int?
  }

  func cut(_ block: ByteBlock, from start: Int) -> Cut {
    var cut = Cut()
    var at = start
    let count = block.count
    while at < count {
      guard let quote = find(Dialect.quote, block, at, count) else {
        if let last = findLast(dialect.newline, block, at, count) { cut.end = last + 1 }
        return cut
      }
      // Outside quotes from `at` to here.
      if let last = findLast(dialect.newline, block, at, quote) { cut.end = last + 1 }
      let isOpening = quote == start || block[quote - 1] == dialect.delimiter || block[quote - 1] == dialect.newline
      guard isOpening else {
        at = quote + 1
        continue
      }
      guard let after = closing(block, quote + 1) else {
        cut.openQuote = quote
        return cut
      }
      at = after
    }
    return cut
  }

  /// One past the quote that closes a quoted cell whose text begins at `start`; nil when the block ends first.
  private func closing(_ block: ByteBlock, _ start: Int) -> Int? {
    var at = start
    while let quote = find(Dialect.quote, block, at, block.count) {
      if quote + 1 < block.count, block[quote + 1] == Dialect.quote {
        at = quote + 2
      } else {
        return quote + 1
      }
    }
    return nil
  }

  private func find(_ byte: UInt8, _ block: ByteBlock, _ start: Int, _ end: Int) -> Int? {
    guard start < end, let found = unsafe memchr(block.base + start, Int32(byte), end - start) else { return nil }
    return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(block.base)
  }

  private func findLast(_ byte: UInt8, _ block: ByteBlock, _ start: Int, _ end: Int) -> Int? {
    var at = end
    while at > start {
      at -= 1
      if unsafe block.base[at] == byte { return at }
    }
    return nil
  }
}
