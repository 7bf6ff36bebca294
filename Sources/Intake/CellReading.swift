import AuditModel
import Columns

/// What one text comes to as a cell of a field.
struct CellReading {
  var kind = CellKind.invalid
  /// The text that the cell then has: a code's own spelling, or a text without the spaces around it.
  var text: TextView
  /// The value, by the field's type: whole numbers, dates and the starts of periods as they are, doubles as their bits,
  /// true as 1; zero where there is none.
  var value: Int64 = 0
  /// The bounds of numbers in the same way; the end of a period is its high.
  var low: Int64 = 0
  var high: Int64 = 0
  /// What was forgiven: bit n stands for the kind with index n.
  var forgiven: UInt64 = 0

  mutating func forgive(_ kind: ToleranceKind) { forgiven |= 1 << UInt64(kind.index) }
}

/// How texts are read as cells of one field; the same text always comes to the same.
struct CellGrammar: Sendable {
  let type: FieldType
  let spellings: SpellingTable
  let dates: DateOrder?
  private let unit: NumberUnit?
  private let rounded: [[UInt8]]
  private let roundedBy: Double
  /// The codes as views of the code buffer (text buffer 2), and as bytes.
  private let codes: [TextView]
  private let codeTexts: [[UInt8]]

  /// The greatest whole number that a double holds exactly.
  private static let wholeLimit = Double(1 << 53)
  private static let boundLimit = Double(1 << 62)

  init(_ field: Field, codes: [TextView], dates: DateOrder?) {
    type = field.type
    unit = field.unit
    self.dates = dates
    spellings = SpellingTable(field)
    rounded = field.spellings.rounded.map { Array($0.lowercased().utf8) }
    roundedBy = field.spellings.roundedBy
    self.codes = codes
    codeTexts = field.codes.map { Array($0.code.utf8) }
  }

  /// Reads a text that is not empty.
  func reading(_ given: TextView, _ buffers: TextBuffers) -> CellReading {
    var result = CellReading(text: given)
    let view = buffers.trimmed(given)
    if view.low == 0 {
      result.kind = .blank
      result.forgive(.spacesAlone)
      return result
    }
    if view.count != given.count { result.forgive(.outerSpaces) }
    switch spellings.meaning(of: view, buffers) {
    case .kind(let kind):
      result.kind = kind
    case .suppressed(let low, let high):
      result.kind = .suppressed
      if type == .integer {
        (result.low, result.high) = (low, high)
      } else {
        setBounds(&result, Double(low), Double(high))
      }
    case .boolean(let flag):
      result.kind = .value
      result.value = flag ? 1 : 0
    case .code(let index):
      let isExact = buffers.withBytes(view) { unsafe codeTexts[index].elementsEqual($0) }
      if !isExact { result.forgive(.codeSpelling) }
      result.kind = .value
      result.text = codes[index]
    case nil:
      if readValue(view, buffers, &result) { result.kind = .value }
    }
    return result
  }

  private func readValue(_ view: TextView, _ buffers: TextBuffers, _ result: inout CellReading) -> Bool {
    switch type {
    case .text:
      result.text = view
      return true
    case .boolean: return false
    case .integer, .number: return readNumber(view, buffers, &result)
    case .date:
      let text = buffers.string(view)
      guard let date = DateText.date(text, order: dates) else {
        if dates == nil, !DateText.readings(of: text).isEmpty { result.forgive(.ambiguousDate) }
        return false
      }
      if let form = date.tolerance { result.forgive(form) }
      result.value = Int64(date.value.days)
      return true
    case .timestamp:
      let text = buffers.string(view)
      guard let time = DateText.timestamp(text, order: dates) else {
        if dates == nil, !DateText.readings(of: text).isEmpty { result.forgive(.ambiguousDate) }
        return false
      }
      if let form = time.tolerance { result.forgive(form) }
      result.value = time.value
      return true
    case .period:
      let text = buffers.string(view)
      guard let period = DateText.period(text, order: dates) else {
        if dates == nil, !DateText.readings(of: text).isEmpty { result.forgive(.ambiguousDate) }
        return false
      }
      if let form = period.tolerance { result.forgive(form) }
      result.value = Int64(period.value.start.days)
      result.high = Int64(period.value.end.days)
      return true
    }
  }

  private func readNumber(_ view: TextView, _ buffers: TextBuffers, _ result: inout CellReading) -> Bool {
    buffers.withBytes(view) { whole in
      var bytes = unsafe whole
      var scale = 1.0
      if let unit, let last = unsafe bytes.last, last == UInt8(ascii: "%") {
        unsafe bytes = UnsafeBufferPointer(rebasing: bytes.dropLast())
        if unsafe bytes.last == 0x20 { unsafe bytes = UnsafeBufferPointer(rebasing: bytes.dropLast()) }
        if unit == .ratio { scale = 100 }
        result.forgive(.percentSign)
      } else if unsafe CellGrammar.markLength(bytes) > 0 {
        // A mark alone is no number, and one without a number before it is refused below.
        unsafe bytes = UnsafeBufferPointer(rebasing: bytes.dropLast(CellGrammar.markLength(bytes)))
        result.forgive(.markAfterNumber)
      }
      if scale != 1 {
        guard let number = unsafe NumberText.number(bytes) else { return false }
        setValue(&result, number.value / scale)
        setBounds(&result, number.value / scale, number.value / scale)
        return true
      }
      if let number = unsafe NumberText.number(bytes) {
        guard isInRange(number.value) else { return false }
        if number.isTolerated || (type == .integer && number.hasPoint) { result.forgive(.numberForm) }
        setValue(&result, number.value)
        setBounds(&result, number.value, number.value)
        return true
      }
      for prefix in rounded where unsafe CellGrammar.begins(bytes, prefix) {
        var start = prefix.count
        while start < bytes.count, unsafe bytes[start] == 0x20 { start += 1 }
        let rest = unsafe UnsafeBufferPointer(rebasing: bytes[start...])
        guard let value = unsafe NumberText.number(rest)?.value, isInRange(value) else { continue }
        result.forgive(.roundedNumber)
        setValue(&result, value)
        // No count is below zero because it was rounded.
        setBounds(&result, value >= 0 ? max(0, value - roundedBy) : value - roundedBy, value + roundedBy)
        return true
      }
      return false
    }
  }

