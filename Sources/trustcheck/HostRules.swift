import AuditModel
import AuditRunner
import RulePacks
import TerminalText

extension RuleDescription {
  /// The host's own rules, one a paragraph.
  func listOfHostRules() -> [String] {
    var lines = PlainText.lines(
      "What the program itself finds about files, names and the round's papers (\(IntakeRules.packName))", width: width)
    for rule in IntakeRules.all {
      lines.append("  \(PlainText.padded(rule.severity.rawValue, 8)) \(rule.id)")
      lines += PlainText.lines(rule.summary, width: width, indent: 11)
    }
    return lines
  }

  /// One of the host's own rules in full.
  func text(_ rule: IntakeRules.Rule) -> [String] {
    var lines = [rule.id, ""] + PlainText.lines(rule.summary, width: width)
    lines += ["", "Why"] + PlainText.lines(rule.why, width: width, indent: 2)
    lines += ["", "What to do"]
    for role in Role.allCases {
      guard let advice = rule.fix[role] else { continue }
      lines += PlainText.lines(advice, width: width, indent: 4, first: "  \(role.rawValue): ")
    }
    let level = rule.isMandatory ? "\(rule.severity.rawValue), mandatory" : rule.severity.rawValue
    lines += ["", "How it is checked"]
    lines += ["  severity: \(level)", "  dimension: \(rule.dimension.rawValue)", "  check: by the program itself"]
    return lines
  }
}
