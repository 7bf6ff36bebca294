import AuditModel

/// The rows of the first visible sheet of an XLSX workbook (ECMA-376).
final class Workbook: PartSupply {
  private var blocks: [RowBlock]

  private init(_ blocks: [RowBlock]) {
    self.blocks = blocks.reversed()
  }

  /// True when a file begins as a zip file does.
  static func begins(_ block: ByteBlock) -> Bool {
    block.begins(with: [0x50, 0x4B, 0x03, 0x04]) || block.begins(with: [0x50, 0x4B, 0x05, 0x06])
  }

  static func open(
    _ bytes: ByteSource, _ block: ByteBlock, name: String, plan: IntakePlan, settings: SourceSettings
  ) throws(IntakeError) -> OpenedFile {
    try bytes.readAll(into: block, limit: SourceFile.wholeBytes)
    let zip = try ZipArchive(block, name: name)
    let index = WorkbookIndex()
    guard try read("xl/workbook.xml", of: zip, into: index, name) else { throw try noWorkbook(zip, name) }
    let relations = WorkbookRelations()
    _ = try read("xl/_rels/workbook.xml.rels", of: zip, into: relations, name)
    let formats = CellFormats()
    _ = try read("xl/styles.xml", of: zip, into: formats, name)
    let strings = SharedStrings()
    _ = try read("xl/sharedStrings.xml", of: zip, into: strings, name)
    let sheets = index.sheets.filter { !relations.withoutCells.contains($0.relation) }
    guard let sheet = sheets.first(where: \.isVisible) else {
      throw IntakeError(name, "The workbook has no visible sheet.", advice: "Show the sheet with the answer.")
    }
    let subject = "\(name) sheet \"\(sheet.name)\""
    let rows = SheetCollector(name: subject, plan: plan, settings: settings)
    let reader = SheetRows(strings: strings.strings, shapes: formats.shapes, uses1904: index.uses1904, take: rows.add)
    let path = relations.targets[sheet.relation] ?? "xl/worksheets/sheet1.xml"
    guard try read(path, of: zip, into: reader, name) else {
      throw IntakeError(subject, "The sheet is missing from the file.", advice: "Open the workbook and save it again.")
    }
    let (header, blocks) = try rows.finish()
    var tolerances: [(ToleranceKind, [Int])] = header.titles.isEmpty ? [] : [(.titleRows, header.titles)]
    for other in sheets where other.isVisible && other.relation != sheet.relation {
      guard let path = relations.targets[other.relation], holdsSomething(path, of: zip) else { continue }
      tolerances.append((.otherSheets, []))
    }
    return OpenedFile(
      format: .xlsx, encoding: TextEncoding.utf8.rawValue, delimiter: nil, sheet: sheet.name, headerRow: header.number,
      columns: header.columns, unused: rows.unused, firstRow: 1, tolerances: tolerances, parts: Workbook(blocks))
  }

  /// True when a sheet that is not read has a cell with something in it, or cannot be looked through.
  private static func holdsSomething(_ path: String, of zip: ZipArchive) -> Bool {
    do {
      guard let bytes = try zip.entry(path) else { return false }
      let probe = SheetProbe()
      WorkbookXML.read(bytes, into: probe)
      return probe.isDone || probe.fault != nil
    } catch {
      return true
    }
  }

  /// Reads a part of the workbook; false when there is none by that path.
  private static func read(
    _ path: String, of zip: ZipArchive, into part: WorkbookPart, _ name: String
  ) throws(IntakeError) -> Bool {
    guard let bytes = try zip.entry(path) else { return false }
    WorkbookXML.read(bytes, into: part)
    if let fault = part.fault {
      throw IntakeError(
        name, "The workbook's part \(path) cannot be read: \(fault).",
        advice: "Open the workbook and save it again, or save it as CSV.")
    }
    return true
  }

  private static func noWorkbook(_ zip: ZipArchive, _ name: String) throws(IntakeError) -> IntakeError {
    if try zip.entry("xl/workbook.bin") != nil {
      return IntakeError(
        name, "It is a binary Excel workbook (.xlsb).", advice: "Save it as .xlsx or CSV.")
    }
    return IntakeError(
      name, "It is a zip file, but not an .xlsx workbook.", advice: "Send the answer as CSV, XLSX or JSON.")
  }

  func next() throws(IntakeError) -> SourcePart.Content? {
    blocks.popLast().map { .rows($0) }
  }
}

/// Takes the rows of a sheet: the first ones until the header is found among them, then straight into blocks.
private final class SheetCollector {
  struct Header {
    /// 1-based, as the sheet numbers it.
    var number: Int
    var columns: [ColumnMapping]
    /// The rows above it.
    var titles: [Int]
  }

  private let name: String
  private let plan: IntakePlan
  private let finder: HeaderFinder
  private var first: [(number: Int, cells: [RowCell])] = []
  private var header: Header?
  private var blocks = RowBlocks(columnCount: 0)
  /// Columns of periods, where a month shown alone means all of it.
  private var periods: [Int] = []
  /// Columns without a heading in which nothing stands below the header.
  private(set) var unused: Set<Int> = []

  init(name: String, plan: IntakePlan, settings: SourceSettings) {
    self.name = name
    self.plan = plan
    finder = HeaderFinder(index: HeadingIndex(plan, columns: settings.columns), plan: plan)
  }

  func add(_ number: Int, _ cells: [RowCell]) {
    if header != nil { return put(number, cells) }
    if first.count < HeaderFinder.rowsLooked { first.append((number, cells)) }
    if first.count == HeaderFinder.rowsLooked { findHeader() }
  }

  private func findHeader() {
    guard header == nil, let found = finder.find(first.map { $0.cells.map(\.text) }) else { return }
    header = Header(
      number: first[found.row].number, columns: found.columns, titles: first.prefix(found.row).map(\.number))
    periods = found.columns.indices.filter { found.columns[$0].field.map { plan.fields[$0].type } == .period }
    unused = Set(found.columns.indices.filter { found.columns[$0].heading.isEmpty })
    blocks = RowBlocks(columnCount: found.columns.count)
    for row in first.dropFirst(found.row + 1) { put(row.number, row.cells) }
  }

  private func put(_ number: Int, _ cells: [RowCell]) {
    var cells = cells
    for column in periods where column < cells.count && cells[column].isMonth {
      cells[column].text = String(cells[column].text.prefix(7))
    }
    for column in unused where column < cells.count && !cells[column].text.trimmed.isEmpty { unused.remove(column) }
    blocks.add(cells, number: UInt32(number))
  }

  func finish() throws(IntakeError) -> (Header, [RowBlock]) {
    if first.isEmpty {
      throw IntakeError(name, "The sheet is empty.", advice: "Put the answer on the first visible sheet.")
    }
    findHeader()
    guard let header else {
      throw HeaderFinder.noHeader(first.map { ($0.number, $0.cells.map(\.text)) }, name: name, plan: plan)
    }
    return (header, blocks.all)
  }
}
