import AuditModel

/// The rows of an XLSX workbook (ECMA-376), read as they are asked for.
struct Workbook {
  private let head: FileHead
  private let plan: IntakePlan
  private let settings: SourceSettings
  private let zip: ZipArchive
  private let index = WorkbookIndex()
  private let relations = WorkbookRelations()
  private let formats = CellFormats()
  private let strings = SharedStrings()

  /// True when a file begins as a zip file does.
  static func begins(_ block: ByteBlock) -> Bool {
    block.begins(with: [0x50, 0x4B, 0x03, 0x04]) || block.begins(with: [0x50, 0x4B, 0x05, 0x06])
  }

  static func open(
    _ head: FileHead, plan: IntakePlan, settings: SourceSettings
  ) throws(IntakeError) -> OpenedFile {
    let book = try Workbook(head, plan: plan, settings: settings)
    return try book.open()
  }

  private init(_ head: FileHead, plan: IntakePlan, settings: SourceSettings) throws(IntakeError) {
    self.head = head
    self.plan = plan
    self.settings = settings
    zip = try ZipArchive(head.bytes.store(head.block, limit: SourceFile.wholeBytes), name: head.name)
    guard try read("xl/workbook.xml", into: index) else { throw noWorkbook() }
    _ = try read("xl/_rels/workbook.xml.rels", into: relations)
    _ = try read("xl/styles.xml", into: formats)
    _ = try read("xl/sharedStrings.xml", into: strings)
  }

  private func open() throws(IntakeError) -> OpenedFile {
    let choice = try SheetChoice(
      sheets: index.sheets.filter { !relations.withoutCells.contains($0.relation) }, settings: settings,
      takesAll: plan.takesAnyHeader, name: head.name
    ) { (sheet) throws(IntakeError) in try fieldCount(sheet) }
    var decisions = [
      ReadingDecision(
        subject: .sheet, value: choice.read.map(\.name).joined(separator: ", "), why: choice.why)
    ]
    if let dates = settings.dates {
      decisions.append(ReadingDecision(subject: .dates, value: dates.rawValue, why: "it was given"))
    }
    var tolerances: [(ToleranceKind, [Int])] = []
    for sheet in choice.left where try holdsSomething(sheet) {
      tolerances.append((sheet.isVisible ? .otherSheets : .hiddenSheets, []))
    }
    // From here on the archive is read by that thread alone.
    let supply = PumpedTables()
    let book = self
    supply.run { (put) throws(IntakeError) in
      for sheet in choice.read { if try !book.read(sheet, put: put) { return } }
    }
    return OpenedFile(
      format: .xlsx, encoding: TextEncoding.utf8.rawValue, delimiter: nil, decisions: decisions,
      tolerances: tolerances, supply: supply)
  }

  /// Hands over every row of every sheet as texts, numbered as the sheet numbers them.
  static func rows(
    _ head: FileHead, plan: IntakePlan,
    take: @escaping (_ sheet: FileCells.Sheet, _ row: Int, _ cells: [String]) -> Void
  ) throws(IntakeError) {
    let book = try Workbook(head, plan: plan, settings: SourceSettings())
    for sheet in book.index.sheets where !book.relations.withoutCells.contains(sheet.relation) {
      guard let entry = try book.zip.entry(book.path(sheet)) else { continue }
      let named = FileCells.Sheet(name: sheet.name, isVisible: sheet.isVisible)
      let rows = SheetRows(
        strings: book.strings.strings, shapes: book.formats.shapes, uses1904: book.index.uses1904
      ) { number, cells in take(named, number, cells.map(\.text)) }
      try XMLWalk.read(entry, into: rows)
      if let fault = rows.fault { throw Workbook.fault(book.path(sheet), fault, head.name) }
    }
  }

  private func subject(_ sheet: WorkbookIndex.Sheet) -> String { "\(head.name) sheet \"\(sheet.name)\"" }

  private func path(_ sheet: WorkbookIndex.Sheet) -> String {
    relations.targets[sheet.relation] ?? "xl/worksheets/sheet1.xml"
  }

  /// Reads a sheet; false when nothing more is wanted.
  private func read(
    _ sheet: WorkbookIndex.Sheet, put: @escaping (PumpedTables.Item) -> Bool
  ) throws(IntakeError) -> Bool {
    let merged = try MergedCellsReader.read(path(sheet), of: zip, name: subject(sheet))
    let builder = TableBuilder(name: subject(sheet), plan: plan, settings: settings)
    builder.sheet = sheet.name
    builder.take = { put(.table($0)) }
    try walk(sheet, merged: merged, builder) { kind, row in
      _ = put(.note(kind, SourcePlace(sheet: sheet.name, row: row == 0 ? nil : row)))
    }
    builder.finish()
    if let fault = builder.fault { throw fault }
    return !builder.isStopped || builder.isForm
  }

  /// Hands the rows of a sheet to a builder until it wants no more.
  private func walk(
    _ sheet: WorkbookIndex.Sheet, merged: MergedCells, _ builder: TableBuilder,
    note: @escaping (ToleranceKind, Int) -> Void
  ) throws(IntakeError) {
    var reader: SheetRows?
    let rows = SheetRows(
      strings: strings.strings, shapes: formats.shapes, uses1904: index.uses1904, merged: merged, note: note
    ) { number, cells in
      builder.add(number, cells)
      if builder.isStopped { reader?.isDone = true }
    }
    reader = rows
    defer { reader = nil }
    guard let entry = try zip.entry(path(sheet)) else {
      throw IntakeError(
        subject(sheet), "The sheet is missing from the file.", advice: "Open the workbook and save it again.")
    }
    do throws(IntakeError) {
      try XMLWalk.read(entry, into: rows)
      if let fault = rows.fault { throw Workbook.fault(path(sheet), fault, head.name) }
    } catch {
      // What was read before the fault is audited.
      builder.flush()
      throw error
    }
  }

