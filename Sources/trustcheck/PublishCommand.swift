import ArgumentParser
import AuditModel
import AuditRunner
import JSONDocument
import LocalFiles
import Register
import Reports
import Site

struct PublishCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish", abstract: "Writes a round's report as a static site: map, table, figures, a page each.",
    discussion: """
      The site needs no server, no network and no script to be read. The folder appears whole or not at all. A later \
      edition goes to a new folder and keeps the earlier ones readable (--previous).
      """)

  @Argument(help: "The report that check --round wrote with --format json.")
  var report: String

  @Option(help: "The folder to write: a new one, or an empty one.")
  var output: String

  @Option(help: "The register that the report was made with; the shipped one when left out.")
  var register: String?

  @Option(help: "The folder of the edition before.")
  var previous: String?

  @Option(help: "The day the edition is stamped with, CCYY-MM-DD; the day the report speaks for when left out.")
  var date: String?

  @Option(help: "The language: the name of a shipped message catalogue, or the file of one.")
  var language = "en"

  func run() throws {
    let installation = try Installation.find()
    let found = try ReportFile.read(report, for: "publish")
    try SiteFiles.making("publish") { () throws(SiteError) in try SitePublisher.refuse(found) }
    let (register, sites) = try loadRegister(found, installation)
    let request = SiteRequest(
      report: found, register: register, sites: sites,
      outline: try SiteFiles.reading("publish") { () throws(JSONError) in
        try Outline.load("\(installation.rules)/site/outline.json")
      },
      messages: try SiteFiles.messages(language, installation), theme: try SiteFiles.theme(installation),
      date: try SiteFiles.day(date, "--date") ?? found.asOf,
      previous: try previous.map { folder in
        try SiteFiles.making("publish") { () throws(SiteError) in try Edition.load(folder) }
      })
    let files = try SiteFiles.making("publish") { () throws(SiteError) in try SitePublisher.make(request) }
    Output.write(files.map { ($0.path, $0.bytes) }, toFolder: output)
    tellUntold(found)
    Terminal.say("\(output): \(files.count) files.")
  }

  private func tellUntold(_ report: AuditModel.Report) {
    let untold = SitePublisher.untold(report)
    guard !untold.isEmpty else { return }
    let verb = untold.count == 1 ? "organisation was" : "organisations were"
    for line in Terminal.lines(
      "\(untold.count) \(verb) not yet told of the result (no contact \"told\"): \(untold.joined(separator: ", "))")
    { Terminal.say(line) }
  }

  private func loadRegister(
    _ report: AuditModel.Report, _ installation: Installation
  ) throws -> (Register, Sites) {
    let loaded: Register
    let sites: Sites
    do {
      loaded = try Register.load(register ?? installation.register)
      sites = try loaded.loadSites()
    } catch {
      throw ConfigurationError("--register", "\(error).")
    }
    let digest = ReportBuilder.digest(of: loaded)
    if let expected = report.register?.sha256, digest != expected {
      throw ConfigurationError(
        "--register",
        "The report was made with the register \"\(report.register?.name ?? "")\", and this is another one: its digest "
          + "is \(digest.prefix(12))…, and that of the report's \(expected.prefix(12))….",
        advice: "Give the round's register with --register FOLDER.")
    }
    return (loaded, sites)
  }
}

/// A report that check wrote.
enum ReportFile {
  /// - Parameter command: who asks, for its error.
  static func read(_ path: String, for command: String) throws -> AuditModel.Report {
    do {
      return try JSONReport.read(JSONDocument.read(path: path))
    } catch {
      throw ConfigurationError(
        command, Problem.sentence("\(error)"), advice: "Write the report with: check … --format json --output FILE.")
    }
  }
}
