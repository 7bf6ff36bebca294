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
      try rows.forEachRow { row throws(ModuleFailure) in
        let view = texts[row]
        if view.isInline {
          buffer.append(RecordKey(low: view.low, high: view.high), row)
        } else {
          try unsafe buffer.append(texts.bytes(row), row)
        }
      }
    case .integer, .timestamp:
      let values = batch.integers(of: field)
      rows.forEachRow { buffer.append(RecordKey(word: UInt64(bitPattern: values[$0])), $0) }
    case .number:
      let values = batch.numbers(of: field)
      rows.forEachRow { buffer.append(RecordKey(word: KeyFields.bits(values[$0])), $0) }
    case .date:
      let values = batch.dates(of: field)
      rows.forEachRow { buffer.append(RecordKey(word: UInt64(UInt32(bitPattern: values[$0]))), $0) }
    case .boolean:
      let values = batch.booleans(of: field)
      rows.forEachRow { buffer.append(RecordKey(word: values[$0] ? 1 : 0), $0) }
    case .period:
      let (start, end) = batch.periods(of: field)
      rows.forEachRow { row in
        let word = UInt64(UInt32(bitPattern: start[row])) | (UInt64(UInt32(bitPattern: end[row])) << 32)
        buffer.append(RecordKey(word: word), row)
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
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256)
    try rows.forEachRow { row throws(ModuleFailure) in
      bytes.removeAll(keepingCapacity: true)
      for source in sources {
        switch source {
        case .text(let texts):
          let text = unsafe texts.bytes(row)
          KeyFields.append(UInt64(text.count), &bytes)
          unsafe bytes.append(contentsOf: text)
        case .integers(let values): KeyFields.append(KeyFields.zigzag(values[row]), &bytes)
        case .numbers(let values):
          let bits = KeyFields.bits(values[row])
          for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift * 8))) }
        case .dates(let values): KeyFields.append(KeyFields.zigzag(Int64(values[row])), &bytes)
        case .booleans(let values): bytes.append(values[row] ? 1 : 0)
        case .periods(let start, let end):
          KeyFields.append(KeyFields.zigzag(Int64(start[row])), &bytes)
          KeyFields.append(KeyFields.zigzag(Int64(end[row]) - Int64(start[row])), &bytes)
        }
      }
      if bytes.count <= TextView.inlineCapacity {
        let view = unsafe bytes.withUnsafeBytes { unsafe KeyFields.short($0) }
        buffer.append(view, row)
      } else {
        let result = unsafe bytes.withUnsafeBytes { bytes -> Result<Void, ModuleFailure> in
          Result { () throws(ModuleFailure) in try unsafe buffer.append(bytes, row) }
        }
        try result.get()
      }
    }
  }

  private static func short(_ bytes: UnsafeRawBufferPointer) -> RecordKey {
    var low = UInt64(bytes.count)
    var high: UInt64 = 0
    for index in 0..<bytes.count {
      let byte = unsafe UInt64(bytes[index])
      if index < 4 { low |= byte << UInt64(32 + index * 8) } else { high |= byte << UInt64((index - 4) * 8) }
    }
    return RecordKey(low: low, high: high)
  }

  /// Small numbers of either sign as small numbers without one.
  private static func zigzag(_ value: Int64) -> UInt64 { UInt64(bitPattern: (value << 1) ^ (value >> 63)) }

  /// Seven bits a byte, the lowest first; the highest bit says that more follow (LEB128).
  private static func append(_ value: UInt64, _ bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
