/// Something that was forgiven or assumed while reading a file.
public enum ToleranceKind: String, CaseIterable, Sendable {
  case byteOrderMark = "byte-order-mark"
  case windows1252 = "windows-1252"
  case invalidCharacters = "invalid-characters"
  case delimiter = "delimiter"
  case carriageReturns = "carriage-returns"
  case otherSheets = "other-sheets"
  case titleRows = "title-rows"
  case repeatedHeader = "repeated-header"
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
  case timeForm = "time-form"
  case periodForm = "period-form"
  case mixedLineEnds = "mixed-line-ends"
  case separatorLine = "separator-line"
  case hiddenSheets = "hidden-sheets"
  case hiddenRows = "hidden-rows"
  case hiddenColumns = "hidden-columns"
  case mergedCells = "merged-cells"
  case headerOfTwoRows = "header-of-two-rows"
  case noteRow = "note-row"
  case totalColumn = "total-column"
  case furtherTables = "further-tables"
  case percentSign = "percent-sign"
  case markAfterNumber = "mark-after-number"
  case monthFirstDate = "month-first-date"
  case serialDate = "serial-date"
  case repeatedValue = "repeated-value"
  case ambiguousDate = "ambiguous-date"
  case leadingZeros = "leading-zeros"

  /// What was done, for people.
  public var words: String {
    switch self {
    case .byteOrderMark: "A byte order mark at the start was passed over"
    case .windows1252: "The text is not UTF-8 and was read as Windows-1252"
    case .invalidCharacters: "Bytes that are no text were replaced; their cells are not readable"
    case .delimiter: "Cells are separated by something other than a comma"
    case .carriageReturns: "Lines end in carriage returns alone"
    case .otherSheets: "Other visible sheets were not read"
    case .titleRows: "Rows above the header were passed over"
    case .repeatedHeader: "The header stood there again and was passed over"
    case .totalRow: "A row of totals was left out"
    case .blankRow: "An empty row was passed over"
    case .shortRow: "A row has fewer cells than the header; the missing ones were read as blank"
    case .longRow: "A row has more cells than the header"
    case .textAfterQuote: "Text after a closing quote was kept"
    case .outerSpaces: "Spaces around a value were ignored"
    case .spacesAlone: "A cell of spaces alone was read as blank"
    case .codeSpelling: "A code was recognised by another of its spellings"
    case .numberForm:
      "A number with thousands separators, a plus sign, leading zeros, an exponent, a bare point or a decimal part of "
        + "zeros was read"
    case .roundedNumber: "A rounded number was read as a range"
    case .dayFirstDate: "A date that is not written CCYY-MM-DD was read, day first"
    case .timeForm: "A time that is not written CCYY-MM-DDThh:mm:ss was read, day first"
    case .periodForm: "A period was read from words or figures other than CCYY-MM"
    case .mixedLineEnds: "Lines end in carriage returns here and in line feeds there"
    case .separatorLine: "The first line, which names the delimiter, was passed over"
    case .hiddenSheets: "Hidden sheets that hold something were not read"
    case .hiddenRows: "Hidden rows were read like all others"
    case .hiddenColumns: "Hidden columns were read like all others"
    case .mergedCells: "The text of merged cells was taken for each of them"
    case .headerOfTwoRows: "The header stands in two rows"
    case .noteRow: "A row with nothing but a note in it was passed over"
    case .totalColumn: "A column of totals was left out"
    case .furtherTables: "Further tables were read"
    case .percentSign: "A number with a percent sign was read"
    case .markAfterNumber: "A mark after a number, as of a footnote, was ignored"
    case .monthFirstDate: "A date in figures was read, month first"
    case .leadingZeros: "A workbook's number was read as the code that has a nought in front"
    case .ambiguousDate: "A date that can be read day first and month first was not read"
    case .repeatedValue: "A value stood there twice in a record; the first was taken"
    case .serialDate: "A day was read from the serial number that a spreadsheet counts days by"
    }
  }
}

extension ToleranceKind {
  /// The position among all cases.
  @inline(__always)
  var index: Int {
    switch self {
    case .byteOrderMark: 0
    case .windows1252: 1
    case .invalidCharacters: 2
    case .delimiter: 3
    case .carriageReturns: 4
    case .otherSheets: 5
    case .titleRows: 6
    case .repeatedHeader: 7
    case .totalRow: 8
    case .blankRow: 9
    case .shortRow: 10
    case .longRow: 11
    case .textAfterQuote: 12
    case .outerSpaces: 13
    case .spacesAlone: 14
    case .codeSpelling: 15
    case .numberForm: 16
    case .roundedNumber: 17
    case .dayFirstDate: 18
    case .timeForm: 19
    case .periodForm: 20
    case .mixedLineEnds: 21
    case .separatorLine: 22
    case .hiddenSheets: 23
    case .hiddenRows: 24
    case .hiddenColumns: 25
    case .mergedCells: 26
    case .headerOfTwoRows: 27
    case .noteRow: 28
    case .totalColumn: 29
    case .furtherTables: 30
    case .percentSign: 31
    case .markAfterNumber: 32
    case .monthFirstDate: 33
    case .serialDate: 34
    case .repeatedValue: 35
    case .ambiguousDate: 36
    case .leadingZeros: 37
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

  /// By the kind's index; empty until something was forgiven.
  private var counts: [Count] = []

  static let placesKept = 3
  static let differencesKept = 1_000

  subscript(kind: ToleranceKind) -> Count { counts.isEmpty ? Count() : counts[kind.index] }

  var isEmpty: Bool { counts.isEmpty }

  /// Records of one reader come in their order.
  mutating func add(_ kind: ToleranceKind, _ record: UInt32) { add(index: kind.index, record) }

  mutating func add(index: Int, _ record: UInt32) {
    if counts.isEmpty { makeRoom() }
    counts[index].count += 1
    if counts[index].first.count < ToleranceCounts.placesKept, counts[index].first.last != record {
      counts[index].first.append(record)
    }
  }

  mutating func add(_ other: ToleranceCounts) {
    if other.isEmpty { return }
    if isEmpty { makeRoom() }
    for index in counts.indices where other.counts[index].count > 0 {
      counts[index].count += other.counts[index].count
      let merged = Set(counts[index].first + other.counts[index].first).sorted()
      counts[index].first = Array(merged.prefix(ToleranceCounts.placesKept))
    }
  }

  private mutating func makeRoom() {
    counts = Array(repeating: Count(), count: ToleranceKind.allCases.count)
  }
}