  /// The bytes of a mark of a footnote after a number: `*`, `**`, `†`, `‡`, raised digits, with a space before them.
  private static func markLength(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var end = bytes.count
    while end > 1 {
      let last = unsafe bytes[end - 1]
      if last == UInt8(ascii: "*") {
        end -= 1
      } else if end >= 3, unsafe bytes[end - 2] == 0xC2, last == 0xB9 || last == 0xB2 || last == 0xB3 {
        end -= 2
      } else if end >= 4, unsafe bytes[end - 3] == 0xE2, unsafe bytes[end - 2] == 0x80, last == 0xA0 || last == 0xA1 {
        end -= 3
      } else {
        break
      }
    }
    guard end < bytes.count, end > 0, unsafe bytes[end - 1] &- 0x30 < 10 || bytes[end - 1] == 0x20 else { return 0 }
    if unsafe bytes[end - 1] == 0x20 { end -= 1 }
    return bytes.count - end
  }

  /// The least and the most that a text may stand for; nil when it stands for no number that is known. Blank is none.
  func interval(_ text: String) -> (low: Double, high: Double)? {
    let trimmed = text.trimmed
    if trimmed.isEmpty { return (0, 0) }
    let block = ByteBlock(Array(trimmed.utf8))
    let buffers = TextBuffers(block, block)
    let view = unsafe TextView(base: block.base, offset: 0, count: block.count, buffer: 0)
    let reading = reading(view, buffers)
    switch reading.kind {
    case .value, .suppressed:
      if type == .integer { return (Double(reading.low), Double(reading.high)) }
      guard type == .number else { return nil }
      return (
        Double(bitPattern: UInt64(bitPattern: reading.low)), Double(bitPattern: UInt64(bitPattern: reading.high))
      )
    case .blank, .notApplicable: return (0, 0)
    case .notKnown, .invalid: return nil
    }
  }

  private func isInRange(_ value: Double) -> Bool {
    type == .number || (value == value.rounded() && value.magnitude <= CellGrammar.wholeLimit)
  }

  private func setValue(_ result: inout CellReading, _ value: Double) {
    result.value = type == .integer ? Int64(value) : Int64(bitPattern: value.bitPattern)
  }

  /// Whole numbers have whole bounds: those inside the range.
  private func setBounds(_ result: inout CellReading, _ low: Double, _ high: Double) {
    switch type {
    case .integer:
      result.low = Int64(max(low.rounded(.up), -CellGrammar.boundLimit))
      result.high = Int64(min(high.rounded(.down), CellGrammar.boundLimit))
    case .number:
      result.low = Int64(bitPattern: low.bitPattern)
      result.high = Int64(bitPattern: high.bitPattern)
    default: break
    }
  }

  /// True when a text begins with a prefix in lower case, whatever its own case.
  private static func begins(_ bytes: UnsafeBufferPointer<UInt8>, _ prefix: [UInt8]) -> Bool {
    guard bytes.count >= prefix.count else { return false }
    for index in prefix.indices {
      let byte = unsafe bytes[index]
      if (byte &- 0x41 < 26 ? byte | 0x20 : byte) != prefix[index] { return false }
    }
    return true
  }
}

/// The last readings of short texts, by their views: most columns repeat what they say.
@safe
final class ReadingMemory {
  private static let places = 128
  private let texts: UnsafeMutablePointer<TextView>
  private let readings: UnsafeMutablePointer<CellReading>

  init() {
    unsafe texts = .allocate(capacity: ReadingMemory.places)
    unsafe readings = .allocate(capacity: ReadingMemory.places)
    // No text that is looked up is empty, so an empty one marks a free place.
    unsafe texts.initialize(repeating: .empty, count: ReadingMemory.places)
    unsafe readings.initialize(repeating: CellReading(text: .empty), count: ReadingMemory.places)
  }

  deinit {
    unsafe texts.deallocate()
    unsafe readings.deallocate()
  }

  /// The reading of a text that is not empty; it stays there until the next one is asked for.
  @inline(__always)
  func reading(_ view: TextView, _ grammar: CellGrammar, _ buffers: TextBuffers) -> UnsafePointer<CellReading> {
    let hash = (view.low ^ (view.high << 1)) &* 0x9E37_79B9_7F4A_7C15
    let place = Int(truncatingIfNeeded: hash >> 57)
    if unsafe !texts[place].isSame(view) { read(view, place, grammar, buffers) }
    return unsafe UnsafePointer(readings + place)
  }

  @inline(never)
  private func read(_ view: TextView, _ place: Int, _ grammar: CellGrammar, _ buffers: TextBuffers) {
    // The view of a long text is good for this batch alone, so it is not kept.
    unsafe texts[place] = view.isInline ? view : .empty
    unsafe readings[place] = grammar.reading(view, buffers)
  }
}
