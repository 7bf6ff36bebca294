import AuditModel
import Columns

/// Reads the cells of one field: from text to kind and typed value.
///
/// One a thread. What it forgives is counted, with the first rows, in `tolerances`.
final class CellReader {
  private let field: Field
  private let spellings: SpellingTable
  private let rounded: [String]
  /// The codes as views of the code buffer (text buffer 2).
  private let codes: [TextView]
  private(set) var tolerances = ToleranceCounts()
  private var lastView: TextView?
  private var lastPeriod: Period?
  private var lastTolerated = false

  init(_ field: Field, codes: [TextView]) {
    self.field = field
    self.codes = codes
    spellings = SpellingTable(field)
    rounded = field.spellings.rounded.map { $0.lowercased() }
  }

  func takeTolerances() -> ToleranceCounts {
    defer { tolerances = ToleranceCounts() }
    return tolerances
  }

  /// Reads the first `count` cells of a column, whose texts are filled.
  ///
  /// - Parameter firstRecord: the record number in the part of each row, for the places of tolerances.
  func read(_ column: CellColumn, count: Int, records: [UInt32], _ buffers: TextBuffers) {
    for word in 0..<Bitmap.wordCount(count) {
      column.valueBits[word] = 0
      if column.type.isNumeric { column.boundBits[word] = 0 }
      if column.type == .boolean { column.booleans[word] = 0 }
    }
    switch field.type {
    case .text: readTexts(column, count, records, buffers)
    case .date: readDates(column, count, records, buffers)
    case .integer: readIntegers(column, count, records, buffers)
    default:
      for row in 0..<count { readAny(column, row, records[row], buffers) }
    }
  }

  // MARK: Types with a path of their own

  private func readTexts(_ column: CellColumn, _ count: Int, _ records: [UInt32], _ buffers: TextBuffers) {
    for row in 0..<count {
      let view = column.texts[row]
      if view.count == 0 {
        column.kinds[row] = CellKind.blank.rawValue
        continue
      }
      if !CellReader.hasOuterSpace(view, buffers), spellings.meaning(of: view, buffers) == nil {
        column.kinds[row] = CellKind.value.rawValue
        CellReader.setValue(column, row)
        continue
      }
      readAny(column, row, records[row], buffers)
    }
  }

  private func readDates(_ column: CellColumn, _ count: Int, _ records: [UInt32], _ buffers: TextBuffers) {
    for row in 0..<count {
      let view = column.texts[row]
      if view.count == 0 {
        column.kinds[row] = CellKind.blank.rawValue
        column.dates[row] = 0
      } else if view.count == 10, let days = CellReader.isoDays(view), spellings.meaning(of: view, buffers) == nil {
        column.kinds[row] = CellKind.value.rawValue
        column.dates[row] = days
        CellReader.setValue(column, row)
      } else {
        readAny(column, row, records[row], buffers)
      }
    }
  }

  private func readIntegers(_ column: CellColumn, _ count: Int, _ records: [UInt32], _ buffers: TextBuffers) {
    for row in 0..<count {
      let view = column.texts[row]
      if view.count == 0 {
        column.kinds[row] = CellKind.blank.rawValue
        column.integers[row] = 0
        column.lowIntegers[row] = 0
        column.highIntegers[row] = 0
      } else if view.count <= 8, let value = CellReader.digits(view), spellings.meaning(of: view, buffers) == nil {
        column.kinds[row] = CellKind.value.rawValue
        column.integers[row] = value
        column.lowIntegers[row] = value
        column.highIntegers[row] = value
        CellReader.setValue(column, row)
        CellReader.setBounds(column, row)
      } else {
        readAny(column, row, records[row], buffers)
      }
    }
  }

  // MARK: Any cell

