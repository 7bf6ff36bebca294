import Columns

/// Where the cells of a record go: column `c` of row `r` to `columns[c] + r`.
@unsafe
struct CellSlots {
  let columns: UnsafePointer<UnsafeMutablePointer<TextView>>
  let count: Int
}

/// Cuts a block of complete records into cells.
///
/// Two stages: the places of all delimiters, newlines and quotes are collected for a stretch at a time, without a branch
/// per byte; then cells are told from place to place. Cells are handed out as views: of the block (text buffer 0), or of
/// `scratch` (text buffer 1) where doubled quotes had to be undone. The idea is that of Langdale and Lemire, "Parsing
/// gigabytes of JSON per second" (2019).
@safe
struct Tokenizer {
  private let block: ByteBlock
  let dialect: Dialect
  private let end: Int
  private(set) var at: Int
  private let marks: MarkList
  private var nextMark = 0
  private var markCount = 0
  private var scanned: Int
  let scratch: ByteBlock
  /// Records met, blank ones included.
  private(set) var recordCount = 0
  /// Where the last record began.
  private(set) var recordStart: Int
  /// Cells of the last record.
  private(set) var cellCount = 0
  /// True when something stood between a closing quote and the delimiter in the last record.
  private(set) var hasTextAfterQuote = false
  /// True when the last record has cells beyond the wanted ones that are not empty.
  private(set) var hasSurplus = false

  init(
    _ block: ByteBlock, range: Range<Int>, dialect: Dialect, marks: MarkList = MarkList(),
    scratch: ByteBlock = ByteBlock()
  ) {
    self.block = block
    self.dialect = dialect
    self.marks = marks
    self.scratch = scratch
    at = range.lowerBound
    end = range.upperBound
    scanned = at
    recordStart = at
  }

  /// Reads the next record.
  ///
  /// - Parameter row: the row of the slots; all of them are written, those of missing cells with empty text.
  /// - Returns: false when there is no record left.
  mutating func next(into slots: CellSlots, row: Int) -> Bool {
    guard at < end else { return false }
    let base = unsafe block.base
    let columns = unsafe slots.columns
    let wanted = unsafe slots.count
    var column = 0
    var cellStart = at
    recordStart = at
    recordCount &+= 1
    hasTextAfterQuote = false
    hasSurplus = false
    while true {
      unsafe takePlainCells(columns, wanted, row, &column, &cellStart)
      // A newline, a quote, the end, or a cell beyond those wanted.
      let mark = takeMark()
      let byte = unsafe mark < end ? base[mark] : dialect.newline
      if byte == Dialect.quote {
        if mark != cellStart { continue }
        let cell = quoted(mark)
        if column < wanted { unsafe columns[column][row] = cell.view } else if cell.view.low != 0 { hasSurplus = true }
        column &+= 1
        cellStart = cell.end &+ 1
        if cell.isLast { break }
      } else {
        let isLast = byte != dialect.delimiter
        var stop = mark
        if isLast, stop > cellStart, unsafe base[stop &- 1] == Dialect.carriageReturn { stop &-= 1 }
        if column < wanted {
          unsafe columns[column][row] = marks.view(base, cellStart, stop)
        } else if stop > cellStart {
          hasSurplus = true
        }
        column &+= 1
        cellStart = mark &+ 1
        if isLast { break }
      }
    }
    at = min(cellStart, end)
    cellCount = column
    while column < wanted {
      unsafe columns[column][row] = .empty
      column &+= 1
    }
    return true
  }

  /// Takes cells as long as delimiters come next; most records are nothing else up to their last cell.
  @inline(__always)
  private mutating func takePlainCells(
    _ columns: UnsafePointer<UnsafeMutablePointer<TextView>>, _ wanted: Int, _ row: Int, _ column: inout Int,
    _ cellStart: inout Int
  ) {
    let base = unsafe block.base
    let list = unsafe marks.base
    let masks = unsafe marks.masks
    let delimiter = dialect.delimiter
    // The end is the last mark of all, and no delimiter, whatever byte stands there.
    let limit = scanned == end ? markCount &- 1 : markCount
    var cursor = nextMark
    while column < wanted, cursor < limit {
      let mark = unsafe Int(truncatingIfNeeded: list[cursor])
      if unsafe base[mark] != delimiter { break }
      unsafe columns[column][row] = MarkList.view(base, cellStart, mark, masks)
      column &+= 1
      cellStart = mark &+ 1
      cursor &+= 1
    }
    nextMark = cursor
  }

