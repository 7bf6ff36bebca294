public import AuditModel

/// The statuses of a round as CSV, one row an organisation: the table a person can open.
public enum StatusesReport {
  static let headings = [
    "code", "name as supplied", "matched name", "declared", "derived", "status", "reason", "evidence", "date",
    "last contact", "note",
  ]

  /// UTF-8 with CRLF line ends; submissions that were not matched come last, with an empty code.
  public static func render(_ report: Report) -> String {
    var csv = CSVText()
    csv.row(headings)
    var notes = report.isSynthetic ? ["SYNTHETIC"] : []
    if report.packs.contains(where: { !$0.reading.isEmpty }) {
      notes.append("statuses are this project's reading")
    }
    let note = notes.joined(separator: "; ")
    for organisation in report.organisations {
      let inEffect = organisation.decision.flatMap { $0.void == nil ? $0 : nil }
      var reason = organisation.derived?.reason ?? organisation.exclusion ?? ""
      if let inEffect {
        reason = "Settled on \(inEffect.date) (\(inEffect.role)); derived: \(reason)"
      }
      csv.row([
        organisation.code,
        organisation.namesAsSupplied.joined(separator: "; "),
        organisation.name,
        organisation.declared ?? "",
        organisation.derived?.status.rawValue ?? "",
        organisation.status?.rawValue ?? "",
        reason,
        inEffect?.words ?? (organisation.words.isEmpty ? organisation.evidence : organisation.words),
        organisation.dateReceived,
        organisation.contacts.last.map { "\($0.kind) \($0.date)" } ?? "",
        note,
      ])
    }
    for submission in report.unmatched {
      csv.row([
        "", submission.name.isEmpty ? submission.code : submission.name, "", "", "", "",
        "Not matched to an organisation", "", "", "", note,
      ])
    }
    return csv.text
  }
}
