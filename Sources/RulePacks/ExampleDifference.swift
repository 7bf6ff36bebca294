public import AuditModel

extension RuleExample {
  /// How what was found differs from what the example says: what was expected and what was found, line by line under
  /// each other; empty when nothing differs.
  ///
  /// Every expected finding has to be there and no other: each observed finding accounts for one expected finding.
  ///
  /// - Parameter causes: why the rule did not judge what it did not judge.
  public func differences(from observed: [ObservedFinding], causes: [LedgerEntry.Cause] = []) -> [String] {
    var matching = ExampleMatching(expected: finds, observed: observed)
    matching.match()
    let pairs = ExamplePairing(example: self, observed: observed, matching: matching).pairs
    if pairs.isEmpty { return [] }
    var lines: [String] = []
    for pair in pairs {
      lines.append(line("expected", pair.expected.map { finds[$0].words } ?? "nothing"))
      lines.append(line("found", pair.observed.map { observed[$0].words } ?? "nothing"))
    }
    // A finding that is missing is often one that could not be made.
    if pairs.contains(where: { $0.observed == nil }) { lines += causes.map(ExampleDifference.words) }
    let others = observed.count - pairs.count { $0.observed != nil }
    if others > 0 { lines.append(others == 1 ? "1 finding is as expected" : "\(others) findings are as expected") }
    return lines
  }

  private func line(_ label: String, _ words: String) -> String { ExampleDifference.line(label, words) }
}

extension StatusExample {
  /// How a derived status differs from what the example says: what was expected, what was found and the words of the
  /// facts; empty when nothing differs.
  public func differences(from derived: DerivedStatus) -> [String] {
    let differs =
      derived.status != status || basis.map { $0 != derived.basis } ?? false
      || reason.map { $0 != derived.reason } ?? false
    if !differs { return [] }
    var expected = [status.rawValue]
    if let basis { expected.append("basis \(basis.rawValue)") }
    if let reason { expected.append("\"\(reason)\"") }
    let found = [derived.status.rawValue, "basis \(derived.basis.rawValue)", "\"\(derived.reason)\""]
    var lines = [
      ExampleDifference.line("expected", expected.joined(separator: ", ")),
      ExampleDifference.line("found", found.joined(separator: ", ")),
    ]
    if let row = derived.row {
      let facts = derived.facts.map { "\($0.name) \"\($0.word)\"" }.joined(separator: ", ")
      lines.append(ExampleDifference.line("row \(row)", facts))
    }
    return lines
  }
}

/// The lines that differences are told in.
private enum ExampleDifference {
  /// A label, and words that begin at the same column whatever the label.
  static func line(_ label: String, _ words: String) -> String {
    label + String(repeating: " ", count: max(1, 10 - label.count)) + words
  }

  static func words(_ cause: LedgerEntry.Cause) -> String {
    let what = cause.of == .notEvaluated ? "not evaluated" : "not applicable"
    let records = cause.rows.map { $0 == 1 ? " (1 record)" : " (\($0) records)" } ?? ""
    return "\(what)\(records): \(cause.words)"
  }
}

extension ExpectedFinding {
  fileprivate func accepts(_ observed: ObservedFinding) -> Bool {
    (field == nil || field == observed.field) && (row == nil || row == observed.row)
      && (message == nil || message == observed.message)
  }

  fileprivate var words: String { findingWords(field: field, row: row, message: message) }
}

extension ObservedFinding {
  fileprivate var words: String { findingWords(field: field, row: row, message: message) }
}

private func findingWords(field: String?, row: Int?, message: String?) -> String {
  var words: [String] = []
  if let row { words.append("record \(row)") }
  if let field { words.append(field) }
  if let message { words.append("\"\(message)\"") }
  return words.isEmpty ? "a finding" : words.joined(separator: ", ")
}

/// Puts what was expected and is not there beside what is there instead.
private struct ExamplePairing {
  /// An expected and an observed finding, as indexes; one of them may be nil.
  struct Pair {
    var expected: Int?
    var observed: Int?
  }

  /// Those of expected findings in their order, then those that nothing was expected for.
  let pairs: [Pair]

  init(example: RuleExample, observed: [ObservedFinding], matching: ExampleMatching) {
    let missing = example.finds.indices.filter { !matching.isExpectedMatched($0) }
    var surplus = observed.indices.filter { matching.expectedOf[$0] == nil }
    var partner: [Int: Int] = [:]
    func closeness(_ expected: ExpectedFinding, _ found: ObservedFinding) -> Int {
      let isSameRow = expected.row == found.row || (expected.row == nil && example.rows.count <= 1)
      return (isSameRow ? 2 : 0) + (expected.field != nil && expected.field == found.field ? 2 : 0)
        + (expected.message != nil && expected.message == found.message ? 1 : 0)
    }
    let candidates = missing.flatMap { expected in
      surplus.map { (expected: expected, found: $0, closeness: closeness(example.finds[expected], observed[$0])) }
    }
    for candidate in candidates.sorted(by: {
      ($1.closeness, $0.expected, $0.found) < ($0.closeness, $1.expected, $1.found)
    }) where candidate.closeness > 0 && partner[candidate.expected] == nil && surplus.contains(candidate.found) {
      partner[candidate.expected] = candidate.found
      surplus.removeAll { $0 == candidate.found }
    }
    pairs =
      missing.map { Pair(expected: $0, observed: partner[$0]) } + surplus.map { Pair(expected: nil, observed: $0) }
  }
}

/// Gives as many expected findings as possible an observed one each (augmenting paths; a few of either at most).
private struct ExampleMatching {
  let expected: [ExpectedFinding]
  let observed: [ObservedFinding]
  /// By observed finding, the expected one it accounts for.
  var expectedOf: [Int?]

  init(expected: [ExpectedFinding], observed: [ObservedFinding]) {
    self.expected = expected
    self.observed = observed
    expectedOf = observed.map { _ in nil }
  }

  mutating func match() {
    for index in expected.indices {
      var tried: Set<Int> = []
      _ = place(index, &tried)
    }
  }

  func isExpectedMatched(_ index: Int) -> Bool { expectedOf.contains(index) }

  private mutating func place(_ index: Int, _ tried: inout Set<Int>) -> Bool {
    for candidate in observed.indices where expected[index].accepts(observed[candidate]) {
      guard tried.insert(candidate).inserted else { continue }
      if let holder = expectedOf[candidate], !place(holder, &tried) { continue }
      expectedOf[candidate] = index
      return true
    }
    return false
  }
}
