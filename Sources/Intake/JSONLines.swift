import AuditModel
import JSONDocument

/// The records of a file with a JSON object a line.
final class JSONLines: PartSupply {
  private(set) var tables: [SourceTable] = []
  private let head: FileHead
  private let plan: IntakePlan
  private var cells: JSONCells
  private var block: ByteBlock
  private var at: Int
  private var line = 0
  /// What is wrong after the records that were handed out last.
  private var fault: IntakeError?

  private init(_ head: FileHead, start: Int, plan: IntakePlan, settings: SourceSettings) {
    self.head = head
    self.plan = plan
    block = head.block
    at = start
    cells = JSONCells(plan, settings: settings)
  }

  /// True when the first line is a whole object and another begins after it.
  static func begins(_ block: ByteBlock) -> Bool {
    let start = block.begins(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let bytes = block.bytes(start..<block.count)
    guard let open = bytes.firstIndex(where: { !isSpace($0) }), bytes[open] == UInt8(ascii: "{"),
      let end = bytes[open...].firstIndex(of: Dialect.lineFeed),
      let next = bytes[end...].first(where: { !isSpace($0) }), next == UInt8(ascii: "{")
    else { return false }
    do {
      return try JSONDocument.parse(Array(bytes[open..<end]), name: "").root.kind == .object
    } catch {
      return false
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }

  static func open(
    _ head: FileHead, _ sniffer: TextSniffer, plan: IntakePlan, settings: SourceSettings
  ) throws(IntakeError) -> OpenedFile {
    let start = head.block.begins(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return OpenedFile(
      format: .jsonLines, encoding: sniffer.encoding.rawValue,
      decisions: [.init(subject: .encoding, value: sniffer.encoding.rawValue, why: sniffer.encodingReason)],
      tolerances: start > 0 ? [(.byteOrderMark, [])] : [],
      supply: JSONLines(head, start: start, plan: plan, settings: settings))
  }

  func next() throws(IntakeError) -> (table: Int, content: SourcePart.Content)? {
    if let fault { throw fault }
    var rows: [(line: Int, cells: [RowCell])] = []
    var bytes = 0
    do throws(IntakeError) {
      try read(&rows, &bytes)
    } catch {
      // What was read before the fault is audited.
      if rows.isEmpty { throw error }
      fault = error
    }
    if rows.isEmpty && !tables.isEmpty { return nil }
    if tables.isEmpty {
      if !cells.columns.namesFields && !plan.takesAnyHeader {
        throw HeaderFinder.noHeader(keyCount: cells.columns.columns.count, name: head.name, plan: plan)
      }
      tables = [SourceTable(headerRow: nil, columns: cells.columns.columns, shape: .lines, plan: plan)]
    } else {
      tables[0].columns = cells.columns.columns
    }
    var result = RowBlock(columnCount: cells.columns.columns.count)
    for row in rows { result.add(row.cells, number: UInt32(row.line)) }
    return (0, .rows(result))
  }

  private func read(_ rows: inout [(line: Int, cells: [RowCell])], _ bytes: inout Int) throws(IntakeError) {
    while rows.count < 4_096, bytes < min(plan.partBytes, 1 << 20), let range = try nextLine() {
      line += 1
      bytes += range.count
      if range.allSatisfy({ JSONLines.isSpace(block[$0]) }) { continue }
      rows.append((line, try record(range)))
    }
  }

  private func record(_ range: Range<Int>) throws(IntakeError) -> [RowCell] {
    let document: JSONDocument
    do {
      document = try JSONDocument.parse(block.bytes(range), name: head.name)
    } catch {
      throw JSONCells.notJSON(error, head.name, lineBefore: line - 1)
    }
    guard document.root.kind == .object else {
      throw IntakeError("\(head.name) line \(line)", "It is \(document.root.kind.words); expected an object.")
    }
    let cells = self.cells.cells(of: document.root)
    if self.cells.isTooWide { throw JSONCells.tooWide(head.name) }
    return cells
  }

  /// The bytes of the next line, without its end.
  private func nextLine() throws(IntakeError) -> Range<Int>? {
    var searched = at
    while true {
      while searched < block.count, block[searched] != Dialect.lineFeed { searched += 1 }
      if searched < block.count {
        defer { at = searched + 1 }
        return at..<searched
      }
      if head.bytes.isAtEnd {
        if at >= block.count { return nil }
        defer { at = block.count }
        return at..<block.count
      }
      if block.count - at > plan.recordBytes {
        throw IntakeError(
          "\(head.name) line \(line + 1)", "The line is longer than \(plan.recordBytes >> 20) MiB.",
          advice: "No answer is that long; check that the file has a record a line.")
      }
      let length = min(plan.partBytes, 1 << 20)
      let fresh = ByteBlock(capacity: block.count - at + length)
      unsafe fresh.append(block.buffer(at..<block.count))
      searched -= at
      (block, at) = (fresh, 0)
      try head.bytes.read(length, into: block)
    }
  }
}
