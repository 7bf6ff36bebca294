import Columns

/// `==` or `!=` of a text field and a text known beforehand.
final class TextEquality: ConditionStep {
  private let column: Int
  private let constant: TextConstant
  private let isEqual: Bool

  init(_ column: Int, _ constant: TextConstant, isEqual: Bool) {
    self.column = column
    self.constant = constant
    self.isEqual = isEqual
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    let column = block.batch.columns[column]
    let isKnown = column.valueBits(block) & wanted
    guard isKnown != 0 else { return TriWord(isUnknown: wanted) }
    let texts = unsafe column.texts.base + block.first
    let view = constant.view
    var same: UInt64
    if view.isInline {
      same = block.bits { unsafe (texts[$0].low ^ view.low) | (texts[$0].high ^ view.high) == 0 }
    } else {
      let near = block.bits { unsafe texts[$0].low == view.low }
      same = 0
      forEachBit(of: near & isKnown) { index in
        if unsafe constant.equalsLong(texts[index], block.batch) { same |= 1 &<< UInt64(truncatingIfNeeded: index) }
      }
    }
    return TriWord(isTrue: (isEqual ? same : ~same) & isKnown, isUnknown: wanted & ~isKnown)
  }
}

/// `startsWith` of a text field and a text of up to four bytes, which is the part that every view holds.
final class ShortPrefix: ConditionStep {
  private let column: Int
  private let count: Int
  private let mask: UInt64
  private let prefix: UInt64

  /// The longest prefix that can be told from a view, in bytes.
  static let longest = 4

  init(_ column: Int, _ prefix: TextConstant) {
    precondition(prefix.bytes.count <= ShortPrefix.longest)
    self.column = column
    count = prefix.bytes.count
    mask = ((1 << UInt64(8 * count)) - 1) << 32
    self.prefix = prefix.view.low & mask
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    let column = block.batch.columns[column]
    let isKnown = column.valueBits(block) & wanted
    guard isKnown != 0 else { return TriWord(isUnknown: wanted) }
    let texts = unsafe column.texts.base + block.first
    // The bytes after a short text are zero: the count tells a zero byte of the text from none.
    let isTrue = block.bits { unsafe texts[$0].low & mask == prefix && texts[$0].count >= count }
    return TriWord(isTrue: isTrue & isKnown, isUnknown: wanted & ~isKnown)
  }
}

/// A test of a text against a text known beforehand.
final class TextAgainstConstant: ConditionStep {
  private let text: TextSource
  private let test: TextTest
  private let constant: [UInt8]

  init(_ text: TextSource, _ test: TextTest, _ constant: String) {
    self.text = text
    self.test = test
    self.constant = Array(constant.utf8)
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    let isKnown = text.isKnown(block, wanted)
    var isTrue: UInt64 = 0
    unsafe constant.withUnsafeBytes { constant in
      forEachBit(of: isKnown) { index in
        let holds = unsafe text.withBytes(block, index) { unsafe test.holds($0, constant) }
        isTrue |= (holds ? 1 : 0) &<< UInt64(truncatingIfNeeded: index)
      }
    }
    return TriWord(isTrue: isTrue, isUnknown: wanted & ~isKnown)
  }
}

/// A test of two texts against one another.
final class TextAgainstText: ConditionStep {
  private let left: TextSource
  private let right: TextSource
  private let test: TextTest

  init(_ left: TextSource, _ test: TextTest, _ right: TextSource) {
    self.left = left
    self.test = test
    self.right = right
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    let isKnown = left.isKnown(block, wanted) & right.isKnown(block, wanted)
    var isTrue: UInt64 = 0
    forEachBit(of: isKnown) { index in
      let holds = unsafe left.withBytes(block, index) { a in
        unsafe right.withBytes(block, index) { b in unsafe test.holds(a, b) }
      }
      isTrue |= (holds ? 1 : 0) &<< UInt64(truncatingIfNeeded: index)
    }
    return TriWord(isTrue: isTrue, isUnknown: wanted & ~isKnown)
  }
}

/// `==` or `!=` of two text fields.
final class TextColumnsEquality: ConditionStep {
  private let left: Int
  private let right: Int
  private let isEqual: Bool

  init(_ left: Int, _ right: Int, isEqual: Bool) {
    self.left = left
    self.right = right
    self.isEqual = isEqual
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    let (a, b) = (block.batch.columns[left], block.batch.columns[right])
    let isKnown = a.valueBits(block) & b.valueBits(block) & wanted
    guard isKnown != 0 else { return TriWord(isUnknown: wanted) }
    let first = unsafe a.texts.base + block.first
    let second = unsafe b.texts.base + block.first
    var same: UInt64 = 0
    forEachBit(of: isKnown) { index in
      let isSame = unsafe first[index].equals(second[index], block.batch)
      same |= (isSame ? 1 : 0) &<< UInt64(truncatingIfNeeded: index)
    }
    return TriWord(isTrue: (isEqual ? same : ~same) & isKnown, isUnknown: wanted & ~isKnown)
  }
}