  /// Reads one cell the long way.
  private func readAny(_ column: CellColumn, _ row: Int, _ record: UInt32, _ buffers: TextBuffers) {
    clear(column, row)
    let given = column.texts[row]
    let view = buffers.trimmed(given)
    if view.count == 0 {
      column.kinds[row] = CellKind.blank.rawValue
      if given.count > 0 { tolerances.add(.spacesAlone, record) }
      return
    }
    if view.count != given.count { tolerances.add(.outerSpaces, record) }
    switch spellings.meaning(of: view, buffers) {
    case .kind(let kind):
      column.kinds[row] = kind.rawValue
      return
    case .suppressed(let low, let high):
      column.kinds[row] = CellKind.suppressed.rawValue
      setBounds(column, row, low: Double(low), high: Double(high))
      return
    case .boolean(let flag):
      column.kinds[row] = CellKind.value.rawValue
      CellReader.setValue(column, row)
      if flag { column.booleans[row >> 6] |= 1 << UInt64(row & 63) }
      return
    case .code(let index):
      if given.low != codes[index].low || given.high != codes[index].high { tolerances.add(.codeSpelling, record) }
      column.texts[row] = codes[index]
      column.kinds[row] = CellKind.value.rawValue
      CellReader.setValue(column, row)
      return
    case nil: break
    }
    let isValue = readValue(column, row, record, view, buffers)
    column.kinds[row] = (isValue ? CellKind.value : CellKind.invalid).rawValue
    if isValue { CellReader.setValue(column, row) }
  }

  private func readValue(
    _ column: CellColumn, _ row: Int, _ record: UInt32, _ view: TextView, _ buffers: TextBuffers
  ) -> Bool {
    switch field.type {
    case .text: return true
    case .boolean: return false
    case .integer, .number: return readNumber(column, row, record, view, buffers)
    case .date:
      guard let date = DateText.date(buffers.string(view)) else { return false }
      if date.isTolerated { tolerances.add(.dayFirstDate, record) }
      column.dates[row] = date.value.days
      return true
    case .timestamp:
      guard let time = DateText.timestamp(buffers.string(view)) else { return false }
      column.integers[row] = time.value
      return true
    case .period: return readPeriod(column, row, record, view, buffers)
    }
  }

  private func readNumber(
    _ column: CellColumn, _ row: Int, _ record: UInt32, _ view: TextView, _ buffers: TextBuffers
  ) -> Bool {
    if let reading = number(view, buffers) {
      if reading.isTolerated { tolerances.add(.numberForm, record) }
      set(column, row, reading.value, low: reading.value, high: reading.value)
      return true
    }
    let text = buffers.string(view).lowercased()
    for prefix in rounded where text.hasPrefix(prefix) {
      let rest = Array(text.dropFirst(prefix.count).utf8.drop { $0 == 0x20 })
      let reading = unsafe rest.withUnsafeBufferPointer { unsafe NumberText.number($0) }
      guard let value = reading?.value, field.type == .number || value == value.rounded() else { continue }
      tolerances.add(.roundedNumber, record)
      let by = field.spellings.roundedBy
      set(column, row, value, low: max(value - by, value >= 0 ? 0 : value - by), high: value + by)
      return true
    }
    return false
  }

  private func number(_ view: TextView, _ buffers: TextBuffers) -> (value: Double, isTolerated: Bool)? {
    buffers.withBytes(view) { bytes in
      if field.type == .integer {
        guard let whole = unsafe NumberText.integer(bytes), whole.value.magnitude <= 1 << 53 else { return nil }
        return (Double(whole.value), whole.isTolerated)
      }
      return unsafe NumberText.number(bytes)
    }
  }

  private func readPeriod(
    _ column: CellColumn, _ row: Int, _ record: UInt32, _ view: TextView, _ buffers: TextBuffers
  ) -> Bool {
    // Most rows repeat the period of the row before.
    if view.isInline, let lastView, lastView.low == view.low, lastView.high == view.high {
    } else {
      let reading = DateText.period(buffers.string(view))
      lastView = view.isInline ? view : nil
      lastPeriod = reading?.value
      lastTolerated = reading?.isTolerated ?? false
    }
    guard let period = lastPeriod else { return false }
    if lastTolerated { tolerances.add(.periodForm, record) }
    column.dates[row] = period.start.days
    column.periodEnds[row] = period.end.days
    return true
  }

  // MARK: Setting

  private func clear(_ column: CellColumn, _ row: Int) {
    switch field.type {
    case .text, .boolean: break
    case .integer:
      column.integers[row] = 0
      column.lowIntegers[row] = 0
      column.highIntegers[row] = 0
    case .number:
      column.doubles[row] = 0
      column.lowDoubles[row] = 0
      column.highDoubles[row] = 0
    case .date: column.dates[row] = 0
    case .timestamp: column.integers[row] = 0
    case .period:
      column.dates[row] = 0
      column.periodEnds[row] = 0
    }
  }

