import AuditModel
import Columns

final class ConstantInteger: IntegerStep {
  let value: Int64
  private let slot: Int

  init(_ value: Int64, slot: Int) {
    self.value = value
    self.slot = slot
  }

  @unsafe
  func evaluate(_ block: Block, _ wanted: UInt64) -> NumberBlock<Int64> {
    let values = unsafe block.integers(slot: slot)
    unsafe values.update(repeating: value, count: Block.size)
    return unsafe NumberBlock(values: values, isKnown: wanted, isError: 0)
  }
}

final class ConstantDouble: DoubleStep {
  let value: Double
  private let slot: Int

  init(_ value: Double, slot: Int) {
    self.value = value
    self.slot = slot
  }

  @unsafe
  func evaluate(_ block: Block, _ wanted: UInt64) -> NumberBlock<Double> {
    let values = unsafe block.doubles(slot: slot)
    unsafe values.update(repeating: value, count: Block.size)
    return unsafe NumberBlock(values: values, isKnown: wanted, isError: 0)
  }
}

/// Which numbers of a column are read.
enum NumberPart: Sendable {
  case value
  case low
  case high
  /// First or last day of a period.
  case start
  case end
}

/// A field of type integer, date, timestamp or period, or its bounds.
final class IntegerColumn: IntegerStep {
  private let column: Int
  private let part: NumberPart
  private let slot: Int

  init(_ column: Int, _ part: NumberPart, slot: Int) {
    self.column = column
    self.part = part
    self.slot = slot
  }

  @unsafe
  func evaluate(_ block: Block, _ wanted: UInt64) -> NumberBlock<Int64> {
    let column = block.batch.columns[column]
    let isBound = part == .low || part == .high
    let isKnown =
      isBound ? (column.isPresent ? column.boundBits[block.word] : 0) & wanted : column.valueBits(block) & wanted
    let values = unsafe block.integers(slot: slot)
    guard isKnown != 0 else { return unsafe NumberBlock(values: values, isKnown: 0, isError: 0) }
    let first = block.first
    if column.type == .integer || column.type == .timestamp {
      let source = part == .low ? column.lowIntegers : part == .high ? column.highIntegers : column.integers
      return unsafe NumberBlock(values: source.base + first, isKnown: isKnown, isError: 0)
    }
    let days = unsafe (part == .end ? column.periodEnds : column.dates).base + first
    for index in 0..<block.count { unsafe values[index] = Int64(days[index]) }
    return unsafe NumberBlock(values: values, isKnown: isKnown, isError: 0)
  }
}

/// A field of type number, or its bounds.
final class DoubleColumn: DoubleStep {
  private let column: Int
  private let part: NumberPart
  private let slot: Int

  init(_ column: Int, _ part: NumberPart, slot: Int) {
    self.column = column
    self.part = part
    self.slot = slot
  }

  @unsafe
  func evaluate(_ block: Block, _ wanted: UInt64) -> NumberBlock<Double> {
    let column = block.batch.columns[column]
    let isBound = part == .low || part == .high
    let isKnown =
      isBound ? (column.isPresent ? column.boundBits[block.word] : 0) & wanted : column.valueBits(block) & wanted
    guard isKnown != 0 else {
      return unsafe NumberBlock(values: block.doubles(slot: slot), isKnown: 0, isError: 0)
    }
    let source = part == .low ? column.lowDoubles : part == .high ? column.highDoubles : column.doubles
    return unsafe NumberBlock(values: source.base + block.first, isKnown: isKnown, isError: 0)
  }
}

/// `+ - * / %` of whole numbers; a result that does not fit, or division by zero, is an error.
final class IntegerArithmetic: IntegerStep {
  private let sign: ArithmeticOperator
  private let left: any IntegerStep
  private let right: any IntegerStep
  private let slot: Int

  init(_ sign: ArithmeticOperator, _ left: any IntegerStep, _ right: any IntegerStep, slot: Int) {
    self.sign = sign
    self.left = left
    self.right = right
    self.slot = slot
  }

