/// What a check kind says of itself. Modules write it beside the code, and the host makes documentation of it.
public struct KindDescription: Sendable {
  /// What the batches of a kind hold.
  public enum Reads: UInt32, Sendable {
    case records = 0
    /// One row an organisation of the round, bound to the host's own fields.
    case organisations = 1
  }

  /// What the verdicts of a kind are about.
  public enum Answers: UInt32, Sendable {
    case record = 0
    case submission = 1
    case organisation = 2
    case round = 3
  }

  /// `module.kind`.
  public var name: String
  /// One sentence.
  public var summary: String
  public var reads: Reads
  public var answers: Answers
  /// True when evidence gives every organisation its "status", "reason", "basis" and "row".
  public var classifies: Bool
  /// A JSON Schema for the rule's "with", in the subset of docs/modules.md.
  public var parameters: String
  /// The message of a rule that gives none.
  public var message: String
  /// A JSON array of rules' "with", each beside what it means.
  public var examples: String
  /// The names its evidence uses, sorted.
  public var evidence: [String]

  public init(
    name: String, summary: String, reads: Reads = .records, answers: Answers = .record, classifies: Bool = false,
    parameters: String, message: String, examples: String, evidence: [String]
  ) {
    self.name = name
    self.summary = summary
    self.reads = reads
    self.answers = answers
    self.classifies = classifies
    self.parameters = parameters
    self.message = message
    self.examples = examples
    self.evidence = evidence
  }
}

/// A check kind: the type describes it, a value of the type is one bound rule.
///
/// A bound rule is never changed and may be used from several threads at once.
public protocol CheckKind: Sendable {
  static var description: KindDescription { get }

  /// Binds a rule, or says why it cannot be.
  init(_ binding: Binding) throws(ModuleFailure)

  /// Gives evidence for a row that failed.
  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) throws(ModuleFailure)

  /// Gives evidence for rows of a batch; by itself it asks for that of each row.
  func explain(_ rows: [Row], of batch: Batch, _ explanations: inout Explanations) throws(ModuleFailure)
}

extension CheckKind {
  public func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) throws(ModuleFailure) {}

  public func explain(_ rows: [Row], of batch: Batch, _ explanations: inout Explanations) throws(ModuleFailure) {
    for row in rows {
      try explanations.explain(row) { evidence throws(ModuleFailure) in try explain(row, of: batch, &evidence) }
    }
  }
}

/// A kind that judges batch by batch.
public protocol BatchCheck: CheckKind {
  /// Judges the selected rows.
  func check(_ batch: Batch, _ verdicts: Verdicts) throws(ModuleFailure)
}

/// A kind that collects from batches and judges when it has seen all.
///
/// Each part of the input has a fresh state; states are then merged as a left fold in file order.
public protocol FinishCheck: CheckKind {
  associatedtype State

  func makeState() -> State

  /// Collects from a batch. It may say of rows that they are unknown, and fails none.
  func collect(_ batch: Batch, _ verdicts: Verdicts, into state: inout State) throws(ModuleFailure)

  /// Adds the state of the part that follows.
  ///
  /// - Parameter submissions: the number that submission n of `next` has in `state`.
  func merge(_ next: State, into state: inout State, submissions: [UInt32]) throws(ModuleFailure)

  func save(_ state: State, _ writer: inout StateWriter)
  func load(_ reader: inout StateReader) throws(ModuleFailure) -> State

  /// Gives the verdicts that are not passes.
  func finish(_ state: State, _ judgements: inout Judgements) throws(ModuleFailure)
}
