public import AuditModel

/// What is outstanding in a round on a day, by its log of contacts: who is due when, who bounced, whom to write to.
public struct RoundChase: Sendable {
  public let round: Round
  public let asOf: CalendarDate
  /// In the order of what to do, then of the day due, then of the code.
  public let entries: [Entry]

  /// What is to be done about an organisation, in the order in which it is listed.
  public enum Action: String, CaseIterable, Sendable {
    /// Every request came back: find another address.
    case bounced
    /// No request is on record.
    case notAsked = "not-asked"
    /// The twenty working days are over.
    case overdue
    /// They are not.
    case waiting
    /// It refused or passed the request on: read what it says.
    case refused
    case transferred
    case answered

    public var words: String {
      switch self {
      case .bounced: "Every request came back: find another address and ask again"
      case .notAsked: "No request is on record: ask"
      case .overdue: "Overdue: remind"
      case .waiting: "Still within the twenty working days"
      case .refused: "Refused: read the reason"
      case .transferred: "Passed on to another organisation: ask that one"
      case .answered: "Answered"
      }
    }
  }

  public struct Entry: Hashable, Sendable {
    public var code: String
    public var name: String
    public var action: Action
    /// The day of the last request; nil when there is none.
    public var sent: CalendarDate?
    /// The last day on which its answer is in time.
    public var due: CalendarDate?
    /// Working days since the day due; nought when it is not over.
    public var late: Int
    /// True when it said that it has the request.
    public var isAcknowledged: Bool
  }

  /// - Parameters:
  ///   - asOf: the day for which is told; contacts after it are not counted.
  ///   - answered: codes of organisations whose answers are among the files, whatever the log says.
  public init(
    _ round: Round, asOf: CalendarDate, days: WorkingDays, answered: Set<String> = []
  ) throws(ConfigurationError) {
    self.round = round
    self.asOf = asOf
    let state = RoundState(round: round, asOf: asOf)
    let excluded = Set(round.excluded.map(\.code))
    var entries: [Entry] = []
    for organisation in round.asked where !excluded.contains(organisation.code) {
      let code = organisation.code
      let contacts = (round.contacts[code] ?? []).filter { $0.date <= asOf }
      let contact = state.contact(code, hasAnswered: answered.contains(code))
      let sent = contacts.last { $0.kind == "sent" }?.date
      let due = try sent.map { day throws(ConfigurationError) in try days.due(received: day) }
      let action: Action =
        switch contact {
        case .none: .notAsked
        case .bounced: .bounced
        case .answered: .answered
        case .refused: .refused
        case .transferred: .transferred
        case .sent, .acknowledged: due.map { $0 < asOf } == true ? .overdue : .waiting
        }
      let late = action == .overdue ? try days.count(after: due!, upTo: asOf) : 0
      entries.append(
        Entry(
          code: code, name: organisation.name, action: action, sent: sent, due: due, late: late,
          isAcknowledged: contacts.contains { $0.kind == "acknowledged" }))
    }
    let order = Dictionary(uniqueKeysWithValues: Action.allCases.enumerated().map { ($1, $0) })
    self.entries = entries.sorted { a, b in
      if a.action != b.action { return order[a.action]! < order[b.action]! }
      if a.due != b.due { return (a.due?.days ?? 0) < (b.due?.days ?? 0) }
      return a.code < b.code
    }
  }
}
