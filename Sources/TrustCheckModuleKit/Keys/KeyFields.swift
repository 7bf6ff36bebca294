/// The fields that make up a record's key, and how their values become its bytes.
///
/// Keys are equal where all values are: texts by their bytes, numbers and dates by what they are however written.
public struct KeyFields: Sendable {
  public let fields: [Field]

  public init(_ fields: [Field]) {
    self.fields = fields
  }

  /// Puts the keys of rows into a buffer.
  func read(_ batch: Batch, _ rows: Bitmap, into buffer: KeyBuffer) throws(ModuleFailure) {
    buffer.removeAll(reserving: batch.count)
    if fields.count > 1 { return try readSeveral(batch, rows, into: buffer) }
    let field = fields[0]
    switch field.type {
    case .text:
      let texts = batch.texts(of: field)
      try buffer.fill(rows) { row throws(ModuleFailure) in
        let view = texts[row]
        if view.isInline { return RecordKey(low: view.low, high: view.high) }
        return try unsafe buffer.longKey(texts.bytes(row))
      }
    case .integer, .timestamp:
      let values = batch.integers(of: field)
      buffer.fill(rows) { RecordKey(word: UInt64(bitPattern: values[$0])) }
    case .number:
      let values = batch.numbers(of: field)
      buffer.fill(rows) { RecordKey(word: KeyFields.bits(values[$0])) }
    case .date:
      let values = batch.dates(of: field)
      buffer.fill(rows) { RecordKey(word: UInt64(UInt32(bitPattern: values[$0]))) }
    case .boolean:
      let values = batch.booleans(of: field)
      buffer.fill(rows) { RecordKey(word: values[$0] ? 1 : 0) }
    case .period:
      let (start, end) = batch.periods(of: field)
      buffer.fill(rows) { row in
        RecordKey(word: UInt64(UInt32(bitPattern: start[row])) | (UInt64(UInt32(bitPattern: end[row])) << 32))
      }
    }
  }

  private static func bits(_ value: Double) -> UInt64 { value == 0 ? 0 : value.bitPattern }

  // MARK: Several fields

  private enum Source {
    case text(TextColumn)
    case integers(Column<Int64>)
    case numbers(Column<Double>)
    case dates(Column<Int32>)
    case booleans(BitColumn)
    case periods(start: Column<Int32>, end: Column<Int32>)
  }

  /// Values one behind the other; a text has its length before it, and small numbers are short, so that most keys of
  /// two or three fields need no more than 12 bytes.
  private func readSeveral(_ batch: Batch, _ rows: Bitmap, into buffer: KeyBuffer) throws(ModuleFailure) {
    let sources = fields.map { field -> Source in
      switch field.type {
      case .text: return .text(batch.texts(of: field))
      case .integer, .timestamp: return .integers(batch.integers(of: field))
      case .number: return .numbers(batch.numbers(of: field))
      case .date: return .dates(batch.dates(of: field))
      case .boolean: return .booleans(batch.booleans(of: field))
      case .period:
        let (start, end) = batch.periods(of: field)
        return .periods(start: start, end: end)
      }
    }
    let writer = KeyWriter()
    try buffer.fill(rows) { row throws(ModuleFailure) in
      writer.removeAll()
      for source in sources {
        switch source {
        case .text(let texts): unsafe writer.write(texts.bytes(row))
        case .integers(let values): writer.write(values[row])
        case .numbers(let values): writer.write(word: KeyFields.bits(values[row]))
        case .dates(let values): writer.write(Int64(values[row]))
        case .booleans(let values): writer.write(values[row] ? 1 : 0)
        case .periods(let start, let end):
          writer.write(Int64(start[row]))
          writer.write(Int64(end[row]) - Int64(start[row]))
        }
      }
      if let key = writer.shortKey { return key }
      return try unsafe buffer.longKey(writer.bytes)
    }
  }
}