  private func set(_ column: CellColumn, _ row: Int, _ value: Double, low: Double, high: Double) {
    if field.type == .integer { column.integers[row] = Int64(value) } else { column.doubles[row] = value }
    setBounds(column, row, low: low, high: high)
  }

  private func setBounds(_ column: CellColumn, _ row: Int, low: Double, high: Double) {
    switch field.type {
    case .integer:
      column.lowIntegers[row] = Int64(low.rounded(.down))
      column.highIntegers[row] = Int64(high.rounded(.up))
    case .number:
      column.lowDoubles[row] = low
      column.highDoubles[row] = high
    default: return
    }
    CellReader.setBounds(column, row)
  }

  @inline(__always)
  private static func setValue(_ column: CellColumn, _ row: Int) {
    column.valueBits[row >> 6] |= 1 << UInt64(row & 63)
  }

  @inline(__always)
  private static func setBounds(_ column: CellColumn, _ row: Int) {
    column.boundBits[row >> 6] |= 1 << UInt64(row & 63)
  }

  // MARK: Fast readings

  /// True when a text may begin or end with a space of any kind.
  @inline(__always)
  private static func hasOuterSpace(_ view: TextView, _ buffers: TextBuffers) -> Bool {
    let first = UInt8(truncatingIfNeeded: view.low >> 32)
    if first <= 0x20 || first >= 0xC2 { return true }
    let last: UInt8
    if view.isInline {
      let position = view.count - 1
      last =
        position < 4
        ? UInt8(truncatingIfNeeded: view.low >> UInt64(32 + position * 8))
        : UInt8(truncatingIfNeeded: view.high >> UInt64((position - 4) * 8))
    } else {
      last = unsafe buffers.base(view)[view.offset + view.count - 1]
    }
    return last <= 0x20 || last >= 0x80
  }

  /// The value of up to 8 digits, straight from the view's words; nil when there is anything else.
  @inline(__always)
  private static func digits(_ view: TextView) -> Int64? {
    let count = UInt64(view.count)
    // Digits to the top, so that the missing ones are leading zeros.
    let shift = (8 - count) * 8
    let word = shift == 0 ? view.inlineHead : view.inlineHead << shift | (0x3030_3030_3030_3030 >> (count * 8))
    let high = word & 0xF0F0_F0F0_F0F0_F0F0
    let carried = (word &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0
    guard high == 0x3030_3030_3030_3030, carried == high else { return nil }
    var value = word & 0x0F0F_0F0F_0F0F_0F0F
    value = (value &* 10 &+ (value >> 8)) & 0x00FF_00FF_00FF_00FF
    value = (value &* 100 &+ (value >> 16)) & 0x0000_FFFF_0000_FFFF
    value = (value &* 10000 &+ (value >> 32)) & 0x0000_0000_FFFF_FFFF
    return Int64(value)
  }

  /// Days since 1970-01-01 of a text of 10 bytes `CCYY-MM-DD`; nil when it is no such date.
  @inline(__always)
  private static func isoDays(_ view: TextView) -> Int32? {
    let head = view.inlineHead
    let tail = UInt64(view.inlineTail)
    // "CCYY-MM-" and "DD".
    guard head & 0xFF00_00FF_0000_0000 == 0x2D00_002D_0000_0000 else { return nil }
    let year = head & 0xFFFF_FFFF
    let month = (head >> 40) & 0xFFFF
    let packed = year | month << 32 | (tail & 0xFFFF) << 48
    let high = packed & 0xF0F0_F0F0_F0F0_F0F0
    let carried = (packed &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0
    guard high == 0x3030_3030_3030_3030, carried == high else { return nil }
    var pairs = packed & 0x0F0F_0F0F_0F0F_0F0F
    pairs = (pairs &* 10 &+ (pairs >> 8)) & 0x00FF_00FF_00FF_00FF
    let century = Int(pairs & 0xFF)
    let years = Int((pairs >> 16) & 0xFF)
    let months = Int((pairs >> 32) & 0xFF)
    let days = Int((pairs >> 48) & 0xFF)
    return CalendarDate(year: century * 100 + years, month: months, day: days)?.days
  }
}
