import ArgumentParser
import AuditModel
import AuditRunner
import LocalFiles
import RulePacks

struct RoundNewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Writes the files of a new round into a folder.",
    discussion: """
      round.json with the question, asked.csv, and the logs that people keep: contacts.csv (sent, bounced, acknowledged, \
      answered, refused, transferred, told), decisions.csv, corrections.csv. The folder appears whole or not at all.
      """)

  @Argument(help: "The folder: a new one, or an empty one. Its name is the round's.")
  var folder: String

  @Option(help: "The rule pack whose question is asked.")
  var rules = "data-collection"

  @Option(help: "The round's title; made of the pack's when left out.")
  var title: String?

  @Option(name: .customLong("question"), help: "The question, word for word, instead of the pack's. May repeat.")
  var questions: [String] = []

  @Option(help: "The day on which the requests are sent, CCYY-MM-DD.")
  var sent: String

  @Option(help: "The day by which answers count, CCYY-MM-DD; 20 working days after the requests when left out.")
  var cutOff: String?

  @Option(help: "Whom to ask: a CSV with the column code, and name for those that are in no register.")
  var asked: String?

  @Option(help: "The folder of the register; the shipped one when left out.")
  var register: String?

  @Flag(help: "The organisations are invented: every output says SYNTHETIC.")
  var synthetic = false

  func run() throws {
    let installation = try Installation.find()
    let pack = try Catalogue.packs([rules], modules: [], register: nil, installation)[0]
    guard let sent = try SiteFiles.day(sent, "--sent") else { return }
    let days = try WorkingDays.load(installation.bankHolidays)
    let due = try days.due(received: sent)
    let cutOff = try SiteFiles.day(cutOff, "--cut-off") ?? due
    if cutOff < sent {
      throw ConfigurationError(
        "--cut-off", "The round would end on \(cutOff), before the requests are sent on \(sent).")
    }
    let name = LocalFiles.name(of: folder)
    var scaffold = RoundScaffold(
      name: name, title: title ?? (synthetic ? "SYNTHETIC: \(pack.title)" : pack.title), isSynthetic: synthetic,
      pack: pack, packName: packPath, question: questions, sent: sent, cutOff: cutOff,
      register: register.map { Path.relative($0, from: folder) })
    if let asked { try scaffold.ask(fromFile: asked, registerPath: register ?? installation.register) }
    Output.write(scaffold.files(), toFolder: folder)
    Terminal.say("created \(folder): round \"\(name)\", answers count until \(cutOff)")
    if cutOff < due { Terminal.say("note: 20 working days after \(sent) end on \(due), after the cut-off") }
    if scaffold.question.isEmpty { Terminal.say("to do: write the question, word for word, into round.json") }
    if asked == nil { Terminal.say("to do: list whom to ask in asked.csv (code,name)") }
    Terminal.say("to do: log every request in contacts.csv, with the kind sent")
  }

  /// The pack as round.json names it: a shipped one by name, a folder by its path from the round's.
  private var packPath: String {
    guard rules.contains("/") else { return rules }
    let path = Path.relative(rules, from: folder)
    return path.contains("/") ? path : "./\(path)"
  }
}

/// Paths from one folder to another.
enum Path {
  /// A path seen from the working folder, as it is seen from a folder; an absolute path stays one.
  static func relative(_ path: String, from folder: String) -> String {
    if path.hasPrefix("/") { return path }
    var target = steps(path)
    var base = steps(folder)
    // From there the way back is not told by the folder's own path.
    if folder.hasPrefix("/") || base.first == ".." { return "\(LocalFiles.workingFolder)/\(path)" }
    while let first = target.first, first == base.first {
      target.removeFirst()
      base.removeFirst()
    }
    return (base.map { _ in ".." } + target).joined(separator: "/")
  }

  /// The folders and the file of a path, without steps that lead back where they came from.
  private static func steps(_ path: String) -> [String] {
    var steps: [String] = []
    for step in path.split(separator: "/").map(String.init) where step != "." {
      if step == "..", let last = steps.last, last != ".." { steps.removeLast() } else { steps.append(step) }
    }
    return steps
  }
}
