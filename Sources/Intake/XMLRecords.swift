import AuditModel

/// The records of an XML document, read as they are asked for.
enum XMLRecords {
  static func open(
    _ head: FileHead, _ sniffer: TextSniffer, plan: IntakePlan, settings: SourceSettings
  ) throws(IntakeError) -> OpenedFile {
    let start = String(decoding: head.block.bytes(0..<min(head.block.count, 512)), as: UTF8.self).lowercased()
    if start.contains("<html") || start.contains("<!doctype html") {
      throw IntakeError(head.name, "It is a web page (HTML).", advice: "Copy the answer into CSV or XLSX.")
    }
    guard let record = plan.places.xml else {
      throw IntakeError(
        head.name, "It is XML, and the rule pack does not say where the records of an XML file stand.",
        advice: "Send the answer as CSV, XLSX or JSON.")
    }
    let supply = PumpedTables()
    supply.run { (put) throws(IntakeError) in
      let reader = XMLRecordReader(record, plan: plan, settings: settings, put: put)
      // What was read before a fault is audited.
      defer { reader.handRows() }
      try XMLWalk.read(SourceFeed(head), into: reader, tellsLines: true)
      if let fault = reader.fault {
        throw IntakeError(
          head.name, "The XML cannot be read: \(fault).", advice: "Export the file again, or mend it there.")
      }
      try reader.finish(head.name)
    }
    return OpenedFile(
      format: .xml, encoding: sniffer.encoding.rawValue,
      decisions: [
        .init(subject: .layout, value: record.joined(separator: "/"), why: "the rule pack says that these are records")
      ],
      tolerances: sniffer.hasMark ? [(.byteOrderMark, [])] : [], supply: supply)
  }
}

/// The bytes of a file of its own.
private final class SourceFeed: ByteFeed {
  private let head: FileHead
  private var block: ByteBlock
  private var at = 0

  init(_ head: FileHead) {
    self.head = head
    block = head.block
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(IntakeError) -> Int {
    if at == block.count {
      if head.bytes.isAtEnd { return 0 }
      if at == head.block.count { block = ByteBlock() }
      (block.count, at) = (0, 0)
      try head.bytes.read(1 << 18, into: block)
    }
    let count = min(buffer.count, block.count - at)
    unsafe buffer.copyMemory(from: block.buffer(at..<(at + count)))
    at += count
    return count
  }
}

/// Takes records out of an XML document.
private final class XMLRecordReader: XMLHandler {
  private let record: [String]
  private let plan: IntakePlan
  private let put: (PumpedTables.Item) -> Bool
  private var columns: PathColumns
  /// Columns that the table has so far.
  private var knownColumns = 0
  private var block = RowBlock(columnCount: 0)
  private var lines: [Int] = []
  private var number: UInt32 = 0
  private var cells: [RowCell] = []
  /// What stands outside the records: those of the head of a submission, by column.
  private var shared: [Int: String] = [:]
  /// Columns of fields that say whether a section is there, by its path.
  private var sections: [String: Int] = [:]
  private var isInRecord = false
  private var hasTable = false
  /// Of each open element: its path as keys have it, how often each name stood in it, whether no element did, and whether
  /// it has no attributes.
  private var open: [(key: String, counts: [String: Int], isLeaf: Bool, isPlain: Bool)] = []

  init(
    _ record: [String], plan: IntakePlan, settings: SourceSettings, put: @escaping (PumpedTables.Item) -> Bool
  ) {
    self.record = record
    self.plan = plan
    self.put = put
    columns = PathColumns(plan, settings: settings)
    columns.addFieldsWithPaths()
    super.init()
    collects = true
    for (index, column) in columns.columns.enumerated() {
      guard let field = column.field.map({ plan.fields[$0] }), field.type == .boolean else { continue }
      for path in field.paths where path.leadsToElement { sections[path.text] = index }
    }
  }

