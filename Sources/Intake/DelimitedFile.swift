import AuditModel
import Columns
import Glibc

/// The parts of a delimited text file.
final class DelimitedFile: PartSupply {
  private(set) var tables: [SourceTable] = []
  let countsByPart = true
  private let bytes: ByteSource
  private let name: String
  private let plan: IntakePlan
  let dialect: Dialect
  let form: SourcePart.TextForm
  /// Bytes read and not yet handed out, from `start` on.
  private var block: ByteBlock
  private var start: Int
  /// True when parts of the block were handed out, so that it must stay where it is.
  private var isShared = false

  private init(
    _ head: FileHead, start: Int, plan: IntakePlan, dialect: Dialect, form: SourcePart.TextForm
  ) {
    bytes = head.bytes
    block = head.block
    name = head.name
    self.start = start
    self.plan = plan
    self.dialect = dialect
    self.form = form
  }

  /// A delimited text before its header is looked for.
  private struct Begun {
    var file: DelimitedFile
    var tolerances: [(ToleranceKind, [Int])]
    /// Rows that are passed over already.
    var above: Int
    var delimiterReason: String
  }

  private static func begin(
    _ given: FileHead, _ sniffer: TextSniffer, plan: IntakePlan
  ) throws(IntakeError) -> Begun {
    var head = given
    let found = sniffer.delimited()
    let dialect = found.dialect
    var tolerances: [(ToleranceKind, [Int])] = sniffer.hasMark ? [(.byteOrderMark, [])] : []
    var start = sniffer.start
    var form: SourcePart.TextForm = sniffer.encoding == .windows1252 ? .windows1252 : .utf8
    let isPlain = sniffer.encoding == .utf8 || sniffer.encoding == .windows1252
    if !isPlain || !dialect.character.isASCII || found.mixesLineEnds {
      let decoder = TextDecoder(
        sniffer.encoding, delimiter: dialect.character.isASCII ? nil : dialect.character,
        mendsReturns: found.mixesLineEnds ? dialect.delimiter : nil)
      head.block = head.bytes.decode(decoder, from: start, head.block)
      (start, form) = (0, .decoded)
    }
    try refuseBinary(head.block, from: start, head.bytes, dialect, head.name)
    if sniffer.encoding == .windows1252 { tolerances.append((.windows1252, [])) }
    if dialect.character != Dialect.characters[0] { tolerances.append((.delimiter, [])) }
    if found.mixesLineEnds {
      tolerances.append((.mixedLineEnds, []))
    } else if dialect.newline == Dialect.carriageReturn {
      tolerances.append((.carriageReturns, []))
    }
    var above = 0
    if found.hasSeparatorLine {
      while start < head.block.count, head.block[start] != dialect.newline { start += 1 }
      start = min(start + 1, head.block.count)
      above = 1
      tolerances.append((.separatorLine, [1]))
    }
    return Begun(
      file: DelimitedFile(head, start: start, plan: plan, dialect: dialect, form: form), tolerances: tolerances,
      above: above, delimiterReason: found.reason)
  }

  /// Hands over every row of a delimited text, numbered as a spreadsheet shows it.
  static func rows(
    _ head: FileHead, _ sniffer: TextSniffer, plan: IntakePlan, take: (_ row: Int, _ cells: [String]) -> Void
  ) throws(IntakeError) {
    let begun = try begin(head, sniffer, plan: plan)
    var row = begun.above
    while let content = try begun.file.nextContent() {
      DelimitedRows.read(content) { cells in
        row += 1
        take(row, cells)
        return true
      }
    }
  }

  static func open(
    _ head: FileHead, _ sniffer: TextSniffer, plan: IntakePlan, settings: SourceSettings
  ) throws(IntakeError) -> OpenedFile {
    let begun = try begin(head, sniffer, plan: plan)
    let (file, above, dialect) = (begun.file, begun.above, begun.file.dialect)
    var decisions = [
      ReadingDecision(subject: .encoding, value: sniffer.encoding.rawValue, why: sniffer.encodingReason),
      ReadingDecision(subject: .delimiter, value: dialect.words, why: begun.delimiterReason),
    ]
    if let dates = settings.dates {
      decisions.append(ReadingDecision(subject: .dates, value: dates.rawValue, why: "it was given"))
    }
    var opened = OpenedFile(
      format: .csv, encoding: sniffer.encoding.rawValue, delimiter: dialect.words, decisions: decisions,
      tolerances: begun.tolerances, supply: EmptySupply())
    let rows = file.firstRows()
    let finder = HeaderFinder(
      index: HeadingIndex(plan, columns: settings.columns), plan: plan, givenRow: settings.headerRow)
    guard let header = finder.find(rows.map(\.cells), numbers: rows.indices.map { $0 + 1 + above }) else {
      throw HeaderFinder.noHeader(
        rows.enumerated().map { ($0.offset + 1 + above, $0.element.cells) }, name: head.name, plan: plan)
    }
    if header.columns.count > HeaderFinder.columnLimit { throw tooWide(header.columns.count, head.name) }
    let end = header.rows.upperBound < 0 ? file.start : rows[header.rows.upperBound].end
    if DelimitedRows.isNeeded(
      for: header, rest: (file.block, end..<file.block.count), dialect: dialect, plan: plan, finder: finder,
      settings: settings)
    {
      opened.supply = DelimitedRows(
        file, builder: TableBuilder(name: head.name, plan: plan, settings: settings), rowsAbove: above)
      return opened
    }
    let last = header.rows.upperBound
    if last >= 0 { file.start = rows[last].end }
    let titles = rows.prefix(max(0, header.rows.lowerBound)).enumerated()
      .filter { !$0.element.cells.allSatisfy { $0.trimmed.isEmpty } }
    if !titles.isEmpty { opened.tolerances.append((.titleRows, titles.map { $0.offset + 1 + above })) }
    if header.rows.count > 1 { opened.tolerances.append((.headerOfTwoRows, [last + above, last + 1 + above])) }
    file.tables = [SourceTable(headerRow: last < 0 ? nil : last + 1 + above, columns: header.columns, plan: plan)]
    opened.firstRow = last + 2 + above
    opened.supply = file
    return opened
  }

  static func tooWide(_ count: Int, _ name: String) -> IntakeError {
    IntakeError(
      name, "The table has \(count) columns; at most \(HeaderFinder.columnLimit) are read.",
      advice: "Send the columns that are asked for.")
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
  private func firstRows() -> [(cells: [String], end: Int)] {
    var text = block
    var range = start..<block.count
    // Where each record ends is told by the bytes as they are, before they are decoded.
    var ends = Tokenizer(block, range: range, dialect: dialect)
    var room = UnsafeMutableBufferPointer<TextView>.allocate(capacity: 64)
    defer { unsafe room.deallocate() }
    var places: [Int] = []
    while places.count < HeaderFinder.rowsLooked, unsafe ends.nextTexts(&room) != nil { places.append(ends.at) }
    range = start..<(places.last ?? start)
    if case .windows1252 = form {
      text = Windows1252.decoded(block, range).block
      range = 0..<text.count
    }
    var tokenizer = Tokenizer(text, range: range, dialect: dialect)
    return places.map { end in (unsafe tokenizer.nextTexts(&room) ?? [], end) }
  }

  func next() throws(IntakeError) -> (table: Int, content: SourcePart.Content)? {
    try nextContent().map { (0, $0) }
  }

  /// The next complete records.
  func nextContent() throws(IntakeError) -> SourcePart.Content? {
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
    return .delimited(block, range: start..<end, dialect, form)
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
