import AuditModel
import JSONDocument

/// The part of a pack's page about its decision table.
struct StatusSection {
  let status: StatusTable
  let pack: RulePack

  init(_ status: StatusTable, of pack: RulePack) {
    self.status = status
    self.pack = pack
  }

  func write(to page: inout Markdown) {
    page.heading(2, "The status of an organisation")
    page.heading(3, Markdown.Inline(status.rule.id))
    RulePage.head(status.rule, to: &page)
    page.reading(status.reading)
    if !status.rule.source.isEmpty {
      page.paragraph(.strong("Source:") + Markdown.Inline(" " + status.rule.source))
    }
    facts(to: &page)
    table(to: &page)
    ExampleTables(fields: pack.fields).write(status.examples, to: &page)
  }

  // MARK: Facts

  private func facts(to page: inout Markdown) {
    page.heading(3, "Facts")
    page.paragraph(
      "The table rests on facts, each one word about an organisation. The cases are walked in order: the first that is "
        + "true gives its word, and one that cannot be told ends the walk.")
    let file = pack.document(status.rule.file)
    for input in status.table.inputs {
      page.paragraph(.code(input.name) + Markdown.Inline(": \(input.summary)"))
      guard let fact = file?["with"]?["facts"]?[input.name] else {
        let words = input.words.joined(separator: ", ")
        page.list([Markdown.Inline("given by the program: \(words)")])
        continue
      }
      page.table(["Word", "When"], cases(fact))
    }
  }

  private func cases(_ fact: JSONValue) -> [[Markdown.Inline]] {
    var rows = (fact["cases"]?.elements ?? []).map { element -> [Markdown.Inline] in
      [Markdown.Inline(element["is"]?.string ?? ""), .code(element["when"]?.string ?? "")]
    }
    let otherwise = fact["otherwise"]?.string ?? ""
    let unknown = fact["unknown"]?.string ?? ""
    if otherwise == unknown {
      rows.append([Markdown.Inline(otherwise), "otherwise, and when it cannot be told"])
    } else {
      rows.append([Markdown.Inline(otherwise), "otherwise"])
      rows.append([Markdown.Inline(unknown), "when it cannot be told"])
    }
    return rows
  }

  // MARK: The table

  private func table(to page: inout Markdown) {
    let table = status.table
    page.heading(3, "Decision table")
    page.paragraph(
      Markdown.Inline(
        "The words of the inputs make \(table.proof.combinations) combinations. It is proved that every one of them is "
          + "taken by exactly one row; the last column says how many each row takes. An input that a row does not name has any word."
      ))
    var rows: [[Markdown.Inline]] = table.rows.enumerated().map { index, row in
      let conditions = zip(table.inputs, row.takes).compactMap { input, words -> Markdown.Inline? in
        if words.count == input.words.count { return nil }
        return .code(input.name) + Markdown.Inline(" \(words.map { input.words[$0] }.joined(separator: " or "))")
      }
      let basis = row.basis == .none ? "" : " (\(row.basis.rawValue))"
      return [
        Markdown.Inline("\(index + 1)"), conditions.isEmpty ? "always" : .joined(conditions, by: .lineBreak),
        Markdown.Inline("\(row.status.words)\(basis)"), Markdown.Inline(row.reason),
        Markdown.Inline("\(table.proof.taken[index])"),
      ]
    }
    rows.append(["all", "", "", "", Markdown.Inline("\(table.proof.taken.reduce(0, +))")])
    page.table(["Row", "When", "Status", "Reason", "Combinations"], rows, right: [0, 4])
  }
}
