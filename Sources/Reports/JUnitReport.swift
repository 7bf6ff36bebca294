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
    let name = String(rule.id.split(separator: "/").last ?? "")
    let head = "    <testcase classname=\"\(XMLText.escaped(pack(rule)))\" name=\"\(XMLText.escaped(name))\""
    let listed = findings.prefix(JUnitReport.listed).map { finding in
      let place = finding.place.map { "\(places.prefix)\($0)" } ?? finding.subject ?? ""
      return XMLText.escaped(place.isEmpty ? finding.message : "\(place): \(finding.message)")
    }
    var lines = listed
    if rule.findings > lines.count { lines.append("… and \(Shares.grouped(rule.findings - lines.count)) more") }
    let body = lines.joined(separator: "\n")
    let said = "\(rule.severity.rawValue): \(Shares.count(rule.findings, "finding")). \(rule.summary)"
    if let cause = entries.first(where: { $0.outcome == .fault })?.causes.first {
      return Case(
        kind: .error,
        xml: "\(head)>\n      <error message=\"\(XMLText.escaped(cause.words))\" type=\"fault\"/>\n    </testcase>\n")
    }
    if rule.findings > 0 {
      if let failLevel, rule.severity >= failLevel {
        return Case(
          kind: .failed,
          xml:
            "\(head)>\n      <failure message=\"\(XMLText.escaped(said))\" type=\"\(rule.severity.rawValue)\">\(body)</failure>\n    </testcase>\n"
        )
      }
      return Case(
        kind: .passed,
        xml: "\(head)>\n      <system-out>\(XMLText.escaped(said))\n\(body)</system-out>\n    </testcase>\n")
    }
    if (rule.outcomes[.passed] ?? 0) == 0 {
      let causes = Set(entries.flatMap(\.causes).map(\.words)).sorted().prefix(3).joined(separator: "; ")
      let words = (rule.outcomes[.notEvaluated] ?? 0) > 0 ? "not evaluated" : "not applicable"
      return Case(
        kind: .skipped,
        xml:
          "\(head)>\n      <skipped message=\"\(XMLText.escaped(causes.isEmpty ? words : "\(words): \(causes)"))\"/>\n    </testcase>\n"
      )
    }
    return Case(kind: .passed, xml: "\(head)/>\n")
  }

  private static func problemSuite(_ problems: [Problem]) -> Suite {
    Suite(
      name: "problems",
      cases: problems.map { problem in
        Case(
          kind: .error,
          xml: "    <testcase classname=\"problems\" name=\"\(XMLText.escaped(problem.subject))\">\n"
            + "      <error message=\"\(XMLText.escaped(problem.description))\" type=\"problem\"/>\n    </testcase>\n")
      })
  }
}
