import AuditModel
import Columns

/// What a field's spellings mean, found by the text of a cell without regard to ASCII case.
struct SpellingTable: Sendable {
  enum Meaning: Sendable, Equatable {
    case kind(CellKind)
    case suppressed(low: Int64, high: Int64)
    case boolean(Bool)
    /// Position among the field's codes.
    case code(Int)
  }

  private struct Short: Sendable {
    let view: TextView
    let meaning: Meaning
  }

  private var short: [Short] = []
  private var long: [String: Meaning] = [:]
  /// Rules most cells out.
  private(set) var filter = SpellingFilter()

  /// Earlier entries win over later ones.
  init(_ field: Field) {
    let spellings = field.spellings
    for text in spellings.blank { add(text, .kind(.blank)) }
    for text in spellings.notKnown { add(text, .kind(.notKnown)) }
    for text in spellings.notApplicable { add(text, .kind(.notApplicable)) }
    for spelling in spellings.suppressed { add(spelling.text, .suppressed(low: spelling.low, high: spelling.high)) }
    if field.type == .boolean {
      for text in spellings.yes + Spellings.usualYes { add(text, .boolean(true)) }
      for text in spellings.no + Spellings.usualNo { add(text, .boolean(false)) }
    }
    for (index, code) in field.codes.enumerated() {
      for text in [code.code, code.label] + code.spellings { add(text, .code(index)) }
    }
  }

  /// A table of words that all mean the same.
  init(words: Set<String>) {
    for word in words { add(word, .kind(.blank)) }
  }

  private mutating func add(_ text: String, _ meaning: Meaning) {
    let lowered = SpellingTable.lowercased(text.trimmed)
    guard let first = lowered.utf8.first else { return }
    filter.add(first, lowered.utf8.count)
    if lowered.utf8.count <= TextView.inlineCapacity {
      var none: [UInt8] = []
      let view = TextView(lowered, buffer: 0, appendingTo: &none)
      if !short.contains(where: { $0.view.isSame(view) }) { short.append(Short(view: view, meaning: meaning)) }
    } else if long[lowered] == nil {
      long[lowered] = meaning
    }
  }

  /// What a text without outer spaces means; nil when it is no spelling.
  func meaning(of view: TextView, _ buffers: TextBuffers) -> Meaning? {
    guard view.low != 0, filter.mayHold(view) else { return nil }
    guard view.isInline else { return long[SpellingTable.lowercased(buffers.string(view))] }
    let lowered = view.lowercasedWords
    return short.first { $0.view.isSame(lowered) }?.meaning
  }

  private static func lowercased(_ text: String) -> String {
    String(decoding: text.utf8.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}

/// Which texts may be spellings, by their first byte and their length.
struct SpellingFilter: Sendable {
  /// Bit n: a spelling begins with byte n, or with byte 64 + n, in lower case.
  private var firstBytes: (low: UInt64, high: UInt64) = (0, 0)
  /// True when a spelling begins with another than an ASCII character.
  private var hasOthers = false
  /// Bit n: a spelling is n bytes long; the last bit stands for all longer ones too.
  private var lengths: UInt64 = 0

  var isEmpty: Bool { lengths == 0 }

  mutating func add(_ first: UInt8, _ length: Int) {
    lengths |= 1 << UInt64(min(length, 63))
    if first < 64 {
      firstBytes.low |= 1 << UInt64(first)
    } else if first < 128 {
      firstBytes.high |= 1 << UInt64(first - 64)
    } else {
      hasOthers = true
    }
  }

  @inline(__always)
  func mayHold(_ view: TextView) -> Bool {
    if (lengths >> UInt64(truncatingIfNeeded: min(view.count, 63))) & 1 == 0 { return false }
    var first = UInt8(truncatingIfNeeded: view.low >> 32)
    if first >= 128 { return hasOthers }
    if first &- 0x41 < 26 { first |= 0x20 }
    let bits = first < 64 ? firstBytes.low : firstBytes.high
    return (bits >> UInt64(first & 63)) & 1 == 1
  }
}
