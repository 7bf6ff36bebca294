import AuditModel
import Columns
import Glibc

/// The parts of a delimited text file.
final class DelimitedFile: PartSupply {
  private let bytes: ByteSource
  private let name: String
  private let plan: IntakePlan
  private let dialect: Dialect
  private let encoding: TextEncoding
  /// Bytes read and not yet handed out, from `start` on.
  private var block: ByteBlock
  private var start: Int
  /// True when parts of the block were handed out, so that it must stay where it is.
  private var isShared = false

  private init(
    _ bytes: ByteSource, _ block: ByteBlock, start: Int, name: String, plan: IntakePlan, dialect: Dialect,
    encoding: TextEncoding
  ) {
    self.bytes = bytes
    self.block = block
    self.start = start
    self.name = name
    self.plan = plan
    self.dialect = dialect
    self.encoding = encoding
  }

  static func open(
    _ bytes: ByteSource, _ block: ByteBlock, name: String, plan: IntakePlan, settings: SourceSettings
  ) throws(IntakeError) -> OpenedFile {
    var tolerances: [(ToleranceKind, [Int])] = []
    var start = 0
    if block.begins(with: [0xEF, 0xBB, 0xBF]) {
      start = 3
      tolerances.append((.byteOrderMark, []))
    }
    let dialect = Dialect.sniff(block, from: start, delimiter: settings.delimiter)
    try refuseBinary(block, from: start, bytes, dialect, name)
    let encoding = settings.encoding ?? encoding(of: block, from: start, isWhole: bytes.isAtEnd)
    if encoding == .windows1252 { tolerances.append((.windows1252, [])) }
    if dialect.delimiter != Dialect.delimiters[0] { tolerances.append((.delimiter, [])) }
    if dialect.newline == Dialect.carriageReturn { tolerances.append((.carriageReturns, [])) }
    let rows = firstRows(block, from: start, dialect: dialect, encoding: encoding)
    let index = HeadingIndex(plan, columns: settings.columns)
    guard let header = HeaderFinder(index: index, plan: plan).find(rows.map(\.cells)) else {
      throw HeaderFinder.noHeader(rows.enumerated().map { ($0.offset + 1, $0.element.cells) }, name: name, plan: plan)
    }
    if header.row > 0 {
      let titles = rows.prefix(header.row).enumerated().filter { !$0.element.cells.allSatisfy(\.isEmpty) }
      if !titles.isEmpty { tolerances.append((.titleRows, titles.map { $0.offset + 1 })) }
    }
    let parts = DelimitedFile(
      bytes, block, start: rows[header.row].end, name: name, plan: plan, dialect: dialect, encoding: encoding)
    return OpenedFile(
      format: .csv, encoding: encoding.rawValue, delimiter: dialect.words, headerRow: header.row + 1,
      columns: header.columns, firstRow: header.row + 2, tolerances: tolerances, parts: parts)
  }

  /// UTF-8 where the first bytes are; a mark at the start says so too, whatever follows.
  private static func encoding(of block: ByteBlock, from start: Int, isWhole: Bool) -> TextEncoding {
    if start == 3 { return .utf8 }
    let end = isWhole ? block.count : block.count - UTF8Check.openTail(block)
    return unsafe UTF8Check.isValid(block.buffer(start..<max(start, end))) ? .utf8 : .windows1252
  }

  private static func refuseBinary(
    _ block: ByteBlock, from start: Int, _ bytes: ByteSource, _ dialect: Dialect, _ name: String
  ) throws(IntakeError) {
    guard start < block.count, let found = unsafe memchr(block.base + start, 0, block.count - start) else { return }
    let index = unsafe UnsafeRawPointer(found) - UnsafeRawPointer(block.base)
    throw IntakeError(
      place(name, bytes.position - block.count + index, bytes, dialect),
      "There is a NUL byte, which no text file has; the file is damaged or no CSV.", advice: "Save it as CSV again.")
  }

