import AuditModel
import Columns

final class ConstantCondition: ConditionStep {
  private let holds: Bool

  init(_ holds: Bool) {
    self.holds = holds
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    TriWord(isTrue: holds ? wanted : 0)
  }
}

/// A field of type boolean.
final class BooleanColumn: ConditionStep {
  private let column: Int

  init(_ column: Int) {
    self.column = column
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    let column = block.batch.columns[column]
    let isKnown = column.valueBits(block) & wanted
    return TriWord(isTrue: isKnown & (isKnown == 0 ? 0 : column.booleans[block.word]), isUnknown: wanted & ~isKnown)
  }
}

final class NotStep: ConditionStep {
  private let operand: any ConditionStep

  init(_ operand: any ConditionStep) {
    self.operand = operand
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    var result = operand.evaluate(block, wanted)
    result.isTrue = result.isFalse(of: wanted)
    return result
  }
}

/// `&&`: an operand is asked only for the rows that no earlier one has made false.
final class AndStep: ConditionStep {
  private let operands: [any ConditionStep]

  init(_ operands: [any ConditionStep]) {
    self.operands = operands
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    var open = wanted
    var isUnknown: UInt64 = 0
    var isError: UInt64 = 0
    for operand in operands where open != 0 {
      let next = operand.evaluate(block, open)
      open &= ~next.isFalse(of: open)
      isUnknown |= next.isUnknown
      isError |= next.isError
    }
    isUnknown &= open
    isError &= open & ~isUnknown
    return TriWord(isTrue: open & ~(isUnknown | isError), isUnknown: isUnknown, isError: isError)
  }
}

/// `||`: an operand is asked only for the rows that no earlier one has made true.
final class OrStep: ConditionStep {
  private let operands: [any ConditionStep]

  init(_ operands: [any ConditionStep]) {
    self.operands = operands
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    var open = wanted
    var isUnknown: UInt64 = 0
    var isError: UInt64 = 0
    for operand in operands where open != 0 {
      let next = operand.evaluate(block, open)
      open &= ~next.isTrue
      isUnknown |= next.isUnknown
      isError |= next.isError
    }
    isUnknown &= open
    isError &= open & ~isUnknown
    return TriWord(isTrue: wanted & ~open, isUnknown: isUnknown, isError: isError)
  }
}

/// `a ? b : c`; each row is asked of one side only.
final class ConditionalStep: ConditionStep {
  private let condition: any ConditionStep
  private let yes: any ConditionStep
  private let no: any ConditionStep

  init(_ condition: any ConditionStep, _ yes: any ConditionStep, _ no: any ConditionStep) {
    self.condition = condition
    self.yes = yes
    self.no = no
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    var result = condition.evaluate(block, wanted)
    let isFalse = result.isFalse(of: wanted)
    let first = result.isTrue == 0 ? TriWord() : yes.evaluate(block, result.isTrue)
    let second = isFalse == 0 ? TriWord() : no.evaluate(block, isFalse)
    result.isTrue = first.isTrue | second.isTrue
    result.isUnknown |= first.isUnknown | second.isUnknown
    result.isError |= first.isError | second.isError
    return result
  }
}

/// `==` or `!=` of two conditions.
final class CompareConditions: ConditionStep {
  private let isEqual: Bool
  private let left: any ConditionStep
  private let right: any ConditionStep

  init(isEqual: Bool, _ left: any ConditionStep, _ right: any ConditionStep) {
    self.isEqual = isEqual
    self.left = left
    self.right = right
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    let a = left.evaluate(block, wanted)
    let b = right.evaluate(block, wanted)
    let isUnknown = a.isUnknown | b.isUnknown
    let isError = (a.isError | b.isError) & ~isUnknown
    let differs = a.isTrue ^ b.isTrue
    return TriWord(
      isTrue: (isEqual ? ~differs : differs) & wanted & ~(isUnknown | isError), isUnknown: isUnknown, isError: isError)
  }
}

/// A macro that asks for a cell's kind.
final class KindStep: ConditionStep {
  private let column: Int
  private let kinds: CellKindSet

  init(_ column: Int, _ kinds: CellKindSet) {
    self.column = column
    self.kinds = kinds
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    let column = block.batch.columns[column]
    guard column.isPresent else { return TriWord(isTrue: kinds.contains(.blank) ? wanted : 0) }
    let isValue = column.valueBits[block.word] & wanted
    var isTrue = kinds.contains(.value) ? isValue : 0
    // Most cells have values: only the others are looked at.
    let wantedKinds = kinds.rawValue
    forEachBit(of: wanted & ~isValue) { index in
      let kind = unsafe column.kinds.base[block.first + index]
      isTrue |= UInt64((wantedKinds &>> kind) & 1) &<< UInt64(truncatingIfNeeded: index)
    }
    return TriWord(isTrue: isTrue)
  }
}

/// A condition that only the interpreter can evaluate.
final class InterpretedCondition: ConditionStep {
  private let node: Checked

  init(_ node: Checked) {
    self.node = node
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    var interpreter = Interpreter(block.batch, variableCount: block.variableCount)
    var result = TriWord()
    forEachBit(of: wanted) { index in
      let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: index)
      interpreter.row = block.first + index
      switch interpreter.result(of: node) {
      case .bool(let holds): if holds { result.isTrue |= bit }
      case .unknown: result.isUnknown |= bit
      default: result.isError |= bit
      }
    }
    return result
  }
}

extension CellColumn {
  /// The rows of a block that have a value; none when the file has no such column.
  @inline(__always)
  func valueBits(_ block: Block) -> UInt64 {
    isPresent ? valueBits[block.word] : 0
  }
}
