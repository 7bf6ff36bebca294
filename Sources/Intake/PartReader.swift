import AuditModel
public import Columns

/// Reads parts into batches; one a thread, used for part after part.
@safe
public final class PartReader {
  private let plan: IntakePlan
  /// The readers of cells by the order of dates; those of one file are used again for the next of its kind.
  private var readersByOrder: [DateOrder?: [CellReader]] = [:]
  private var readers: [CellReader] = []
  private let codeText: ByteBlock
  private let marks = MarkList()
  private let scratch = ByteBlock()
  private var ordinal = 0
  private var columnCount = 0
  /// By field: the file's column, 0-based.
  private var columnOfField: [Int?]
  /// By the file's column: where the cells of a batch go.
  private var slots = UnsafeMutablePointer<UnsafeMutablePointer<TextView>>.allocate(capacity: 0)
  /// Where the cells go that no field wants: those of the first column, and those of all others one over the other.
  private var spare = UnsafeMutablePointer<TextView>.allocate(capacity: 0)
  private var spareRows = 0
  private var block = ByteBlock()
  private var content = Content.none
  private var check = TextCheck.none
  private var index = SubjectIndex()
  private var repeatedHeader = RepeatedHeader([])
  private var unreadable: [(field: Int, row: Int)] = []
  /// True when a row with a single text in it may be a note to the table.
  private var mayHaveNotes = false
  /// What the part came to so far; whole after the last batch.
  public private(set) var summary = PartSummary()

  private enum Content {
    case none
    case text(Tokenizer)
    case rows(RowBlock, next: Int)
  }

  /// What cells are looked through for.
  private enum TextCheck {
    case none
    /// Bytes that are not UTF-8.
    case faults
    /// Replacement characters, put where Windows-1252 has no character.
    case replacements
  }

  /// The records that are wanted when not all are; nil for all.
  private var wanted: WantedRecords?
  /// True when rows of totals are read like records instead of being left out.
  private let keepsTotals: Bool
  /// Rows of the last batch that are rows of totals, where those are kept.
  public private(set) var totalRows: [Int] = []

  /// - Parameter keepsTotals: true to read rows of totals too, and tell them, instead of leaving them out.
  public init(_ plan: IntakePlan, keepsTotals: Bool = false) {
    self.plan = plan
    self.keepsTotals = keepsTotals
    codeText = ByteBlock(plan.codeText)
    columnOfField = plan.fields.map { _ in nil }
  }

  deinit {
    unsafe slots.deallocate()
    unsafe spare.deallocate()
  }

  /// The organisations that the part's records name, by submission number.
  public var subjects: [RecordSubject] { index.subjects }

  /// Begins with a part.
  ///
  /// - Parameter records: the numbers of the only records that are wanted, ascending; nil for all.
  public func start(_ part: SourcePart, only records: [UInt32]? = nil) {
    wanted = records.map(WantedRecords.init)
    useReaders(part.dates)
    mayHaveNotes = part.hasHeader && part.columns.count { $0.field != nil } >= 3
    ordinal = part.ordinal
    columnCount = part.columns.count
    columnOfField = plan.fields.indices.map { field in part.columns.firstIndex { $0.field == field } }
    index = SubjectIndex()
    repeatedHeader = RepeatedHeader(part.hasHeader ? part.columns : [])
    summary = PartSummary()
    check = .none
    unsafe slots.deallocate()
    unsafe slots = .allocate(capacity: columnCount)
    switch part.content {
    case .rows(let rows):
      block = rows.text
      content = .rows(rows, next: 0)
      summary.tolerances.add(rows.notes)
      summary.differences = rows.differences
    case .delimited(let bytes, var range, let dialect, let form):
      block = bytes
      if !UTF8Check.isASCII(bytes, range) {
        switch form {
        case .windows1252:
          let decoded = Windows1252.decoded(bytes, range)
          block = decoded.block
          range = 0..<block.count
          if decoded.hasFault { check = .replacements }
        case .utf8: if !(unsafe UTF8Check.isValid(bytes.buffer(range))) { check = .faults }
        case .decoded: check = .replacements
        }
      }
      content = .text(Tokenizer(block, range: range, dialect: dialect, marks: marks, scratch: scratch))
    }
  }

  private func useReaders(_ order: DateOrder?) {
    if readersByOrder[order] == nil {
      readersByOrder[order] = plan.fields.indices.map {
        CellReader(plan.fields[$0], codes: plan.codes[$0], dates: order)
      }
    }
    readers = readersByOrder[order]!
  }