  /// Fills the list of marks for the next stretch; past the last stretch the end is a mark.
  private mutating func collect() {
    nextMark = 0
    let stop = min(end, scanned + MarkList.stretch)
    markCount = marks.fill(block, scanned..<stop, dialect)
    scanned = stop
    if stop == end {
      unsafe marks.base[markCount] = UInt32(end)
      markCount += 1
    } else if markCount == 0 {
      collect()
    }
  }

  /// Reads the quoted cell that opens at `opening`, whose mark was taken.
  ///
  /// - Returns: the cell, where the delimiter or newline after it stands, and true when the record ends there.
  private mutating func quoted(_ opening: Int) -> (view: TextView, end: Int, isLast: Bool) {
    let base = unsafe block.base
    var closing = takeMark()
    var doubled = false
    while closing < end {
      if unsafe base[closing] == Dialect.quote {
        guard closing + 1 < end, unsafe base[closing + 1] == Dialect.quote else { break }
        doubled = true
        _ = takeMark()
      }
      closing = takeMark()
    }
    let tailStart = min(closing + 1, end)
    var stop = closing < end ? takeMark() : end
    while stop < end, unsafe base[stop] == Dialect.quote { stop = takeMark() }
    let isLast = unsafe stop >= end || base[stop] == dialect.newline
    var tailEnd = stop
    if isLast, tailEnd > tailStart, unsafe base[tailEnd - 1] == Dialect.carriageReturn { tailEnd -= 1 }
    let text = (opening + 1)..<closing
    if !doubled && tailEnd <= tailStart {
      return (unsafe marks.view(base, text.lowerBound, text.upperBound), stop, isLast)
    }
    if tailEnd > tailStart { hasTextAfterQuote = true }
    return (unquoted(text, tailStart..<max(tailStart, tailEnd)), stop, isLast)
  }

  private mutating func takeMark() -> Int {
    if nextMark == markCount { collect() }
    nextMark += 1
    return unsafe Int(marks.base[nextMark - 1])
  }

  /// A text with doubled quotes undone, and what stood after the closing quote kept.
  private func unquoted(_ text: Range<Int>, _ tail: Range<Int>) -> TextView {
    let offset = scratch.count
    scratch.reserve(offset + text.count + tail.count)
    let source = unsafe block.base
    let target = unsafe scratch.base
    var count = offset
    var index = text.lowerBound
    while index < text.upperBound {
      let byte = unsafe source[index]
      unsafe target[count] = byte
      count += 1
      index += byte == Dialect.quote ? 2 : 1
    }
    for index in tail {
      unsafe target[count] = source[index]
      count += 1
    }
    scratch.count = count
    return unsafe TextView(base: target, offset: offset, count: count - offset, buffer: 1)
  }

  /// Forgets the text of records before; their views are no longer valid.
  func clearScratch() { scratch.count = 0 }
}

extension CellSlots {
  /// Calls `body` with slots for one row of `count` cells, one after the other from `room` on.
  static func withRow<Result>(_ room: UnsafeMutableBufferPointer<TextView>, _ body: (CellSlots) -> Result) -> Result {
    let columns = UnsafeMutablePointer<UnsafeMutablePointer<TextView>>.allocate(capacity: max(1, room.count))
    defer { unsafe columns.deallocate() }
    for index in 0..<room.count { unsafe (columns + index).initialize(to: room.baseAddress! + index) }
    return unsafe body(CellSlots(columns: columns, count: room.count))
  }
}

extension Tokenizer {
  /// The cells of the next record as texts; nil when there is none left.
  mutating func nextTexts(_ room: inout UnsafeMutableBufferPointer<TextView>) -> [String]? {
    let before = self
    guard unsafe next(in: room) else { return nil }
    if cellCount > room.count {
      unsafe room.deallocate()
      unsafe room = .allocate(capacity: cellCount * 2)
      self = before
      rewind()
      _ = unsafe next(in: room)
    }
    let buffers = TextBuffers(block, scratch)
    return (0..<cellCount).map { unsafe buffers.string(room[$0]) }
  }

  private mutating func next(in room: UnsafeMutableBufferPointer<TextView>) -> Bool {
    unsafe CellSlots.withRow(room) { slots in unsafe next(into: slots, row: 0) }
  }

  /// Forgets the marks, which were collected for what follows `at`.
  private mutating func rewind() {
    nextMark = 0
    markCount = 0
    scanned = at
  }
}
