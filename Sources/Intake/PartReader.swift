import AuditModel
public import Columns

/// Reads parts into batches; one a thread, used for part after part.
@safe
public final class PartReader {
  private let plan: IntakePlan
  private let readers: [CellReader]
  private let codeText = ByteBlock()
  private var ordinal = 0
  private var mapping: [ColumnMapping] = []
  /// By field: the file's column, 0-based.
  private var columnOfField: [Int?] = []
  private var tokenizer: Tokenizer?
  private var block = ByteBlock()
  private var isAllValid = true
  private var rows: RowBlock?
  private var rowAt = 0
  private var noScratch = ByteBlock()
  private var index = SubjectIndex()
  private var cells = UnsafeMutableBufferPointer<TextView>.allocate(capacity: 0)
  private var records = [UInt32](repeating: 0, count: Batch.standardCapacity)
  private var unreadable: [(field: Int, row: Int)] = []
  /// What the part came to so far; whole after the last batch.
  public private(set) var summary = PartSummary()

  public init(_ plan: IntakePlan) {
    self.plan = plan
    readers = plan.fields.indices.map { CellReader(plan.fields[$0], codes: plan.codes[$0]) }
    codeText.append(plan.codeText)
  }

  deinit { unsafe cells.deallocate() }

  /// The organisations that the part's records name, by submission number.
  public var subjects: [RecordSubject] { index.subjects }

  /// Begins with a part.
  public func start(_ part: SourcePart) {
    ordinal = part.ordinal
    mapping = part.columns
    columnOfField = plan.fields.indices.map { field in mapping.firstIndex { $0.field == field } }
    index = SubjectIndex()
    summary = PartSummary()
    rowAt = 0
    unsafe cells.deallocate()
    unsafe cells = UnsafeMutableBufferPointer<TextView>.allocate(capacity: max(1, mapping.count))
    switch part.content {
    case .rows(let rows):
      self.rows = rows
      tokenizer = nil
      block = rows.text
      isAllValid = true
    case .delimited(let bytes, let range, let dialect, let encoding):
      rows = nil
      var range = range
      block = bytes
      isAllValid = UTF8Check.isASCII(bytes, range)
      if !isAllValid && encoding == .windows1252 {
        block = Windows1252.decoded(bytes, range)
        range = 0..<block.count
        isAllValid = true
      } else if !isAllValid {
        isAllValid = unsafe UTF8Check.isValid(UnsafeRawBufferPointer(rebasing: bytes.buffer[range]))
      }
      tokenizer = Tokenizer(block, range: range, dialect: dialect)
    }
  }

  /// Fills a batch with the next records; false when there is none left.
  public func nextBatch(into batch: Batch) -> Bool {
    batch.count = 0
    unreadable.removeAll(keepingCapacity: true)
    tokenizer?.clearScratch()
    if rows == nil { fillFromText(batch) } else { fillFromRows(batch) }
    guard batch.count > 0 else {
      for reader in readers { summary.tolerances.add(reader.takeTolerances()) }
      return false
    }
    let scratch = tokenizer?.scratch ?? noScratch
    let buffers = TextBuffers(block, scratch)
    for (field, column) in batch.columns.enumerated() {
      column.isPresent = columnOfField[field] != nil
      if column.isPresent {
        readers[field].read(column, count: batch.count, records: records, buffers)
      } else {
        column.fillBlank(count: batch.count)
      }
    }
    for cell in unreadable {
      batch.columns[cell.field].makeInvalid(cell.row)
    }
    unsafe batch.setTextBuffers([block.buffer, scratch.buffer, codeText.buffer])
    return true
  }

  // MARK: Filling

  private func fillFromText(_ batch: Batch) {
    guard var tokenizer else { return }
    let fieldCount = batch.columns.count
    let columnCount = mapping.count
    while batch.count < batch.capacity, unsafe tokenizer.next(into: unsafe cells) {
      let record = UInt32(tokenizer.recordCount - 1)
      let cellCount = tokenizer.cellCount
      if unsafe cells[0].count == 0, isBlank() {
        summary.tolerances.add(.blankRow, record)
        continue
      }
      let buffers = TextBuffers(block, tokenizer.scratch)
      if isTotal(buffers) {
        summary.tolerances.add(.totalRow, record)
        continue
      }
      if cellCount != columnCount { noteRagged(cellCount, tokenizer.hasSurplus, record) }
      if tokenizer.hasTextAfterQuote { summary.tolerances.add(.textAfterQuote, record) }
      let row = batch.count
      for field in 0..<fieldCount {
        guard let column = columnOfField[field] else { continue }
        batch.columns[field].texts[row] = unsafe cells[column]
      }
      if !isAllValid { checkText(batch, row, tokenizer.scratch, record) }
      place(batch, row, record, buffers)
    }
    summary.recordCount = tokenizer.recordCount
    self.tokenizer = tokenizer
  }