  /// Fills a batch with the next records; false when there is none left.
  ///
  /// The batch's types are those of the plan's fields. What it holds is valid until the next call, or the next start.
  public func nextBatch(into batch: Batch) -> Bool {
    precondition(batch.columns.count == plan.fields.count)
    let earlier = batch.count
    batch.count = 0
    scratch.count = 0
    unreadable.removeAll(keepingCapacity: true)
    totalRows.removeAll(keepingCapacity: true)
    setSlots(batch)
    fill(batch)
    finish(batch, earlier: earlier)
    if batch.count > 0 { return true }
    for (field, reader) in readers.enumerated() { reader.takeNotes(field, into: &summary) }
    return false
  }

  private func setSlots(_ batch: Batch) {
    if spareRows < batch.capacity {
      unsafe spare.deallocate()
      spareRows = batch.capacity
      unsafe spare = .allocate(capacity: 2 * spareRows)
    }
    for position in 0..<columnCount {
      unsafe (slots + position).initialize(to: spare + (position == 0 ? 0 : spareRows))
    }
    for (field, column) in batch.columns.enumerated() {
      if let position = columnOfField[field] { unsafe slots[position] = column.texts.base }
    }
  }

  private func fill(_ batch: Batch) {
    switch content {
    case .none: break
    case .text(var tokenizer):
      content = .none
      fill(batch, from: &tokenizer)
      summary.recordCount = tokenizer.recordCount
      content = .text(tokenizer)
    case .rows(let rows, var next):
      fill(batch, from: rows, &next)
      summary.recordCount = rows.rowCount
      content = .rows(rows, next: next)
    }
  }

  /// Reads the types of a batch whose texts are filled.
  private func finish(_ batch: Batch, earlier: Int) {
    checkTexts(batch)
    let buffers = TextBuffers(block, scratch)
    index.number(
      batch, code: column(plan.organisationCode, batch), name: column(plan.organisationName, batch), buffers)
    let count = batch.count
    for (field, column) in batch.columns.enumerated() {
      column.isPresent = columnOfField[field] != nil
      if column.isPresent {
        readers[field].read(column, count: count, places: batch.places, buffers)
      } else {
        column.fillBlank(count: count)
      }
    }
    for cell in unreadable { batch.columns[cell.field].makeInvalid(cell.row) }
    for column in batch.columns { column.markValues(count: count) }
    // A row that was passed over may stand after the last one.
    batch.clear(count..<max(earlier, min(count + 1, batch.capacity)))
    unsafe batch.setTextBuffers([block.buffer, scratch.buffer, codeText.buffer])
  }

  /// The column of a field that the file has.
  private func column(_ field: Int?, _ batch: Batch) -> CellColumn? {
    field.flatMap { columnOfField[$0] == nil ? nil : batch.columns[$0] }
  }

  // MARK: Filling

  private func fill(_ batch: Batch, from tokenizer: inout Tokenizer) {
    let slots = unsafe CellSlots(columns: UnsafePointer(slots), count: columnCount)
    let places = batch.places
    let capacity = batch.capacity
    let high = UInt64(ordinal) << 32
    let code = column(plan.organisationCode, batch)
    let name = column(plan.organisationName, batch)
    let mayBeTotal = plan.organisationCode != nil || plan.organisationName != nil
    var row = 0
    while row < capacity, unsafe tokenizer.next(into: slots, row: row) {
      let record = UInt32(truncatingIfNeeded: tokenizer.recordCount - 1)
      let first = unsafe self.slots[0][row]
      if first.mayHaveOuterSpace(buffersOfBlock), isBlank(tokenizer) {
        summary.tolerances.add(.blankRow, record)
        continue
      }
      if mayHaveNotes, unsafe first.low == 0 || self.slots[1][row].low == 0, isNote(tokenizer) {
        summary.tolerances.add(.noteRow, record)
        continue
      }
      if unsafe repeatedHeader.stands(in: row, self.slots, buffersOfBlock) {
        summary.tolerances.add(.repeatedHeader, record)
        continue
      }
      if mayBeTotal, isTotal(code?.texts[row], name?.texts[row], first.low == 0 ? leading(tokenizer) : first) {
        summary.tolerances.add(.totalRow, record)
        if !keepsTotals { continue }
        totalRows.append(row)
      }
      if tokenizer.cellCount != columnCount {
        if tokenizer.cellCount < columnCount {
          summary.tolerances.add(.shortRow, record)
        } else if tokenizer.hasSurplus {
          summary.tolerances.add(.longRow, record)
        }
      }
      if tokenizer.hasTextAfterQuote { summary.tolerances.add(.textAfterQuote, record) }
      if wanted != nil, !wanted!.includes(record) { continue }
      places[row] = high | UInt64(record)
      row += 1
    }
    batch.count = row
  }

