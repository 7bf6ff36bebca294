/// What stands before the first element of an XML document: looked at, and left out where the parser need not see it.
///
/// The parser always gets UTF-8. A document type is refused: entities are declared in it, and those of an attack grow
/// without end or lead to other files.
final class XMLPrologue: ByteFeed {
  private let feed: any ByteFeed
  private var decoder: TextDecoder?
  /// What was read ahead and is to be handed out from `at` on.
  private var ahead = ByteBlock()
  private var at = 0
  private var isAtEnd = false

  /// The encoding in which the document is read.
  private(set) var encoding = TextEncoding.utf8
  private(set) var encodingReason = "nothing says otherwise"

  /// The longest prologue.
  private static let limit = 1 << 16

  init(_ feed: any ByteFeed) {
    self.feed = feed
  }

  /// Reads up to the first element.
  ///
  /// - Returns: what is wrong with the document; nil when nothing is so far.
  func read() throws(IntakeError) -> String? {
    let first = ByteBlock()
    try fill(first, to: 1 << 12)
    if let fault = tellEncoding(first) { return fault }
    while true {
      switch look() {
      case .element: return nil
      case .wrong(let fault): return fault
      case .open:
        if isAtEnd { return "it has no element" }
        if ahead.count > XMLPrologue.limit { return "its first element does not begin in \(XMLPrologue.limit) bytes" }
        let more = ByteBlock()
        try fill(more, to: 1 << 12)
        unsafe append(more.buffer)
      }
    }
  }

  private func fill(_ block: ByteBlock, to count: Int) throws(IntakeError) {
    block.reserve(count)
    while block.count < count, !isAtEnd {
      let got = unsafe try feed.read(
        into: UnsafeMutableRawBufferPointer(start: block.base + block.count, count: count - block.count))
      if got == 0 { isAtEnd = true }
      block.count += got
    }
    block.seal()
  }

  private func append(_ bytes: UnsafeRawBufferPointer) {
    if decoder == nil {
      unsafe ahead.append(bytes)
    } else {
      unsafe decoder!.decode(bytes, into: ahead, isLast: isAtEnd)
    }
    ahead.seal()
  }

  // MARK: The encoding

  private func tellEncoding(_ first: ByteBlock) -> String? {
    var start = 0
    var isWide = false
    if first.begins(with: [0xEF, 0xBB, 0xBF]) {
      (start, encodingReason) = (3, "it begins with a byte order mark")
    } else if first.begins(with: [0xFF, 0xFE]) || first.begins(with: [0x3C, 0, 0x3F, 0]) {
      start = first[0] == 0xFF ? 2 : 0
      (encoding, encodingReason, isWide) = (.utf16LittleEndian, "its first bytes are", true)
    } else if first.begins(with: [0xFE, 0xFF]) || first.begins(with: [0, 0x3C, 0, 0x3F]) {
      start = first[0] == 0xFE ? 2 : 0
      (encoding, encodingReason, isWide) = (.utf16BigEndian, "its first bytes are", true)
    }
    if isWide { decoder = TextDecoder(encoding) }
    unsafe append(first.buffer(start..<first.count))
    guard let declaration = takeDeclaration() else { return nil }
    guard let declared = XMLPrologue.declaredEncoding(declaration) else { return nil }
    guard let known = TextEncoding(named: declared) else {
      return "it says that its encoding is \(declared), which is not read"
    }
    let isKnownWide = known == .utf16LittleEndian || known == .utf16BigEndian
    if isWide != isKnownWide {
      return
        "it says that its encoding is \(declared), and its bytes are \(isWide ? encoding.rawValue : "no such text")"
    }
    if isWide || known == .utf8 {
      if !isWide { encodingReason = "it says so" }
      return nil
    }
    (encoding, encodingReason) = (known, "it says so")
    decoder = TextDecoder(known)
    let raw = ahead
    ahead = ByteBlock()
    unsafe append(raw.buffer)
    return nil
  }

  /// Takes the declaration out of what was read, but for the ends of its lines.
  private func takeDeclaration() -> String? {
    guard ahead.begins(with: Array("<?xml".utf8)) else { return nil }
    let bytes = ahead.bytes(0..<min(ahead.count, 1 << 10))
    guard let close = bytes.firstIndex(of: UInt8(ascii: ">")) else { return nil }
    let lines = bytes[...close].count { $0 == Dialect.lineFeed }
    let rest = ahead
    ahead = ByteBlock()
    ahead.append(Array(repeating: Dialect.lineFeed, count: lines))
    unsafe ahead.append(rest.buffer((close + 1)..<rest.count))
    ahead.seal()
    return String(decoding: bytes[...close], as: UTF8.self)
  }

  private static func declaredEncoding(_ declaration: String) -> String? {
    for quote in ["\"", "'"] {
      let parts = declaration.split(separator: "encoding", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      let quoted = parts[1].split(separator: Character(quote), omittingEmptySubsequences: false)
      if quoted.count >= 3, quoted[0].allSatisfy({ $0 == "=" || $0.isWhitespace }) { return String(quoted[1]) }
    }
    return nil
  }

  // MARK: What stands before the first element

  private enum Look {
    case element
    case wrong(String)
    /// It does not end in what was read.
    case open
  }

  private func look() -> Look {
    let bytes = ahead.bytes(0..<ahead.count)
    var rest = bytes[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[open...]
      if rest.starts(with: Array("<!DOCTYPE".utf8)) {
        return .wrong("it has a document type, which can declare entities and is not read")
      }
      let isInstruction = rest.starts(with: Array("<?".utf8))
      let isComment = rest.starts(with: Array("<!--".utf8))
      if rest.count < 9, !isInstruction, !isComment, !isAtEnd { return .open }
      if !isInstruction && !isComment { return .element }
      let closing = Array((isInstruction ? "?>" : "-->").utf8)
      while !rest.isEmpty && !rest.starts(with: closing) { rest.removeFirst() }
      if rest.isEmpty { return .open }
    }
    return .open
  }

  // MARK: Handing out

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(IntakeError) -> Int {
    while at == ahead.count {
      if isAtEnd { return 0 }
      if decoder == nil {
        let got = unsafe try feed.read(into: buffer)
        if got == 0 { isAtEnd = true }
        return got
      }
      let raw = ByteBlock()
      try fill(raw, to: 1 << 14)
      (ahead.count, at) = (0, 0)
      unsafe append(raw.buffer)
    }
    let count = min(buffer.count, ahead.count - at)
    unsafe buffer.copyMemory(from: ahead.buffer(at..<(at + count)))
    at += count
    return count
  }
}
