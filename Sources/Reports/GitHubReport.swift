public import AuditModel
import TerminalText

/// The findings as workflow commands of GitHub Actions, which annotate the lines of a change.
public enum GitHubReport {
  /// GitHub shows at most so many annotations of each level of one step; problems are errors to it.
  static let shown = 10

  /// - Parameter folder: of the round, seen from the working folder, so that paths lead to the files.
  public static func render(_ report: Report, folder: String = "") -> String {
    let places = FindingPlaces(report, folder: folder)
    let note = report.isSynthetic ? "SYNTHETIC: " : ""
    let problems = report.problems.prefix(shown)
    var lines = problems.map { command("error", [("title", "trustcheck")], note + $0.description) }
    if report.problems.count > problems.count {
      lines.append("\(Shares.count(report.problems.count - problems.count, "more problem")): see the report.")
    }
    for severity in Severity.allCases.reversed() {
      let findings = report.findings.filter { $0.severity == severity }
        .prefix(severity == .error ? shown - problems.count : shown)
      let total = report.rules.filter { $0.severity == severity }.reduce(0) { $0 + $1.findings }
      for finding in findings { lines.append(annotation(finding, places, note)) }
      let more = total - findings.count
      if more > 0 {
        lines.append(
          "\(Shares.count(more, "more finding")) of level \(severity.rawValue): see the report or the summary.")
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func annotation(_ finding: Finding, _ places: FindingPlaces, _ note: String) -> String {
    var properties: [(String, String)] = []
    var message = finding.message
    if let place = finding.place {
      properties.append(("file", places.path(place.input)))
      if let line = places.line(place) { properties.append(("line", String(line))) }
      let cell = FindingPlaces.cell(place)
      if !cell.isEmpty { message = "\(cell): \(message)" }
    } else if let subject = finding.subject {
      message = "\(subject): \(message)"
    }
    properties.append(("title", finding.rule))
    let level =
      switch finding.severity {
      case .error: "error"
      case .warning: "warning"
      case .info: "notice"
      }
    return command(level, properties, note + message)
  }

  /// A workflow command: what would end a value or a property is percent-encoded, as GitHub reads it.
  private static func command(_ name: String, _ properties: [(String, String)], _ message: String) -> String {
    let list = properties.map { "\($0.0)=\(escaped($0.1, isProperty: true))" }.joined(separator: ",")
    return "::\(name) \(list)::\(escaped(message, isProperty: false))"
  }

  private static func escaped(_ text: String, isProperty: Bool) -> String {
    var result = ""
    // By Unicode scalars: a mark with an accent on it is still that mark to GitHub.
    for scalar in PlainText.visible(text).unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
