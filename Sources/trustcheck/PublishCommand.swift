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
    let request = SiteRequest(
      report: found, register: try loadRegister(found, installation), sites: try sites(found, installation),
      outline: try reading { () throws(JSONError) in try Outline.load("\(installation.rules)/site/outline.json") },
      messages: try messages(installation), theme: try theme(installation), date: try editionDate(found),
      previous: try previous.map { folder in try site { () throws(SiteError) in try Edition.load(folder) } })
    let files = try site { () throws(SiteError) in try SitePublisher.make(request) }
    do {
      var folder = try WholeFolder(output)
      for file in files { try folder.write(file.bytes, to: file.path) }
      try folder.commit()
    } catch {
      throw ConfigurationError(error.path, "The site could not be written: \(error.reason).")
    }
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

  private func loadRegister(_ report: AuditModel.Report, _ installation: Installation) throws -> Register {
    let path = register ?? installation.register
    let loaded: Register
    do {
      loaded = try Register.load(path)
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
    return loaded
  }

  private func sites(_ report: AuditModel.Report, _ installation: Installation) throws -> Sites {
    do {
      return try Register.load(register ?? installation.register).loadSites()
    } catch {
      throw ConfigurationError("--register", "\(error).")
    }
  }

  private func messages(_ installation: Installation) throws -> Messages {
    let folder = "\(installation.rules)/site/messages"
    return try reading { () throws(JSONError) in
      let english = try Messages.load("\(folder)/en.json")
      if language == "en" { return english }
      let shipped = "\(folder)/\(language).json"
      return try Messages.load(LocalFiles.kind(shipped) == .file ? shipped : language, complete: english)
    }
  }

  private func theme(_ installation: Installation) throws -> Theme {
    let folder = "\(installation.rules)/site"
    var theme = Theme(templates: [:], files: [:])
    do {
      for name in try LocalFiles.list("\(folder)/templates") where name.hasSuffix(".mustache") {
        theme.templates[String(name.dropLast(".mustache".count))] = try LocalFiles.readText("\(folder)/templates/\(name)")
      }
      for name in ["style.css", "page.js"] { theme.files[name] = try LocalFiles.read("\(folder)/\(name)") }
    } catch {
      throw ConfigurationError(error.path, "\(error.reason).")
    }
    return theme
  }

  private func editionDate(_ report: AuditModel.Report) throws -> CalendarDate {
    guard let date else { return report.asOf }
    guard let day = CalendarDate(iso: date) else {
      throw ConfigurationError("--date", "\"\(date)\" is no date; expected CCYY-MM-DD.")
    }
    return day
  }

  private func site<Result>(_ body: () throws(SiteError) -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      throw ConfigurationError("publish", Problem.sentence(error.message), advice: error.advice)
    }
  }

  private func reading<Result>(_ body: () throws(JSONError) -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      throw ConfigurationError("publish", Problem.sentence("\(error)"))
    }
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
