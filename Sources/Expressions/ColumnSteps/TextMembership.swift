import Columns

/// `in` a list of texts known beforehand.
final class TextMembership: ConditionStep {
  private let text: TextSource
  private let short: ShortTextSet
  private let long: [TextConstant]

  init(_ text: TextSource, _ members: [String]) {
    self.text = text
    let constants = members.map { TextConstant($0) }
    short = ShortTextSet(constants.map(\.view).filter(\.isInline))
    long = constants.filter { !$0.view.isInline }
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    let isKnown = text.isKnown(block, wanted)
    var isTrue: UInt64 = 0
    forEachBit(of: isKnown) { index in
      let isMember = text.changes.isEmpty ? contains(text.view(block, index), block) : contains(index, block)
      isTrue |= (isMember ? 1 : 0) &<< UInt64(truncatingIfNeeded: index)
    }
    return TriWord(isTrue: isTrue, isUnknown: wanted & ~isKnown)
  }

  /// Whether the cell's own text is a member.
  @inline(__always)
  private func contains(_ view: TextView, _ block: Block) -> Bool {
    if view.isInline { return short.contains(view) }
    for member in long where member.view.low == view.low {
      if unsafe member.equalsLong(view, block.batch) { return true }
    }
    return false
  }

  /// Whether the changed text of a row is a member.
  private func contains(_ index: Int, _ block: Block) -> Bool {
    unsafe text.withBytes(block, index) { bytes in
      if bytes.count > TextView.inlineCapacity {
        return long.contains { unsafe bytes.elementsEqual($0.bytes) }
      }
      guard let base = bytes.baseAddress, bytes.count > 0 else { return short.contains(.empty) }
      return unsafe short.contains(
        TextView(base: base.assumingMemoryBound(to: UInt8.self), offset: 0, count: bytes.count, buffer: 0))
    }
  }
}

/// A set of texts short enough to be held in their views, by open addressing.
struct ShortTextSet: Sendable {
  private var places: [TextView]
  private let mask: Int

  /// No view of an inline text has this length.
  private static let empty = TextView(low: UInt64(UInt32.max), high: 0)

  init(_ members: [TextView]) {
    var size = 2
    // At most half full, so that a search ends soon.
    while size < members.count * 2 { size *= 2 }
    places = Array(repeating: ShortTextSet.empty, count: size)
    mask = size - 1
    for member in members {
      var place = ShortTextSet.hash(member) & mask
      while places[place].low != ShortTextSet.empty.low { place = (place + 1) & mask }
      places[place] = member
    }
  }

  @inline(__always)
  func contains(_ view: TextView) -> Bool {
    var place = ShortTextSet.hash(view) & mask
    while true {
      let found = places[place]
      if found.low == view.low && found.high == view.high { return true }
      if found.low == ShortTextSet.empty.low { return false }
      place = (place + 1) & mask
    }
  }

  @inline(__always)
  static func hash(_ view: TextView) -> Int {
    // The odd constants are from Vigna's SplitMix64.
    let mixed = (view.low &* 0xBF58_476D_1CE4_E5B9) ^ (view.high &* 0x94D0_49BB_1331_11EB)
    return Int(truncatingIfNeeded: (mixed ^ (mixed >> 32)) >> 8)
  }
}
