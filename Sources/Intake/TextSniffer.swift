/// What was decided about a file while it was opened, and why.
public struct ReadingDecision: Hashable, Sendable {
  public enum Subject: String, Sendable {
    case encoding
    case delimiter
    case sheet
    case header
    case layout
    case dates
  }

  public let subject: Subject
  public let value: String
  /// Why, as the rest of a sentence: "it begins with a byte order mark".
  public let why: String
}

/// Tells how the bytes of a text file are to be read.
struct TextSniffer {
  let block: ByteBlock
  let name: String
  /// True when the block is the whole file.
  let isWhole: Bool
  let settings: SourceSettings

  /// Where the text begins, after a byte order mark.
  private(set) var start = 0
  private(set) var encoding = TextEncoding.utf8
  private(set) var encodingReason = ""
  /// True when the bytes are not what the encoding would be otherwise, and it is taken for want of a better one.
  private(set) var isFallback = false
  var hasMark: Bool { start > 0 }

  init(_ block: ByteBlock, name: String, isWhole: Bool, settings: SourceSettings) throws(IntakeError) {
    self.block = block
    self.name = name
    self.isWhole = isWhole
    self.settings = settings
    try sniffEncoding()
  }

  private static let marks: [([UInt8], TextEncoding)] = [
    ([0xEF, 0xBB, 0xBF], .utf8), ([0xFF, 0xFE], .utf16LittleEndian), ([0xFE, 0xFF], .utf16BigEndian),
  ]

  private mutating func sniffEncoding() throws(IntakeError) {
    if block.begins(with: [0xFF, 0xFE, 0, 0]) || block.begins(with: [0, 0, 0xFE, 0xFF]) {
      throw IntakeError(name, "The text is UTF-32, which is not read.", advice: "Save it as CSV in UTF-8.")
    }
    if let (mark, marked) = TextSniffer.marks.first(where: { block.begins(with: $0.0) }) {
      start = mark.count
      (encoding, encodingReason) = (marked, "it begins with a byte order mark")
    } else if settings.encoding == nil, let likely = wideLook() {
      throw IntakeError(
        name,
        "Every other byte is 0, as in \(likely.rawValue), but the byte order mark that says so is missing.",
        advice: "Save it as CSV in UTF-8, or give the encoding: --encoding \(likely.rawValue.lowercased()), or "
          + "\"encoding\" in the round.")
    } else {
      let end = isWhole ? block.count : block.count - UTF8Check.openTail(block)
      if let fault = unsafe UTF8Check.firstFault(block.buffer(0..<end)) {
        (encoding, encodingReason) = (.windows1252, "the byte \(TextSniffer.hex(block[fault])) at \(fault) is no UTF-8")
        isFallback = true
      } else {
        let isASCII = UTF8Check.isASCII(block, 0..<end)
        encodingReason = isASCII ? "nothing but ASCII was met" : "its bytes are well-formed UTF-8"
      }
    }
    if let given = settings.encoding {
      if given != encoding, start > 0 { start = 0 }
      isFallback = false
      (encoding, encodingReason) = (given, "it was given")
    }
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "0x" + (digits.count == 1 ? "0" : "") + digits
  }

  /// The encoding of two bytes a character that zero bytes in every other place speak for.
  private func wideLook() -> TextEncoding? {
    let count = min(block.count, 1 << 12) / 2 * 2
    guard count >= 4 else { return nil }
    var zeros = (even: 0, odd: 0)
    for index in stride(from: 0, to: count, by: 2) {
      if block[index] == 0 { zeros.even += 1 }
      if block[index + 1] == 0 { zeros.odd += 1 }
    }
    let most = count / 2 * 7 / 10
    if zeros.odd >= max(2, most), zeros.even == 0 { return .utf16LittleEndian }
    if zeros.even >= max(2, most), zeros.odd == 0 { return .utf16BigEndian }
    return nil
  }

  /// The first character that is no space, when it is ASCII.
  var firstCharacter: UInt8? {
    let isWide = encoding == .utf16LittleEndian || encoding == .utf16BigEndian
    return block.bytes(start..<min(block.count, start + 1 << 16)).first {
      ![0x20, 0x09, 0x0A, 0x0D].contains($0) && !(isWide && $0 == 0)
    }
  }

  /// What a document that is read as UTF-8 is decoded by; nil when it is UTF-8.
  var documentDecoder: TextDecoder? {
    encoding == .utf8 || isFallback ? nil : TextDecoder(encoding)
  }

  /// How the cells of the file are divided.
  struct Delimited {
    var dialect: Dialect
    var reason: String
    /// True when the first line is `sep=;` or the like, and no row of the table.
    var hasSeparatorLine = false
    var mixesLineEnds = false
  }

  func delimited() -> Delimited {
    let length = min(block.count - start, DialectSniffer.length)
    var sample = block
    var range = start..<(start + length)
    if encoding != .utf8 {
      sample = ByteBlock()
      var decoder = TextDecoder(encoding)
      unsafe decoder.decode(block.buffer(range), into: sample, isLast: true)
      range = 0..<sample.count
    }
    let named = separator(sample, range)
    range = (range.lowerBound + (named?.length ?? 0))..<range.upperBound
    let sniffer = DialectSniffer(block: sample, range: range)
    let given = settings.delimiter
    let ends = sniffer.lineEnds(given.map { [$0] } ?? Dialect.characters)
    let newline = ends.hasReturns && !ends.hasLineFeeds ? Dialect.carriageReturn : Dialect.lineFeed
    var result: Delimited
    if let given {
      result = Delimited(dialect: Dialect(given, newline: newline), reason: "it was given")
    } else if let named {
      result = Delimited(dialect: Dialect(named.character, newline: newline), reason: "the first line says so")
    } else if let found = sniffer.delimiter(newline: newline) {
      result = Delimited(
        dialect: Dialect(found.character, newline: newline),
        reason: "it cuts \(found.rows) of the first rows into \(found.cells) cells each")
    } else {
      result = Delimited(dialect: Dialect(Dialect.characters[0], newline: newline), reason: "nothing divides the rows")
    }
    result.hasSeparatorLine = named != nil
    result.mixesLineEnds = ends.hasReturns && ends.hasLineFeeds
    return result
  }

  /// A first line such as `sep=;`, which Excel writes and reads: the character and the bytes of the line in UTF-8.
  private func separator(_ sample: ByteBlock, _ range: Range<Int>) -> (character: Unicode.Scalar, length: Int)? {
    var end = range.lowerBound
    while end < min(range.upperBound, range.lowerBound + 16), sample[end] != Dialect.lineFeed,
      sample[end] != Dialect.carriageReturn
    {
      end += 1
    }
    guard end < range.upperBound else { return nil }
    var line = String(decoding: sample.bytes(range.lowerBound..<end), as: UTF8.self)
    if line.hasPrefix("\""), line.hasSuffix("\""), line.count > 2 { line = String(line.dropFirst().dropLast()) }
    guard line.lowercased().hasPrefix("sep="), line.unicodeScalars.count == 5, let character = line.unicodeScalars.last,
      character != "\""
    else { return nil }
    if sample[end] == Dialect.carriageReturn, end + 1 < range.upperBound, sample[end + 1] == Dialect.lineFeed {
      end += 1
    }
    return (character, end + 1 - range.lowerBound)
  }
}