  @unsafe
  func evaluate(_ block: Block, _ wanted: UInt64) -> NumberBlock<Int64> {
    let a = unsafe left.evaluate(block, wanted)
    let b = unsafe right.evaluate(block, wanted)
    var (isKnown, _, isError) = unsafe NumberBlock.both(a, b, wanted)
    let values = unsafe block.integers(slot: slot)
    // Each operator has a loop of its own: a switch within it would cost more than the arithmetic.
    let failed =
      switch sign {
      case .add:
        block.bits { index in
          let (value, failed) = unsafe a.values[index].addingReportingOverflow(b.values[index])
          unsafe values[index] = value
          return failed
        }
      case .subtract:
        block.bits { index in
          let (value, failed) = unsafe a.values[index].subtractingReportingOverflow(b.values[index])
          unsafe values[index] = value
          return failed
        }
      case .multiply:
        block.bits { index in
          let (value, failed) = unsafe a.values[index].multipliedReportingOverflow(by: b.values[index])
          unsafe values[index] = value
          return failed
        }
      case .divide, .remainder:
        unsafe divide(block, isKnown, a.values, b.values, into: values)
      }
    isError |= failed & isKnown
    isKnown &= ~failed
    return unsafe NumberBlock(values: values, isKnown: isKnown, isError: isError)
  }

  /// The rows that cannot be divided.
  @unsafe
  private func divide(
    _ block: Block, _ isKnown: UInt64, _ a: UnsafePointer<Int64>, _ b: UnsafePointer<Int64>,
    into values: UnsafeMutablePointer<Int64>
  ) -> UInt64 {
    var failed: UInt64 = 0
    forEachBit(of: isKnown) { index in
      if let value = unsafe sign.whole(a[index], b[index]) {
        unsafe values[index] = value
      } else {
        failed |= 1 &<< UInt64(truncatingIfNeeded: index)
      }
    }
    return failed
  }
}

/// `+ - * /` of doubles.
final class DoubleArithmetic: DoubleStep {
  private let sign: ArithmeticOperator
  private let left: any DoubleStep
  private let right: any DoubleStep
  private let slot: Int

  init(_ sign: ArithmeticOperator, _ left: any DoubleStep, _ right: any DoubleStep, slot: Int) {
    self.sign = sign
    self.left = left
    self.right = right
    self.slot = slot
  }

  @unsafe
  func evaluate(_ block: Block, _ wanted: UInt64) -> NumberBlock<Double> {
    let a = unsafe left.evaluate(block, wanted)
    let b = unsafe right.evaluate(block, wanted)
    let (isKnown, _, isError) = unsafe NumberBlock.both(a, b, wanted)
    let values = unsafe block.doubles(slot: slot)
    let count = block.count
    switch sign {
    case .add: for index in 0..<count { unsafe values[index] = a.values[index] + b.values[index] }
    case .subtract: for index in 0..<count { unsafe values[index] = a.values[index] - b.values[index] }
    case .multiply: for index in 0..<count { unsafe values[index] = a.values[index] * b.values[index] }
    case .divide, .remainder: for index in 0..<count { unsafe values[index] = a.values[index] / b.values[index] }
    }
    return unsafe NumberBlock(values: values, isKnown: isKnown, isError: isError)
  }
}

/// `-x` of a double.
final class NegatedDouble: DoubleStep {
  private let operand: any DoubleStep
  private let slot: Int

  init(_ operand: any DoubleStep, slot: Int) {
    self.operand = operand
    self.slot = slot
  }

  @unsafe
  func evaluate(_ block: Block, _ wanted: UInt64) -> NumberBlock<Double> {
    let a = unsafe operand.evaluate(block, wanted)
    let values = unsafe block.doubles(slot: slot)
    for index in 0..<block.count { unsafe values[index] = -a.values[index] }
    return unsafe NumberBlock(values: values, isKnown: a.isKnown, isError: a.isError)
  }
}

/// `double(x)` of a whole number.
final class WholeAsDouble: DoubleStep {
  private let operand: any IntegerStep
  private let slot: Int

  init(_ operand: any IntegerStep, slot: Int) {
    self.operand = operand
    self.slot = slot
  }

  @unsafe
  func evaluate(_ block: Block, _ wanted: UInt64) -> NumberBlock<Double> {
    let a = unsafe operand.evaluate(block, wanted)
    let values = unsafe block.doubles(slot: slot)
    for index in 0..<block.count { unsafe values[index] = Double(a.values[index]) }
    return unsafe NumberBlock(values: values, isKnown: a.isKnown, isError: a.isError)
  }
}
