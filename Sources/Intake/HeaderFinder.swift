import AuditModel

/// Finds the header among the first rows of a table.
struct HeaderFinder {
  let index: HeadingIndex
  let plan: IntakePlan
  /// The 1-based row that is the header because it was said to be; 0 when the table has none.
  var givenRow: Int?

  struct Header {
    /// 0-based among the rows looked at: the first of the header, and its last, which differ for one of two rows.
    var rows: ClosedRange<Int>
    var columns: [ColumnMapping]
    /// Fields that stand one below the other instead, with their values in the next column: the rows, 0-based.
    var form: [Int]?
  }

  static let rowsLooked = 30
  /// More columns than an answer has; a sheet has up to 16,384.
  static let columnLimit = 4_096

  /// The first row that names the most fields; nil when no row names enough of them.
  ///
  /// Enough is two fields, or the only one that there is, or that a file of one column has.
  ///
  /// - Parameter numbers: the 1-based rows in the file.
  func find(_ rows: [[String]], numbers: [Int]) -> Header? {
    if givenRow == 0 {
      let width = rows.map(\.count).max() ?? 0
      let columns = index.map(Array(repeating: "", count: width))
      return Header(rows: -1 ... -1, columns: columns)
    }
    if plan.takesAnyHeader { return anyHeader(rows, numbers: numbers) }
    var best: (count: Int, header: Header)?
    for (row, cells) in rows.prefix(HeaderFinder.rowsLooked).enumerated() {
      if let givenRow, numbers[row] != givenRow { continue }
      let columns = index.map(HeaderFinder.withoutEmptyTail(cells))
      var count = HeaderFinder.count(columns)
      var header = Header(rows: row...row, columns: columns)
      if row > 0, let joined = joined(rows[row - 1], cells, isLast: row + 1 == rows.count) {
        let below = HeaderFinder.count(joined)
        let above = HeaderFinder.count(index.map(rows[row - 1]))
        if below > max(count, above) {
          count = below
          header = Header(rows: (row - 1)...row, columns: joined)
        }
      }
      let isEnough = count >= min(2, plan.fields.count, max(1, header.columns.count)) || givenRow != nil
      if isEnough && count > (best?.count ?? (givenRow == nil ? 0 : -1)) { best = (count, header) }
    }
    if let form = form(rows), form.count > best?.count ?? 0 { return form.header }
    return best?.header
  }

  /// The first row whose cells look like names, of about as many cells as rows have; none when the first rows are data.
  ///
  /// What is taken for a heading is shown, so that a row is none when a number, a date or the like stands in it, or a text
  /// that stands in its column once more.
  private func anyHeader(_ rows: [[String]], numbers: [Int]) -> Header? {
    let filled = rows.map { $0.map(\.trimmed).filter { !$0.isEmpty } }
    guard let most = filled.map(\.count).max(), most > 0 else { return nil }
    // Titles are shorter than the table; what is as wide and no header has none above or below it.
    var row = rows.indices.first { row in givenRow.map { numbers[row] == $0 } ?? (filled[row].count * 2 > most) }
    if let wide = row, givenRow == nil,
      !filled[wide].allSatisfy(HeaderFinder.mayBeHeading) || recurs(rows[wide], in: rows)
    {
      row = nil
    }
    guard let row else {
      return Header(rows: -1 ... -1, columns: index.map(Array(repeating: "", count: rows.map(\.count).max() ?? 0)))
    }
    return Header(rows: row...row, columns: index.map(HeaderFinder.withoutEmptyTail(rows[row])))
  }

  private static func mayBeHeading(_ text: String) -> Bool {
    if let year = Int(text), (1900...2100).contains(year) { return true }
    return !CellClass.of(text).isData
  }

  /// True when a text of a row stands in its column in another row as well, the row itself over again left out.
  private func recurs(_ row: [String], in rows: [[String]]) -> Bool {
    let texts = HeaderFinder.withoutEmptyTail(row).map(\.trimmed)
    return rows.contains { other in
      let others = HeaderFinder.withoutEmptyTail(other).map(\.trimmed)
      return others != texts && zip(texts, others).contains { !$0.isEmpty && $0 == $1 }
    }
  }

