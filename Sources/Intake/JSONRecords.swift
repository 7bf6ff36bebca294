import JSONDocument

/// The records of a JSON document: an object, an array of objects, or an object with an array under `records`.
final class JSONRecords: PartSupply {
  /// Where records stand: under a list, or the document itself.
  let pointer: (prefix: String, isList: Bool)
  /// The keys of the records as they stand there, one a column.
  let keys: [String]
  private var blocks: [RowBlock]

  private init(_ blocks: [RowBlock], pointer: (prefix: String, isList: Bool), keys: [String]) {
    self.blocks = blocks.reversed()
    self.pointer = pointer
    self.keys = keys
  }

  /// True when a file begins as a JSON document does.
  static func begins(_ block: ByteBlock) -> Bool {
    var index = block.begins(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while index < block.count, [0x20, 0x09, 0x0A, 0x0D].contains(block[index]) { index += 1 }
    guard index < block.count else { return false }
    return block[index] == UInt8(ascii: "{") || block[index] == UInt8(ascii: "[")
  }

  static func open(
    _ bytes: ByteSource, _ block: ByteBlock, name: String, plan: IntakePlan, settings: SourceSettings
  ) throws(IntakeError) -> OpenedFile {
    try bytes.readAll(into: block, limit: SourceFile.wholeBytes)
    let document: JSONDocument
    do {
      document = try JSONDocument.parse(block.bytes(0..<block.count), name: name)
    } catch {
      throw IntakeError(
        error.line == 0 ? name : "\(name) line \(error.line), column \(error.column)", error.message + ".",
        advice: "The file is no valid JSON; mend it there.")
    }
    let root = document.root
    let list = root.kind == .array ? root : root["records"]
    let isList = list != nil
    let records = list.map(\.elements) ?? [root]
    if let list, list.kind != .array {
      throw IntakeError(name, "\"records\" is \(list.kind.words); expected an array of objects.")
    }
    var headings: [String] = []
    var positions: [String: Int] = [:]
    for (index, record) in records.enumerated() {
      guard record.kind == .object else {
        throw IntakeError(
          "\(name) line \(record.place.line)", "Record \(index + 1) is \(record.kind.words); expected an object.")
      }
      for (key, _) in record.members where positions[key] == nil {
        positions[key] = headings.count
        headings.append(key)
      }
    }
    if headings.count > SheetRows.columnLimit || headings.count * records.count > SheetRows.placeLimit {
      throw IntakeError(
        name, "The \(records.count) records have \(headings.count) different keys between them.",
        advice: "Give every record the same keys.")
    }
    let columns = HeadingIndex(plan, columns: settings.columns).map(headings)
    if !records.isEmpty && !columns.contains(where: { $0.field != nil }) {
      throw HeaderFinder.noHeader(keyCount: headings.count, name: name, plan: plan)
    }
    var rows = RowBlocks(columnCount: headings.count)
    for (index, record) in records.enumerated() {
      var cells = Array(repeating: RowCell.empty, count: headings.count)
      for (key, value) in record.members { cells[positions[key]!] = cell(value) }
      rows.add(cells, number: UInt32(index + 1))
    }
    let lines = list?.linesOfElements ?? [root.place.line]
    return OpenedFile(
      format: .json, encoding: TextEncoding.utf8.rawValue, delimiter: nil, sheet: nil, headerRow: nil, columns: columns,
      firstRow: 1, lines: lines, tolerances: document.hasByteOrderMark ? [(.byteOrderMark, [])] : [],
      parts: JSONRecords(
        rows.all, pointer: (prefix: root.kind == .array || !isList ? "" : "/records", isList: isList), keys: headings))
  }

  private static func cell(_ value: JSONValue) -> RowCell {
    switch value.kind {
    case .string: RowCell(text: value.string ?? "")
    case .integer: RowCell(text: value.integer.map(String.init) ?? "")
    case .real: RowCell(text: value.double.map(NumberText.text) ?? "")
    case .boolean: RowCell(text: value.boolean == true ? "true" : "false")
    case .null: .empty
    case .object, .array: RowCell(text: "(\(value.kind.words))", isUnreadable: true)
    }
  }

  func next() throws(IntakeError) -> SourcePart.Content? {
    blocks.popLast().map { .rows($0) }
  }
}
