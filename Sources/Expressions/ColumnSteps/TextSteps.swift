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

/// A test of a text field against a text known beforehand.
final class TextAgainstConstant: ConditionStep {
  private let column: Int
  private let test: TextTest
  private let constant: [UInt8]

  init(_ column: Int, _ test: TextTest, _ constant: String) {
    self.column = column
    self.test = test
    self.constant = Array(constant.utf8)
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    let column = block.batch.columns[column]
    let isKnown = column.valueBits(block) & wanted
    let texts = unsafe column.texts.base + block.first
    var isTrue: UInt64 = 0
    unsafe constant.withUnsafeBytes { constant in
      forEachBit(of: isKnown) { index in
        let holds = unsafe block.batch.withBytes(of: texts[index]) { unsafe test.holds($0, constant) }
        isTrue |= (holds ? 1 : 0) &<< UInt64(truncatingIfNeeded: index)
      }
    }
    return TriWord(isTrue: isTrue, isUnknown: wanted & ~isKnown)
  }
}

/// A test of two text fields against one another.
final class TextAgainstText: ConditionStep {
  private let left: Int
  private let right: Int
  private let test: TextTest

  init(_ left: Int, _ test: TextTest, _ right: Int) {
    self.left = left
    self.test = test
    self.right = right
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    let (a, b) = (block.batch.columns[left], block.batch.columns[right])
    let isKnown = a.valueBits(block) & b.valueBits(block) & wanted
    let first = unsafe a.texts.base + block.first
    let second = unsafe b.texts.base + block.first
    let batch = block.batch
    var isTrue: UInt64 = 0
    forEachBit(of: isKnown) { index in
      let holds: Bool
      switch test {
      case .compare(.equal): holds = unsafe first[index].equals(second[index], batch)
      case .compare(.notEqual): holds = unsafe !first[index].equals(second[index], batch)
      default:
        holds = unsafe batch.withBytes(of: first[index]) { a in
          unsafe batch.withBytes(of: second[index]) { b in unsafe test.holds(a, b) }
        }
      }
      isTrue |= (holds ? 1 : 0) &<< UInt64(truncatingIfNeeded: index)
    }
    return TriWord(isTrue: isTrue, isUnknown: wanted & ~isKnown)
  }
}
