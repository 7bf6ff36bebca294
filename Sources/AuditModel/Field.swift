/// What a cell holds, or why it holds nothing (DESIGN 5). The raw values are part of the module ABI.
public enum CellKind: UInt8, CaseIterable, Sendable {
  /// A value of the field's type.
  case value = 0
  /// Nothing there.
  case blank = 1
  /// A code or words that say that it is not known.
  case notKnown = 2
  case notApplicable = 3
  /// A count withheld because it is small; its range is known.
  case suppressed = 4
  /// Something is there that is not of the field's type.
  case invalid = 5

  /// The kind in words, as findings and reports show it.
  public var words: String {
    switch self {
    case .value: "given"
    case .blank: "blank"
    case .notKnown: "not known"
    case .notApplicable: "not applicable"
    case .suppressed: "suppressed"
    case .invalid: "not readable as its type"
    }
  }
}

/// The type of a field's values. The raw values are the words used in packs.
public enum FieldType: String, CaseIterable, Sendable {
  case text
  case integer
  case number
  case date
  /// A date and time without zone, microseconds since 1970-01-01T00:00:00.
  case timestamp
  case boolean
  /// A stretch of whole days.
  case period

  /// True for types whose cells carry a low and a high bound.
  public var isNumeric: Bool { self == .integer || self == .number }
}

/// Who may see a field's values (DESIGN 10).
public enum Privacy: String, CaseIterable, Sendable, Comparable {
  case `public`
  case `internal`
  case personal

  public static func < (a: Privacy, b: Privacy) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}

/// A spelling that stands for a range because the count is small.
public struct SuppressedSpelling: Hashable, Sendable {
  public var text: String
  public var low: Int64
  public var high: Int64

  public init(text: String, low: Int64, high: Int64) {
    self.text = text
    self.low = low
    self.high = high
  }
}

/// Which spellings mean which cell kind. Compared without regard to case and outer spaces.
public struct Spellings: Hashable, Sendable {
  /// Beside the empty cell and cells of spaces only, which are always blank.
  public var blank: [String]
  public var notKnown: [String]
  public var notApplicable: [String]
  public var suppressed: [SuppressedSpelling]
  /// Spellings of true and false for boolean fields, beside the usual ones.
  public var yes: [String]
  public var no: [String]
  /// Spellings that always mean true in a boolean field.
  public static let usualYes = ["true", "yes", "y", "t", "1", "✓", "✔"]
  /// Spellings that always mean false in a boolean field.
  public static let usualNo = ["false", "no", "n", "f", "0", "✗", "✘"]
  /// Prefixes that mark a rounded number, such as `~`.
  public var rounded: [String]
  /// How far a rounded number may be from the true one, either side.
  public var roundedBy: Double

  public init(
    blank: [String] = [], notKnown: [String] = [], notApplicable: [String] = [],
    suppressed: [SuppressedSpelling] = [], yes: [String] = [], no: [String] = [], rounded: [String] = [],
    roundedBy: Double = 0
  ) {
    self.blank = blank
    self.notKnown = notKnown
    self.notApplicable = notApplicable
    self.suppressed = suppressed
    self.yes = yes
    self.no = no
    self.rounded = rounded
    self.roundedBy = roundedBy
  }
}

/// One code of a code list and when it may be used.
public struct Code: Hashable, Sendable {
  public var code: String
  public var label: String
  /// The first day of use; nil when always.
  public var from: CalendarDate?
  /// The first day on which it may no longer be used; nil while it is in use.
  public var retired: CalendarDate?
  /// Other spellings that mean this code, compared without regard to case and outer spaces.
  public var spellings: [String]

  public init(
    code: String, label: String, from: CalendarDate? = nil, retired: CalendarDate? = nil, spellings: [String] = []
  ) {
    self.code = code
    self.label = label
    self.from = from
    self.retired = retired
    self.spellings = spellings
  }
}

/// A named, typed item of a record.
public struct Field: Hashable, Sendable {
  /// A CEL identifier.
  public var name: String
  /// What a person calls it, for messages.
  public var label: String
  public var type: FieldType
  public var privacy: Privacy
  /// Column headings that mean this field, beside its name and label.
  public var aliases: [String]
  public var summary: String
  /// The code list of a coded text field; a cell whose text is one of the list's spellings reads as that code.
  public var codes: [Code]
  public var spellings: Spellings
  /// True when a file may leave the column out: its cells are then blank, and nothing is found.
  public var isOptional: Bool
  /// Where the value stands in XML and nested JSON; the first that is there is taken. A boolean field whose path leads
  /// to an element of XML is true when the record has it and false when it has not.
  public var paths: [RecordPath]
  /// What a number with a percent sign comes to; nil when it is not readable.
  public var unit: NumberUnit?

  public init(
    name: String, label: String, type: FieldType, privacy: Privacy = .internal, aliases: [String] = [],
    summary: String = "", codes: [Code] = [], spellings: Spellings = Spellings(), isOptional: Bool = false,
    paths: [RecordPath] = [], unit: NumberUnit? = nil
  ) {
    self.name = name
    self.label = label
    self.type = type
    self.privacy = privacy
    self.aliases = aliases
    self.summary = summary
    self.codes = codes
    self.spellings = spellings
    self.isOptional = isOptional
    self.paths = paths
    self.unit = unit
  }
}
