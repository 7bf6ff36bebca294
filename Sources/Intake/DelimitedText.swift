import Columns

/// Small comma-separated files, whole.
public enum DelimitedText {
  /// All rows with all their cells as text; row `n` of the result is row `n + 1` of the file.
  ///
  /// UTF-8 with or without a byte order mark, else Windows-1252. Throws for NUL bytes and quotes that are not closed.
  public static func rows(of bytes: [UInt8], name: String) throws(IntakeError) -> [[String]] {
    var content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    if content.contains(0) { throw IntakeError(name, "There is a NUL byte, which no text file has.") }
    var block = ByteBlock(capacity: content.count)
    block.append(content)
    content = []
    if !(unsafe UTF8Check.isValid(block.buffer)) { block = Windows1252.decoded(block, 0..<block.count) }
    let newline = block.bytes(0..<block.count).contains(Dialect.lineFeed) ? Dialect.lineFeed : Dialect.carriageReturn
    let dialect = Dialect(delimiter: UInt8(ascii: ","), newline: newline)
    if RecordSplitter(dialect: dialect).cut(block, from: 0).openQuote != nil {
      throw IntakeError(name, "A double quote is opened and never closed.")
    }
    var tokenizer = Tokenizer(block, range: 0..<block.count, dialect: dialect)
    var room = UnsafeMutableBufferPointer<TextView>.allocate(capacity: 64)
    defer { unsafe room.deallocate() }
    var rows: [[String]] = []
    while true {
      let before = tokenizer
      guard unsafe tokenizer.next(into: room) else { return rows }
      if tokenizer.cellCount > room.count {
        unsafe room.deallocate()
        unsafe room = .allocate(capacity: tokenizer.cellCount)
        tokenizer = before
        _ = unsafe tokenizer.next(into: room)
      }
      let buffers = TextBuffers(block, tokenizer.scratch)
      rows.append((0..<tokenizer.cellCount).map { unsafe buffers.string(room[$0]) })
    }
  }
}
