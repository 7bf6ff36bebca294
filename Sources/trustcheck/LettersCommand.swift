import ArgumentParser
import AuditModel
import AuditRunner
import Site

struct LettersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "letters",
    abstract: "Writes a letter to each organisation: how its answer was read, how to correct it.",
    discussion: """
      Each letter is written as Markdown and as HTML, under the organisation's code. It names places in the \
      organisation's own file and no personal value. The folder appears whole or not at all.
      """)

  @Argument(help: "The report that check --round wrote with --format json.")
  var report: String

  @Option(help: "The folder to write: a new one, or an empty one.")
  var output: String

  @Option(parsing: .upToNextOption, help: "Write only to the organisations with these codes.")
  var only: [String] = []

  @Option(help: "The day by which corrections are to be sent, CCYY-MM-DD.")
  var replyBy: String?

  @Option(help: "Where corrections are to be sent; what the round says when left out.")
  var contact: String?

  @Option(help: "The language: the name of a shipped message catalogue, or the file of one.")
  var language = "en"

  func run() throws {
    let installation = try Installation.find()
    let found = try ReportFile.read(report, for: "letters")
    let messages = try SiteFiles.messages(language, installation)
    let theme = try SiteFiles.theme(installation)
    let setting = LetterWriter.Setting(
      replyBy: try SiteFiles.day(replyBy, "--reply-by"), contact: contact ?? "")
    let files = try SiteFiles.making("letters") { () throws(SiteError) in
      try LetterWriter(found, messages, theme, setting).letters(to: only)
    }
    Output.write(files.map { ($0.path, $0.bytes) }, toFolder: output)
    Terminal.say("\(output): \(files.count / 2) letters.")
  }
}
