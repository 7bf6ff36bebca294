public import AuditModel
public import Intake

/// What an audit is asked for.
public struct AuditRequest: Sendable {
  /// The version of the program, for the report.
  public var toolVersion = ""
  /// Files and folders beside those of the round.
  public var paths: [String] = []
  /// How these are to be read where their look does not say.
  public var settings = SourceSettings()
  public var round: Round?
  /// Names or paths of rule packs; the round's when empty.
  public var packs: [String] = []
  /// Path of the register; the round's or the shipped one when nil.
  public var register: String?
  /// Paths of modules beside the shipped ones.
  public var modules: [String] = []
  /// Inputs whose submissions are reported; all when empty.
  public var only: [String] = []
  /// Files that will be written; none of them may be an input.
  public var outputs: [String] = []
  /// The round's cut-off or the register's date when nil.
  public var asOf: CalendarDate?
  /// Threads.
  public var jobs = 1
  /// Findings shown of one rule in one submission.
  public var limit = 20
  public var revealsPersonal = false
  /// True when the identity of every finding is asked for.
  public var wantsIdentities = false
  /// Called now and then with the rows audited so far, from any thread.
  public var progress: (@Sendable (_ rows: Int) -> Void)?
  /// Bytes of one part, for tests.
  var partBytes: Int?
  /// True when every state goes through its saved form before it is merged, for tests.
  var savesStates = false

  public init() {}
}

/// What an audit comes to.
public struct AuditResult: Sendable {
  public var report: Report
  /// Of every finding, in the order of the report; only when asked for.
  public var identities: [FindingIdentity]

  /// True when a finding is at or above a level.
  public func reaches(_ level: Severity) -> Bool {
    report.rules.contains { $0.severity >= level && $0.findings > 0 }
  }

  /// True when an input could not be read or something failed while running.
  public var hasProblems: Bool { !report.problems.isEmpty }
}
