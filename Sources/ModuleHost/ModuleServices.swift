public import AuditModel

/// What modules may ask the host for beside expressions; functions may be called from any thread.
public struct ModuleServices: Sendable {
  /// The organisation with this code as at a day; nil when the register does not have the code.
  public var lookUp: @Sendable (_ code: String, _ day: CalendarDate) -> FoundOrganisation?
  /// True when the name is a known name of the organisation with this code.
  public var knowsName: @Sendable (_ code: String, _ name: String) -> Bool
  /// Takes what a module wants to say; `message` begins with the module's name.
  public var log: @Sendable (_ isWarning: Bool, _ message: String) -> Void

  public init(
    lookUp: @escaping @Sendable (String, CalendarDate) -> FoundOrganisation?,
    knowsName: @escaping @Sendable (String, String) -> Bool,
    log: @escaping @Sendable (Bool, String) -> Void
  ) {
    self.lookUp = lookUp
    self.knowsName = knowsName
    self.log = log
  }
}

/// An organisation of the register, as at a day.
public struct FoundOrganisation: Hashable, Sendable {
  /// The raw values are part of the module ABI.
  public enum State: UInt32, Sendable {
    case open = 0
    case notYetOpen = 1
    case closed = 2
    /// Replaced on a day that no source states, so it may have been open.
    case superseded = 3
  }
  public var state: State
  public var code: String
  public var name: String
  /// Nil when not known.
  public var opened: CalendarDate?
  /// Its last day open; nil while it is open.
  public var closed: CalendarDate?
  /// Codes.
  public var successors: [String]

  public init(
    state: State, code: String, name: String, opened: CalendarDate?, closed: CalendarDate?, successors: [String]
  ) {
    self.state = state
    self.code = code
    self.name = name
    self.opened = opened
    self.closed = closed
    self.successors = successors
  }
}
