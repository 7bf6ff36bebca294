import AuditModel

/// The page about a rule pack for data officers and reviewers, in Markdown.
public struct PackPage {
  let pack: RulePack
  private var page = Markdown()

  /// The whole page.
  public static func render(_ pack: RulePack) -> String {
    var page = PackPage(pack: pack)
    page.head()
    page.contents()
    page.fields()
    page.codeLists()
    page.rules()
    FiguresSection(pack).write(to: &page.page)
    CountsSection(pack).write(to: &page.page)
    ScoringSection(pack).write(to: &page.page)
    if let status = pack.status { StatusSection(status, of: pack).write(to: &page.page) }
    return page.page.text
  }

  private init(pack: RulePack) {
    self.pack = pack
  }

  // MARK: The pack

  private mutating func head() {
    page.begin()
    page.heading(1, Markdown.Inline(pack.title))
    page.paragraph("Rule pack " + .code(pack.name) + Markdown.Inline(", version \(pack.version)"))
    page.paragraph(Markdown.Inline(pack.purpose))
    page.reading(pack.reading)
    page.list(facts)
  }

  /// What holds for the pack's records as a whole.
  private var facts: [Markdown.Inline] {
    func named(_ fields: [Int]) -> Markdown.Inline {
      .joined(fields.map { .code(pack.fields[$0].name) }, by: ", ")
    }
    var facts: [Markdown.Inline] = []
    if pack.namesOrganisations {
      let organisation = [pack.organisationCode, pack.organisationName].compactMap { $0 }
      facts.append("Whose a record is stands in " + named(organisation) + ".")
      facts.append(
        pack.recordsPerOrganisation == .one
          ? "An organisation sends one record; a second is a duplicate." : "An organisation sends many records.")
    } else {
      facts.append("Records are of nobody in particular: all files together are one submission.")
    }
    if let period = pack.period { facts.append("What period a record is for stands in " + named([period]) + ".") }
    if !pack.recordKey.isEmpty {
      facts.append(
        (pack.namesOrganisations ? "Records of one organisation" : "Records") + " are told apart by "
          + named(pack.recordKey) + ".")
    }
    if !pack.totals.isEmpty {
      let words = pack.totals.map { "\"\($0)\"" }.joined(separator: ", ")
      facts.append(
        Markdown.Inline("A row that begins with a word for a total, or with \(words), is left out and reported."))
    }
    return facts
  }

  /// The rules at a glance, by dimension.
  private mutating func contents() {
    page.heading(2, "The rules at a glance")
    for (dimension, rules) in byDimension {
      page.heading(3, Markdown.Inline(dimension.title))
      page.table(
        ["Rule", "Severity", "What holds"],
        rules.map { rule in
          [
            .link(String(rule.id.dropFirst(pack.name.count + 1)), to: "#" + Markdown.anchor(rule.id)),
            Markdown.Inline(RulePage.level(rule)), Markdown.Inline(rule.summary),
          ]
        })
    }
  }

  private var byDimension: [(Dimension, [Rule])] {
    Dimension.allCases.compactMap { dimension in
      let rules = pack.allRules.filter { $0.dimension == dimension }
      return rules.isEmpty ? nil : (dimension, rules)
    }
  }

  // MARK: Fields

  private mutating func fields() {
    page.heading(2, "Fields")
    page.paragraph(
      "A column is known by the field's name, its label or another heading; only letters and digits count. A field "
        + "that is personal reaches no output.")
    page.table(
      ["Field", "What it holds", "Type", "Privacy", "Other headings"],
      pack.fields.map { field in
        let optional = field.isOptional ? Markdown.Inline(" The column may be left out.") : ""
        return [
          .code(field.name) + .lineBreak + Markdown.Inline(field.label), Markdown.Inline(field.summary) + optional,
          type(field), Markdown.Inline(field.privacy.rawValue), Markdown.Inline(field.aliases.joined(separator: "; ")),
        ]
      })
    spellings()
  }

  private func type(_ field: Field) -> Markdown.Inline {
    guard let list = pack.codeList(of: field) else { return Markdown.Inline(field.type.rawValue) }
    return "code of " + .link(list.name, to: "#" + Markdown.anchor(list.name))
  }

  /// How cells are spelt that hold no plain value; fields that are spelt alike share a row.
  private mutating func spellings() {
    var groups: [(spellings: [Markdown.Inline], fields: [Field])] = []
    var keys: [[String]: Int] = [:]
    for field in pack.fields {
      let spelt = PackPage.spellings(field)
      let key = spelt.flatMap { [$0.meaning, "\u{1}"] + $0.texts }
      if spelt.isEmpty { continue }
      if let index = keys[key] {
        groups[index].fields.append(field)
        continue
      }
      keys[key] = groups.count
      let lines = spelt.map { meaning, texts in
        Markdown.Inline("\(meaning): ") + .joined(texts.map { .code($0) }, by: ", ")
      }
      groups.append((lines, [field]))
    }
    guard !groups.isEmpty else { return }
    page.paragraph("These spellings are no plain values. Case and outer spaces do not matter.")
    page.table(
      ["Fields", "Spellings"],
      groups.map { group in
        [.joined(group.fields.map { .code($0.name) }, by: ", "), .joined(group.spellings, by: .lineBreak)]
      })
  }

  private static func spellings(_ field: Field) -> [(meaning: String, texts: [String])] {
    let spellings = field.spellings
    var result = [
      ("blank", spellings.blank), ("not known", spellings.notKnown), ("not applicable", spellings.notApplicable),
    ]
    if field.type.isNumeric {
      let ranges = Dictionary(grouping: spellings.suppressed) { "suppressed, from \($0.low) to \($0.high)" }
      result += spellings.suppressed.map { "suppressed, from \($0.low) to \($0.high)" }.distinct.map { meaning in
        (meaning, (ranges[meaning] ?? []).map(\.text))
      }
      result.append(("rounded, within \(EvidenceValue.number(spellings.roundedBy).words)", spellings.rounded))
    }
    if field.type == .boolean { result += [("true", spellings.yes), ("false", spellings.no)] }
    return result.filter { !$0.1.isEmpty }
  }

  private mutating func codeLists() {
    guard !pack.codeLists.isEmpty else { return }
    page.heading(2, "Code lists")
    for list in pack.codeLists {
      page.heading(3, Markdown.Inline(list.name))
      let isDated = list.codes.contains { $0.from != nil || $0.retired != nil }
      let header: [Markdown.Inline] = ["Code", "Meaning", "Read as the code as well"] + (isDated ? ["In use"] : [])
      page.table(
        header,
        list.codes.map { code in
          let inUse = [code.from.map { "from \($0)" }, code.retired.map { "not from \($0) on" }].compactMap { $0 }
          return [
            .code(code.code), Markdown.Inline(code.label), .joined(code.spellings.map { .code($0) }, by: ", "),
            Markdown.Inline(inUse.joined(separator: ", ")),
          ]
        })
    }
  }

  // MARK: Rules

  private mutating func rules() {
    for (dimension, rules) in byDimension {
      let rules = rules.filter { $0.id != pack.status?.rule.id }
      if rules.isEmpty { continue }
      page.heading(2, Markdown.Inline("Rules about \(dimension.rawValue)"))
      for rule in rules { RulePage(rule, of: pack).write(to: &page) }
    }
  }
}

extension Dimension {
  /// The word as a heading.
  var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}

extension Array where Element: Hashable {
  /// Every element once, where it stands first.
  fileprivate var distinct: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
