/// Everything an audit has to say; every renderer works from this alone.
public struct Report: Hashable, Sendable {
  /// The version of the JSON form, `major.minor`.
  public static let schemaVersion = "1.2"

  public var toolVersion: String
  /// True when the round, or the register it is matched with, says that its organisations are invented.
  public var isSynthetic: Bool
  /// True when nothing is left in it that may not be made public (`PublicReport`).
  public var isPublic = false
  /// The day the audit speaks for.
  public var asOf: CalendarDate
  public var round: RoundSummary?
  public var inputs: [InputSummary] = []
  public var packs: [PackSummary] = []
  public var modules: [UsedFile] = []
  public var register: RegisterSummary?
  /// The inputs that alone are reported; empty when all are.
  public var only: [String] = []
  /// Changes a round makes to rules.
  public var levels: [LevelChange] = []
  /// How statuses are given; nil when no pack gives any.
  public var criteria: StatusCriteria?
  public var organisations: [OrganisationResult] = []
  public var unmatched: [UnmatchedSubmission] = []
  /// The records of packs that name no organisation.
  public var ofNobody: SubmissionOfNobody?
  /// Of every pack in the order of its figures; empty when only some inputs are reported.
  public var figures: [FigureResult] = []
  /// Of every pack that scores submissions.
  public var scores: [PackScores] = []
  public var rules: [RuleResult] = []
  public var ledger: [LedgerEntry] = []
  /// The findings shown: of each rule and subject the first in file order.
  public var findings: [Finding] = []
  public var problems: [Problem] = []

  public init(toolVersion: String, isSynthetic: Bool, asOf: CalendarDate) {
    self.toolVersion = toolVersion
    self.isSynthetic = isSynthetic
    self.asOf = asOf
  }

  /// All findings, shown or not.
  public var findingCount: Int { rules.reduce(0) { $0 + $1.findings } }
}

public struct RoundSummary: Hashable, Sendable {
  public var name: String
  public var title: String
  public var question: [String]
  public var period: Period?
  public var sent: CalendarDate?
  public var cutOff: CalendarDate?
  public var sha256: String
  /// True before the cut-off.
  public var isOpen: Bool
  /// What the page made of it says; nil when the round does not say.
  public var publication: Publication?
  /// In the order of dates.
  public var corrections: [Correction] = []

  public init(
    name: String, title: String, question: [String], period: Period?, sent: CalendarDate?, cutOff: CalendarDate?,
    sha256: String, isOpen: Bool
  ) {
    self.name = name
    self.title = title
    self.question = question
    self.period = period
    self.sent = sent
    self.cutOff = cutOff
    self.sha256 = sha256
    self.isOpen = isOpen
  }
}

/// A file that had a part in the audit.
public struct UsedFile: Hashable, Sendable {
  public var name: String
  public var version: String
  public var sha256: String

  public init(name: String, version: String, sha256: String) {
    self.name = name
    self.version = version
    self.sha256 = sha256
  }
}

public struct PackSummary: Hashable, Sendable {
  public var name: String
  public var version: String
  public var title: String
  public var sha256: String
  /// What in the pack is this project's own reading; empty when nothing is.
  public var reading: String
  /// What in its figures is; empty when nothing is.
  public var figuresReading: String
  /// Its fields that are not personal.
  public var fields: [FieldSummary] = []
  /// Nil when the pack counts no people.
  public var disclosure: DisclosurePolicy?

  public init(
    name: String, version: String, title: String, sha256: String, reading: String, figuresReading: String = ""
  ) {
    self.figuresReading = figuresReading
    self.name = name
    self.version = version
    self.title = title
    self.sha256 = sha256
    self.reading = reading
  }
}

public struct RegisterSummary: Hashable, Sendable {
  public var name: String
  public var sha256: String
  public var organisations: Int
  /// The attribution its sources ask for.
  public var attribution: String

  public init(name: String, sha256: String, organisations: Int, attribution: String) {
    self.name = name
    self.sha256 = sha256
    self.organisations = organisations
    self.attribution = attribution
  }
}

/// A rule that a round re-levels or switches off.
public struct LevelChange: Hashable, Sendable {
  public var rule: String
  /// Nil when the rule is off.
  public var severity: Severity?
  public var why: String

  public init(rule: String, severity: Severity?, why: String) {
    self.rule = rule
    self.severity = severity
    self.why = why
  }
}
