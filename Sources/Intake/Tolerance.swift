/// Something that was forgiven or assumed while reading a file.
public enum ToleranceKind: String, CaseIterable, Sendable {
  case byteOrderMark = "byte-order-mark"
  case windows1252 = "windows-1252"
  case invalidCharacters = "invalid-characters"
  case delimiter = "delimiter"
  case carriageReturns = "carriage-returns"
  case titleRows = "title-rows"
  case totalRow = "total-row"
  case blankRow = "blank-row"
  case shortRow = "short-row"
  case longRow = "long-row"
  case textAfterQuote = "text-after-quote"
  case outerSpaces = "outer-spaces"
  case spacesAlone = "spaces-alone"
  case codeSpelling = "code-spelling"
  case numberForm = "number-form"
  case roundedNumber = "rounded-number"
  case dayFirstDate = "day-first-date"
  case periodForm = "period-form"

  /// What was done, for people.
  public var words: String {
    switch self {
    case .byteOrderMark: "A byte order mark at the start was passed over"
    case .windows1252: "The text is not UTF-8 and was read as Windows-1252"
    case .invalidCharacters: "Bytes that are no text were replaced; their cells are not readable"
    case .delimiter: "Cells are separated by something other than a comma"
    case .carriageReturns: "Lines end in carriage returns alone"
    case .titleRows: "Rows above the header were passed over"
    case .totalRow: "A row of totals was left out"
    case .blankRow: "An empty row was passed over"
    case .shortRow: "A row has fewer cells than the header; the missing ones were read as blank"
    case .longRow: "A row has more cells than the header"
    case .textAfterQuote: "Text after a closing quote was kept"
    case .outerSpaces: "Spaces around a value were ignored"
    case .spacesAlone: "A cell of spaces alone was read as blank"
    case .codeSpelling: "A code was recognised by another of its spellings"
    case .numberForm: "A number with thousands separators or a decimal part of zeros was read"
    case .roundedNumber: "A rounded number was read as a range"
    case .dayFirstDate: "A date that is not written CCYY-MM-DD was read, day first"
    case .periodForm: "A period was read from words or figures other than CCYY-MM"
    }
  }
}

/// How often each thing was forgiven in a part, with the first records.
struct ToleranceCounts: Sendable {
  struct Count: Sendable {
    var count = 0
    /// Records of the part, 0-based.
    var first: [UInt32] = []
  }

  private(set) var counts: [ToleranceKind: Count] = [:]

  static let placesKept = 3

  mutating func add(_ kind: ToleranceKind, _ record: UInt32) {
    counts[kind, default: Count()].count += 1
    if counts[kind]!.first.count < ToleranceCounts.placesKept, counts[kind]!.first.last != record {
      counts[kind]!.first.append(record)
    }
  }

  mutating func add(_ other: ToleranceCounts) {
    for (kind, count) in other.counts {
      counts[kind, default: Count()].count += count.count
      let merged = Set(counts[kind]!.first + count.first).sorted()
      counts[kind]!.first = Array(merged.prefix(ToleranceCounts.placesKept))
    }
  }
}
