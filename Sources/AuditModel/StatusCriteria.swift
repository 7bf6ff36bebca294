/// How statuses are given: a pack's decision table as reports print it, so that a reader can follow every status.
public struct StatusCriteria: Hashable, Sendable {
  public var pack: String
  public var summary: String
  public var why: String
  public var inputs: [Input]
  /// In the order of the table; row 1 is the first.
  public var rows: [Row]

  /// One thing that the table asks of an organisation.
  public struct Input: Hashable, Sendable {
    public var name: String
    public var summary: String
    /// True when the host gives it, false when it is read from the answer.
    public var isHostFact: Bool
    /// Every word it can have.
    public var words: [Word]

    public init(name: String, summary: String, isHostFact: Bool, words: [Word]) {
      self.name = name
      self.summary = summary
      self.isHostFact = isHostFact
      self.words = words
    }
  }

  /// A word of an input.
  public struct Word: Hashable, Sendable {
    public var word: String
    /// What is so when it holds, as a clause after "if": "it gives both counts"; empty when the pack does not say.
    public var clause: String

    public init(word: String, clause: String) {
      self.word = word
      self.clause = clause
    }
  }

  public struct Row: Hashable, Sendable {
    /// The inputs on which the row depends, in the table's order.
    public var when: [Condition]
    public var status: Status
    public var basis: StatusBasis
    public var reason: String

    public init(when: [Condition], status: Status, basis: StatusBasis, reason: String) {
      self.when = when
      self.status = status
      self.basis = basis
      self.reason = reason
    }

    /// True when the row takes these words, by input.
    public func takes(_ words: [String: String]) -> Bool {
      when.allSatisfy { condition in words[condition.input].map(condition.words.contains) ?? false }
    }
  }

  public struct Condition: Hashable, Sendable {
    public var input: String
    /// Any of them satisfies it.
    public var words: [String]

    public init(input: String, words: [String]) {
      self.input = input
      self.words = words
    }
  }

  public init(pack: String, summary: String, why: String, inputs: [Input], rows: [Row]) {
    self.pack = pack
    self.summary = summary
    self.why = why
    self.inputs = inputs
    self.rows = rows
  }

  /// The row that takes these words, by input; nil when none does.
  public func row(for words: [String: String]) -> Row? { rows.first { $0.takes(words) } }
}
