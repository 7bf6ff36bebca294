import Glibc

/// Finds where records end, by the same rules as the tokeniser: a quote opens a quoted cell only where a cell starts.
struct RecordSplitter {
  let dialect: Dialect

  /// What is known of a stretch of bytes that begins at the start of a record.
  struct Cut: Equatable {
    /// One past the newline that ends the last complete record; nil when there is none.
    var end: Int?
    /// Where the quoted cell opened that is not closed at the end of the stretch; nil when none is.
    var openQuote: Int?
  }

  /// - Complexity: O(n) in the bytes of the range.
  func cut(_ block: ByteBlock, _ range: Range<Int>) -> Cut {
    guard find(Dialect.quote, block, range.lowerBound, range.upperBound) != nil else {
      return Cut(end: findLast(dialect.newline, block, range.lowerBound, range.upperBound).map { $0 + 1 })
    }
    return cutByParity(block, range) ?? cutByQuotes(block, range)
  }

  /// Bytes at the end of a range among which the end of a record is looked for first.
  private static let tail = 1 << 14

  /// Takes every other quote as an opening one; nil when that is not so, because a quote stands inside a plain cell,
  /// when a quoted cell is open at the end, or when no record ends near it.
  private func cutByParity(_ block: ByteBlock, _ range: Range<Int>) -> Cut? {
    let base = unsafe block.base
    let tail = range.upperBound - RecordSplitter.tail
    var end: Int?
    // All ones while the text before is quoted.
    var quoted: UInt64 = 0
    var at = range.lowerBound
    while at < range.upperBound {
      let bytes = unsafe ByteMask(base + at)
      let hasQuotes = bytes.holds(Dialect.quote)
      if hasQuotes || at >= tail {
        let inside = UInt64.max >> UInt64(max(0, 64 - (range.upperBound - at)))
        let quotes = bytes.positions(of: Dialect.quote) & inside
        let newlines = bytes.positions(of: dialect.newline) & inside
        let isQuoted = quotes.runningParity ^ quoted
        // An opening quote comes after a delimiter, a newline or, where a quote is doubled, another quote.
        let marks = bytes.positions(of: dialect.delimiter) | newlines | quotes
        let isAfterMark = unsafe at == range.lowerBound || isMark(base[at - 1])
        if quotes & isQuoted & ~(marks << 1 | (isAfterMark ? 1 : 0)) != 0 { return nil }
        quoted = isQuoted >> 63 == 1 ? .max : 0
        let ends = newlines & ~isQuoted
        if ends != 0 { end = at + 64 - ends.leadingZeroBitCount }
      }
      at += 64
    }
    guard quoted == 0, let end, end > tail else { return nil }
    return Cut(end: end)
  }

  @inline(__always)
  private func isMark(_ byte: UInt8) -> Bool {
    byte == dialect.delimiter || byte == dialect.newline || byte == Dialect.quote
  }

  /// Goes from quote to quote.
  private func cutByQuotes(_ block: ByteBlock, _ range: Range<Int>) -> Cut {
    var cut = Cut()
    var at = range.lowerBound
    let end = range.upperBound
    while at < end {
      guard let quote = find(Dialect.quote, block, at, end) else {
        if let last = findLast(dialect.newline, block, at, end) { cut.end = last + 1 }
        return cut
      }
      // Outside quotes from `at` to here.
      if let last = findLast(dialect.newline, block, at, quote) { cut.end = last + 1 }
      let isOpening =
        quote == range.lowerBound || block[quote - 1] == dialect.delimiter || block[quote - 1] == dialect.newline
      guard isOpening else {
        at = quote + 1
        continue
      }
      guard let after = closing(block, quote + 1, end) else {
        cut.openQuote = quote
        return cut
      }
      at = after
    }
    return cut
  }

  /// One past the quote that closes a quoted cell whose text begins at `start`; nil when the bytes end first.
  private func closing(_ block: ByteBlock, _ start: Int, _ end: Int) -> Int? {
    var at = start
    while let quote = find(Dialect.quote, block, at, end) {
      if quote + 1 < end, block[quote + 1] == Dialect.quote {
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
    let base = unsafe block.base
    var at = end
    while at > start {
      at -= 1
      if unsafe base[at] == byte { return at }
    }
    return nil
  }
}

/// Counts the rows of a delimited text as a spreadsheet shows them, byte by byte, to say where something stands.
struct RowCounter {
  let dialect: Dialect
  /// The 1-based row of the next byte.
  private(set) var row = 1
  private var offset = 0
  private var isQuoted = false
  private var isAfterQuote = false
  private var isCellStart = true

  init(_ dialect: Dialect) {
    self.dialect = dialect
  }

  mutating func pass(_ byte: UInt8) {
    offset += 1
    if offset <= 3, byte == [0xEF, 0xBB, 0xBF][offset - 1] { return }
    if isQuoted {
      guard byte == Dialect.quote else { return }
      (isQuoted, isAfterQuote) = (false, true)
      return
    }
    let wasAfterQuote = isAfterQuote
    isAfterQuote = false
    switch byte {
    case Dialect.quote:
      isQuoted = isCellStart || wasAfterQuote
      isCellStart = false
    case dialect.delimiter: isCellStart = true
    case dialect.newline:
      isCellStart = true
      row += 1
    default: isCellStart = false
    }
  }

  /// The row of a byte of a file; nil when the file cannot be read again.
  static func row(of offset: Int, in bytes: ByteSource, _ dialect: Dialect) -> Int? {
    var counter = RowCounter(dialect)
    let isDone = unsafe bytes.readAgain(to: offset) { chunk in
      for index in 0..<chunk.count { unsafe counter.pass(chunk[index]) }
    }
    return isDone ? counter.row : nil
  }
}
