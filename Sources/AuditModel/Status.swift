/// The class an organisation falls into for a round (DESIGN 8).
public enum Status: String, CaseIterable, Sendable {
  case collecting
  case partiallyCollecting = "partially-collecting"
  case notCollecting = "not-collecting"
  case noResponse = "no-response"
  /// A person has to look before a status can be given.
  case needsReview = "needs-review"
  /// Not asked, for a stated reason.
  case excluded
  /// The cut-off has not passed and nothing has come.
  case awaiting

  /// The four statuses of the map; the others are states kept apart from them.
  public static let mapped: [Status] = [.collecting, .partiallyCollecting, .notCollecting, .noResponse]

  public var words: String {
    switch self {
    case .collecting: "collecting data"
    case .partiallyCollecting: "partially collecting data"
    case .notCollecting: "not collecting data"
    case .noResponse: "no response received"
    case .needsReview: "needs review"
    case .excluded: "excluded"
    case .awaiting: "awaiting an answer"
    }
  }
}

/// What a status rests on.
public enum StatusBasis: String, CaseIterable, Sendable {
  /// What the organisation does.
  case practice
  /// What its reply leaves open.
  case reply
  case none
}

/// The status a decision table gave and the way to it.
public struct DerivedStatus: Hashable, Sendable {
  public var status: Status
  public var basis: StatusBasis
  public var reason: String
  /// The row of the decision table that fired, 1-based; nil when the host gave the status before the table.
  public var row: Int?
  public var facts: [Fact]

  public struct Fact: Hashable, Sendable {
    public var name: String
    public var word: String
    /// The cells the fact was read from.
    public var cells: [Cell]

    public init(name: String, word: String, cells: [Cell]) {
      self.name = name
      self.word = word
      self.cells = cells
    }
  }

  public struct Cell: Hashable, Sendable {
    public var field: String
    public var kind: CellKind
    /// As given; nil when there is nothing or it may not be shown.
    public var text: String?
    /// The bounds of a whole number that is given or suppressed; nil for everything else, and when it may not be shown.
    public var range: ClosedRange<Int>?

    public init(field: String, kind: CellKind, text: String?, range: ClosedRange<Int>? = nil) {
      self.field = field
      self.kind = kind
      self.text = text
      self.range = range
    }
  }

  public init(status: Status, basis: StatusBasis, reason: String, row: Int?, facts: [Fact]) {
    self.status = status
    self.basis = basis
    self.reason = reason
    self.row = row
    self.facts = facts
  }
}

/// A status that a person settled.
public struct Decision: Hashable, Sendable {
  public var status: Status
  /// The organisation's words relied on.
  public var words: String
  /// Who decided, as a role.
  public var role: String
  public var date: CalendarDate
  /// The digest of the submission it was made on; empty when none was noted.
  public var submission: String
  /// Why it has no effect; nil while it has.
  public var void: String?

  public init(
    status: Status, words: String, role: String, date: CalendarDate, submission: String, void: String? = nil
  ) {
    self.status = status
    self.words = words
    self.role = role
    self.date = date
    self.submission = submission
    self.void = void
  }
}

/// One line of the log of contacts with an organisation.
public struct ContactEntry: Hashable, Sendable {
  /// The kind of a contact by which an organisation was told of its result; it changes no status.
  public static let told = "told"

  public var date: CalendarDate
  public var kind: String
  public var source: String

  public init(date: CalendarDate, kind: String, source: String) {
    self.date = date
    self.kind = kind
    self.source = source
  }
}
