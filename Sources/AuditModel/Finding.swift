/// One place where a rule does not hold. The same envelope for every rule.
public struct Finding: Hashable, Sendable {
  /// Its identity over time (DESIGN 11), 32 hexadecimal digits; nil where it cannot be told.
  public var id: String?
  public var rule: String
  public var severity: Severity
  /// The submission's or organisation's key; nil when it concerns the round.
  public var subject: String?
  /// The organisation's code, when it was matched.
  public var organisation: String?
  /// The record's period as given; nil when the pack names none.
  public var period: String?
  public var field: String?
  /// The record key's values; empty when the pack names none.
  public var record: [String]
  public var place: Place?
  public var message: String
  /// What the message refers to, by name, sorted by name.
  public var evidence: [Evidence]

  /// Where in an input.
  public struct Place: Hashable, Sendable {
    /// The input's name.
    public var input: String
    /// Sheet of a workbook.
    public var sheet: String?
    /// 1-based, as a spreadsheet shows it, every row above counted.
    public var row: Int?
    /// 1-based.
    public var column: Int?
    /// The column's heading in the file.
    public var heading: String?
    /// JSON Pointer (RFC 6901) in a JSON document.
    public var pointer: String?
    /// 1-based line of the text.
    public var line: Int?

    public init(
      input: String, sheet: String? = nil, row: Int? = nil, column: Int? = nil, heading: String? = nil,
      pointer: String? = nil, line: Int? = nil
    ) {
      self.input = input
      self.sheet = sheet
      self.row = row
      self.column = column
      self.heading = heading
      self.pointer = pointer
      self.line = line
    }
  }

  public struct Evidence: Hashable, Sendable {
    public var name: String
    public var value: EvidenceValue

    public init(name: String, value: EvidenceValue) {
      self.name = name
      self.value = value
    }
  }

  public init(
    id: String? = nil, rule: String, severity: Severity, subject: String?, organisation: String? = nil,
    period: String? = nil, field: String? = nil, record: [String] = [], place: Place? = nil, message: String,
    evidence: [Evidence] = []
  ) {
    self.id = id
    self.rule = rule
    self.severity = severity
    self.subject = subject
    self.organisation = organisation
    self.period = period
    self.field = field
    self.record = record
    self.place = place
    self.message = message
    self.evidence = evidence
  }
}

public enum EvidenceValue: Hashable, Sendable {
  case text(String)
  case integer(Int64)
  case number(Double)
  case date(CalendarDate)
  /// Something personal that is not shown.
  case hidden

  /// The value in words, as messages show it.
  public var words: String {
    switch self {
    case .text(let text): return text
    case .integer(let value): return String(value)
    case .number(let value):
      return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    case .date(let date): return date.description
    case .hidden: return "(hidden: personal)"
    }
  }
}

extension Finding.Place: CustomStringConvertible {
  /// "answers.csv row 12, column C (Total)".
  public var description: String {
    var words = input
    if let sheet, let row, let column {
      words += " \(sheet)!\(Finding.Place.letters(column))\(row)"
    } else if let sheet, let row {
      words += " \(sheet) row \(row)"
    } else if let pointer {
      words += " \(pointer)"
      if let line { words += " (line \(line))" }
    } else {
      if let row { words += " row \(row)" }
      if let column { words += row == nil ? " column \(Self.letters(column))" : ", column \(Self.letters(column))" }
    }
    if let heading { words += " (\(heading))" }
    return words
  }

  /// The letters a spreadsheet shows for a 1-based column: 1 is A, 27 is AA.
  public static func letters(_ column: Int) -> String {
    var rest = column
    var letters = ""
    while rest > 0 {
      rest -= 1
      letters = String(UnicodeScalar(UInt8(0x41 + rest % 26))) + letters
      rest /= 26
    }
    return letters
  }
}
