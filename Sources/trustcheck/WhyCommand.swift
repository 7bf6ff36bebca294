import ArgumentParser
import AuditModel
import AuditRunner
import JSONDocument
import LocalFiles
import Reports

struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Says why an organisation has its status: the facts, the cells and the table row.")

  @Argument(help: "The organisation's code.")
  var organisation: String

  @Option(help: "A report that check wrote with --format json.")
  var report: String

  func run() throws {
    let found = try ReportFile.read(report, for: "why")
    guard
      let text = WhyReport.render(organisation, in: found, width: Terminal.width, usesColour: Terminal.usesColour)
    else {
      throw ConfigurationError(
        "why", "The report has no organisation with the code \"\(organisation)\".\(suggestion(found))")
    }
    Terminal.write(text)
  }

  private func suggestion(_ report: AuditModel.Report) -> String {
    let wanted = organisation.lowercased()
    let near = report.organisations.filter {
      $0.code.lowercased() == wanted || $0.name.lowercased().contains(wanted)
    }
    return near.isEmpty
      ? "" : " Did you mean \(near.prefix(3).map { "\($0.code) (\($0.name))" }.joined(separator: ", "))?"
  }
}
