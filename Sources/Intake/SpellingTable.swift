import AuditModel
import Columns

/// What a field's spellings mean, found by the text of a cell without regard to ASCII case.
///
/// Most cells are ruled out by their first byte and length alone.
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
  private var longest = 0
  /// Bit n of word n / 64: a spelling begins with byte n, lower case.
  private var firstBytes: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  /// Earlier entries win over later ones.
  init(_ field: Field) {
    let spellings = field.spellings
    for text in spellings.blank { add(text, .kind(.blank)) }
    for text in spellings.notKnown { add(text, .kind(.notKnown)) }
    for text in spellings.notApplicable { add(text, .kind(.notApplicable)) }
    for spelling in spellings.suppressed { add(spelling.text, .suppressed(low: spelling.low, high: spelling.high)) }
    if field.type == .boolean {
      for text in spellings.yes + ["true"] { add(text, .boolean(true)) }
      for text in spellings.no + ["false"] { add(text, .boolean(false)) }
    }
    for (index, code) in field.codes.enumerated() {
      for text in [code.code, code.label] + code.spellings { add(text, .code(index)) }
    }
  }

  private mutating func add(_ text: String, _ meaning: Meaning) {
    let lowered = text.trimmed.lowercased()
    guard let first = lowered.utf8.first else { return }
    let count = lowered.utf8.count
    longest = max(longest, count)
    let bit: UInt64 = 1 << UInt64(first & 63)
    switch first >> 6 {
    case 0: firstBytes.0 |= bit
    case 1: firstBytes.1 |= bit
    case 2: firstBytes.2 |= bit
    default: firstBytes.3 |= bit
    }
    if count <= TextView.inlineCapacity {
      var none: [UInt8] = []
      let view = TextView(lowered, buffer: 0, appendingTo: &none)
      if !short.contains(where: { $0.view.low == view.low && $0.view.high == view.high }) {
        short.append(Short(view: view, meaning: meaning))
      }
    } else if long[lowered] == nil {
      long[lowered] = meaning
    }
  }

  /// What a text without outer spaces means; nil when it is no spelling.
  @inline(__always)
  func meaning(of view: TextView, _ buffers: TextBuffers) -> Meaning? {
    let count = view.count
    if count > longest || count == 0 { return nil }
    var first = UInt8(truncatingIfNeeded: view.low >> 32)
    if first &- 0x41 < 26 { first |= 0x20 }
    let bits: UInt64
    switch first >> 6 {
    case 0: bits = firstBytes.0
    case 1: bits = firstBytes.1
    case 2: bits = firstBytes.2
    default: bits = firstBytes.3
    }
    if (bits >> UInt64(first & 63)) & 1 == 0 { return nil }
    return lookUp(view, buffers)
  }

  private func lookUp(_ view: TextView, _ buffers: TextBuffers) -> Meaning? {
    guard view.isInline else { return long.isEmpty ? nil : long[buffers.string(view).lowercased()] }
    let lowered = view.lowercasedWords
    for entry in short where entry.view.low == lowered.low && entry.view.high == lowered.high { return entry.meaning }
    return nil
  }
}