  private func fillFromRows(_ batch: Batch) {
    guard let rows else { return }
    while batch.count < batch.capacity, rowAt < rows.rowCount {
      let start = rowAt * rows.columnCount
      for column in 0..<mapping.count {
        let cell = rows.cells[start + column]
        unsafe cells[column] = unsafe TextView(
          base: block.base, offset: Int(cell.offset), count: Int(cell.count), buffer: 0)
      }
      let record = rows.numbers[rowAt]
      rowAt += 1
      let buffers = TextBuffers(block, noScratch)
      if isBlank() { continue }
      if isTotal(buffers) {
        summary.tolerances.add(.totalRow, record)
        continue
      }
      let row = batch.count
      for field in batch.columns.indices {
        guard let column = columnOfField[field] else { continue }
        batch.columns[field].texts[row] = unsafe cells[column]
        if !rows.unreadable.isEmpty, rows.unreadable.contains(start + column) { unreadable.append((field, row)) }
      }
      place(batch, row, record, buffers)
    }
    summary.recordCount = rows.rowCount
  }

  private func place(_ batch: Batch, _ row: Int, _ record: UInt32, _ buffers: TextBuffers) {
    records[row] = record
    batch.places[row] = UInt64(ordinal) << 32 | UInt64(record)
    batch.submissions[row] = index.number(
      view(plan.organisationCode), view(plan.organisationName), buffers)
    batch.count += 1
  }

  /// The cell of a field in the row at hand; empty when the file has no such column.
  @inline(__always)
  private func view(_ field: Int?) -> TextView {
    guard let field, let column = columnOfField[field] else { return .empty }
    return unsafe cells[column]
  }

  private func isBlank() -> Bool {
    for column in 0..<mapping.count where unsafe cells[column].count > 0 {
      return false
    }
    return true
  }

  /// A row of totals has no organisation code, and a word for it where the name or the first text stands.
  private func isTotal(_ buffers: TextBuffers) -> Bool {
    guard plan.organisationCode != nil || plan.organisationName != nil else { return false }
    if plan.organisationCode.flatMap({ columnOfField[$0] }) != nil, view(plan.organisationCode).count > 0 {
      // A word for totals may stand in the code's own column.
      let code = view(plan.organisationCode)
      return code.count > 4 && code.isInline && plan.totals.contains(buffers.string(buffers.trimmed(code)).lowercased())
    }
    var candidates = [view(plan.organisationName)]
    if let first = (0..<mapping.count).first(where: { unsafe cells[$0].count > 0 }) {
      unsafe candidates.append(cells[first])
    }
    return candidates.contains { candidate in
      candidate.count > 0 && plan.totals.contains(buffers.string(buffers.trimmed(candidate)).lowercased())
    }
  }

  private func noteRagged(_ cellCount: Int, _ hasSurplus: Bool, _ record: UInt32) {
    if cellCount < mapping.count {
      summary.tolerances.add(.shortRow, record)
    } else if hasSurplus {
      summary.tolerances.add(.longRow, record)
    }
  }

  /// Replaces bytes that are no text in the cells of a row, and notes the cells as not readable.
  private func checkText(_ batch: Batch, _ row: Int, _ scratch: ByteBlock, _ record: UInt32) {
    let buffers = TextBuffers(block, scratch)
    for field in batch.columns.indices where columnOfField[field] != nil {
      let view = batch.columns[field].texts[row]
      let isValid = buffers.withBytes(view) { bytes in unsafe UTF8Check.isValid(UnsafeRawBufferPointer(bytes)) }
      if isValid { continue }
      let replaced = Array(buffers.string(view).utf8)
      let offset = scratch.count
      scratch.append(replaced)
      batch.columns[field].texts[row] = unsafe TextView(
        base: scratch.base, offset: offset, count: replaced.count, buffer: 1)
      unreadable.append((field, row))
      summary.tolerances.add(.invalidCharacters, record)
    }
  }
}

extension CellColumn {
  /// Makes a cell one that cannot be read as its type.
  fileprivate func makeInvalid(_ row: Int) {
    let mask: UInt64 = ~(1 << UInt64(row & 63))
    kinds[row] = CellKind.invalid.rawValue
    valueBits[row >> 6] &= mask
    switch type {
    case .integer:
      boundBits[row >> 6] &= mask
      (integers[row], lowIntegers[row], highIntegers[row]) = (0, 0, 0)
    case .number:
      boundBits[row >> 6] &= mask
      (doubles[row], lowDoubles[row], highDoubles[row]) = (0, 0, 0)
    case .timestamp: integers[row] = 0
    case .date: dates[row] = 0
    case .period: (dates[row], periodEnds[row]) = (0, 0)
    case .boolean: booleans[row >> 6] &= mask
    case .text: break
    }
  }
}
