import AuditModel
import JSONDocument

/// The records of a JSON document: an object, an array of objects, or an object with an array under `records` or where
/// the pack says.
final class JSONRecords: PartSupply {
  let tables: [SourceTable]
  let lines: [Int]
  private var blocks: [RowBlock]

  private init(_ table: SourceTable, _ blocks: [RowBlock], lines: [Int]) {
    tables = [table]
    self.blocks = blocks.reversed()
    self.lines = lines
  }

  static func open(
    _ head: FileHead, _ sniffer: TextSniffer, plan: IntakePlan, settings: SourceSettings
  ) throws(IntakeError) -> OpenedFile {
    if JSONLines.begins(head.block) { return try JSONLines.open(head, sniffer, plan: plan, settings: settings) }
    let name = head.name
    try head.bytes.readAll(into: head.block, limit: SourceFile.wholeBytes)
    let document: JSONDocument
    do {
      document = try JSONDocument.parse(head.block.bytes(0..<head.block.count), name: name)
    } catch {
      throw JSONCells.notJSON(error, name)
    }
    let place = try RecordList(document.root, plan: plan, name: name)
    var cells = JSONCells(plan, settings: settings)
    var rows: [[RowCell]] = []
    for (index, record) in place.records.enumerated() {
      guard record.kind == .object else {
        throw IntakeError(
          "\(name) line \(record.place.line)", "Record \(index + 1) is \(record.kind.words); expected an object.")
      }
      rows.append(cells.cells(of: record))
      let count = cells.columns.columns.count
      if cells.isTooWide || count * rows.count > SheetRows.placeLimit { throw JSONCells.tooWide(name) }
    }
    let columns = cells.columns.columns
    if !rows.isEmpty && !cells.columns.namesFields && !plan.takesAnyHeader {
      throw HeaderFinder.noHeader(keyCount: columns.count, name: name, plan: plan)
    }
    let table = SourceTable(
      headerRow: nil, columns: columns, shape: .document(prefix: place.prefix, isList: place.isList), plan: plan)
    var blocks: [RowBlock] = []
    var block = RowBlock(columnCount: columns.count)
    for (index, row) in rows.enumerated() {
      if block.isFull {
        blocks.append(block)
        block = RowBlock(columnCount: columns.count)
      }
      block.add(row, number: UInt32(index + 1))
    }
    if !block.isEmpty { blocks.append(block) }
    return OpenedFile(
      format: .json, encoding: sniffer.encoding.rawValue,
      decisions: [.init(subject: .encoding, value: sniffer.encoding.rawValue, why: sniffer.encodingReason)],
      tolerances: document.hasByteOrderMark || sniffer.hasMark ? [(.byteOrderMark, [])] : [],
      supply: JSONRecords(table, blocks, lines: place.lines))
  }

  func next() throws(IntakeError) -> (table: Int, content: SourcePart.Content)? {
    blocks.popLast().map { (0, .rows($0)) }
  }
}

/// Where the records of a document stand.
private struct RecordList {
  var records: [JSONValue]
  var lines: [Int]
  /// The JSON Pointer of the list, or of the only record.
  var prefix = ""
  var isList = true

  init(_ root: JSONValue, plan: IntakePlan, name: String) throws(IntakeError) {
    var list: JSONValue? = root.kind == .array ? root : nil
    if list == nil, let steps = plan.places.json {
      var value: JSONValue? = root
      for step in steps { value = value?[step] }
      if let value {
        list = value
        prefix = steps.map { "/" + JSONPointer.escaped($0) }.joined()
      }
    }
    if list == nil, let records = root["records"] {
      list = records
      prefix = "/records"
    }
    guard let list else {
      (records, lines, isList) = ([root], [root.place.line], false)
      return
    }
    if list.kind != .array {
      throw IntakeError(name, "\"\(prefix.dropFirst())\" is \(list.kind.words); expected an array of objects.")
    }
    (records, lines) = (list.elements, list.linesOfElements)
  }
}
