import Columns

/// Cuts a block of complete records into cells.
///
/// Cells are handed out as views: of the block (text buffer 0), or of `scratch` (text buffer 1) where doubled quotes had
/// to be undone.
@safe
struct Tokenizer {
  private let block: ByteBlock
  private let dialect: Dialect
  private let end: Int
  private(set) var at: Int
  let scratch = ByteBlock()
  /// Records met, blank ones included.
  private(set) var recordCount = 0
  /// Cells of the last record.
  private(set) var cellCount = 0
  /// True when something stood between a closing quote and the delimiter in the last record.
  private(set) var hasTextAfterQuote = false
  /// True when the last record has cells beyond the wanted ones that are not empty.
  private(set) var hasSurplus = false
  /// True when a record ended in CRLF.
  private(set) var sawCRLF = false

  init(_ block: ByteBlock, range: Range<Int>, dialect: Dialect) {
    self.block = block
    self.dialect = dialect
    at = range.lowerBound
    end = range.upperBound
  }

  /// Reads the next record.
  ///
  /// - Parameters:
  ///   - cells: where views go: column `c` of the file to `cells[c]`; `cells.count` is the number of columns wanted, all
  ///     of which are written, the missing ones empty.
  /// - Returns: false when there is no record left.
  mutating func next(into cells: UnsafeMutableBufferPointer<TextView>) -> Bool {
    guard at < end else { return false }
    let base = unsafe block.base
    let wanted = cells.count
    let delimiter = dialect.delimiter
    let newline = dialect.newline
    let delimiters = UInt64(delimiter) &* 0x0101_0101_0101_0101
    let newlines = UInt64(newline) &* 0x0101_0101_0101_0101
    var column = 0
    var cellStart = at
    recordCount += 1
    hasTextAfterQuote = false
    hasSurplus = false
    if unsafe base[at] == Dialect.quote {
      let isEnd = unsafe quoted(into: cells, column: &column, cellStart: &cellStart)
      if isEnd { return true }
    }
    var word = cellStart
    while true {
      // The next delimiter or newline, eight bytes at a time (exact zero-byte test).
      let bytes = unsafe UnsafeRawPointer(base + word).loadUnaligned(as: UInt64.self)
      var found = Tokenizer.zeroBytes(bytes ^ delimiters) | Tokenizer.zeroBytes(bytes ^ newlines)
      var resumeAt = word + 8
      while found != 0 {
        let position = word + (found.trailingZeroBitCount >> 3)
        found &= found - 1
        if position >= end { break }
        let isNewline = unsafe base[position] == newline
        var stop = position
        if isNewline, stop > cellStart, unsafe base[stop - 1] == Dialect.carriageReturn {
          stop -= 1
          sawCRLF = true
        }
        if column < wanted {
          unsafe cells[column] = unsafe TextView(base: base, offset: cellStart, count: stop - cellStart, buffer: 0)
        } else if stop > cellStart {
          hasSurplus = true
        }
        column += 1
        cellStart = position + 1
        if isNewline {
          at = cellStart
          unsafe finish(cells, column)
          return true
        }
        if cellStart < end, unsafe base[cellStart] == Dialect.quote {
          if unsafe quoted(into: cells, column: &column, cellStart: &cellStart) { return true }
          resumeAt = cellStart
          break
        }
      }
      word = resumeAt
      if word >= end {
        // The last record has no newline.
        var stop = end
        if stop > cellStart, unsafe base[stop - 1] == Dialect.carriageReturn { stop -= 1 }
        if column < wanted {
          unsafe cells[column] = unsafe TextView(
            base: base, offset: cellStart, count: max(0, stop - cellStart), buffer: 0)
        } else if stop > cellStart {
          hasSurplus = true
        }
        column += 1
        at = end
        unsafe finish(cells, column)
        return true
      }
    }
  }

  /// Bytes that are zero, as 0x80 in their place.
  @inline(__always)
  private static func zeroBytes(_ word: UInt64) -> UInt64 {
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    return ~(((word & low) &+ low) | word | low)
  }

  private mutating func finish(_ cells: UnsafeMutableBufferPointer<TextView>, _ count: Int) {
    cellCount = count
    if count < cells.count {
      for column in count..<cells.count { unsafe cells[column] = .empty }
    }
  }

  /// Reads quoted cells from one that opens at `cellStart` on, until one that is not quoted begins.
  ///
  /// - Returns: true when the record ended.
  private mutating func quoted(
    into cells: UnsafeMutableBufferPointer<TextView>, column: inout Int, cellStart: inout Int
  ) -> Bool {
    let base = unsafe block.base
    while cellStart < end, unsafe base[cellStart] == Dialect.quote {
      let textStart = cellStart + 1
      var position = textStart
      var doubled = 0
      while position < end {
        if unsafe base[position] == Dialect.quote {
          if position + 1 < end, unsafe base[position + 1] == Dialect.quote {
            doubled += 1
            position += 2
            continue
          }
          break
        }
        position += 1
      }
      let textEnd = min(position, end)
      var after = min(position + 1, end)
      let tailStart = after
      while after < end, unsafe base[after] != dialect.delimiter, unsafe base[after] != dialect.newline { after += 1 }
      var tailEnd = after
      let isNewline = unsafe after < end && base[after] == dialect.newline
      if (isNewline || after == end), tailEnd > tailStart, unsafe base[tailEnd - 1] == Dialect.carriageReturn {
        tailEnd -= 1
        sawCRLF = true
      }
      let view: TextView
      if doubled == 0 && tailEnd == tailStart {
        view = unsafe TextView(base: base, offset: textStart, count: textEnd - textStart, buffer: 0)
      } else {
        if tailEnd > tailStart { hasTextAfterQuote = true }
        view = unquoted(textStart..<textEnd, tailStart..<tailEnd)
      }
      if column < cells.count {
        unsafe cells[column] = view
      } else if view.count > 0 {
        hasSurplus = true
      }
      column += 1
      cellStart = min(after + 1, end)
      if isNewline || after == end {
        at = cellStart
        unsafe finish(cells, column)
        return true
      }
      if cellStart == end {
        // A delimiter ends the file: an empty cell follows it.
        if column < cells.count { unsafe cells[column] = .empty }
        at = end
        unsafe finish(cells, column + 1)
        return true
      }
    }
    return false
  }

  /// A text with doubled quotes undone, and what stood after the closing quote kept.
  private func unquoted(_ text: Range<Int>, _ tail: Range<Int>) -> TextView {
    let offset = scratch.count
    var index = text.lowerBound
    while index < text.upperBound {
      let byte = block[index]
      scratch.append(byte)
      index += byte == Dialect.quote ? 2 : 1
    }
    for index in tail { scratch.append(block[index]) }
    return unsafe TextView(base: scratch.base, offset: offset, count: scratch.count - offset, buffer: 1)
  }

  /// Forgets the text of records before; their views are no longer valid.
  func clearScratch() { scratch.count = 0 }
}
