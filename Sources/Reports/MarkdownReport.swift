public import AuditModel

/// A summary in Markdown (GitHub's), for a step summary or a comment on a change.
public enum MarkdownReport {
  /// Examples of one rule.
  private static let examples = 3

  /// - Parameter folder: of the round, seen from the working folder.
  public static func render(_ report: Report, folder: String = "") -> String {
    let places = FindingPlaces(report, folder: folder)
    var lines: [String] = []
    let title = report.round.map { "\($0.title) (\($0.name))" } ?? "trustcheck"
    lines += ["## \(MarkdownText.inComment(title))", ""]
    if report.isSynthetic { lines += ["**SYNTHETIC: every organisation, person and answer is invented.**", ""] }
    lines += [summary(report), ""]
    lines += problems(report)
    lines += statuses(report)
    lines += findings(report, places)
    lines += notEvaluated(report)
    for reading in report.packs.map(\.reading) where !reading.isEmpty {
      lines += ["<sub>\(MarkdownText.inComment(reading))</sub>", ""]
    }
    while lines.last == "" { lines.removeLast() }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func summary(_ report: Report) -> String {
    let parts = Severity.allCases.reversed().map { severity in
      let count = report.rules.filter { $0.severity == severity }.reduce(0) { $0 + $1.findings }
      return severity == .info ? "\(Shares.grouped(count)) info" : Shares.count(count, severity.rawValue)
    }
    let records = report.inputs.reduce(0) { $0 + $1.records }
    let read =
      report.isPublic
      ? "" : " on \(Shares.count(records, "record")) from \(Shares.count(report.inputs.count, "file"))"
    return "\(Shares.count(report.findingCount, "finding")): \(parts.joined(separator: ", ")). "
      + "\(Shares.count(report.rules.count, "rule"))\(read), as of \(report.asOf)."
  }

  private static func problems(_ report: Report) -> [String] {
    guard !report.problems.isEmpty else { return [] }
    return ["### Problems", ""] + report.problems.map { "- \(MarkdownText.inComment($0.description))" } + [""]
  }

  private static func statuses(_ report: Report) -> [String] {
    let counts = Status.allCases.compactMap { status -> (Status, Int)? in
      let count = report.organisations.count { $0.status == status }
      return count > 0 ? (status, count) : nil
    }
    guard !counts.isEmpty else { return [] }
    return ["| Status | Organisations |", "|---|---:|"]
      + counts.map { "| \($0.0.words) | \(Shares.grouped($0.1)) |" } + [""]
  }

  private static func findings(_ report: Report, _ places: FindingPlaces) -> [String] {
    let rules = report.rules.filter { $0.findings > 0 }.sorted { a, b in
      (b.severity, b.findings) < (a.severity, a.findings)
    }
    guard !rules.isEmpty else { return [] }
    let shown = Dictionary(grouping: report.findings, by: \.rule)
    var lines = ["| Level | Rule | Findings | What it says | Where |", "|---|---|---:|---|---|"]
    for rule in rules {
      var examplePlaces = (shown[rule.id] ?? []).prefix(examples).map { finding in
        MarkdownText.inComment(finding.place.map { "\(places.prefix)\($0)" } ?? finding.subject ?? "")
      }
      if rule.findings > examplePlaces.count, !examplePlaces.isEmpty { examplePlaces.append("…") }
      lines.append(
        "| \(rule.severity.rawValue) | `\(rule.id)` | \(Shares.grouped(rule.findings)) | "
          + "\(MarkdownText.inComment(rule.summary)) | \(examplePlaces.joined(separator: "<br>")) |")
    }
    return lines + [""]
  }

  private static func notEvaluated(_ report: Report) -> [String] {
    let rules = report.rules.filter { ($0.outcomes[.notEvaluated] ?? 0) + ($0.outcomes[.fault] ?? 0) > 0 }
    guard !rules.isEmpty else { return [] }
    var lines = [
      "<details><summary>\(Shares.count(rules.count, "rule was", "rules were")) not evaluated everywhere</summary>", "",
    ]
    lines += rules.map { rule in
      let count = (rule.outcomes[.notEvaluated] ?? 0) + (rule.outcomes[.fault] ?? 0)
      return "- `\(rule.id)`: on \(Shares.count(count, "submission or organisation", "submissions or organisations"))"
    }
    return lines + ["", "</details>", ""]
  }
}
