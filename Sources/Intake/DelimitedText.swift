import Columns

/// Small comma-separated files, whole.
public enum DelimitedText {
  /// All rows with all their cells as text; row `n` of the result is row `n + 1` of the file.
  ///
  /// UTF-8 with or without a byte order mark, else Windows-1252. Throws for NUL bytes and quotes that are not closed.
  public static func rows(of bytes: [UInt8], name: String) throws(IntakeError) -> [[String]] {
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    var block = ByteBlock(content)
    let ends = DialectSniffer(block: block, range: 0..<min(block.count, DialectSniffer.length)).lineEnds([","])
    let dialect = Dialect(
      ",", newline: ends.hasReturns && !ends.hasLineFeeds ? Dialect.carriageReturn : Dialect.lineFeed)
    func place(_ offset: Int) -> String {
      var counter = RowCounter(dialect)
      for byte in content[..<offset] { counter.pass(byte) }
      return "\(name) row \(counter.row)"
    }
    if let offset = content.firstIndex(of: 0) {
      throw IntakeError(place(offset), "There is a NUL byte, which no text file has.", advice: "Save it as CSV again.")
    }
    if let quote = RecordSplitter(dialect: dialect).cut(block, 0..<block.count).openQuote {
      throw IntakeError(
        place(quote), "A double quote is opened and never closed.",
        advice: "Close the quote, or write it twice if it belongs to the text.")
    }
    if !(unsafe UTF8Check.isValid(block.buffer)) { block = Windows1252.decoded(block, 0..<block.count).block }
    var tokenizer = Tokenizer(block, range: 0..<block.count, dialect: dialect)
    var room = UnsafeMutableBufferPointer<TextView>.allocate(capacity: 64)
    defer { unsafe room.deallocate() }
    var rows: [[String]] = []
    while let row = unsafe tokenizer.nextTexts(&room) {
      rows.append(row)
      tokenizer.clearScratch()
    }
    return rows
  }
}