  /// The name with the row of a byte of the file, or with the byte where the file cannot be read twice.
  private static func place(_ name: String, _ offset: Int, _ bytes: ByteSource, _ dialect: Dialect) -> String {
    if let row = RowCounter.row(of: offset, in: bytes, dialect) { return "\(name) row \(row)" }
    return "\(name) byte \(offset)"
  }

  /// The first records as texts, with the byte after each.
  private static func firstRows(
    _ block: ByteBlock, from start: Int, dialect: Dialect, encoding: TextEncoding
  ) -> [(cells: [String], end: Int)] {
    var text = block
    var range = start..<block.count
    // Where each record ends is told by the bytes as they are, before they are decoded.
    var ends = Tokenizer(block, range: range, dialect: dialect)
    var room = UnsafeMutableBufferPointer<TextView>.allocate(capacity: 64)
    defer { unsafe room.deallocate() }
    var places: [Int] = []
    while places.count < HeaderFinder.rowsLooked, unsafe ends.nextTexts(&room) != nil { places.append(ends.at) }
    range = start..<(places.last ?? start)
    if encoding == .windows1252 {
      text = Windows1252.decoded(block, range).block
      range = 0..<text.count
    }
    var tokenizer = Tokenizer(text, range: range, dialect: dialect)
    return places.map { end in (unsafe tokenizer.nextTexts(&room) ?? [], end) }
  }

  func next() throws(IntakeError) -> SourcePart.Content? {
    let splitter = RecordSplitter(dialect: dialect)
    var window = plan.partBytes
    while true {
      if block.count - start < window && !bytes.isAtEnd { try fill(to: window) }
      let rest = block.count - start
      if rest == 0 { return nil }
      let isLast = bytes.isAtEnd && rest <= window
      let cut = splitter.cut(block, start..<(start + min(window, rest)))
      if isLast, cut.openQuote == nil, block.count - (cut.end ?? start) <= plan.recordBytes {
        return take(to: block.count)
      }
      if let end = cut.end { return take(to: end) }
      if isLast, let quote = cut.openQuote, rest <= plan.recordBytes { throw unclosed(quote) }
      if isLast || window > plan.recordBytes { throw tooLong(cut.openQuote) }
      // Not one record is complete: look further, up to the longest record there may be.
      window = min(window * 2, plan.recordBytes + 1)
    }
  }

  /// Hands out the bytes up to `end`.
  private func take(to end: Int) -> SourcePart.Content {
    defer { start = end }
    isShared = true
    return .delimited(block, range: start..<end, dialect, encoding)
  }

  /// Reads on until `count` bytes are at hand, or the file ends.
  private func fill(to count: Int) throws(IntakeError) {
    if isShared {
      let fresh = ByteBlock(capacity: max(count, block.count - start))
      unsafe fresh.append(block.buffer(start..<block.count))
      (block, start, isShared) = (fresh, 0, false)
    }
    let before = block.count
    try bytes.read(count - (block.count - start), into: block)
    try DelimitedFile.refuseBinary(block, from: before, bytes, dialect, name)
  }

  private func place(_ index: Int) -> String {
    DelimitedFile.place(name, bytes.position - block.count + index, bytes, dialect)
  }

  private func tooLong(_ quote: Int?) -> IntakeError {
    let size = "\(plan.recordBytes >> 20) MiB"
    if let quote {
      return IntakeError(
        place(quote), "A quoted cell is longer than \(size): its closing quote is probably missing.",
        advice: "Look for a double quote that is opened and not closed.")
    }
    return IntakeError(
      place(start), "A row is longer than \(size).", advice: "No answer is that long; check that the file is a CSV.")
  }

  private func unclosed(_ quote: Int) -> IntakeError {
    IntakeError(
      place(quote), "A double quote is opened and never closed, so the rest of the file is one cell.",
      advice: "Close the quote, or write it twice if it belongs to the text.")
  }
}
