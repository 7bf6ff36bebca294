public import AuditModel

/// The rule that gives every organisation of a round a status, and its table.
public struct StatusTable: Sendable {
  /// Its id is `pack/status`.
  public var rule: Rule
  /// What in the table is this project's own reading.
  public var reading: String
  public var table: DecisionTable
  /// The position of the field with the status that was declared; nil when the pack has none.
  public var declared: Int?
  /// The position of the field with the organisation's own words, entered by a person.
  public var words: Int?
  /// The position of the public field with words that a person chose to publish.
  public var evidence: Int?
  /// The position of the field with the day the answer came.
  public var received: Int?
  public var examples: [StatusExample]
}

/// A decision table in DMN's words, proved when it was loaded: every combination of the inputs' words is taken by
/// exactly one row.
public struct DecisionTable: Sendable {
  public struct Input: Hashable, Sendable {
    public var name: String
    public var summary: String
    /// The only words it can have.
    public var words: [String]
    /// What is so when a word holds, by word: a clause that can follow "if".
    public var clauses: [String: String] = [:]
    /// True when the host gives it, false when it is one of the table's facts.
    public var isHostFact: Bool
  }

  public struct Row: Hashable, Sendable {
    /// Of every input, the positions of the words the row takes.
    public var takes: [[Int]]
    public var status: Status
    public var basis: StatusBasis
    public var reason: String
  }

  public var inputs: [Input]
  public var rows: [Row]
  public var proof: DecisionProof

  /// The row (1-based) that takes a combination of words, one an input in the inputs' order; nil for a word that an
  /// input does not have.
  public func row(for words: [String]) -> Int? {
    guard words.count == inputs.count else { return nil }
    var positions: [Int] = []
    for (input, word) in zip(inputs, words) {
      guard let position = input.words.firstIndex(of: word) else { return nil }
      positions.append(position)
    }
    let index = rows.firstIndex { row in zip(row.takes, positions).allSatisfy { $0.contains($1) } }
    return index.map { $0 + 1 }
  }

  /// Calls `body` with every combination of words, in the inputs' order, and the row (1-based) that takes it.
  public func forEachCombination(_ body: ([String], Int) -> Void) {
    var positions = [Int](repeating: 0, count: inputs.count)
    while true {
      let words = zip(inputs, positions).map { $0.words[$1] }
      if let row = row(for: words) { body(words, row) }
      var digit = inputs.count - 1
      while digit >= 0 {
        positions[digit] += 1
        if positions[digit] < inputs[digit].words.count { break }
        positions[digit] = 0
        digit -= 1
      }
      if digit < 0 { return }
    }
  }
}
