import AuditModel
import Expressions

/// The part of a pack's page about how people are counted from its records.
struct CountsSection {
  let pack: RulePack

  init(_ pack: RulePack) {
    self.pack = pack
  }

  func write(to page: inout Markdown) {
    guard let counts = pack.counts else { return }
    page.heading(2, "Counting people")
    page.reading(counts.reading)
    page.paragraph(
      "The command " + .code("trustcheck count") + " counts people from the records of a period. A person counts once "
        + "in a count, however many records there are. People are told apart by the first of these that is complete:")
    page.list(counts.person.map { fields in .joined(fields.map { .code(pack.fields[$0].name) }, by: " with ") })
    page.table(
      ["Count", "What counts", "Holds where", "In the period by"],
      counts.counts.map { count in
        [
          .code(count.name) + .lineBreak + Markdown.Inline(count.label), Markdown.Inline(count.words),
          .code(count.condition.source), .code(pack.fields[count.date].name),
        ]
      })
    if !counts.leftOut.isEmpty {
      page.paragraph("Records are left out before any count is asked:")
      page.table(
        ["Reason", "Left out because", "Holds where"],
        counts.leftOut.map { [.code($0.name), Markdown.Inline($0.why), .code($0.condition.source)] })
    }
    guard let answers = counts.answers else { return }
    page.paragraph(
      "With " + .code("--against") + " the counts are held against an answer that the rule pack " + .code(answers.pack)
        + " reads:")
    var rows: [[Markdown.Inline]] = answers.fields.map { [.code(counts.counts[$0.count].name), .code($0.field)] }
    if let total = answers.total { rows.append(["the total of these", .code(total)]) }
    if let period = answers.period { rows.append(["the period it is for", .code(period)]) }
    page.table(["Count", "Field of the answer"], rows)
  }
}