  /// How many fields the header of a sheet's first table names; nil when it has none.
  private func fieldCount(_ sheet: WorkbookIndex.Sheet) throws(IntakeError) -> Int? {
    guard zip.holds(path(sheet)) else { return nil }
    let builder = TableBuilder(name: subject(sheet), plan: plan, settings: settings)
    var count: Int?
    let takesAny = plan.takesAnyHeader
    builder.take = { event in
      if case .table(let table) = event {
        count = takesAny ? table.columns.count : Set(table.columns.compactMap(\.field)).count
      }
      return false
    }
    do throws(IntakeError) {
      try walk(sheet, merged: MergedCells(), builder) { _, _ in }
    } catch {
      // A sheet that cannot be read is not chosen while another one can.
      return nil
    }
    builder.finish()
    return count
  }

  /// True when a sheet that is not read has a cell with something in it, or cannot be looked through.
  private func holdsSomething(_ sheet: WorkbookIndex.Sheet) throws(IntakeError) -> Bool {
    guard let path = relations.targets[sheet.relation], let entry = try zip.entry(path) else { return false }
    let probe = SheetProbe()
    try XMLWalk.read(entry, into: probe)
    return probe.isDone || probe.fault != nil
  }

  /// Reads a part of the workbook; false when there is none by that path.
  private func read(_ path: String, into part: XMLHandler) throws(IntakeError) -> Bool {
    guard let entry = try zip.entry(path) else { return false }
    try XMLWalk.read(entry, into: part)
    if let fault = part.fault { throw Workbook.fault(path, fault, head.name) }
    return true
  }

  static func fault(_ path: String, _ fault: String, _ name: String) -> IntakeError {
    IntakeError(
      name, "The workbook's part \(path) cannot be read: \(fault).",
      advice: "Open the workbook and save it again, or save it as CSV.")
  }

  private func noWorkbook() -> IntakeError {
    let name = head.name
    if zip.holds("xl/workbook.bin") {
      return IntakeError(name, "It is a binary Excel workbook (.xlsb).", advice: "Save it as .xlsx or CSV.")
    }
    if zip.holds("content.xml") {
      return IntakeError(name, "It is an OpenDocument file.", advice: "Save it as .xlsx or CSV.")
    }
    if zip.holds("word/document.xml") {
      return IntakeError(name, "It is a Word document.", advice: "Copy the answer into CSV or XLSX.")
    }
    return IntakeError(
      name, "It is a zip file, but not an .xlsx workbook.",
      advice: "Unpack it, and send the answer as CSV, XLSX, JSON or XML.")
  }
}

/// Which sheets of a workbook are read.
struct SheetChoice {
  let read: [WorkbookIndex.Sheet]
  let left: [WorkbookIndex.Sheet]
  let why: String

  /// Those that are named, else the visible ones whose header names the most fields; none is read beside them, lest
  /// a summary counts again what the records say.
  ///
  /// - Parameter fieldCount: how many fields the header of a sheet names; nil when it has none.
  init(
    sheets: [WorkbookIndex.Sheet], settings: SourceSettings, takesAll: Bool, name: String,
    fieldCount: (WorkbookIndex.Sheet) throws(IntakeError) -> Int?
  ) throws(IntakeError) {
    if !settings.sheets.isEmpty {
      for wanted in settings.sheets where !sheets.contains(where: { $0.name == wanted }) {
        let known = sheets.map { "\"\($0.name)\"" }.joined(separator: ", ")
        throw IntakeError(
          name, "It has no sheet \"\(wanted)\"; its sheets are \(known).", advice: "Name one of them.")
      }
      read = sheets.filter { settings.sheets.contains($0.name) }
      left = sheets.filter { !settings.sheets.contains($0.name) }
      why = "it was given"
      return
    }
    let visible = sheets.filter(\.isVisible)
    guard let first = visible.first else {
      throw IntakeError(name, "The workbook has no visible sheet.", advice: "Show the sheet with the answer.")
    }
    if visible.count == 1 {
      (read, why) = ([first], "it is the only visible one")
      left = sheets.filter { $0.relation != first.relation }
      return
    }
    var counts: [Int] = []
    for sheet in visible { counts.append(try fieldCount(sheet) ?? 0) }
    if takesAll, counts.contains(where: { $0 > 0 }) {
      let read = zip(visible, counts).filter { $0.1 > 0 }.map(\.0)
      self.read = read
      left = sheets.filter { sheet in !read.contains { $0.relation == sheet.relation } }
      why = "they have a table"
      return
    }
    let most = counts.max() ?? 0
    // Where no sheet has a header, the first one says why.
    let chosen = most == 0 ? [first] : zip(visible, counts).filter { $0.1 == most }.map(\.0)
    read = chosen
    left = sheets.filter { sheet in !chosen.contains { $0.relation == sheet.relation } }
    why =
      most == 0
      ? "it is the first visible one"
      : chosen.count == 1 ? "its header names the most fields" : "their headers name the most fields"
  }
}
