import Columns

/// A whole number made of the date or timestamp of a row.
final class CalendarStep: IntegerStep {
  enum Reckoning: Sendable {
    case financialYear
    case financialQuarter
    case part(CalendarPart)
    case timePart(CalendarPart)
  }

  private let reckoning: Reckoning
  private let operand: any IntegerStep
  private let slot: Int

  init(_ reckoning: Reckoning, _ operand: any IntegerStep, slot: Int) {
    self.reckoning = reckoning
    self.operand = operand
    self.slot = slot
  }

  @unsafe
  func evaluate(_ block: Block, _ wanted: UInt64) -> NumberBlock<Int64> {
    let a = unsafe operand.evaluate(block, wanted)
    let values = unsafe block.integers(slot: slot)
    unsafe forEachBit(of: a.isKnown) { index in
      let value = unsafe a.values[index]
      unsafe values[index] =
        switch reckoning {
        case .financialYear: Calendar.financialYear(of: Int32(value))
        case .financialQuarter: Calendar.financialQuarter(of: Int32(value))
        case .part(let part): Calendar.part(part, of: Int32(value))
        case .timePart(let part): Calendar.part(part, of: value)
        }
    }
    return unsafe NumberBlock(values: values, isKnown: a.isKnown, isError: a.isError)
  }
}

/// `days(a, b)` or `months(a, b)`.
final class CalendarDifference: IntegerStep {
  private let inMonths: Bool
  private let from: any IntegerStep
  private let to: any IntegerStep
  private let slot: Int

  init(inMonths: Bool, _ from: any IntegerStep, _ to: any IntegerStep, slot: Int) {
    self.inMonths = inMonths
    self.from = from
    self.to = to
    self.slot = slot
  }

  @unsafe
  func evaluate(_ block: Block, _ wanted: UInt64) -> NumberBlock<Int64> {
    let a = unsafe from.evaluate(block, wanted)
    let b = unsafe to.evaluate(block, wanted)
    let (isKnown, _, isError) = unsafe NumberBlock.both(a, b, wanted)
    let values = unsafe block.integers(slot: slot)
    if inMonths {
      forEachBit(of: isKnown) { index in
        unsafe values[index] = Calendar.months(from: Int32(a.values[index]), to: Int32(b.values[index]))
      }
    } else {
      for index in 0..<block.count { unsafe values[index] = b.values[index] &- a.values[index] }
    }
    return unsafe NumberBlock(values: values, isKnown: isKnown, isError: isError)
  }
}

/// `addDays(d, n)` or `addMonths(d, n)`.
final class CalendarAddition: IntegerStep {
  private let inMonths: Bool
  private let day: any IntegerStep
  private let count: any IntegerStep
  private let slot: Int

  init(inMonths: Bool, _ day: any IntegerStep, _ count: any IntegerStep, slot: Int) {
    self.inMonths = inMonths
    self.day = day
    self.count = count
    self.slot = slot
  }

  @unsafe
  func evaluate(_ block: Block, _ wanted: UInt64) -> NumberBlock<Int64> {
    let a = unsafe day.evaluate(block, wanted)
    let b = unsafe count.evaluate(block, wanted)
    var (isKnown, _, isError) = unsafe NumberBlock.both(a, b, wanted)
    let values = unsafe block.integers(slot: slot)
    forEachBit(of: isKnown) { index in
      let (day, count) = unsafe (Int32(a.values[index]), b.values[index])
      let sum = inMonths ? Calendar.adding(months: count, to: day) : Calendar.adding(days: count, to: day)
      if let sum {
        unsafe values[index] = Int64(sum)
      } else {
        let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: index)
        isError |= bit
        isKnown &= ~bit
      }
    }
    return unsafe NumberBlock(values: values, isKnown: isKnown, isError: isError)
  }
}

/// `size(x)` of a text, in code points.
final class TextSizeStep: IntegerStep {
  private let text: TextSource
  private let slot: Int

  init(_ text: TextSource, slot: Int) {
    self.text = text
    self.slot = slot
  }

  @unsafe
  func evaluate(_ block: Block, _ wanted: UInt64) -> NumberBlock<Int64> {
    let isKnown = text.isKnown(block, wanted)
    let values = unsafe block.integers(slot: slot)
    forEachBit(of: isKnown) { index in
      let size = unsafe text.withBytes(block, index) { bytes in
        // Every byte but a continuation begins a code point.
        unsafe bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
      }
      unsafe values[index] = Int64(size)
    }
    return unsafe NumberBlock(values: values, isKnown: isKnown, isError: 0)
  }
}
