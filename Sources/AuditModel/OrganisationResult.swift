/// What an audit found about one organisation of the round, or one whose records were audited without a round.
public struct OrganisationResult: Hashable, Sendable {
  /// Its code; what ledger and findings call its subject.
  public var code: String
  /// The name it was asked by when the register knows it, else its name in the register.
  public var name: String
  /// Names used in the inputs that differ from `name`.
  public var namesAsSupplied: [String] = []
  /// Where it is; nil when the register does not know it.
  public var place: OrganisationPlace?
  /// How the name or code was matched, in words.
  public var matchedBy: String = ""
  public var isAsked = true
  /// Why it is not asked; nil when it is.
  public var exclusion: String?
  public var records = 0
  /// The inputs its records came from.
  public var inputs: [String] = []
  /// Identifies the content of its records; empty when it sent none.
  public var submissionDigest: String = ""
  public var contacts: [ContactEntry] = []
  /// One of `OrganisationFields.Contact`.
  public var contact: String = "none"
  /// The status that the organisation or its sender declared.
  public var declared: String?
  public var derived: DerivedStatus?
  public var decision: Decision?
  /// The status that counts: the decision's while it is in effect, otherwise the derived one.
  public var status: Status?
  /// The organisation's own words behind the status, entered by a person.
  public var words: String = ""
  /// Words of the organisation that a person chose to publish.
  public var evidence: String = ""
  public var dateReceived: String = ""
  public var cleanness: Cleanness = .cannotBeTold

  /// Whether anything is left to mend.
  public enum Cleanness: String, CaseIterable, Sendable {
    /// Every mandatory rule was evaluated and nothing above info was found.
    case clean
    case notClean = "not-clean"
    /// Nothing was found, but a mandatory rule was not evaluated.
    case cannotBeTold = "cannot-be-told"
  }

  public init(code: String, name: String) {
    self.code = code
    self.name = name
  }
}

/// Records whose organisation could not be told. They are audited and listed, never dropped.
public struct UnmatchedSubmission: Hashable, Sendable {
  /// What ledger and findings call its subject.
  public var key: String
  public var code: String
  public var name: String
  public var inputs: [String]
  public var records: Int
  /// Organisations that may be meant, best first.
  public var offers: [Offer]

  public struct Offer: Hashable, Sendable {
    public var code: String
    public var name: String
    /// 0...100.
    public var score: Int
    public var why: String

    public init(code: String, name: String, score: Int, why: String) {
      self.code = code
      self.name = name
      self.score = score
      self.why = why
    }
  }

  public init(key: String, code: String, name: String, inputs: [String], records: Int, offers: [Offer]) {
    self.key = key
    self.code = code
    self.name = name
    self.inputs = inputs
    self.records = records
    self.offers = offers
  }
}

/// The records of rule packs that name no organisation, such as those of a survey: all files are one submission.
public struct SubmissionOfNobody: Hashable, Sendable {
  /// What ledger and findings call their subject.
  public static let key = "(all records)"

  public var inputs: [String]
  public var records: Int
  public var cleanness: OrganisationResult.Cleanness = .cannotBeTold

  public init(inputs: [String], records: Int) {
    self.inputs = inputs
    self.records = records
  }
}

/// A rule with its totals over all subjects.
public struct RuleResult: Hashable, Sendable {
  public var id: String
  public var summary: String
  public var why: String
  public var fix: [Role: String]
  public var dimension: Dimension
  public var severity: Severity
  public var isMandatory: Bool
  /// True when the rule is this project's own reading.
  public var isReading: Bool
  /// Where it stands in its life, by what decides that in the audit.
  public var stage: RuleStage
  public var answers: CheckKind.Answers
  /// Subjects by outcome.
  public var outcomes: [Outcome: Int]
  /// Rows, for rules that answer records.
  public var rows: RowCounts?
  /// All findings.
  public var findings: Int
  /// Of them, those in `Report.findings`.
  public var shown: Int

  public init(
    id: String, summary: String, why: String, fix: [Role: String], dimension: Dimension, severity: Severity,
    isMandatory: Bool, isReading: Bool, stage: RuleStage = .enforced, answers: CheckKind.Answers,
    outcomes: [Outcome: Int] = [:], rows: RowCounts? = nil, findings: Int = 0, shown: Int = 0
  ) {
    self.id = id
    self.summary = summary
    self.why = why
    self.fix = fix
    self.dimension = dimension
    self.severity = severity
    self.isMandatory = isMandatory
    self.isReading = isReading
    self.stage = stage
    self.answers = answers
    self.outcomes = outcomes
    self.rows = rows
    self.findings = findings
    self.shown = shown
  }
}