  private static func count(_ columns: [ColumnMapping]) -> Int { columns.count { $0.field != nil } }

  /// The columns of a header over two rows: groups in the upper one, which go on over the blank cells to their right,
  /// and names in the lower one.
  private func joined(_ upper: [String], _ lower: [String], isLast: Bool) -> [ColumnMapping]? {
    let upper = upper.map(\.trimmed)
    let lower = lower.map(\.trimmed)
    guard upper.contains(where: { !$0.isEmpty }), lower.contains(where: { !$0.isEmpty }) else { return nil }
    var headings: [String] = []
    var others: [String?] = []
    var group = ""
    for column in 0..<max(upper.count, lower.count) {
      let above = column < upper.count ? upper[column] : ""
      let below = column < lower.count ? lower[column] : ""
      if !above.isEmpty { group = above }
      if below.isEmpty {
        headings.append(above)
        others.append(nil)
      } else {
        headings.append(group.isEmpty ? below : "\(group) \(below)")
        others.append(below)
      }
    }
    return index.map(HeaderFinder.withoutEmptyTail(headings), others: others)
  }

  /// Fields one below the other in one column with their values in the next: the answer of one organisation.
  private func form(_ rows: [[String]]) -> (count: Int, header: Header)? {
    guard givenRow == nil, rows.count < HeaderFinder.rowsLooked else { return nil }
    let rows = rows.map(HeaderFinder.withoutEmptyTail)
    guard let width = rows.map(\.count).max(), width == 2 || width == 3 else { return nil }
    let column = width - 2
    var headings: [String] = []
    var places: [Int] = []
    for (row, cells) in rows.enumerated() where cells.count > column && !cells[column].trimmed.isEmpty {
      headings.append(cells[column])
      places.append(row)
    }
    let columns = index.map(headings)
    let count = HeaderFinder.count(columns)
    guard count >= 2, count * 2 >= headings.count, columns.contains(where: { $0.field != nil }) else { return nil }
    return (count, Header(rows: 0...0, columns: columns, form: places))
  }

  /// What is wrong with a file whose rows, given with their numbers, have no header among them.
  ///
  /// Of the rows nothing is shown: without a header the first one is likely a patient's.
  static func noHeader(_ rows: [(number: Int, cells: [String])], name: String, plan: IntakePlan) -> IntakeError {
    let first = rows.first { $0.cells.contains { !$0.trimmed.isEmpty } }
    let looked = rows.count == 1 ? "in the only row" : "in the first \(rows.count) rows"
    guard let first else {
      return noHeader("\(rows.isEmpty ? "" : " \(looked)"); there is nothing but empty rows", name: name, plan: plan)
    }
    let count = withoutEmptyTail(first.cells).count
    let row = first.number == 1 ? "the first row" : "row \(first.number), the first that is not empty,"
    return noHeader(" \(looked); \(row) has \(count) \(count == 1 ? "cell" : "cells")", name: name, plan: plan)
  }

  /// What is wrong with records none of whose keys is a field's.
  static func noHeader(keyCount: Int, name: String, plan: IntakePlan) -> IntakeError {
    noHeader(
      ": none of the records' \(keyCount) \(keyCount == 1 ? "key" : "keys") is a known heading", name: name,
      plan: plan)
  }

  private static func noHeader(_ found: String, name: String, plan: IntakePlan) -> IntakeError {
    let wanted = plan.fields.filter { !$0.isOptional }.prefix(6).map { "\"\($0.label)\"" }.joined(separator: ", ")
    return IntakeError(
      name, "No header row was found\(found). Expected headings such as \(wanted).",
      advice: "Give the columns these headings, or map them in the round under \"columns\"; "
        + "`trustcheck map` proposes how.")
  }

  static func withoutEmptyTail(_ cells: [String]) -> [String] {
    var cells = cells
    while let last = cells.last, last.trimmed.isEmpty { cells.removeLast() }
    return cells
  }
}
