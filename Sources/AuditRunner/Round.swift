public import AuditModel
public import Intake

/// One collection exercise as its papers say it: `round.json` and the files it names.
public struct Round: Sendable {
  public var name: String
  public var title: String
  /// Verbatim.
  public var question: [String]
  public var isSynthetic: Bool
  /// Names of rule packs.
  public var packs: [String]
  /// Path of the register, nil for the shipped one.
  public var register: String?
  public var period: Period?
  public var sent: CalendarDate?
  public var cutOff: CalendarDate?
  public var asked: [AskedOrganisation]
  public var excluded: [ExcludedOrganisation]
  /// Per organisation, in the order of dates.
  public var contacts: [String: [ContactEntry]]
  public var decisions: [RoundDecision]
  public var submissions: [SubmissionSource]
  public var levels: [LevelChange]
  public var publication: Publication?
  /// In the order of dates.
  public var corrections: [Correction] = []
  /// SHA-256 over `round.json` and the files it names, but for the submissions.
  public var sha256: String

  /// One organisation that was asked.
  public struct AskedOrganisation: Sendable {
    public var code: String
    public var name: String
  }

  public struct ExcludedOrganisation: Sendable {
    public var code: String
    public var why: String
  }

  public struct RoundDecision: Sendable {
    public var organisation: String
    public var decision: Decision
    /// Where it stands, for findings: 1-based row of the decisions file.
    public var place: Finding.Place
  }
}

/// Files that hold submissions, and how to read them.
public struct SubmissionSource: Sendable {
  /// A file or a folder.
  public var path: String
  /// As reports call it.
  public var name: String
  /// The organisation all records belong to, when the file does not say.
  public var organisation: String?
  /// What the file's look does not say: columns, encoding, delimiter.
  public var settings = SourceSettings()
  /// What the file holds, for submissions that are at hand and stand in no file.
  var content: [UInt8]?

  public init(path: String, name: String) {
    self.path = path
    self.name = name
  }
}
