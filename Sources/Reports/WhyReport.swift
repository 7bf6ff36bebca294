public import AuditModel
import TerminalText

/// Why an organisation has the status it has: the way from its cells to its status, for a person at a terminal.
public enum WhyReport {
  /// Nil when the report knows no organisation by this code.
  public static func render(
    _ code: String, in report: Report, width: Int = TextReport.standardWidth, usesColour: Bool = false
  ) -> String? {
    guard let organisation = report.organisations.first(where: { $0.code == code }) else { return nil }
    var out = PlainText(width: width, usesColour: usesColour)
    if report.isSynthetic { out.paragraph("SYNTHETIC: this organisation and its answer are invented.", style: .yellow) }
    out.paragraph("\(organisation.code)  \(organisation.name)", style: .bold)
    if let status = organisation.status { out.paragraph("Status: \(status.words)") }
    out.blankLine()
    what(organisation, &out)
    way(organisation, &out)
    decision(organisation, &out)
    findings(organisation, report, &out)
    for reading in report.packs.map(\.reading) where !reading.isEmpty {
      out.blankLine()
      out.paragraph(reading, style: .faint)
    }
    return out.text
  }

  private static func what(_ organisation: OrganisationResult, _ out: inout PlainText) {
    if let exclusion = organisation.exclusion { out.paragraph("Excluded: \(exclusion)") }
    for name in organisation.namesAsSupplied {
      out.paragraph("Called \"\(name)\" in its answer; matched by \(organisation.matchedBy).")
    }
    if organisation.records > 0 {
      out.paragraph(
        "Sent \(Shares.count(organisation.records, "record")) in \(organisation.inputs.joined(separator: ", ")).")
      if !organisation.submissionDigest.isEmpty {
        out.paragraph("Submission digest, for decisions.csv: \(organisation.submissionDigest)")
      }
    } else {
      out.paragraph("Sent nothing.")
    }
    for contact in organisation.contacts {
      out.paragraph("\(contact.date) \(contact.kind) (\(contact.source))", first: "  ")
    }
  }

  private static func way(_ organisation: OrganisationResult, _ out: inout PlainText) {
    guard let derived = organisation.derived else { return }
    out.blankLine()
    out.paragraph("Derived: \(derived.status.words)", style: .bold)
    out.paragraph(derived.reason, first: "  ")
    if derived.basis != .none {
      out.paragraph("It rests on the organisation's \(derived.basis.rawValue).", first: "  ")
    }
    if let row = derived.row { out.paragraph("Row \(row) of the decision table, on these facts:", first: "  ") }
    for fact in derived.facts {
      out.paragraph("\(fact.name) is \(fact.word)", first: "    ")
      for cell in fact.cells {
        let text = cell.text.map { "\"\($0)\"" } ?? ""
        let kind = cell.kind == .value ? "" : "\(cell.kind.words) "
        out.paragraph("\(cell.field): \(kind)\(text)", first: "      ", style: .faint)
      }
    }
    if let declared = organisation.declared { out.paragraph("Declared by the sender: \(declared)", first: "  ") }
  }

  private static func decision(_ organisation: OrganisationResult, _ out: inout PlainText) {
    guard let decision = organisation.decision else { return }
    out.blankLine()
    if let void = decision.void {
      out.paragraph("A decision of \(decision.date) (\(decision.status.words)) has no effect: \(void)", style: .yellow)
    } else {
      out.paragraph("Settled as \(decision.status.words) on \(decision.date) by the \(decision.role).", style: .bold)
      out.paragraph("Words relied on: \"\(decision.words)\"", first: "  ")
    }
  }

  private static func findings(_ organisation: OrganisationResult, _ report: Report, _ out: inout PlainText) {
    let shown = FindingsOfOrganisations.bySubject(report)[organisation.code] ?? []
    let severities = Dictionary(report.rules.map { ($0.id, $0) }) { first, _ in first }
    let rulesInBeta = TextReport.rulesInBeta(report)
    guard !shown.isEmpty else { return }
    out.blankLine()
    out.paragraph("Findings", style: .bold)
    for finding in TextReport.inOrderOfWork(shown) {
      out.paragraph(
        TextReport.named(finding, rulesInBeta), first: "  \(PlainText.padded(finding.severity.rawValue, 8))",
        style: finding.severity == .error ? .red : nil)
      if let fix = severities[finding.rule]?.fix[.dataOfficer] {
        out.paragraph("to mend: \(fix)", first: "          ", style: .faint)
      }
    }
  }
}
