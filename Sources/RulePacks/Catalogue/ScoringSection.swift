import AuditModel
import Expressions

/// The part of a pack's page about the score of its submissions.
struct ScoringSection {
  let pack: RulePack

  init(_ pack: RulePack) {
    self.pack = pack
  }

  func write(to page: inout Markdown) {
    guard let scoring = pack.scoring else { return }
    page.heading(2, "Data Quality Maturity Index")
    page.reading(scoring.reading)
    page.paragraph(
      "Worked out by the formula of NHS England's Data Quality Maturity Index (DQMI) from the submission alone; it is "
        + "not the figure that NHS England publishes. Of the records an item is for, those count that are valid and "
        + "complete, default values among them; defaults in excess of the threshold are taken off. The index is the "
        + "mean of the items times the coverage.")
    page.table(
      ["Item", "For the records where", "Valid and complete where", "A default where", "Defaults that are free"],
      scoring.items.map { item in
        [
          .code(item.name) + .lineBreak + Markdown.Inline(item.label),
          item.applies.map { .code($0.source) } ?? "all", .code(item.valid.source),
          item.defaults.map { .code($0.source) } ?? "–", item.threshold.map { Markdown.Inline($0.description) } ?? "–",
        ]
      })
    if let coverage = scoring.coverage {
      page.paragraph(
        "Coverage is the share of the months of the round's period, while the organisation was open, for which "
          + .code(pack.fields[coverage.field].name) + " names a record.")
    } else {
      page.paragraph("Coverage is not told from the records, and counts as 1.")
    }
  }
}
