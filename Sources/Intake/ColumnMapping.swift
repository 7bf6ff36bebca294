import AuditModel

/// What a column of a file was taken for.
public struct ColumnMapping: Hashable, Sendable {
  /// 1-based.
  public let position: Int
  public let heading: String
  /// The position of the field; nil when it was taken for none.
  public let field: Int?
  public let matchedBy: MatchedBy?
  /// True when its heading means a field for which a column to its left was taken; `field` is then nil.
  public let isRepeated: Bool

  init(position: Int, heading: String, field: Int? = nil, matchedBy: MatchedBy? = nil, isRepeated: Bool = false) {
    self.position = position
    self.heading = heading
    self.field = field
    self.matchedBy = matchedBy
    self.isRepeated = isRepeated
  }

  public enum MatchedBy: String, Sendable {
    case name
    case label
    case alias
    /// The round says so.
    case round
  }
}

/// Recognises the headings of a pack's fields.
struct HeadingIndex {
  private var exact: [String: (field: Int, by: ColumnMapping.MatchedBy)] = [:]
  private let plan: IntakePlan

  init(_ plan: IntakePlan, columns: [String: String]) {
    self.plan = plan
    for (index, field) in plan.fields.enumerated() {
      for alias in field.aliases { exact[HeadingIndex.form(alias)] = (index, .alias) }
    }
    for (index, field) in plan.fields.enumerated() { exact[HeadingIndex.form(field.label)] = (index, .label) }
    for (index, field) in plan.fields.enumerated() { exact[HeadingIndex.form(field.name)] = (index, .name) }
    for (heading, name) in columns {
      if let index = plan.fields.firstIndex(where: { $0.name == name }) {
        exact[HeadingIndex.form(heading)] = (index, .round)
      }
    }
  }

  /// The columns of a header row; of two columns for one field the first is taken.
  func map(_ headings: [String]) -> [ColumnMapping] {
    var taken: Set<Int> = []
    return headings.enumerated().map { index, heading in
      let shown = heading.trimmed
      guard let match = match(heading) else { return ColumnMapping(position: index + 1, heading: shown) }
      if !taken.insert(match.field).inserted {
        return ColumnMapping(position: index + 1, heading: shown, isRepeated: true)
      }
      return ColumnMapping(position: index + 1, heading: shown, field: match.field, matchedBy: match.by)
    }
  }

  private func match(_ heading: String) -> (field: Int, by: ColumnMapping.MatchedBy)? {
    let form = HeadingIndex.form(heading)
    if form.isEmpty { return nil }
    if let found = exact[form] { return found }
    // A footnote digit: "ODS code (1)".
    let bare = HeadingIndex.form(HeadingIndex.withoutFootnote(heading))
    return bare.isEmpty ? nil : exact[bare]
  }

  /// Letters and digits in lower case, words apart by one space.
  static func form(_ heading: String) -> String {
    heading.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
  }

  private static func withoutFootnote(_ heading: String) -> String {
    var text = Substring(heading.trimmed)
    guard text.last == ")", let open = text.lastIndex(of: "("),
      text[text.index(after: open)...].dropLast().allSatisfy({ $0.isNumber || $0 == "," || $0 == " " })
    else { return heading }
    text = text[..<open]
    return String(text)
  }
}

/// Finds the header among the first rows of a file.
struct HeaderFinder {
  let index: HeadingIndex
  let plan: IntakePlan

  struct Header {
    /// 0-based.
    var row: Int
    var columns: [ColumnMapping]
  }

  static let rowsLooked = 30

  /// The first row that names the most fields; nil when no row names enough of them.
  ///
  /// Enough is two fields, or the only one that there is, or that a file of one column has.
  func find(_ rows: [[String]]) -> Header? {
    var best: (count: Int, header: Header)?
    for (row, cells) in rows.prefix(HeaderFinder.rowsLooked).enumerated() {
      let columns = index.map(HeaderFinder.withoutEmptyTail(cells))
      let count = columns.count { $0.field != nil }
      let enough = min(2, plan.fields.count, max(1, columns.count))
      if count >= enough && count > (best?.count ?? 0) { best = (count, Header(row: row, columns: columns)) }
    }
    return best?.header
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

  /// What is wrong with JSON records none of whose keys is a field's.
  static func noHeader(keyCount: Int, name: String, plan: IntakePlan) -> IntakeError {
    noHeader(
      ": none of the records' \(keyCount) \(keyCount == 1 ? "key" : "keys") is a known heading", name: name,
      plan: plan)
  }

  private static func noHeader(_ found: String, name: String, plan: IntakePlan) -> IntakeError {
    let wanted = plan.fields.filter { !$0.isOptional }.prefix(6).map { "\"\($0.label)\"" }.joined(separator: ", ")
    return IntakeError(
      name, "No header row was found\(found). Expected headings such as \(wanted).",
      advice: "Give the columns these headings, or map them in the round under \"columns\".")
  }

  private static func withoutEmptyTail(_ cells: [String]) -> [String] {
    var cells = cells
    while let last = cells.last, last.trimmed.isEmpty { cells.removeLast() }
    return cells
  }
}
