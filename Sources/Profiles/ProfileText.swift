import AuditModel
import Intake
import TerminalText

/// A profile for people.
public enum ProfileText {
  private static let shown = 5

  /// The whole profile as text of `width` columns, every line ended.
  public static func render(_ profile: FileProfile, width: Int, usesColour: Bool = false) -> String {
    var out = PlainText(width: width, usesColour: usesColour)
    out.paragraph("\(profile.name): \(profile.format)", style: .bold)
    for decision in profile.decisions {
      out.paragraph("\(decision.subject.rawValue) \(decision.value): \(decision.why)", first: "  ")
    }
    for note in profile.notes {
      let places = note.places.compactMap(words).joined(separator: ", ")
      let count = note.count > 1 ? ", \(note.count) times" : ""
      out.paragraph("\(note.words)\(count)\(places.isEmpty ? "" : " (\(places))")", first: "  - ")
    }
    for table in profile.tables { render(table, &out) }
    if profile.tables.contains(where: { $0.columns.contains { !$0.showsValues } }) {
      out.blankLine()
      out.paragraph(
        "Values are shown of columns that a rule pack knows as public. Of all others shapes are shown: A is a letter, 9 "
          + "a digit.", style: .faint)
    }
    return out.text
  }

  private static func words(_ place: SourcePlace) -> String? {
    guard let row = place.row else { return place.line.map { "line \($0)" } }
    return (place.sheet.map { "\($0) " } ?? "") + "row \(row)"
  }

  private static func render(_ table: FileProfile.Table, _ out: inout PlainText) {
    out.blankLine()
    let title = table.sheet.map { "Sheet \"\($0)\"" } ?? "Table"
    let header = table.headerRow.map { ", header in row \($0)" } ?? ""
    out.paragraph(
      "\(title)\(header): \(count(table.records, "record")), \(count(table.columns.count, "column"))", style: .bold)
    for column in table.columns { render(column, of: table, &out) }
  }

  private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  private static func render(_ column: FileProfile.Column, of table: FileProfile.Table, _ out: inout PlainText) {
    let statistics = column.statistics
    let place = column.isLettered ? Finding.Place.letters(column.position) : "\(column.position)"
    let heading = column.heading.isEmpty ? "(no heading)" : column.heading
    let field = column.field.map { " → \($0.name) (\($0.privacy.rawValue))" } ?? ""
    out.blankLine()
    out.paragraph("\(place)  \(heading)\(field)", first: "  ")
    let share = table.records == 0 ? 0 : statistics.given * 100 / table.records
    let distinct =
      statistics.hasMoreValues
      ? "more than \(ColumnStatistics.distinctLimit) different"
      : "\(statistics.values.keys.count { !$0.isEmpty }) different"
    out.paragraph(
      "\(statistics.type.rawValue); filled \(statistics.given) of \(table.records) (\(share) %); \(distinct)",
      first: "     ")
    if statistics.given == 0 { return }
    let kinds = CellClass.allCases.compactMap { kind in
      statistics.classes[kind].map { "\(kind.rawValue) \($0)" }
    }
    if kinds.count > 1 { out.paragraph("cells: \(kinds.joined(separator: ", "))", first: "     ") }
    let counts = column.showsValues ? statistics.values : statistics.shapes
    let most = ColumnStatistics.most(counts.filter { !$0.key.isEmpty }, shown)
    let rest = counts.keys.count { !$0.isEmpty } - most.count
    let words = most.map { "\(PlainText.visible($0.text)) (\($0.count))" }
    out.paragraph(
      "\(column.showsValues ? "values" : "shapes"): \(words.joined(separator: ", "))\(rest > 0 ? ", and \(rest) more" : "")",
      first: "     ")
  }
}