  private func fill(_ batch: Batch, from rows: RowBlock, _ next: inout Int) {
    let code = column(plan.organisationCode, batch)
    let name = column(plan.organisationName, batch)
    let mayBeTotal = plan.organisationCode != nil || plan.organisationName != nil
    var row = 0
    while row < batch.capacity, next < rows.rowCount {
      let start = next * rows.columnCount
      let record = rows.numbers[next]
      next += 1
      var leading = TextView.empty
      for position in 0..<columnCount {
        let view = rows.view(start + position)
        if leading.low == 0 { leading = view }
        unsafe slots[position][row] = view
      }
      if leading.low == 0 || buffersOfBlock.trimmed(leading).low == 0 && rows.isBlank(start) {
        summary.tolerances.add(.blankRow, record)
        continue
      }
      if mayHaveNotes, NoteText.isNote(leading, buffersOfBlock), rows.isSingleText(start) {
        summary.tolerances.add(.noteRow, record)
        continue
      }
      if unsafe repeatedHeader.stands(in: row, slots, buffersOfBlock) {
        summary.tolerances.add(.repeatedHeader, record)
        continue
      }
      if mayBeTotal, isTotal(code?.texts[row], name?.texts[row], leading) {
        summary.tolerances.add(.totalRow, record)
        if !keepsTotals { continue }
        totalRows.append(row)
      }
      if wanted != nil, !wanted!.includes(record) { continue }
      if rows.hasUnreadable {
        for (field, position) in columnOfField.enumerated() {
          if let position, rows.isUnreadable(start + position) { unreadable.append((field, row)) }
        }
      }
      batch.places[row] = UInt64(ordinal) << 32 | UInt64(record)
      row += 1
    }
    batch.count = row
  }

  private var buffersOfBlock: TextBuffers { TextBuffers(block, scratch) }

  /// True when a record holds nothing but spaces, told by its bytes.
  private func isBlank(_ tokenizer: Tokenizer) -> Bool {
    buffersOfBlock.isBlank(tokenizer.recordStart..<tokenizer.at, tokenizer.dialect)
  }

  /// True when a record holds one text alone, and that is a note, told by its bytes.
  private func isNote(_ tokenizer: Tokenizer) -> Bool {
    buffersOfBlock.isSingleText(tokenizer.recordStart..<tokenizer.at, tokenizer.dialect)
      && NoteText.isNote(leading(tokenizer), buffersOfBlock)
  }

  /// The first text of a record, told by its bytes.
  private func leading(_ tokenizer: Tokenizer) -> TextView {
    buffersOfBlock.leading(tokenizer.recordStart..<tokenizer.at, tokenizer.dialect)
  }

  /// A row of totals has no organisation code, and a word for it where the name or the first text stands; the word may
  /// stand in the code's own column.
  @inline(__always)
  private func isTotal(_ code: TextView?, _ name: TextView?, _ leading: @autoclosure () -> TextView) -> Bool {
    if let code, code.low != 0 { return plan.totals.filter.mayHold(code) && isTotalWord(code) }
    return isTotalWord(leading()) || name.map(isTotalWord) == true
  }

  private func isTotalWord(_ view: TextView) -> Bool {
    let buffers = buffersOfBlock
    return plan.totals.meaning(of: buffers.trimmed(view), buffers) != nil
  }

  // MARK: Text

  /// Replaces bytes that are no text, and notes the cells as not readable.
  private func checkTexts(_ batch: Batch) {
    if case .none = check { return }
    for (field, column) in batch.columns.enumerated() where columnOfField[field] != nil {
      var found = ToleranceCounts()
      for row in 0..<batch.count {
        let view = column.texts[row]
        if view.isInline && (view.low >> 32 | view.high) & 0x8080_8080_8080_8080 == 0 { continue }
        // The scratch may move as it grows.
        let buffers = buffersOfBlock
        switch check {
        case .none: continue
        case .faults:
          if buffers.withBytes(view, { unsafe UTF8Check.isValid(UnsafeRawBufferPointer($0)) }) { continue }
          let replaced = Array(buffers.string(view).utf8)
          let offset = scratch.count
          scratch.append(replaced)
          column.texts[row] = unsafe TextView(base: scratch.base, offset: offset, count: replaced.count, buffer: 1)
        case .replacements:
          if !buffers.string(view).unicodeScalars.contains("\u{FFFD}") { continue }
        }
        unreadable.append((field, row))
        found.add(.invalidCharacters, UInt32(truncatingIfNeeded: batch.places[row]))
      }
      summary.tolerances.add(found)
    }
  }
}

/// Numbers of records, asked for in ascending order.
private struct WantedRecords {
  private let numbers: [UInt32]
  private var at = 0

  init(_ numbers: [UInt32]) {
    self.numbers = numbers
  }

  mutating func includes(_ number: UInt32) -> Bool {
    while at < numbers.count, numbers[at] < number { at += 1 }
    return at < numbers.count && numbers[at] == number
  }
}
