import AuditModel

/// Cuts the rows below one header into records.
final class TableReader {
  let table: SourceTable
  /// Columns that have no heading and nothing below it so far, by index.
  private var empty: Set<Int>
  private var block: RowBlock
  /// By the file's column, 0-based: what it holds.
  private let plan: IntakePlan
  private let base: Int
  private let wide: [(column: Int, heading: String)]
  private let totalColumn: Int?
  private let settings: SourceSettings
  /// By the file's column: how a number that stands there is taken.
  private let shown: [Int: Shown]
  private let grammar: CellGrammar?

  private enum Shown {
    case period
    case date
    case number(NumberUnit)
    /// The codes of a list that begin with a nought, which a number cannot.
    case codes(Set<String>)
  }

  init(
    _ header: HeaderFinder.Header, sheet: String?, headerRow: Int?, plan: IntakePlan, settings: SourceSettings
  ) {
    self.plan = plan
    self.settings = settings
    var columns = header.columns
    var shape = SourceTable.Shape.rows
    if let layout = WideLayout(columns, plan: plan, settings: settings) {
      wide = layout.columns
      totalColumn = layout.total
      columns = layout.mapped
      base = columns.count
      shape = .wide(columns: wide.map { $0.column + 1 })
      columns.append(ColumnMapping(position: 0, heading: "(heading)", field: layout.period, matchedBy: .period))
      columns.append(ColumnMapping(position: 0, heading: "(cell)", field: layout.value, matchedBy: .period))
      grammar = CellGrammar(plan.fields[layout.value], codes: plan.codes[layout.value], dates: nil)
    } else {
      (wide, totalColumn, grammar) = ([], nil, nil)
      base = columns.count
    }
    empty = Set(columns.indices.filter { columns[$0].heading.isEmpty && columns[$0].field == nil })
    var shown: [Int: Shown] = [:]
    for (index, column) in columns.enumerated() {
      guard let field = column.field.map({ plan.fields[$0] }) else { continue }
      switch field.type {
      case .period: shown[index] = .period
      case .date, .timestamp: shown[index] = .date
      case .number: if let unit = field.unit { shown[index] = .number(unit) }
      case .text:
        let codes = Set(field.codes.map(\.code).filter { $0.hasPrefix("0") && $0.count > 1 })
        if !codes.isEmpty { shown[index] = .codes(codes) }
      case .integer, .boolean: break
      }
    }
    self.shown = shown
    table = SourceTable(sheet: sheet, headerRow: headerRow, columns: columns, shape: shape, plan: plan)
    block = RowBlock(columnCount: columns.count)
  }

  var fieldCount: Int { table.columns.count { $0.field != nil } }
  var headings: [String] { table.columns.map(\.heading) }
  var isFull: Bool { block.isFull }
  var unused: [Int] { empty.sorted() }

  func note(_ kind: ToleranceKind, row: Int) {
    block.notes.add(kind, UInt32(clamping: wide.isEmpty ? row : row * wide.count))
  }

  /// The rows since the last time; nil when there are none.
  func takeRows() -> RowBlock? {
    if block.isEmpty { return nil }
    defer { block = RowBlock(columnCount: table.columns.count) }
    return block
  }

  /// Takes a row; false when there are more records than can be numbered.
  func add(_ number: Int, _ cells: [RowCell]) -> Bool {
    var cells = cells
    for index in cells.indices where cells[index].shown != nil { mend(&cells[index], index, number) }
    for column in empty where column < cells.count && !cells[column].text.trimmed.isEmpty { empty.remove(column) }
    if wide.isEmpty {
      if number > Int(UInt32.max) { return false }
      if cells.count > base, cells[base...].contains(where: { !$0.text.trimmed.isEmpty }) {
        note(.longRow, row: number)
      }
      block.add(cells, number: UInt32(number))
      return true
    }
    if (number + 1) * wide.count > Int(UInt32.max) { return false }
    addWide(number, cells)
    return true
  }

