/// What the records of organisations come to when people are counted from them, and how far their answers agree.
public struct CountReport: Hashable, Sendable {
  /// The version of the JSON form, `major.minor`.
  public static let schemaVersion = "1.0"

  public var toolVersion: String
  /// True when the round, or the register, says that its organisations are invented.
  public var isSynthetic: Bool
  public var pack: PackSummary
  /// The round's title; nil without a round.
  public var round: String?
  /// What is counted.
  public var counts: [Definition] = []
  /// Of each way to tell people apart, the labels of its fields.
  public var keys: [[String]] = []
  /// The period counted where no answer states another; nil when none was given.
  public var period: Period?
  public var inputs: [Input] = []
  /// The answer that the counts are held against; nil when none is.
  public var against: Against?
  /// Sorted by subject.
  public var organisations: [OrganisationCount] = []
  /// Organisations that the answer is of, and whose records were not counted.
  public var withoutRecords: [String] = []
  public var problems: [Problem] = []

  public init(toolVersion: String, isSynthetic: Bool, pack: PackSummary) {
    self.toolVersion = toolVersion
    self.isSynthetic = isSynthetic
    self.pack = pack
  }

  /// What one count counts.
  public struct Definition: Hashable, Sendable {
    public var name: String
    public var label: String
    public var words: String
    /// The condition, as the pack writes it.
    public var condition: String
    /// The label of the field with the date.
    public var date: String

    public init(name: String, label: String, words: String, condition: String, date: String) {
      self.name = name
      self.label = label
      self.words = words
      self.condition = condition
      self.date = date
    }
  }

  /// A file that was read.
  public struct Input: Hashable, Sendable {
    public var name: String
    public var sha256: String
    public var records: Int
    /// Labels of the fields that the file has no column for.
    public var missing: [String]

    public init(name: String, sha256: String, records: Int, missing: [String]) {
      self.name = name
      self.sha256 = sha256
      self.records = records
      self.missing = missing
    }
  }

  /// The answer that the counts are held against.
  public struct Against: Hashable, Sendable {
    public var name: String
    public var sha256: String
    /// The rule pack that it was read with.
    public var pack: String

    public init(name: String, sha256: String, pack: String) {
      self.name = name
      self.sha256 = sha256
      self.pack = pack
    }
  }

  /// True when an answer disagrees with the records.
  public var hasDisagreement: Bool {
    organisations.contains { $0.answers.contains { $0.comparisons.contains { $0.verdict == .disagrees } } }
  }
}

/// The people counted from the records of one organisation.
public struct OrganisationCount: Hashable, Sendable {
  /// The organisation's code, or what was supplied when it was not matched.
  public var subject: String
  /// Empty when it was not matched.
  public var name: String
  public var records: Int
  /// Nil when none is known, and then nothing is counted.
  public var period: Period?
  public var periodFrom: PeriodSource
  /// In the order of the pack.
  public var counts: [PeopleCount] = []
  /// Records that count, each once.
  public var recordsCounted = 0
  /// False when no record is dated in the period, so that the files may not cover it.
  public var reachesPeriod = false
  /// People in any of the counts, and those in more than one.
  public var people = 0
  public var peopleInSeveral = 0
  /// Of the people counted, how many each key told apart, in the order of the pack.
  public var peopleByKey: [Int] = []
  /// The records that do not count, by reason; with `recordsCounted` they come to `records`.
  public var leftOut: [LeftOut] = []
  public var answers: [ComparedAnswer] = []

  public init(subject: String, name: String, records: Int, period: Period?, periodFrom: PeriodSource) {
    self.subject = subject
    self.name = name
    self.records = records
    self.period = period
    self.periodFrom = periodFrom
  }

  /// Where the period that is counted was stated.
  public enum PeriodSource: String, CaseIterable, Sendable {
    case command, round, answer
    case none
  }

  /// Records that do not count, for one reason.
  public struct LeftOut: Hashable, Sendable {
    public var kind: Kind
    /// The reason in words that end "left out because …".
    public var words: String
    public var records: Int

    public init(kind: Kind, words: String, records: Int) {
      self.kind = kind
      self.words = words
      self.records = records
    }

    /// In the order in which reasons are shown.
    public enum Kind: String, CaseIterable, Sendable {
      /// The pack says so.
      case leftOut = "left-out"
      /// It would count, but whom it is of is not told.
      case noPerson = "no-person"
      /// It would count, but not when.
      case noDate = "no-date"
      /// Whether it counts cannot be told.
      case unknown
      case outsidePeriod = "outside-period"
      /// It comes under none of the counts.
      case noCount = "no-count"
      /// No period is known.
      case noPeriod = "no-period"
    }
  }
}

/// How many people one count comes to.
public struct PeopleCount: Hashable, Sendable {
  public var name: String
  public var people: Int
  /// Records behind them.
  public var records: Int
  /// The most people it could be, with the records that could not be told.
  public var most: Int

  public init(name: String, people: Int, records: Int, most: Int) {
    self.name = name
    self.people = people
    self.records = records
    self.most = most
  }
}

/// An answer of an organisation beside what its records come to.
public struct ComparedAnswer: Hashable, Sendable {
  /// Where it stands, in words.
  public var place: String
  /// The period it states; nil when it states none.
  public var period: Period?
  /// Why it is not compared; nil when it is.
  public var notCompared: String?
  public var comparisons: [Comparison]

  public init(place: String, period: Period?, notCompared: String?, comparisons: [Comparison]) {
    self.place = place
    self.period = period
    self.notCompared = notCompared
    self.comparisons = comparisons
  }

  public struct Comparison: Hashable, Sendable {
    /// The count's name, or `total`.
    public var name: String
    /// What was answered, as it stands there; where no number is given, what there is instead: "blank", "not known".
    public var answer: String
    /// What the answer can mean; nil when it gives no number.
    public var range: ClosedRange<Int>?
    /// What the records come to: one number, or for a total two when people are in several counts.
    public var counted: ClosedRange<Int>
    public var most: Int
    public var verdict: Verdict

    public init(
      name: String, answer: String, range: ClosedRange<Int>?, counted: ClosedRange<Int>, most: Int,
      reachesPeriod: Bool = true
    ) {
      self.name = name
      self.answer = answer
      self.range = range
      self.counted = counted
      self.most = most
      verdict = Verdict.of(range, counted: counted, most: most, reachesPeriod: reachesPeriod)
    }
  }

  public enum Verdict: String, CaseIterable, Sendable {
    case agrees
    case disagrees
    /// Records that could not be told may make up the difference, or no record is of the period at all.
    case cannotBeTold = "cannot-be-told"
    /// The answer gives no number.
    case noNumber = "no-number"

    static func of(
      _ answer: ClosedRange<Int>?, counted: ClosedRange<Int>, most: Int, reachesPeriod: Bool
    ) -> Verdict {
      guard let answer else { return .noNumber }
      if answer.overlaps(counted) { return .agrees }
      if !reachesPeriod { return .cannotBeTold }
      return answer.overlaps(counted.lowerBound...max(most, counted.upperBound)) ? .cannotBeTold : .disagrees
    }
  }
}
