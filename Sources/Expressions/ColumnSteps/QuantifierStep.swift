import AuditModel
import Columns

/// `records.all`, `exists` or `exists_one` with a condition that reads nothing but the record.
///
/// The condition runs over the nested batch as over any other, and each row gathers the answers of its own records.
final class QuantifierStep: ConditionStep {
  private let kind: ComprehensionKind
  private let condition: any ConditionStep

  init(_ kind: ComprehensionKind, _ condition: any ConditionStep) {
    self.kind = kind
    self.condition = condition
  }

  /// What the records of a row came to so far.
  private struct Tally {
    var isTrue = 0
    var hasFalse = false
    var hasUnknown = false
    var hasError = false
  }

  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord {
    var result = TriWord()
    // Neighbouring rows have their records in the same block: it is evaluated once for all of them.
    var current: (word: Int, outcome: TriWord, all: UInt64) = (-1, TriWord(), 0)
    forEachBit(of: wanted) { index in
      var tally = Tally()
      if let nested = block.batch.nested {
        var next = nested.starts[block.first + index]
        let end = nested.starts[block.first + index + 1]
        while next < end, !isDecided(tally) {
          let word = next / Block.size
          if word != current.word {
            let inner = unsafe block.nested(nested.batch, word: word)
            let all = inner.all
            current = (word, condition.evaluate(inner, all), all)
          }
          let stop = min(end, (word + 1) * Block.size)
          let rows = Block.mask(from: next - word * Block.size, to: stop - word * Block.size)
          tally.isTrue += (current.outcome.isTrue & rows).nonzeroBitCount
          tally.hasUnknown = tally.hasUnknown || current.outcome.isUnknown & rows != 0
          tally.hasError = tally.hasError || current.outcome.isError & rows != 0
          tally.hasFalse = tally.hasFalse || current.outcome.isFalse(of: current.all) & rows != 0
          next = stop
        }
      }
      settle(tally, 1 &<< UInt64(truncatingIfNeeded: index), into: &result)
    }
    return result
  }

  private func isDecided(_ tally: Tally) -> Bool {
    switch kind {
    case .all: tally.hasFalse
    case .exists: tally.isTrue > 0
    default: tally.hasUnknown
    }
  }

  private func settle(_ tally: Tally, _ bit: UInt64, into result: inout TriWord) {
    let holds: Bool
    switch kind {
    case .all where tally.hasFalse: return
    case .exists where tally.isTrue > 0: holds = true
    case _ where tally.hasUnknown:
      result.isUnknown |= bit
      return
    case _ where tally.hasError:
      result.isError |= bit
      return
    case .all: holds = true
    case .exists: holds = false
    default: holds = tally.isTrue == 1
    }
    if holds { result.isTrue |= bit }
  }
}

extension Checked {
  /// The same condition with the element of a macro over records for the row itself; nil when it reads anything else.
  func asRecordCondition(_ level: Int) -> Checked? {
    func rewritten(_ form: Form) -> Checked { Checked(type: type, offset: offset, form: form) }
    func pair(_ a: Checked, _ b: Checked, _ make: (Checked, Checked) -> Form) -> Checked? {
      guard let a = a.asRecordCondition(level), let b = b.asRecordCondition(level) else { return nil }
      return rewritten(make(a, b))
    }
    func every(_ nodes: [Checked], _ make: ([Checked]) -> Form) -> Checked? {
      let inner = nodes.compactMap { $0.asRecordCondition(level) }
      return inner.count == nodes.count ? rewritten(make(inner)) : nil
    }
    switch form {
    case .constant: return self
    case .recordField(let record, let field):
      return record.isVariable(level) ? rewritten(.field(field)) : nil
    case .cell(let question, .recordField(let record, let field)):
      return record.isVariable(level) ? rewritten(.cell(question, .field(field))) : nil
    case .not(let a): return a.asRecordCondition(level).map { rewritten(.not($0)) }
    case .negate(let a): return a.asRecordCondition(level).map { rewritten(.negate($0)) }
    case .periodEnd(let a, let end): return a.asRecordCondition(level).map { rewritten(.periodEnd($0, end)) }
    case .matches(let a, let pattern): return a.asRecordCondition(level).map { rewritten(.matches($0, pattern)) }
    case .arithmetic(let sign, let a, let b): return pair(a, b) { .arithmetic(sign, $0, $1) }
    case .compare(let sign, let a, let b): return pair(a, b) { .compare(sign, $0, $1) }
    case .isIn(let a, let b): return pair(a, b) { .isIn($0, $1) }
    case .and(let nodes): return every(nodes) { .and($0) }
    case .or(let nodes): return every(nodes) { .or($0) }
    case .call(let function, let nodes): return every(nodes) { .call(function, $0) }
    case .list(let nodes): return every(nodes) { .list($0) }
    case .conditional(let test, let yes, let no):
      return every([test, yes, no]) { .conditional($0[0], $0[1], $0[2]) }
    default: return nil
    }
  }

  private func isVariable(_ level: Int) -> Bool {
    if case .variable(level) = form { true } else { false }
  }
}
