import TrustCheckModuleKit

/// Remembers during one call what the register said, because neighbouring records name the same organisations.
struct OrganisationMemory<Answer: BitwiseCopyable> {
  private struct Entry {
    var code: TextView
    var day: Day
    var answer: Answer
  }

  private var entries: [Entry?]

  init() {
    entries = [Entry?](repeating: nil, count: 1024)
  }

  /// What `ask` says of the code in a row and a day, asked again only when it is forgotten.
  mutating func answer(
    _ row: Row, _ texts: TextColumn, _ day: Day, _ ask: (Span<UInt8>) -> Answer
  ) -> Answer {
    let code = texts[row]
    // No code is as long as this, so what is is not worth remembering.
    if !code.isInline { return texts.withBytes(of: row, ask) }
    let mixed = (code.low ^ code.high &* 3 ^ UInt64(UInt32(bitPattern: day.number))) &* 0x9E37_79B9_7F4A_7C15
    let place = Int(mixed >> 54)
    if let entry = entries[place], entry.code.low == code.low, entry.code.high == code.high, entry.day == day {
      return entry.answer
    }
    let answer = texts.withBytes(of: row, ask)
    entries[place] = Entry(code: code, day: day, answer: answer)
    return answer
  }
}
