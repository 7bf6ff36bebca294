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
  /// Rows handed out, for errors.
  private var rowsBefore: Int

  private init(
    _ bytes: ByteSource, _ block: ByteBlock, start: Int, rowsBefore: Int, name: String, plan: IntakePlan,
    dialect: Dialect, encoding: TextEncoding
  ) {
    self.bytes = bytes
    self.block = block
    self.start = start
    self.rowsBefore = rowsBefore
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
    if block.count >= 3, block.bytes(0..<3) == [0xEF, 0xBB, 0xBF] {
      start = 3
      tolerances.append((.byteOrderMark, []))
    }
    try refuseBinary(block, from: start, name: name, row: 1)
    let encoding = settings.encoding ?? encoding(of: block, from: start, hasMark: start == 3)
    if encoding == .windows1252 { tolerances.append((.windows1252, [])) }
    let dialect = Dialect.sniff(block, delimiter: settings.delimiter)
    if dialect.delimiter != Dialect.delimiters[0] { tolerances.append((.delimiter, [])) }
    if dialect.newline == Dialect.carriageReturn { tolerances.append((.carriageReturns, [])) }
    let rows = firstRows(block, from: start, dialect: dialect, encoding: encoding)
    let index = HeadingIndex(plan, columns: settings.columns)
    guard let header = HeaderFinder(index: index, plan: plan).find(rows.map(\.cells)) else {
      throw noHeader(rows.map(\.cells), name: name, plan: plan)
    }
    if header.row > 0 {
      let titles = rows.prefix(header.row).enumerated().filter { !$0.element.cells.allSatisfy(\.isEmpty) }
      if !titles.isEmpty { tolerances.append((.titleRows, titles.map { $0.offset + 1 })) }
    }
    let parts = DelimitedFile(
      bytes, block, start: rows[header.row].end, rowsBefore: header.row + 1, name: name, plan: plan, dialect: dialect,
      encoding: encoding)
    return OpenedFile(
      format: .csv, encoding: encoding.rawValue, delimiter: dialect.words, headerRow: header.row + 1,
      columns: header.columns, firstRow: header.row + 2, tolerances: tolerances, parts: parts)
  }

  /// The file cannot be read without its header.
  static func noHeader(_ rows: [[String]], name: String, plan: IntakePlan) -> IntakeError {
    let seen = rows.first { $0.contains { !$0.trimmed.isEmpty } } ?? []
    let shown = seen.prefix(6).map { "\"\($0.trimmed.prefix(40))\"" }.joined(separator: ", ")
    let wanted = plan.fields.filter { !$0.isOptional }.prefix(6).map { "\"\($0.label)\"" }.joined(separator: ", ")
    return IntakeError(
      name, "No header row was found. The first row has \(shown.isEmpty ? "nothing" : shown); expected headings such as "
        + "\(wanted).",
      advice: "Give the columns these headings, or map them in the round under \"columns\".")
  }

  private static func encoding(of block: ByteBlock, from start: Int, hasMark: Bool) -> TextEncoding {
    if hasMark { return .utf8 }
    let end = block.count - UTF8Check.openTail(block)
    let isValid = unsafe UTF8Check.isValid(UnsafeRawBufferPointer(rebasing: block.buffer[start..<max(start, end)]))
    return isValid ? .utf8 : .windows1252
  }

  private static func refuseBinary(
    _ block: ByteBlock, from start: Int, name: String, row: Int
  ) throws(IntakeError) {
    guard start < block.count, let found = unsafe memchr(block.base + start, 0, block.count - start) else { return }
    let offset = unsafe UnsafeRawPointer(found) - UnsafeRawPointer(block.base)
    var line = row
    for index in start..<offset where block[index] == Dialect.lineFeed { line += 1 }
    throw IntakeError(
      "\(name) row \(line)", "There is a NUL byte, which no text file has; the file is damaged or no CSV.",
      advice: "Save it as CSV again.")
  }

  /// The first records as texts, with the byte after each.
  private static func firstRows(
    _ block: ByteBlock, from start: Int, dialect: Dialect, encoding: TextEncoding
  ) -> [(cells: [String], end: Int)] {
    let isWindows = encoding == .windows1252
    var tokenizer = Tokenizer(block, range: start..<block.count, dialect: dialect)
    let room = UnsafeMutableBufferPointer<TextView>.allocate(capacity: 1024)
    defer { unsafe room.deallocate() }
    var rows: [(cells: [String], end: Int)] = []
    while rows.count < HeaderFinder.rowsLooked, unsafe tokenizer.next(into: room) {
      let buffers = TextBuffers(block, tokenizer.scratch)
      var cells: [String] = []
      for index in 0..<min(tokenizer.cellCount, room.count) {
        let view = unsafe room[index]
        cells.append(isWindows ? windowsText(view, buffers) : buffers.string(view))
      }
      rows.append((cells, tokenizer.at))
      tokenizer.clearScratch()
    }
    return rows
  }

  private static func windowsText(_ view: TextView, _ buffers: TextBuffers) -> String {
    let bytes = buffers.withBytes(view) { unsafe Array($0) }
    let block = ByteBlock(capacity: bytes.count)
    block.append(bytes)
    let decoded = Windows1252.decoded(block, 0..<block.count)
    return String(decoding: decoded.bytes(0..<decoded.count), as: UTF8.self)
  }

  func next() throws(IntakeError) -> SourcePart.Content? {
    if block.count - start < plan.partBytes && !bytes.isAtEnd {
      try fill(to: plan.partBytes)
    }
    guard start < block.count else { return nil }
    let splitter = RecordSplitter(dialect: dialect)
    while !bytes.isAtEnd {
      let cut = splitter.cut(block, from: start)
      if let end = cut.end { return take(to: end) }
      // Not one record is complete: read on, up to the longest record there may be.
      if block.count - start > plan.recordBytes { throw tooLong(cut.openQuote) }
      try fill(to: (block.count - start) * 2)
    }
    let cut = splitter.cut(block, from: start)
    if let quote = cut.openQuote { throw unclosed(quote, cut.end) }
    return take(to: block.count)
  }

  /// Hands out the bytes up to `end`; what follows is kept.
  private func take(to end: Int) -> SourcePart.Content {
    let whole = block
    let range = start..<end
    let rest = ByteBlock(capacity: plan.partBytes)
    unsafe rest.append(UnsafeRawBufferPointer(rebasing: whole.buffer[end..<whole.count]))
    block = rest
    start = 0
    return .delimited(whole, range: range, dialect, encoding)
  }

  private func fill(to count: Int) throws(IntakeError) {
    let before = block.count
    let missing = count - (block.count - start)
    guard missing > 0 else { return }
    try bytes.read(missing, into: block)
    try DelimitedFile.refuseBinary(block, from: before, name: name, row: 0)
  }

  private func tooLong(_ quote: Int?) -> IntakeError {
    let size = "\(plan.recordBytes >> 20) MiB"
    if quote != nil {
      return IntakeError(
        name, "A quoted cell is longer than \(size): its closing quote is probably missing.",
        advice: "Look for a double quote that is opened and not closed.")
    }
    return IntakeError(
      name, "A row is longer than \(size).", advice: "No answer is that long; check that the file is a CSV.")
  }

  private func unclosed(_ quote: Int, _ end: Int?) -> IntakeError {
    var row = rowsBefore
    var tokenizer = Tokenizer(block, range: start..<quote, dialect: dialect)
    let room = UnsafeMutableBufferPointer<TextView>.allocate(capacity: 1)
    defer { unsafe room.deallocate() }
    while unsafe tokenizer.next(into: room) { row += 1 }
    // The quote stands in the row that was begun before it, unless it begins a row of its own.
    if quote == start || block[quote - 1] == dialect.newline { row += 1 }
    return IntakeError(
      "\(name) row \(row)", "A double quote is opened and never closed, so the rest of the file is one cell.",
      advice: "Close the quote, or write it twice if it belongs to the text.")
  }
}
