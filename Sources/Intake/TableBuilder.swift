import AuditModel

/// What a reader of rows comes to, in the order in which it does.
enum TableEvent {
  case table(SourceTable)
  /// Rows of the table before.
  case rows(RowBlock)
  /// Columns of the table before that have neither a heading nor anything below it, by index.
  case unused([Int])
}

/// Makes tables of the rows of a sheet or a text: finds their headers and cuts what is below into records.
final class TableBuilder {
  /// What went wrong; no more rows are taken then.
  private(set) var fault: IntakeError?
  /// Takes what comes; false when nothing more is wanted.
  var take: (TableEvent) -> Bool = { _ in false }
  var sheet: String?

  private let name: String
  private let plan: IntakePlan
  private let settings: SourceSettings
  private let finder: HeaderFinder
  private var first: [(number: Int, cells: [RowCell])] = []
  private var table: TableReader?
  private var lastNumber = 0
  /// True when an empty row stood above, with at most single texts since.
  private var isAfterGap = false
  /// Rows with single texts after an empty row: titles, if a header follows them.
  private var held: [(number: Int, cells: [RowCell])] = []
  private(set) var isStopped = false
  /// True when it stopped because the fields stood one below the other, and everything was taken.
  private(set) var isForm = false

  init(name: String, plan: IntakePlan, settings: SourceSettings) {
    self.name = name
    self.plan = plan
    self.settings = settings
    finder = HeaderFinder(
      index: HeadingIndex(plan, columns: settings.columns), plan: plan, givenRow: settings.headerRow)
  }

  /// Takes a row.
  ///
  /// - Parameter number: 1-based, ascending.
  func add(_ number: Int, _ cells: [RowCell]) {
    if isStopped { return }
    if table == nil {
      if cells.count > HeaderFinder.columnLimit, cells.count(where: { !$0.text.isEmpty }) > HeaderFinder.columnLimit {
        return stop(DelimitedFile.tooWide(cells.count, name))
      }
      first.append((number, cells))
      if first.count == HeaderFinder.rowsLooked { findHeader() }
    } else {
      put(number, cells)
    }
  }

  /// Ends the rows.
  func finish() {
    if isStopped { return }
    if table == nil { findHeader() }
    release()
    if isStopped { return }
    endTable()
  }

  /// Hands the rows so far, as when nothing can be read after them.
  func flush() {
    if isStopped || table == nil { return }
    release()
    if let block = table?.takeRows() { hand(.rows(block)) }
  }

  private func stop(_ error: IntakeError) {
    fault = error
    isStopped = true
  }

  private func hand(_ event: TableEvent) {
    if !take(event) { isStopped = true }
  }

  private func findHeader() {
    let texts = first.map { $0.cells.map(\.text) }
    guard let found = finder.find(texts, numbers: first.map(\.number)) else {
      if first.isEmpty {
        return stop(IntakeError(name, "The sheet is empty.", advice: "Put the answer on the first visible sheet."))
      }
      return stop(HeaderFinder.noHeader(first.map { ($0.number, $0.cells.map(\.text)) }, name: name, plan: plan))
    }
    if found.columns.count > HeaderFinder.columnLimit {
      return stop(DelimitedFile.tooWide(found.columns.count, name))
    }
    if let form = found.form { return readForm(found, form) }
    begin(found, numbers: first.map(\.number))
    for row in first.dropFirst(found.rows.upperBound + 1) { put(row.number, row.cells) }
    first = []
  }

  /// Begins a table under a header, found among rows with these numbers.
  private func begin(_ header: HeaderFinder.Header, numbers: [Int]) {
    let last = header.rows.upperBound
    let reader = TableReader(
      header, sheet: sheet, headerRow: last < 0 ? nil : numbers[last], plan: plan, settings: settings)
    for number in numbers.prefix(max(0, header.rows.lowerBound)) { reader.note(.titleRows, row: number) }
    if header.rows.count > 1 { for row in header.rows { reader.note(.headerOfTwoRows, row: numbers[row]) } }
    table = reader
    lastNumber = last < 0 ? numbers.first.map { $0 - 1 } ?? 0 : numbers[last]
    isAfterGap = false
    hand(.table(reader.table))
  }

  private func endTable() {
    guard let table else { return }
    if let block = table.takeRows() { hand(.rows(block)) }
    if !isStopped { hand(.unused(table.unused)) }
  }

  private func put(_ number: Int, _ cells: [RowCell]) {
    guard let table else { return }
    let filled = cells.lazy.filter { !$0.text.trimmed.isEmpty }.prefix(2).count
    if number > lastNumber + 1 || filled == 0 { isAfterGap = true }
    lastNumber = number
    if isAfterGap, filled == 1, held.count < HeaderFinder.rowsLooked { return held.append((number, cells)) }
    if isAfterGap, filled > 1 {
      if settings.headerRow == nil, !plan.takesAnyHeader, let header = furtherHeader(cells, number) {
        endTable()
        let titles = held
        held = []
        if isStopped { return }
        begin(header, numbers: [number])
        for title in titles { self.table?.note(.titleRows, row: title.number) }
        self.table?.note(.furtherTables, row: number)
        return
      }
      isAfterGap = false
    }
    release()
    add(number, cells, to: table)
  }

  /// Takes rows that were held back as what they are.
  private func release() {
    guard let table, !held.isEmpty else { return }
    let rows = held
    held = []
    for row in rows where !isStopped { add(row.number, row.cells, to: table) }
  }

  private func add(_ number: Int, _ cells: [RowCell], to table: TableReader) {
    if !table.add(number, cells) { return stop(table.tooLong(name)) }
    if table.isFull, let block = table.takeRows() { hand(.rows(block)) }
  }

  /// The header of a further table, which names as many fields as may be meant and is not the one above over again.
  private func furtherHeader(_ cells: [RowCell], _ number: Int) -> HeaderFinder.Header? {
    let texts = cells.map(\.text)
    guard let leading = texts.first(where: { !$0.trimmed.isEmpty }), let table,
      finder.index.knows(leading) || texts.contains(where: finder.index.knows),
      let header = finder.find([texts], numbers: [number])
    else { return nil }
    let known = table.fieldCount
    let count = header.columns.count { $0.field != nil }
    if count < max(2, known / 2) || header.form != nil { return nil }
    return header.columns.map(\.heading) == table.headings ? nil : header
  }

  /// Reads fields that stand one below the other, with their values beside them.
  private func readForm(_ header: HeaderFinder.Header, _ places: [Int]) {
    let column = HeaderFinder.withoutEmptyTail(first[places[0]].cells.map(\.text)).count
    let width = first.map { HeaderFinder.withoutEmptyTail($0.cells.map(\.text)).count }.max() ?? column
    let rows = places.map { first[$0].number }
    let table = SourceTable(
      sheet: sheet, headerRow: nil, columns: header.columns, shape: .form(rows: rows, column: width), plan: plan)
    var block = RowBlock(columnCount: header.columns.count)
    block.add(
      places.map { place in first[place].cells.count >= width ? first[place].cells[width - 1] : .empty }, number: 1)
    self.table = nil
    isForm = take(.table(table)) && take(.rows(block))
    isStopped = true
  }
}
