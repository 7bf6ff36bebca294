import AuditModel
import Reports
import Workbooks

/// What to mend, in the order of work.
struct FixSheet {
  let report: Report
  let input: InputSummary
  let findings: [Finding]

  func write(_ writer: WorkbookWriter) {
    let sheet = writer.addSheet("What to fix", widths: [10, 26, 46, 46, 46, 34], frozenRows: 5)
    var lines = ["What to fix in \(input.name), the gravest first. Each cell is marked in the sheet that repeats it."]
    if report.isSynthetic { lines[0] = "SYNTHETIC. " + lines[0] }
    let readings = report.packs.map(\.reading).filter { !$0.isEmpty }
    lines.append(readings.joined(separator: " "))
    let hidden = report.rules.filter { rule in findings.contains { $0.rule == rule.id } && rule.findings > rule.shown }
    lines.append(
      hidden.isEmpty
        ? ""
        : "Not all findings are listed: of \(hidden.map(\.id).joined(separator: ", ")) there are more in all files.")
    for (index, line) in lines.enumerated() {
      writer.write(line, sheet, row: index + 1, column: 1, style: index == 0 ? .title : .plain)
    }
    let headings = ["Level", "Where", "What is wrong", "Why it matters", "How to mend it", "Rule"]
    for (index, heading) in headings.enumerated() {
      writer.write(heading, sheet, row: 5, column: index + 1, style: .heading)
    }
    let rules = Dictionary(report.rules.map { ($0.id, $0) }) { first, _ in first }
    if findings.isEmpty {
      writer.write(
        "Nothing was found in this file. See the last sheet for what was not checked.", sheet, row: 6, column: 2)
    }
    for (index, finding) in findings.enumerated() {
      let rule = rules[finding.rule]
      let cell = finding.place.map(FindingPlaces.cell) ?? ""
      let heading = finding.place?.heading.map { " (\($0))" } ?? ""
      let cells = [
        cell.isEmpty ? "the file" : cell + heading, finding.message, rule?.why ?? "", rule?.fix[.dataOfficer] ?? "",
        finding.rule,
      ]
      writer.write(
        finding.severity.rawValue, sheet, row: index + 6, column: 1, style: WorkbookWriter.Style(finding.severity))
      for (column, text) in cells.enumerated() {
        writer.write(text, sheet, row: index + 6, column: column + 2, style: .wrapped)
      }
    }
  }
}

/// What was not checked, and why: a clean sheet is not the same as a checked one.
struct NotCheckedSheet {
  let report: Report
  let input: InputSummary

  private struct Line {
    var rule: String
    var subject: String
    var rows: Int?
    var why: String
  }

  private var lines: [Line] {
    let subjects = Set(
      report.organisations.filter { $0.inputs.contains(input.name) }.map(\.code)
        + report.unmatched.filter { $0.inputs.contains(input.name) }.map(\.key)
        + (report.ofNobody.map { $0.inputs.contains(input.name) ? [SubmissionOfNobody.key] : [] } ?? []))
    return report.ledger.flatMap { entry -> [Line] in
      guard let subject = entry.subject, subjects.contains(subject) else { return [] }
      let isWhole = entry.outcome == .notEvaluated || entry.outcome == .fault
      guard isWhole || (entry.rows?.notEvaluated ?? 0) > 0 else { return [] }
      let causes = entry.causes.filter { $0.of == .notEvaluated || $0.of == .fault }
      if causes.isEmpty { return [Line(rule: entry.rule, subject: subject, rows: entry.rows?.notEvaluated, why: "")] }
      return causes.map { Line(rule: entry.rule, subject: subject, rows: $0.rows, why: $0.words) }
    }
  }

  func write(_ writer: WorkbookWriter) {
    let sheet = writer.addSheet("Not checked", widths: [36, 46, 18, 10, 60], frozenRows: 3)
    let title = "What was not checked in \(input.name), and why."
    writer.write(report.isSynthetic ? "SYNTHETIC. \(title)" : title, sheet, row: 1, column: 1, style: .title)
    for (index, heading) in ["Rule", "What it checks", "Organisation", "Rows", "Why it was not checked"].enumerated() {
      writer.write(heading, sheet, row: 3, column: index + 1, style: .heading)
    }
    let rules = Dictionary(report.rules.map { ($0.id, $0) }) { first, _ in first }
    let lines = self.lines
    if lines.isEmpty { writer.write("Everything that applies was checked.", sheet, row: 4, column: 1) }
    for (index, line) in lines.enumerated() {
      let row = index + 4
      writer.write(line.rule, sheet, row: row, column: 1, style: .wrapped)
      writer.write(rules[line.rule]?.summary ?? "", sheet, row: row, column: 2, style: .wrapped)
      writer.write(line.subject, sheet, row: row, column: 3, style: .wrapped)
      if let rows = line.rows { writer.write(rows, sheet, row: row, column: 4) }
      writer.write(line.why, sheet, row: row, column: 5, style: .wrapped)
    }
  }
}