  override func begin(_ element: String, _ attributes: [String: String]) {
    text = ""
    if path.count <= record.count, path[...] != record.prefix(path.count), path.count == 1 {
      fault = "its root is \"\(element)\"; expected \"\(record[0])\""
      return
    }
    if !isInRecord, path == record {
      isInRecord = true
      number += 1
      lines.append(line)
      cells = Array(repeating: .empty, count: columns.columns.count)
      for (column, value) in shared { cells[column] = RowCell(text: value) }
      for column in sections.values { cells[column] = RowCell(text: "false") }
      open = [("", [:], true, true)]
    } else {
      open.append((key(of: element), [:], true, true))
      if isInRecord, let column = sections[open[open.count - 1].key] { cells[column] = RowCell(text: "true") }
    }
    for (name, value) in attributes.sorted(by: { $0.key < $1.key }) where !name.hasPrefix("xmlns") {
      if name.hasPrefix("xsi:") { continue }
      set(joined(open[open.count - 1].key, "@" + XMLWalk.localName(name)), value)
      open[open.count - 1].isPlain = false
    }
  }

  private func joined(_ key: String, _ step: String) -> String { key.isEmpty ? step : "\(key)/\(step)" }

  /// The path of an element that opens, by how many of its name stood beside it before.
  private func key(of element: String) -> String {
    guard !open.isEmpty else { return "/\(element)" }
    let parent = open.count - 1
    open[parent].isLeaf = false
    let count = open[parent].counts[element, default: 0] + 1
    open[parent].counts[element] = count
    let step = count == 1 ? element : "\(element)[\(count)]"
    return joined(open[parent].key, step)
  }

  override func end(_ element: String) {
    if isInRecord, path == record {
      isInRecord = false
      endRecord()
      // The elements above the record, whose siblings need no counting.
      open = record.indices.dropLast().map { ("/" + record[...$0].joined(separator: "/"), [:], false, true) }
      text = ""
      return
    }
    guard let last = open.popLast() else { return }
    // An element whose attributes say everything holds no text of its own.
    let words = text.trimmed
    if last.isLeaf, sections[last.key] == nil, last.isPlain || !words.isEmpty { set(last.key, words) }
    text = ""
  }

  private func set(_ given: String, _ value: String) {
    // Outside the records one name does for all that stands in an element that nobody knows.
    let isStrange = !isInRecord && path.count >= record.count && !columns.isField(given)
    let key = isStrange ? "/" + path.prefix(record.count).joined(separator: "/") : given
    let column = columns.column(of: key, key: key)
    if column >= HeaderFinder.columnLimit {
      fault = "its records have more than \(HeaderFinder.columnLimit) different paths between them"
      return
    }
    guard isInRecord else {
      if !value.isEmpty { shared[column] = value }
      return
    }
    while cells.count <= column { cells.append(.empty) }
    if value.isEmpty { return }
    let isOwn = key.hasPrefix("/") || !cells[column].text.isEmpty && shared[column] == nil
    if isOwn, cells[column].text != value {
      block.notes.add(.repeatedValue, number)
    } else {
      cells[column] = RowCell(text: value)
    }
  }

  private func endRecord() {
    if !hasTable || columns.columns.count > knownColumns {
      handRows()
      if hasTable {
        hand(.columns(Array(columns.columns[knownColumns...])))
      } else {
        let path = "/" + record.joined(separator: "/")
        hand(
          .table(
            .table(
              SourceTable(headerRow: nil, columns: columns.columns, shape: .elements(path: path), plan: plan))))
        hasTable = true
      }
      let notes = block.notes
      knownColumns = columns.columns.count
      block = RowBlock(columnCount: knownColumns)
      block.notes = notes
    }
    block.add(cells, number: number)
    if block.isFull { handRows() }
  }

  func handRows() {
    guard hasTable, block.rowCount > 0 else { return }
    hand(.lines(lines))
    lines = []
    hand(.table(.rows(block)))
    block = RowBlock(columnCount: knownColumns)
  }

  private func hand(_ item: PumpedTables.Item) {
    if !put(item) { isDone = true }
  }

  /// Ends the records.
  func finish(_ name: String) throws(IntakeError) {
    if isDone { return }
    handRows()
    if !hasTable {
      let others = columns.columns.filter { $0.field == nil && $0.key.hasPrefix("/") }.prefix(3).map(\.heading)
      throw IntakeError(
        name,
        "The XML holds no \(record.joined(separator: "/")), which is where records stand"
          + (others.isEmpty ? "." : "; it holds \(others.joined(separator: ", "))."),
        advice: "Check that the file is the one that was meant; an export may have failed.")
    }
  }
}
