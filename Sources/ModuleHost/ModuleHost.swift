public import AuditModel
public import Columns
public import Expressions

/// The rule modules of a run and what they do for it.
public final class ModuleHost: @unchecked Sendable {
  /// Every check kind that the loaded modules offer, by name.
  public private(set) var kinds: [CheckKind] = []

  public struct Module: Sendable {
    public let name: String
    public let version: String
    public let summary: String
    public let path: String
  }
  public private(set) var modules: [Module] = []

  public init(services: ModuleServices) {}

  /// Loads a module, or says why it cannot be used.
  public func load(_ path: String) throws(ModuleError) {
    throw ModuleError("not built")
  }

  /// Binds a rule, or says why the module refuses it.
  public func bind(
    kind: String, rule: String, asOf: CalendarDate, fields: [Field], columns: [Int], parameters: [RuleParameter],
    expressions: [CompiledExpression], patterns: [CompiledPattern]
  ) throws(ModuleError) -> BoundRule {
    throw ModuleError("not built")
  }
}

/// What modules may ask the host for beside expressions; functions may be called from any thread.
public struct ModuleServices: Sendable {
  /// The organisation with this code as at a day; nil when the register does not have the code.
  public var lookUp: @Sendable (_ code: String, _ day: CalendarDate) -> FoundOrganisation?
  /// True when the name is a known name of the organisation with this code.
  public var knowsName: @Sendable (_ code: String, _ name: String) -> Bool
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
public struct FoundOrganisation: Sendable {
  public enum State: UInt32, Sendable { case open = 0, notYetOpen = 1, closed = 2, superseded = 3 }
  public var state: State
  public var code: String
  public var name: String
  public var opened: CalendarDate?
  public var closed: CalendarDate?
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

/// A module that could not be used, or that failed at its work.
public struct ModuleError: Error, Equatable, Sendable {
  public let message: String

  public init(_ message: String) {
    self.message = message
  }
}

/// A rule bound in its module; may be used from several threads at once.
public final class BoundRule: @unchecked Sendable {
  init() {}

  /// Memory for calls; one caller at a time.
  public func makeFrame() -> CallFrame { CallFrame() }

  /// A fresh state; nil for kinds that judge batch by batch.
  public func makeState() throws(ModuleError) -> RuleState? { nil }

  /// Judges rows; the verdicts are in the frame afterwards.
  public func check(
    _ batch: Batch, state: RuleState?, selected: Bitmap, frame: CallFrame
  ) throws(ModuleError) {}

  /// Evidence for rows of the batch, in the order of `rows`; rows the module has nothing to say of have none.
  public func explain(_ batch: Batch, rows: [UInt32], frame: CallFrame) throws(ModuleError) -> [Explanation] { [] }

  /// Adds the state of the part that follows.
  public func merge(into: RuleState, from: RuleState, submissionMap: [UInt32]) throws(ModuleError) {}

  public func save(_ state: RuleState) throws(ModuleError) -> [UInt8] { [] }

  public func load(_ bytes: [UInt8]) throws(ModuleError) -> RuleState { throw ModuleError("not built") }

  /// The verdicts that are not passes, in the order given.
  ///
  /// - Parameter organisation: the code a submission was matched to; nil when it was not matched.
  public func finish(
    _ state: RuleState, organisation: (UInt32) -> String?
  ) throws(ModuleError) -> [Judgement] { [] }
}

/// What one caller needs to call a bound rule: verdicts and the memory that crosses, used again from call to call.
public final class CallFrame {
  public internal(set) var failed = Bitmap(count: 0)
  public internal(set) var unknown = Bitmap(count: 0)
  /// The first error an expression ran into in the last call.
  public internal(set) var firstExpressionError: String?

  init() {}
}

/// What a kind that judges at the end has collected; one caller at a time. Freed with its last reference.
public final class RuleState: @unchecked Sendable {
  init() {}
}

public struct Explanation: Sendable {
  public var row: UInt32
  public var evidence: [Evidence]
}

/// A verdict given at the end.
public struct Judgement: Sendable {
  public enum Verdict: UInt32, Sendable { case failed = 0, unknown = 1, passed = 2 }
  /// Nil for kinds that do not answer records.
  public var place: UInt64?
  /// Nil for kinds that answer the round.
  public var submission: UInt32?
  public var verdict: Verdict
  /// The bound field it is about.
  public var field: UInt32?
  public var evidence: [Evidence]
}

/// One named fact from a module.
public struct Evidence: Sendable {
  public enum Value: Sendable, Equatable {
    case text(String)
    case integer(Int64)
    case number(Double)
    case date(CalendarDate)
    /// The cell of `field` in the row explained.
    case cell
    /// The place of another record.
    case place(UInt64)
  }
  public var name: String
  public var value: Value
  /// The bound field it was taken from.
  public var field: UInt32?
}
