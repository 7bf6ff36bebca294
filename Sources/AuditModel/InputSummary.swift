/// What was read from one input.
public struct InputSummary: Hashable, Sendable {
  public var name: String
  public var sha256: String
  /// "CSV", "JSON", "JSON lines", "XLSX", "XML"; empty when it could not be read.
  public var format: String
  public var encoding: String
  /// The delimiter of a CSV.
  public var delimiter: String?
  /// Records audited.
  public var records: Int
  /// What was decided while it was opened, and why.
  public var decisions: [Decision]
  /// Its tables: one for most files, one for each sheet that was read, several for a sheet with several.
  public var tables: [Table]
  public var tolerances: [Tolerance]
  /// Totals that differ from the sums of their parts.
  public var differences: [Difference]
  /// Dates that can be read day first and month first, by field.
  public var ambiguities: [Ambiguity] = []

  /// How a file was taken to be written.
  public struct Decision: Hashable, Sendable {
    /// "encoding", "delimiter", "sheet", "layout" or "dates".
    public var subject: String
    public var value: String
    /// The rest of a sentence: "it begins with a byte order mark".
    public var why: String

    public init(subject: String, value: String, why: String) {
      self.subject = subject
      self.value = value
      self.why = why
    }
  }

  /// A header and the records under it.
  public struct Table: Hashable, Sendable {
    public var sheet: String?
    /// 1-based; the last row of the header.
    public var headerRow: Int?
    public var columns: [Column]
    /// Names of the pack's fields that the table has no column for.
    public var missing: [String]

    public init(sheet: String? = nil, headerRow: Int? = nil, columns: [Column] = [], missing: [String] = []) {
      self.sheet = sheet
      self.headerRow = headerRow
      self.columns = columns
      self.missing = missing
    }
  }

  public struct Column: Hashable, Sendable {
    /// 1-based.
    public var position: Int
    public var heading: String
    /// Nil when no field is meant.
    public var field: String?
    /// "name", "label", "alias", "path", "period", "total" or "round"; "ignored" when the round says that it is not
    /// wanted.
    public var matchedBy: String?
    /// True when its heading means a field that a column to its left was taken for.
    public var isRepeated: Bool

    public init(position: Int, heading: String, field: String?, matchedBy: String?, isRepeated: Bool = false) {
      self.isRepeated = isRepeated
      self.position = position
      self.heading = heading
      self.field = field
      self.matchedBy = matchedBy
    }
  }

  /// Something forgiven or assumed while reading.
  public struct Tolerance: Hashable, Sendable {
    /// A stable word, such as `windows-1252`.
    public var kind: String
    public var words: String
    public var count: Int
    /// The first places, in words; 1-based rows.
    public var places: [String]

    public init(kind: String, words: String, count: Int, places: [String]) {
      self.kind = kind
      self.words = words
      self.count = count
      self.places = places
    }
  }

  /// A total that the file gives, and the sum of what it is the total of.
  public struct Difference: Hashable, Sendable {
    /// The field that is summed.
    public var field: String
    public var place: Finding.Place
    /// The total as given.
    public var given: String
    /// What the parts come to, in words: a number, or a range where some parts are ranges.
    public var sum: String
    /// True when the parts stand in the total's row, false when they stand above it.
    public var isOfRow: Bool

    public init(field: String, place: Finding.Place, given: String, sum: String, isOfRow: Bool) {
      self.field = field
      self.place = place
      self.given = given
      self.sum = sum
      self.isOfRow = isOfRow
    }
  }

  /// Dates of a field that can be read day first and month first.
  public struct Ambiguity: Hashable, Sendable {
    public var field: String
    public var count: Int
    /// Of the first.
    public var place: Finding.Place
    /// The first as given; nil when it is personal.
    public var given: String?
    /// What it can be, as words; empty when it is personal.
    public var readings: [String]

    public init(field: String, count: Int, place: Finding.Place, given: String?, readings: [String]) {
      self.field = field
      self.count = count
      self.place = place
      self.given = given
      self.readings = readings
    }
  }

  public init(
    name: String, sha256: String = "", format: String = "", encoding: String = "", delimiter: String? = nil,
    records: Int = 0, decisions: [Decision] = [], tables: [Table] = [], tolerances: [Tolerance] = [],
    differences: [Difference] = []
  ) {
    self.name = name
    self.sha256 = sha256
    self.format = format
    self.encoding = encoding
    self.delimiter = delimiter
    self.records = records
    self.decisions = decisions
    self.tables = tables
    self.tolerances = tolerances
    self.differences = differences
  }
}
