public import AuditModel

/// The findings shown as CSV, one row a finding, in the order of work; safe to open in a spreadsheet.
///
/// Where not all findings of a rule are shown, the note of its rows says how many there are.
public enum FindingsTable {
  static let headings = [
    "severity", "rule", "organisation", "name", "file", "sheet", "row", "column", "heading", "place", "field",
    "message", "why it matters", "how to mend it", "note",
  ]

  /// UTF-8 with CRLF line ends.
  public static func render(_ report: Report) -> String {
    let rules = Dictionary(report.rules.map { ($0.id, $0) }) { first, _ in first }
    let names = Dictionary(report.organisations.map { ($0.code, $0.name) }) { first, _ in first }
    var csv = CSVText()
    csv.row(headings)
    for finding in TextReport.inOrderOfWork(report.findings) {
      let rule = rules[finding.rule]
      var notes = report.isSynthetic ? ["SYNTHETIC"] : []
      if rule?.isReading == true { notes.append("this project's reading") }
      if let rule, rule.findings > rule.shown {
        notes.append("\(Shares.grouped(rule.shown)) of \(Shares.count(rule.findings, "finding")) of this rule shown")
      }
      let code = finding.organisation ?? finding.subject ?? ""
      csv.row([
        finding.severity.rawValue, finding.rule, code, names[code] ?? "", finding.place?.input ?? "",
        finding.place?.sheet ?? "", finding.place?.row.map(String.init) ?? "",
        finding.place?.column.map(Finding.Place.letters) ?? "", finding.place?.heading ?? "",
        finding.place.map(FindingPlaces.cell) ?? "", finding.field ?? "", finding.message, rule?.why ?? "",
        rule?.fix[.dataOfficer] ?? "", notes.joined(separator: "; "),
      ])
    }
    return csv.text
  }
}
