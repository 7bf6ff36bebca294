import Columns

/// `text.matches(pattern)`, or a match of the whole text.
final class MatchStep: ConditionStep {
  private let text: TextSource
  private let pattern: RegularExpression
  private let isWhole: Bool
  private let memory: MatchMemory

  /// - Parameter slot: The first of `MatchMemory.slots` slots of scratch.
  init(_ text: TextSource, _ pattern: RegularExpression, isWhole: Bool, slot: Int) {
    self.text = text
    self.pattern = pattern
    self.isWhole = isWhole
    memory = MatchMemory(slot: slot)
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    let isKnown = text.isKnown(block, wanted)
    var isTrue: UInt64 = 0
    forEachBit(of: isKnown) { index in
      let matches = unsafe memory.answer(text.view(block, index), block) {
        unsafe text.withBytes(block, index) {
          unsafe isWhole ? pattern.matchesWhole($0) : pattern.matchesPart(of: $0)
        }
      }
      isTrue |= (matches ? 1 : 0) &<< UInt64(truncatingIfNeeded: index)
    }
    return TriWord(isTrue: isTrue, isUnknown: wanted & ~isKnown)
  }
}

/// Answers for short texts met before in the same call: codes repeat, and a look is cheaper than a match.
struct MatchMemory: Sendable {
  let slot: Int

  /// How much scratch it takes: 256 places of two words.
  static let slots = 8
  private static let places = slots * Block.size / 2
  private static let isSet: UInt64 = 1 << 16
  private static let isMatch: UInt64 = 1 << 17

  @inline(__always)
  @unsafe
  func answer(_ view: TextView, _ block: Block, _ match: () -> Bool) -> Bool {
    guard view.isInline else { return match() }
    let place = ShortTextSet.hash(view) & (MatchMemory.places - 1)
    let words = unsafe block.words(slot: slot) + 2 * place
    // The length of a short text takes four bits of 32, so there is room beside it.
    let key = view.low | MatchMemory.isSet
    if unsafe words[0] & ~MatchMemory.isMatch == key && words[1] == view.high {
      return unsafe words[0] & MatchMemory.isMatch != 0
    }
    let matches = match()
    unsafe words[0] = key | (matches ? MatchMemory.isMatch : 0)
    unsafe words[1] = view.high
    return matches
  }
}
