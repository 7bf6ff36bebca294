/// How a delimited text file is cut into cells (RFC 4180, and what is met beside it).
struct Dialect: Equatable, Sendable {
  /// The byte that divides cells; 0xFF for a character that is not ASCII, which is put in its place.
  var delimiter: UInt8
  /// Line feed, or carriage return in files that have no line feed.
  var newline: UInt8
  /// The character that divides cells.
  var character: Unicode.Scalar

  static let quote = UInt8(ascii: "\"")
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  /// In the order of preference.
  static let characters: [Unicode.Scalar] = [",", ";", "\t", "|", "¬", "þ"]

  init(_ character: Unicode.Scalar, newline: UInt8 = Dialect.lineFeed) {
    self.character = character
    self.newline = newline
    delimiter = character.isASCII ? UInt8(character.value) : TextDecoder.delimiterByte
  }

  /// The delimiter as reports show it.
  var words: String { Dialect.words(character) }

  static func words(_ character: Unicode.Scalar) -> String { character == "\t" ? "tab" : String(character) }
}

/// What the first bytes of a text say about how its lines end and its cells are divided.
struct DialectSniffer {
  /// Text in UTF-8.
  let block: ByteBlock
  let range: Range<Int>

  /// Bytes looked at.
  static let length = 1 << 16

  struct LineEnds: Equatable {
    var hasLineFeeds = false
    /// Carriage returns that end a line without a line feed.
    var hasReturns = false
  }

  /// Where lines end outside quoted cells.
  func lineEnds(_ characters: [Unicode.Scalar] = Dialect.characters) -> LineEnds {
    let delimiters = characters.filter(\.isASCII).map { UInt8($0.value) }
    var ends = LineEnds()
    var isQuoted = false
    var isCellStart = true
    for index in range {
      let byte = block[index]
      if byte == Dialect.quote && (isQuoted || isCellStart) {
        isQuoted.toggle()
      } else if !isQuoted {
        if byte == Dialect.lineFeed { ends.hasLineFeeds = true }
        if byte == Dialect.carriageReturn, index + 1 < range.upperBound, block[index + 1] != Dialect.lineFeed {
          ends.hasReturns = true
        }
      }
      isCellStart =
        !isQuoted
        && (byte == Dialect.carriageReturn || byte == Dialect.lineFeed || byte == Dialect.quote
          || delimiters.contains(byte))
    }
    return ends
  }

  /// The character that cuts most rows into the same number of cells, more than one, with those rows and cells; nil
  /// when none does.
  func delimiter(newline: UInt8) -> (character: Unicode.Scalar, rows: Int, cells: Int)? {
    var best: (score: Int, character: Unicode.Scalar, rows: Int, cells: Int)?
    for character in Dialect.characters {
      guard let found = cells(dividedBy: Array(String(character).utf8), newline) else { continue }
      let score = found.rows * (found.cells + 8)
      if score > best?.score ?? 0 { best = (score, character, found.rows, found.cells) }
    }
    return best.map { ($0.character, $0.rows, $0.cells) }
  }

  /// The most frequent number of cells above one, and how many rows have it.
  private func cells(dividedBy delimiter: [UInt8], _ newline: UInt8) -> (rows: Int, cells: Int)? {
    var counts: [Int: Int] = [:]
    var cells = 1
    var isQuoted = false
    var isCellStart = true
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = block[index]
      var length = 1
      var isMark = false
      if isQuoted {
        if byte == Dialect.quote { isQuoted = false }
      } else if byte == Dialect.quote && isCellStart {
        isQuoted = true
      } else if byte == delimiter[0], stands(delimiter, at: index) {
        cells += 1
        length = delimiter.count
        isMark = true
      } else if byte == newline {
        counts[cells, default: 0] += 1
        cells = 1
        isMark = true
      }
      isCellStart = isMark
      index += length
    }
    if cells > 1 { counts[cells, default: 0] += 1 }
    let best = counts.filter { $0.key > 1 }.max {
      ($0.value * ($0.key + 8), $0.key) < ($1.value * ($1.key + 8), $1.key)
    }
    return best.map { ($0.value, $0.key) }
  }

  private func stands(_ text: [UInt8], at index: Int) -> Bool {
    index + text.count <= range.upperBound && text.indices.allSatisfy { block[index + $0] == text[$0] }
  }
}
