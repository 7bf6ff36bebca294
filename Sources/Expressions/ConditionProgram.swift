import Columns

/// A condition's steps and what they need to run.
struct ConditionProgram: Sendable {
  let step: any ConditionStep
  /// What the steps come from, for the words of an error; nil when there can be none.
  let checked: Checked?
  /// Slots of scratch, 512 bytes each.
  let slots: Int
  let variableCount: Int

  init(_ step: any ConditionStep, of checked: Checked?, slots: Int, variableCount: Int) {
    self.step = step
    self.checked = checked
    self.slots = slots
    self.variableCount = variableCount
  }

  func evaluate(_ batch: Batch, selected: Bitmap, into result: inout TriState) {
    precondition(selected.count == batch.count)
    if result.isTrue.count != batch.count {
      result.isTrue = Bitmap(count: batch.count)
      result.isUnknown = Bitmap(count: batch.count)
      result.isError = Bitmap(count: batch.count)
    }
    result.firstError = nil
    // Scratch is the call's own, since several threads may evaluate the same expression.
    unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: max(1, slots) * Block.size) { scratch in
      unsafe scratch.initialize(repeating: 0)
      let base = scratch.baseAddress!
      for word in selected.words.indices {
        let wanted = selected.words[word]
        var outcome = TriWord()
        if wanted != 0 {
          outcome = unsafe step.evaluate(
            Block(batch, word: word, scratch: base, variableCount: variableCount), wanted)
        }
        result.isTrue.replaceWord(word, with: outcome.isTrue)
        result.isUnknown.replaceWord(word, with: outcome.isUnknown)
        result.isError.replaceWord(word, with: outcome.isError)
        if outcome.isError != 0, result.firstError == nil {
          result.firstError = message(batch, word * Block.size + outcome.isError.trailingZeroBitCount)
        }
      }
    }
  }

  /// What the error in a row is: the steps only say that there is one, and the interpreter finds the words.
  private func message(_ batch: Batch, _ row: Int) -> String? {
    guard let checked else { return nil }
    switch interpret(checked, batch, row) {
    case .error(let message): return message
    case .unknown: return nil
    default: return "the result is not true or false"
    }
  }

  private func interpret(_ node: Checked, _ batch: Batch, _ row: Int) -> Value {
    var interpreter = Interpreter(batch, variableCount: variableCount)
    interpreter.row = row
    return interpreter.result(of: node)
  }
}
