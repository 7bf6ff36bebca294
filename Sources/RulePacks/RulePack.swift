public import AuditModel

/// A rule pack: the fields of a record, the rules over them and the table that gives a status.
public struct RulePack: Sendable {
  /// The name of its folder, and the first part of its rules' ids.
  public var name: String
  public var version: String
  public var title: String
  public var purpose: String
  /// What in the pack is this project's own reading; empty when nothing is.
  public var reading: String
  /// What organisations are asked, word for word; empty when the pack does not say.
  public var question: [String] = []
  /// The names of the check kinds it needs, sorted.
  public var requires: [String]
  public var fields: [Field]
  /// Sorted by name.
  public var codeLists: [CodeList]
  /// The position of the field with the organisation's code.
  public var organisationCode: Int?
  /// The position of the field with the organisation's name.
  public var organisationName: Int?
  /// False when records are of nobody in particular, as those of a survey: all files together are one submission.
  public var namesOrganisations: Bool { organisationCode != nil || organisationName != nil }
  /// The position of the field that is a record's period.
  public var period: Int?
  public var recordsPerOrganisation: RecordsPerOrganisation
  /// Positions of the fields that tell records of one organisation apart; empty when the pack names none.
  public var recordKey: [Int]
  /// Words that mark a row of totals.
  public var totals: [String]
  /// Which counts of people are guarded when something is made public; nil when the pack does not say.
  public var disclosure: DisclosurePolicy?
  /// Where records stand in XML and JSON.
  public var recordPlaces = RecordPlaces()
  /// How a table with a column for each period is read; nil when the pack does not say.
  public var wide: Wide?
  /// Sorted by id; the status rule is apart, in `status`.
  public var rules: [Rule]
  /// The table that gives every organisation a status; nil when the pack gives none.
  public var status: StatusTable?
  /// In the order of `figures.json`.
  public var figures: [Figure]
  /// What in the figures is this project's own reading; empty when nothing is.
  public var figuresReading: String
  /// How people are counted from records; nil when the pack does not say.
  public var counts: Counts?
  /// How submissions are scored; nil when the pack does not say.
  public var scoring: Scoring?
  /// Every file that was read, by path within the pack's folder in byte order.
  public var files: [PackFile]

  /// The fields that a table with a column for each period is read into, by position.
  public struct Wide: Hashable, Sendable {
    /// Takes the heading.
    public var period: Int
    /// Takes what stands below it.
    public var value: Int
  }

  /// How many records one organisation sends.
  public enum RecordsPerOrganisation: String, CaseIterable, Sendable {
    case one
    case many
  }

  /// A named list of codes.
  public struct CodeList: Hashable, Sendable {
    public var name: String
    public var codes: [Code]

    public init(name: String, codes: [Code]) {
      self.name = name
      self.codes = codes
    }
  }

  /// All rules, the status rule among them, sorted by id.
  public var allRules: [Rule] {
    guard let status else { return rules }
    return (rules + [status.rule]).sorted { $0.id < $1.id }
  }

  /// True for what a pack may be called: lower-case words joined by hyphens.
  public static func isName(_ name: String) -> Bool { PackName.isHyphenated(name) }

  /// The position of the field with this name.
  public func position(of field: String) -> Int? {
    fields.firstIndex { $0.name == field }
  }

  /// The rule with this id or alias.
  public func rule(_ id: String) -> Rule? {
    allRules.first { $0.id == id || $0.aliases.contains(id) }
  }
}

/// A file of a pack as it was read.
public struct PackFile: Sendable {
  /// Relative to the pack's folder.
  public var path: String
  public var bytes: [UInt8]

  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}
