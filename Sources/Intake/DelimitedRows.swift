import AuditModel
import Columns

/// The records of a delimited text file that does not stand a record a row under one header: a column for each period,
/// fields one below the other, or several tables.
final class DelimitedRows: PartSupply {
  private(set) var tables: [SourceTable] = []
  private let file: DelimitedFile
  private let builder: TableBuilder
  private var row: Int
  private var waiting: [(table: Int, content: SourcePart.Content)] = []
  private var isDone = false

  /// - Parameter rowsAbove: rows of the file that are passed over already.
  init(_ file: DelimitedFile, builder: TableBuilder, rowsAbove: Int) {
    self.file = file
    self.builder = builder
    row = rowsAbove
    builder.take = { [weak self] event in self?.take(event) ?? false }
  }

  /// True when the rows of a file with this header have to be taken one by one: it is no table of a record a row, or
  /// another table stands below it.
  ///
  /// - Parameter rest: what was read of the text below the header.
  static func isNeeded(
    for header: HeaderFinder.Header, rest: (block: ByteBlock, range: Range<Int>), dialect: Dialect, plan: IntakePlan,
    finder: HeaderFinder, settings: SourceSettings
  ) -> Bool {
    if header.form != nil || WideLayout(header.columns, plan: plan, settings: settings) != nil { return true }
    guard settings.headerRow == nil, !plan.takesAnyHeader else { return false }
    let wanted = max(2, header.columns.count { $0.field != nil } / 2)
    let headings = header.columns.map(\.heading)
    var room = UnsafeMutableBufferPointer<TextView>.allocate(capacity: 64)
    defer { unsafe room.deallocate() }
    var at = rest.range.lowerBound
    var gaps = 0
    while gaps < gapsLooked, let gap = emptyLine(rest.block, at..<rest.range.upperBound, dialect) {
      at = gap
      gaps += 1
      var tokenizer = Tokenizer(rest.block, range: gap..<rest.range.upperBound, dialect: dialect)
      // Titles may stand between the gap and the header.
      for _ in 0..<4 {
        guard let cells = unsafe tokenizer.nextTexts(&room) else { break }
        if cells.count(where: { !$0.trimmed.isEmpty }) < 2 { continue }
        let columns = finder.index.map(HeaderFinder.withoutEmptyTail(cells))
        if columns.count(where: { $0.field != nil }) >= wanted, columns.map(\.heading) != headings { return true }
        break
      }
    }
    return false
  }

  /// Empty lines below which a header is looked for; a file with more has them as a habit.
  private static let gapsLooked = 256

  /// Where the line after the next empty one begins; nil when there is none.
  private static func emptyLine(_ block: ByteBlock, _ range: Range<Int>, _ dialect: Dialect) -> Int? {
    let bytes = unsafe UnsafePointer(block.base)
    var isEmpty = false
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = unsafe bytes[index]
      if byte == dialect.newline {
        if isEmpty { return index + 1 }
        isEmpty = true
      } else if byte != dialect.delimiter, byte != 0x20, byte != Dialect.carriageReturn {
        isEmpty = false
      }
      index += 1
    }
    return nil
  }

  func next() throws(IntakeError) -> (table: Int, content: SourcePart.Content)? {
    while waiting.isEmpty, !isDone {
      if let content = try file.nextContent() {
        read(content)
      } else {
        builder.finish()
        isDone = true
      }
      if let fault = builder.fault { throw fault }
      if builder.isStopped { isDone = true }
    }
    return waiting.isEmpty ? nil : waiting.removeFirst()
  }

  private func take(_ event: TableEvent) -> Bool {
    switch event {
    case .table(let table): tables.append(table)
    case .rows(let block): waiting.append((tables.count - 1, .rows(block)))
    case .unused(let columns): for column in columns { tables[tables.count - 1].columns[column].isUnused = true }
    }
    return true
  }

  private func read(_ content: SourcePart.Content) {
    DelimitedRows.read(content) { cells in
      row += 1
      builder.add(row, cells.map { RowCell(text: $0, isUnreadable: $0.unicodeScalars.contains("\u{FFFD}")) })
      return !builder.isStopped
    }
  }

  /// Hands over the rows of a part as texts until `take` wants no more.
  static func read(_ content: SourcePart.Content, take: (_ cells: [String]) -> Bool) {
    guard case .delimited(let bytes, let given, let dialect, let form) = content else { return }
    var (block, range) = (bytes, given)
    if case .windows1252 = form {
      block = Windows1252.decoded(block, range).block
      range = 0..<block.count
    }
    var tokenizer = Tokenizer(block, range: range, dialect: dialect)
    var room = UnsafeMutableBufferPointer<TextView>.allocate(capacity: 64)
    defer { unsafe room.deallocate() }
    while let cells = unsafe tokenizer.nextTexts(&room) {
      tokenizer.clearScratch()
      if !take(cells) { return }
    }
  }
}

/// The parts of a file that has none.
final class EmptySupply: PartSupply {
  let tables: [SourceTable] = []
  func next() throws(IntakeError) -> (table: Int, content: SourcePart.Content)? { nil }
}
