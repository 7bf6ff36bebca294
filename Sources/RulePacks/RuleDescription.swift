import AuditModel
import TerminalText

/// What a person reads about rules on a terminal: the list of a pack and a rule explained.
public struct RuleDescription {
  /// Columns to stay within.
  public var width: Int

  public init(width: Int = 80) {
    self.width = max(40, width)
  }

  /// A rule in full, line by line.
  public func text(_ rule: Rule, of pack: RulePack) -> [String] {
    var lines = [rule.id, ""]
    lines += wrapped(rule.summary)
    if rule.isReading { lines += wrapped("This rule is this project's own reading, not the charity's or the NHS's.") }
    lines += ["", "Why"] + wrapped(rule.why, indent: 2)
    lines += ["", "What to do"]
    for role in Role.allCases {
      guard let advice = rule.fix[role] else { continue }
      lines += wrapped(advice, indent: 4, first: "  \(role.rawValue): ")
    }
    lines += ["", "How it is checked"] + facts(rule)
    if !rule.source.isEmpty { lines += wrapped(rule.source, indent: 4, first: "  source: ") }
    if let status = pack.status, status.rule.id == rule.id {
      lines += [""] + table(status)
    } else {
      lines += examples(rule)
    }
    return lines
  }

  /// The rules of a pack, one a paragraph.
  public func list(_ pack: RulePack) -> [String] {
    var lines = wrapped("\(pack.title) (\(pack.name) \(pack.version))")
    lines += wrapped(pack.purpose)
    if !pack.reading.isEmpty { lines += wrapped(pack.reading, indent: 2, first: "  This project's own reading: ") }
    let rules = pack.allRules
    for dimension in Dimension.allCases {
      let here = rules.filter { $0.dimension == dimension }
      if here.isEmpty { continue }
      lines += ["", dimension.rawValue]
      for rule in here {
        let level = rule.severity.rawValue
        let padding = String(repeating: " ", count: max(1, 9 - level.count))
        lines.append("  \(level)\(padding)\(rule.id)")
        let marks = (rule.isReading ? ["our reading"] : []) + (rule.lifeCycle.words.map { [$0] } ?? [])
        lines += wrapped(rule.summary + marks.map { " [\($0)]" }.joined(), indent: 11)
      }
    }
    return lines
  }

  // MARK: Parts

  private func facts(_ rule: Rule) -> [String] {
    let level = rule.isMandatory ? "\(rule.severity.rawValue), mandatory" : rule.severity.rawValue
    var lines = wrapped(level, indent: 4, first: "  severity: ")
    lines += wrapped(rule.dimension.rawValue, indent: 4, first: "  dimension: ")
    if let stages = rule.lifeCycle.words { lines += wrapped(stages, indent: 4, first: "  life cycle: ") }
    if let source = rule.appliesSource { lines += wrapped(source, indent: 4, first: "  applies: ") }
    lines += wrapped("\(rule.kind.name) (\(rule.kind.module))", indent: 4, first: "  check: ")
    // A decision table is shown as one, not leaf by leaf.
    if !rule.kind.classifies {
      for setting in rule.settings { lines += wrapped(setting.value, indent: 6, first: "    \(setting.name): ") }
    }
    lines += wrapped(rule.message.source, indent: 4, first: "  message: ")
    if !rule.aliases.isEmpty {
      lines += wrapped(rule.aliases.joined(separator: ", "), indent: 4, first: "  earlier names: ")
    }
    return lines
  }

  private func examples(_ rule: Rule) -> [String] {
    var lines: [String] = []
    for isFailing in [false, true] {
      let examples = rule.examples.filter { $0.isFailing == isFailing }
      if examples.isEmpty { continue }
      lines += ["", isFailing ? "Finds fault with" : "Passes"]
      for example in examples {
        var first = "  - "
        if !example.organisation.isEmpty {
          lines += wrapped(cells(example.organisation), indent: 6, first: "\(first)organisation: ")
          first = "    "
        }
        for row in example.rows {
          lines += wrapped(row.isEmpty ? "(an empty record)" : cells(row), indent: 6, first: first)
          first = "    "
        }
        for find in example.finds { lines += wrapped(found(find), indent: 8, first: "      found: ") }
      }
    }
    return lines
  }

  private func cells(_ cells: [String: String]) -> String {
    cells.sorted { $0.key < $1.key }.map { "\($0.key) \"\($0.value)\"" }.joined(separator: ", ")
  }

  private func found(_ find: ExpectedFinding) -> String {
    var words: [String] = []
    if let row = find.row { words.append("record \(row)") }
    if let field = find.field { words.append(field) }
    if let message = find.message { words.append("\"\(message)\"") }
    return words.isEmpty ? "the record" : words.joined(separator: ", ")
  }

  private func table(_ status: StatusTable) -> [String] {
    let table = status.table
    var lines = ["Facts"]
    for input in table.inputs {
      let given = input.isHostFact ? " (given by the host)" : ""
      lines += wrapped(
        "\(input.summary)\(given) \(input.words.joined(separator: " | "))", indent: 4, first: "  \(input.name): ")
    }
    lines += [""]
    lines += wrapped("Decision table, \(table.proof.combinations) combinations, each taken by exactly one row")
    for (index, row) in table.rows.enumerated() {
      let conditions = zip(table.inputs, row.takes).compactMap { input, words in
        words.count == input.words.count
          ? nil : "\(input.name) \(words.map { input.words[$0] }.joined(separator: " or "))"
      }
      let basis = row.basis == .none ? "" : " (\(row.basis.rawValue))"
      lines += wrapped(
        conditions.isEmpty ? "always" : conditions.joined(separator: "; "), indent: 6, first: "  \(index + 1). ")
      lines += wrapped("\(row.status.rawValue)\(basis): \(row.reason)", indent: 8, first: "      -> ")
    }
    if !status.reading.isEmpty { lines += [""] + wrapped(status.reading) }
    return lines
  }

  /// Words broken at spaces into lines of the width.
  ///
  /// - Parameters:
  ///   - indent: spaces before every line but the first, and before it when `first` is empty.
  ///   - first: what begins the first line.
  private func wrapped(_ words: String, indent: Int = 0, first: String = "") -> [String] {
    PlainText.lines(words, width: width, indent: indent, first: first)
  }
}