  /// What a workbook shows in place of a number is taken where the field is of that type.
  private func mend(_ cell: inout RowCell, _ index: Int, _ row: Int) {
    switch (cell.shown, shown[index]) {
    case (.month, .period): cell.text = String(cell.text.prefix(7))
    case (.serial(let date), .date):
      cell.text = date
      note(.serialDate, row: row)
    case (.percent(let text), .number): cell.text = text
    case (.serial, .codes(let codes)):
      guard let code = codes.first(where: { $0.drop { $0 == "0" } == cell.text }) else { return }
      cell.text = code
      note(.leadingZeros, row: row)
    default: break
    }
  }

  private func addWide(_ number: Int, _ cells: [RowCell]) {
    let row = (0..<base).map { $0 < cells.count ? cells[$0] : .empty }
    let values = wide.map { $0.column < cells.count ? cells[$0.column] : .empty }
    let isBlank = cells.allSatisfy { $0.text.trimmed.isEmpty }
    for (index, (column, value)) in zip(wide, values).enumerated() {
      var record = row
      for position in wide.map(\.column) + [totalColumn].compactMap({ $0 }) where position < base {
        record[position] = .empty
      }
      if !isBlank { record.append(RowCell(text: column.heading)) }
      record.append(value)
      block.add(record, number: UInt32(number * wide.count + index))
      if isBlank { return }
    }
    if let totalColumn, totalColumn < cells.count { compare(number, cells[totalColumn], with: values) }
  }

  /// Compares a total with the sum of the row's cells.
  private func compare(_ number: Int, _ total: RowCell, with values: [RowCell]) {
    guard let grammar, !total.text.trimmed.isEmpty, let given = grammar.interval(total.text) else { return }
    note(.totalColumn, row: number)
    var sum = (low: 0.0, high: 0.0)
    for value in values {
      guard let part = grammar.interval(value.text) else { return }
      sum = (sum.low + part.low, sum.high + part.high)
    }
    if given.low > sum.high + 1e-6 || given.high < sum.low - 1e-6 {
      block.differences.append(
        TotalDifference(
          place: SourcePlace(sheet: table.sheet, row: number, column: totalColumn! + 1), given: total.text.trimmed,
          low: sum.low, high: sum.high, isOfRow: true, field: table.columns[base + 1].field!))
    }
  }

  func tooLong(_ name: String) -> IntakeError {
    IntakeError(name, "There are more cells than can be numbered.", advice: "Send a table with a row for each period.")
  }
}

/// A table with a column for each period.
struct WideLayout {
  /// The columns of periods, 0-based, with their headings.
  let columns: [(column: Int, heading: String)]
  /// The column of totals, 0-based.
  let total: Int?
  /// The columns of the header, with those of periods and totals told as such.
  let mapped: [ColumnMapping]
  /// The positions of the fields that take headings and cells.
  let period: Int
  let value: Int

  /// Nil when the header has no two periods, or the pack and the round do not say what is below them.
  init?(_ header: [ColumnMapping], plan: IntakePlan, settings: SourceSettings) {
    let named = settings.wide.flatMap { name in plan.fields.firstIndex { $0.name == name } }
    guard let period = plan.wide?.period ?? plan.fields.firstIndex(where: { $0.type == .period }),
      let value = named ?? plan.wide?.value, !header.contains(where: { $0.field == period })
    else { return nil }
    let periods = header.enumerated().filter { _, column in
      (column.field == nil || column.field == value) && column.matchedBy != .ignored
        && DateText.period(column.heading, order: settings.dates) != nil
    }
    guard periods.count >= 2 else { return nil }
    columns = periods.map { ($0.offset, $0.element.heading) }
    let isPeriod = Set(columns.map(\.column))
    total = header.indices.first {
      !isPeriod.contains($0) && plan.totalWords.contains(header[$0].heading.lowercased().trimmed)
    }
    let totalColumn = total
    mapped = header.enumerated().map { index, column in
      if isPeriod.contains(index) {
        return ColumnMapping(position: column.position, heading: column.heading, matchedBy: .period)
      }
      if index == totalColumn {
        return ColumnMapping(position: column.position, heading: column.heading, matchedBy: .total)
      }
      return column
    }
    self.period = period
    self.value = value
  }
}
