import Columns

/// A comparison of whole numbers, dates or timestamps.
final class CompareIntegers: ConditionStep {
  private let sign: ComparisonOperator
  private let left: any IntegerStep
  private let right: any IntegerStep

  init(_ sign: ComparisonOperator, _ left: any IntegerStep, _ right: any IntegerStep) {
    self.sign = sign
    self.left = left
    self.right = right
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    unsafe compare(block, wanted, sign, left.evaluate(block, wanted), right.evaluate(block, wanted))
  }
}

/// A comparison of doubles.
final class CompareDoubles: ConditionStep {
  private let sign: ComparisonOperator
  private let left: any DoubleStep
  private let right: any DoubleStep

  init(_ sign: ComparisonOperator, _ left: any DoubleStep, _ right: any DoubleStep) {
    self.sign = sign
    self.left = left
    self.right = right
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    unsafe compare(block, wanted, sign, left.evaluate(block, wanted), right.evaluate(block, wanted))
  }
}

/// A comparison of a whole number with a double, by what they stand for.
final class CompareMixed: ConditionStep {
  private let sign: ComparisonOperator
  private let left: any IntegerStep
  private let right: any DoubleStep

  init(_ sign: ComparisonOperator, _ left: any IntegerStep, _ right: any DoubleStep) {
    self.sign = sign
    self.left = left
    self.right = right
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    let a = unsafe left.evaluate(block, wanted)
    let b = unsafe right.evaluate(block, wanted)
    let (isKnown, isUnknown, isError) = unsafe NumberBlock.both(a, b, wanted)
    let sign = sign
    let isTrue = block.bits { index in
      unsafe sign.holds(Value.order(a.values[index], b.values[index]))
    }
    return TriWord(isTrue: isTrue & isKnown, isUnknown: isUnknown, isError: isError)
  }
}

/// Compares two blocks; each operator has a loop of its own.
@inline(__always)
@unsafe
private func compare<Number: Comparable>(
  _ block: Block, _ wanted: UInt64, _ sign: ComparisonOperator, _ left: NumberBlock<Number>,
  _ right: NumberBlock<Number>
) -> TriWord {
  let (isKnown, isUnknown, isError) = unsafe NumberBlock.both(left, right, wanted)
  guard isKnown != 0 else { return TriWord(isUnknown: isUnknown, isError: isError) }
  let (a, b) = unsafe (left.values, right.values)
  let isTrue =
    switch sign {
    case .equal: block.bits { unsafe a[$0] == b[$0] }
    case .notEqual: block.bits { unsafe a[$0] != b[$0] }
    case .less: block.bits { unsafe a[$0] < b[$0] }
    case .lessOrEqual: block.bits { unsafe a[$0] <= b[$0] }
    case .greater: block.bits { unsafe a[$0] > b[$0] }
    case .greaterOrEqual: block.bits { unsafe a[$0] >= b[$0] }
    }
  return TriWord(isTrue: isTrue & isKnown, isUnknown: isUnknown, isError: isError)
}

/// `in` a list of constant whole numbers, dates or timestamps.
final class IntegerMembership: ConditionStep {
  private let element: any IntegerStep
  private let members: [Int64]

  /// Up to here the members are compared one by one.
  private static let shortList = 8

  init(_ element: any IntegerStep, _ members: [Int64]) {
    self.element = element
    self.members = Set(members).sorted()
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    let a = unsafe element.evaluate(block, wanted)
    let isKnown = unsafe a.isKnown & wanted
    let isError = unsafe a.isError & wanted
    var isTrue: UInt64 = 0
    if members.count <= IntegerMembership.shortList {
      for member in members { isTrue |= block.bits { unsafe a.values[$0] == member } }
    } else {
      forEachBit(of: isKnown) { index in
        if unsafe contains(a.values[index]) { isTrue |= 1 &<< UInt64(truncatingIfNeeded: index) }
      }
    }
    return TriWord(isTrue: isTrue & isKnown, isUnknown: wanted & ~(isKnown | isError), isError: isError)
  }

  private func contains(_ value: Int64) -> Bool {
    var low = 0
    var high = members.count
    while low < high {
      let middle = (low + high) / 2
      if members[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low < members.count && members[low] == value
  }
}
