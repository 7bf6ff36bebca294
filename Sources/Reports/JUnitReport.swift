public import AuditModel

/// The rules as JUnit XML: a suite for each rule pack, a test case for each rule, its findings as the failure.
public enum JUnitReport {
  /// Findings that a failure lists at most; the counts are exact.
  private static let listed = 50

  /// - Parameters:
  ///   - failLevel: findings of this level or above fail a case; those below stand in its output. Nil fails none.
  ///   - folder: of the round, seen from the working folder.
  public static func render(_ report: Report, failLevel: Severity?, folder: String = "") -> String {
    let places = FindingPlaces(report, folder: folder)
    let findings = Dictionary(grouping: report.findings, by: \.rule)
    let entries = Dictionary(grouping: report.ledger, by: \.rule)
    var packs: [String] = []
    for rule in report.rules where !packs.contains(pack(rule)) { packs.append(pack(rule)) }
    let suites = packs.map { name in
      Suite(
        name: name,
        cases: report.rules.filter { pack($0) == name }.map { rule in
          testCase(rule, findings[rule.id] ?? [], entries[rule.id] ?? [], failLevel, places)
        })
    }
    let problems = report.problems.isEmpty ? [] : [problemSuite(report.problems)]
    let all = problems + suites
    var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    xml += "<testsuites name=\"\(XMLText.escaped(title(report)))\"\(counts(all.flatMap(\.cases)))>\n"
    for suite in all {
      xml +=
        "  <testsuite name=\"\(XMLText.escaped(suite.name))\"\(counts(suite.cases)) skipped=\"\(suite.cases.count { $0.kind == .skipped })\">\n"
      for item in suite.cases { xml += item.xml }
      xml += "  </testsuite>\n"
    }
    return xml + "</testsuites>\n"
  }

  private struct Suite {
    var name: String
    var cases: [Case]
  }

  private struct Case {
    enum Kind { case passed, failed, error, skipped }
    var kind: Kind
    var xml: String
  }

  private static func title(_ report: Report) -> String {
    (report.isSynthetic ? "SYNTHETIC: " : "") + "trustcheck" + (report.round.map { " \($0.name)" } ?? "")
  }

  private static func counts(_ cases: [Case]) -> String {
    " tests=\"\(cases.count)\" failures=\"\(cases.count { $0.kind == .failed })\" errors=\"\(cases.count { $0.kind == .error })\""
  }

  private static func pack(_ rule: RuleResult) -> String { String(rule.id.split(separator: "/").first ?? "") }

  private static func testCase(
    _ rule: RuleResult, _ findings: [Finding], _ entries: [LedgerEntry], _ failLevel: Severity?, _ places: FindingPlaces
  ) -> Case {
    let said = "\(rule.severity.rawValue): \(Shares.count(rule.findings, "finding")). \(rule.summary)"
    let listed = lines(findings, of: rule, places)
    var output: [String] = []
    var kind = Case.Kind.passed
    var became = ""
    if entries.contains(where: { $0.outcome == .fault }) {
      kind = .error
      became = "<error message=\"\(XMLText.escaped(causes(entries, .fault)))\" type=\"fault\"/>"
      if rule.findings > 0 { output = [said] + listed }
    } else if rule.findings > 0, let failLevel, rule.severity >= failLevel {
      kind = .failed
      became =
        "<failure message=\"\(XMLText.escaped(said))\" type=\"\(rule.severity.rawValue)\">"
        + listed.map(XMLText.escaped).joined(separator: "\n") + "</failure>"
    } else if rule.findings > 0 {
      output = [said] + listed
    } else if (rule.outcomes[.passed] ?? 0) == 0 {
      kind = .skipped
      let outcome = (rule.outcomes[.notEvaluated] ?? 0) > 0 ? Outcome.notEvaluated : .notApplicable
      let words = outcome == .notEvaluated ? "not evaluated" : "not applicable"
      let causes = causes(entries, outcome)
      became = "<skipped message=\"\(XMLText.escaped(causes.isEmpty ? words : "\(words): \(causes)"))\"/>"
    }
    // A case that passes must not hide where nothing was looked at.
    if kind != .skipped, let count = rule.outcomes[.notEvaluated], count > 0 {
      let causes = causes(entries, .notEvaluated)
      output.append(
        "Not evaluated on \(Shares.count(count, "submission or organisation", "submissions or organisations"))"
          + (causes.isEmpty ? "." : ": \(causes)"))
    }
    let name = String(rule.id.split(separator: "/").last ?? "")
    return Case(kind: kind, xml: element(pack(rule), name, became, output))
  }

  /// A test case with what became of it and what it says.
  private static func element(_ suite: String, _ name: String, _ outcome: String, _ output: [String]) -> String {
    let head = "    <testcase classname=\"\(XMLText.escaped(suite))\" name=\"\(XMLText.escaped(name))\""
    var inner = outcome.isEmpty ? "" : "      \(outcome)\n"
    if !output.isEmpty {
      inner += "      <system-out>\(output.map(XMLText.escaped).joined(separator: "\n"))</system-out>\n"
    }
    return inner.isEmpty ? "\(head)/>\n" : "\(head)>\n\(inner)    </testcase>\n"
  }

  /// The findings of a rule, one a line, and how many more there are.
  private static func lines(_ findings: [Finding], of rule: RuleResult, _ places: FindingPlaces) -> [String] {
    var lines = findings.prefix(listed).map { finding in
      let place = finding.place.map { "\(places.prefix)\($0)" } ?? finding.subject ?? ""
      return place.isEmpty ? finding.message : "\(place): \(finding.message)"
    }
    if rule.findings > lines.count { lines.append("… and \(Shares.grouped(rule.findings - lines.count)) more") }
    return lines
  }

  /// Why a rule came to an outcome, in words: the first of the causes, and how many more there are.
  private static func causes(_ entries: [LedgerEntry], _ outcome: Outcome) -> String {
    let all = Set(entries.flatMap(\.causes).filter { $0.of == outcome }.map(\.words)).sorted()
    let more = all.count > 3 ? ["… and \(Shares.grouped(all.count - 3)) more"] : []
    return (all.prefix(3) + more).joined(separator: "; ")
  }

  private static func problemSuite(_ problems: [Problem]) -> Suite {
    Suite(
      name: "problems",
      cases: problems.map { problem in
        Case(
          kind: .error,
          xml: element(
            "problems", problem.subject,
            "<error message=\"\(XMLText.escaped(problem.description))\" type=\"problem\"/>", []))
      })
  }
}
