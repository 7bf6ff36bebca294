public import AuditModel

/// The part of a pack's page about one rule.
struct RulePage {
  let rule: Rule
  let pack: RulePack

  init(_ rule: Rule, of pack: RulePack) {
    self.rule = rule
    self.pack = pack
  }

  func write(to page: inout Markdown) {
    page.heading(3, Markdown.Inline(rule.id))
    RulePage.head(rule, to: &page)
    check(to: &page)
    page.paragraph(.strong("A finding says:"))
    page.quote(Markdown.Inline(rule.message.source))
    if !rule.source.isEmpty { page.paragraph(.strong("Source:") + Markdown.Inline(" " + rule.source)) }
    ExampleTables(fields: pack.fields).write(rule.examples, to: &page)
  }

  /// Summary, level, why and advice: what every rule has.
  static func head(_ rule: Rule, to page: inout Markdown) {
    page.paragraph(.strong(rule.summary))
    var marks = [
      Markdown.Inline("Severity: \(level(rule))"), Markdown.Inline("Dimension: \(rule.dimension.rawValue)"),
      Markdown.Inline("Life cycle: \(rule.lifeCycle.words ?? "enforced always")"),
    ]
    if rule.isReading { marks.append("This project's own reading") }
    if !rule.aliases.isEmpty { marks.append("Earlier names: " + .joined(rule.aliases.map { .code($0) }, by: ", ")) }
    page.list(marks)
    page.paragraph(.strong("Why:") + Markdown.Inline(" " + rule.why))
    page.advice(rule.fix)
  }

  /// Severity and whether it is mandatory, in words.
  static func level(_ rule: Rule) -> String {
    rule.isMandatory ? "\(rule.severity.rawValue), mandatory" : rule.severity.rawValue
  }

  private func check(to page: inout Markdown) {
    page.paragraph(
      .strong("How it is checked:") + Markdown.Inline(" \(RulePage.sentence(rule.kind.summary)) ") + "(Check kind "
        + .code(rule.kind.name) + ".)")
    if let applies = rule.appliesSource {
      page.paragraph("It applies where")
      page.code(applies, language: "cel")
    }
    let expressions = expressions
    page.list(
      rule.settings.filter { setting in !expressions.contains { $0.name == setting.name } }.map { setting in
        .code(setting.name) + ": " + .code(setting.value) + summary(setting)
      })
    for expression in expressions {
      page.paragraph(.code(expression.name) + summary(expression))
      page.code(expression.value, language: "cel")
    }
  }

  /// The parameters that are conditions.
  private var expressions: [Rule.Setting] {
    rule.settings.filter { setting in
      if case .expression? = member(setting)?.schema { true } else { false }
    }
  }

  /// What a parameter is for, as its check kind says.
  private func summary(_ setting: Rule.Setting) -> Markdown.Inline {
    member(setting).map { Markdown.Inline(" (\(RulePage.clause($0.summary)))") } ?? ""
  }

  private func member(_ setting: Rule.Setting) -> ParameterSchema.Member? {
    guard case .object(let members) = rule.kind.parameters else { return nil }
    return members.first { $0.name == setting.name }
  }

  private static func sentence(_ words: String) -> String { words.hasSuffix(".") ? words : words + "." }

  /// A sentence as part of another: without its full stop, its first letter small.
  private static func clause(_ words: String) -> String {
    let end = words.hasSuffix(".") ? String(words.dropLast()) : words
    let second = end.dropFirst().first
    // A word of capitals stays as it is.
    return second?.isUppercase == true ? end : end.prefix(1).lowercased() + end.dropFirst()
  }
}

extension Markdown {
  /// What to do, by role.
  public mutating func advice(_ fix: [Role: String]) {
    paragraph(.strong("What to do"))
    list(
      Role.allCases.compactMap { role in
        let title = role == .dataOfficer ? "Data officer:" : "Reviewer:"
        return fix[role].map { .strong(title) + Inline(" " + $0) }
      })
  }
}
