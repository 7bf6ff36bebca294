import AuditModel
import Columns

@testable import Intake

/// A file read to its end: what stands in each record, and what was said about it.
struct Outcome: Equatable {
  var rows: [Row] = []
  /// "kind count rows".
  var forgiven: [String] = []
  var error: IntakeError?

  struct Row: Equatable {
    /// 1-based, as a spreadsheet shows it.
    var number: Int
    var organisation: String
    var cells: [Cell]

    var texts: [String] { cells.map(\.text) }
  }

  struct Cell: Equatable {
    var kind: CellKind
    var text: String
    /// The value in words, with bounds where they differ.
    var value: String
  }

  /// The tolerance of a kind; nil when it was not used.
  func forgiven(_ kind: ToleranceKind) -> String? { forgiven.first { $0.hasPrefix("\(kind.rawValue) ") } }

  static func read(
    _ bytes: [UInt8], _ fields: [Field], partBytes: Int = 4 << 20, headBytes: Int = 4 << 20,
    recordBytes: Int = 16 << 20, code: Int? = nil,
    name: Int? = nil, totals: [String] = [], settings: SourceSettings = SourceSettings(), capacity: Int = 64
  ) -> Outcome {
    let plan = IntakePlan(
      fields: fields, organisationCode: code, organisationName: name, totals: totals, partBytes: partBytes,
      headBytes: headBytes, recordBytes: recordBytes)
    do {
      return read(try SourceFile.open(bytes: bytes, name: "file", plan: plan, settings: settings), plan, capacity)
    } catch {
      return Outcome(error: error)
    }
  }

  static func read(_ text: String, _ fields: [Field], code: Int? = nil, name: Int? = nil) -> Outcome {
    read(Array(text.utf8), fields, code: code, name: name)
  }

  static func read(_ file: SourceFile, _ plan: IntakePlan, _ capacity: Int = 64) -> Outcome {
    var outcome = Outcome()
    let reader = PartReader(plan)
    let batch = Batch(types: plan.fields.map(\.type), capacity: capacity)
    var places: [UInt64] = []
    do {
      while let part = try file.nextPart() {
        reader.start(part)
        while reader.nextBatch(into: batch) {
          outcome.take(batch, reader)
          places += (0..<batch.count).map { batch.places[$0] }
        }
        file.note(reader.summary)
      }
    } catch {
      outcome.error = error
    }
    precondition(zip(places, places.dropFirst()).allSatisfy { $0 < $1 }, "places do not rise")
    for (index, place) in places.enumerated() {
      let place = file.place(of: place, field: nil)
      outcome.rows[index].number = place.row ?? place.line ?? 0
    }
    outcome.forgiven = file.forgiven.map { forgiven in
      "\(forgiven.kind.rawValue) \(forgiven.count) \(forgiven.places.compactMap(\.row))"
    }
    return outcome
  }

  private mutating func take(_ batch: Batch, _ reader: PartReader) {
    for row in 0..<batch.count {
      let subject = reader.subjects[Int(batch.submissions[row])]
      rows.append(
        Row(
          number: 0, organisation: subject.name.isEmpty ? subject.code : "\(subject.code) \(subject.name)",
          cells: batch.columns.indices.map { Cell(batch, $0, row) }))
    }
  }
}

extension Outcome.Cell {
  init(_ batch: Batch, _ index: Int, _ row: Int) {
    let column = batch.columns[index]
    kind = column.kind(row)
    text = batch.text(index, row)
    let isValue = (column.valueBits[row >> 6] >> UInt64(row & 63)) & 1 == 1
    precondition(isValue == (kind == .value), "value bit and kind differ")
    switch column.type {
    case .text: value = ""
    case .integer:
      let (number, low, high) = (column.integers[row], column.lowIntegers[row], column.highIntegers[row])
      value = number == low && low == high ? "\(number)" : "\(number) [\(low), \(high)]"
    case .number:
      let (number, low, high) = (column.doubles[row], column.lowDoubles[row], column.highDoubles[row])
      value = number == low && low == high ? "\(number)" : "\(number) [\(low), \(high)]"
    case .date: value = CalendarDate(days: column.dates[row]).description
    case .timestamp: value = "\(column.integers[row])"
    case .boolean: value = "\(column.boolean(row))"
    case .period:
      value = "\(CalendarDate(days: column.dates[row])) \(CalendarDate(days: column.periodEnds[row]))"
    }
    if kind != .value && kind != .suppressed {
      let zeros = ["", "0", "0.0", "1970-01-01", "false", "1970-01-01 1970-01-01"]
      precondition(zeros.contains(value), "a cell without a value holds \(value)")
      value = ""
    }
  }
}

/// Opens a file whose bytes nobody else wants to see.
func open(_ path: String, _ name: String, _ plan: IntakePlan) throws(IntakeError) -> SourceFile {
  unsafe try SourceFile.open(path: path, name: name, plan: plan, onBytes: nil)
}

/// Bytes at hand, a few at a time.
final class BytesFeed: ByteFeed {
  private var bytes: ArraySlice<UInt8>
  private let atOnce: Int

  init(_ bytes: [UInt8], atOnce: Int = .max) {
    self.bytes = bytes[...]
    self.atOnce = atOnce
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(IntakeError) -> Int {
    let taken = bytes.prefix(min(buffer.count, atOnce))
    unsafe buffer.copyBytes(from: taken)
    bytes = bytes.dropFirst(taken.count)
    return taken.count
  }
}

/// Text fields by name.
func textFields(_ names: String...) -> [Field] { names.map { Field(name: $0, label: $0, type: .text) } }

/// A slow reader of delimited text, byte by byte, to hold the fast one against.
struct SlowRecords {
  private(set) var records: [[[UInt8]]] = []
  private(set) var isUnclosed = false
  /// The 1-based record in which the quote stands that is not closed.
  private(set) var unclosedRow = 0

  init(_ bytes: [UInt8], delimiter: UInt8, newline: UInt8) {
    var record: [[UInt8]] = []
    var cell: [UInt8] = []
    var index = 0
    func withoutReturn(_ cell: [UInt8]) -> [UInt8] { cell.last == 0x0D ? Array(cell.dropLast()) : cell }
    while index < bytes.count {
      var isQuoted = false
      var closed: [UInt8] = []
      cell = []
      if bytes[index] == 0x22 {
        isQuoted = true
        index += 1
        while true {
          guard index < bytes.count else {
            isUnclosed = true
            unclosedRow = records.count + 1
            return
          }
          if bytes[index] == 0x22 {
            index += 1
            guard index < bytes.count, bytes[index] == 0x22 else { break }
          }
          closed.append(bytes[index])
          index += 1
        }
      }
      while index < bytes.count, bytes[index] != delimiter, bytes[index] != newline {
        cell.append(bytes[index])
        index += 1
      }
      let isLast = index == bytes.count || bytes[index] == newline
      if isLast { cell = withoutReturn(cell) }
      record.append(isQuoted ? closed + cell : cell)
      let isDelimiterAtEnd = index < bytes.count && bytes[index] == delimiter && index + 1 == bytes.count
      index += 1
      if isDelimiterAtEnd { record.append([]) }
      if isLast || isDelimiterAtEnd {
        records.append(record)
        record = []
      }
    }
  }
}
