import AuditModel

/// Which cells of a file may be shown: those of columns that a pack maps to a field that is not personal.
struct CellPrivacy {
  private let revealsPersonal: Bool
  private let shownFields: Set<String>
  /// The tables of each sheet, by where their headers stand.
  private let tables: [String?: [InputSummary.Table]]

  init(_ report: Report, _ input: InputSummary, revealsPersonal: Bool) {
    self.revealsPersonal = revealsPersonal
    shownFields = Set(report.packs.flatMap(\.fields).filter { $0.privacy < .personal }.map(\.name))
    tables = Dictionary(grouping: input.tables, by: \.sheet).mapValues { tables in
      tables.sorted { ($0.headerRow ?? 0) < ($1.headerRow ?? 0) }
    }
  }

  /// - Parameters:
  ///   - row: 1-based.
  ///   - column: 1-based.
  ///   - cells: of the row.
  func shows(_ sheet: String?, _ row: Int, _ column: Int, _ cells: [String]) -> Bool {
    if revealsPersonal { return true }
    guard let tables = tables[sheet], let first = tables.first else { return false }
    let table = tables.last { ($0.headerRow ?? 0) <= row } ?? first
    guard let header = table.headerRow else { return showsOfForm(table, column, cells) }
    // Headings, and titles above them, are the file's own words about itself.
    if row == header { return true }
    if row < header { return column == 1 && table == first }
    return table.columns.contains { $0.position == column && isShown($0) }
  }

  /// A table without a header: fields that stand one below the other, each with its label before it, or columns that
  /// are mapped by position, which have no heading.
  private func showsOfForm(_ table: InputSummary.Table, _ column: Int, _ cells: [String]) -> Bool {
    guard table.columns.contains(where: { !$0.heading.isEmpty }) else {
      return table.columns.contains { $0.position == column && isShown($0) }
    }
    let label = cells.first?.lowercased() ?? ""
    return column == 1 || table.columns.contains { isShown($0) && $0.heading.lowercased() == label }
  }

  private func isShown(_ column: InputSummary.Column) -> Bool { column.field.map(shownFields.contains) ?? false }
}
