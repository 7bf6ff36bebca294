import AuditModel

/// The rows of the first visible sheet of an XLSX workbook (ECMA-376).
final class Workbook: PartSupply {
  private var blocks: [RowBlock]

  /// Rows of one part.
  static let partRows = 65_536

  private init(_ blocks: [RowBlock]) {
    self.blocks = blocks.reversed()
  }

  /// True when a file begins as a zip file does.
  static func begins(_ block: ByteBlock) -> Bool {
    block.count >= 4 && block.bytes(0..<4) == [0x50, 0x4B, 0x03, 0x04]
  }

  static func open(
    _ bytes: ByteSource, _ block: ByteBlock, name: String, plan: IntakePlan, settings: SourceSettings
  ) throws(IntakeError) -> OpenedFile {
    while !bytes.isAtEnd { try bytes.read(1 << 20, into: block) }
    let zip = unsafe try ZipArchive(block.buffer, name: name)
    guard let indexBytes = try zip.entry("xl/workbook.xml") else {
      throw IntakeError(
        name, "It is a zip file, but not an .xlsx workbook.", advice: "Send the answer as CSV, XLSX or JSON.")
    }
    let index = WorkbookIndex()
    index.read(indexBytes)
    let relations = WorkbookRelations()
    if let found = try zip.entry("xl/_rels/workbook.xml.rels") { relations.read(found) }
    let formats = CellFormats()
    if let found = try zip.entry("xl/styles.xml") { formats.read(found) }
    let strings = SharedStrings()
    if let found = try zip.entry("xl/sharedStrings.xml") { strings.read(found) }
    guard let sheet = index.sheets.first(where: \.isVisible) else {
      throw IntakeError(name, "The workbook has no visible sheet.", advice: "Show the sheet with the answer.")
    }
    let path = relations.targets[sheet.relation] ?? "xl/worksheets/sheet1.xml"
    guard let sheetBytes = try zip.entry(path) else {
      throw IntakeError(name, "The workbook's sheet \"\(sheet.name)\" is missing from the file.")
    }
    var rows: [(number: Int, cells: [RowCell])] = []
    let reader = SheetRows(strings: strings.strings, formats: formats.showsDate, uses1904: index.uses1904) {
      number, cells in
      if !cells.isEmpty { rows.append((number, cells)) }
    }
    reader.read(sheetBytes)
    if let fault = [index, relations, formats, strings, reader].compactMap(\.fault).first {
      throw IntakeError(
        name, "The workbook is damaged: \(fault).", advice: "Open and save it again, or save it as CSV.")
    }
    return try opened(rows, sheet: sheet.name, name: name, plan: plan, settings: settings)
  }

  private static func opened(
    _ rows: [(number: Int, cells: [RowCell])], sheet: String, name: String, plan: IntakePlan, settings: SourceSettings
  ) throws(IntakeError) -> OpenedFile {
    let texts = rows.prefix(HeaderFinder.rowsLooked).map { $0.cells.map(\.text) }
    if rows.isEmpty {
      throw IntakeError("\(name) \(sheet)", "The sheet is empty.", advice: "Put the answer on the first visible sheet.")
    }
    let finder = HeaderFinder(index: HeadingIndex(plan, columns: settings.columns), plan: plan)
    guard let header = finder.find(texts) else {
      throw DelimitedFile.noHeader(texts, name: "\(name) \(sheet)", plan: plan)
    }
    var tolerances: [(ToleranceKind, [Int])] = []
    if header.row > 0 { tolerances.append((.titleRows, rows.prefix(header.row).map(\.number))) }
    var blocks: [RowBlock] = []
    var block = RowBlock(columnCount: header.columns.count)
    for row in rows.dropFirst(header.row + 1) {
      if block.rowCount == partRows {
        blocks.append(block)
        block = RowBlock(columnCount: header.columns.count)
      }
      block.add(row.cells, number: UInt32(row.number))
    }
    if block.rowCount > 0 { blocks.append(block) }
    return OpenedFile(
      format: .xlsx, encoding: TextEncoding.utf8.rawValue, delimiter: nil, sheet: sheet,
      headerRow: rows[header.row].number, columns: header.columns, firstRow: 1, tolerances: tolerances,
      parts: Workbook(blocks))
  }

  func next() throws(IntakeError) -> SourcePart.Content? {
    blocks.popLast().map { .rows($0) }
  }
}

/// Days as ISO dates.
enum SerialDate {
  static func iso(days: Int) -> String { CalendarDate(days: Int32(days)).description }
}
