import AuditModel
import Expressions

/// The part of a pack's page about its figures and the claims that they are to support.
struct FiguresSection {
  let pack: RulePack

  init(_ pack: RulePack) {
    self.pack = pack
  }

  func write(to page: inout Markdown) {
    guard !pack.figures.isEmpty else { return }
    page.heading(2, "Figures")
    page.reading(pack.figuresReading)
    for figure in pack.figures {
      page.heading(3, Markdown.Inline(figure.title))
      let units = Markdown.Inline("\(figure.unit.rawValue)s")
      page.paragraph(
        "Figure " + .code(figure.name) + ": the share, of the " + units + " asked and of those that answered, "
          + "for which this holds:")
      page.code(figure.condition.source, language: "cel")
      if let base = figure.base {
        page.paragraph("Only those count for which this holds:")
        page.code(base.source, language: "cel")
      }
      if !figure.note.isEmpty { page.paragraph(Markdown.Inline(figure.note)) }
      if !figure.parts.isEmpty {
        page.table(
          ["Part", "Holds where"], figure.parts.map { [Markdown.Inline($0.title), .code($0.condition.source)] })
      }
      if !figure.claims.isEmpty {
        page.table(["Claim", "The share is", "Source"], figure.claims.map(claim))
      }
    }
  }

  private func claim(_ claim: Claim) -> [Markdown.Inline] {
    let tolerance = claim.tolerance == .zero ? "" : ", within \(claim.tolerance)"
    return [
      Markdown.Inline(claim.words), Markdown.Inline("\(claim.relation.rawValue) \(claim.value)\(tolerance)"),
      Markdown.Inline(claim.source),
    ]
  }
}
