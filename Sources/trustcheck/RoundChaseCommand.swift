import ArgumentParser
import AuditModel
import AuditRunner
import JSONDocument
import LocalFiles
import Reports
import Site
import TerminalText

struct RoundChaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chase", abstract: "Says who is due when, who bounced, and whom to remind.",
    discussion: """
      A request is to be answered within 20 working days after the day it is received, which is taken to be the day it \
      was sent. Bank holidays of any part of the United Kingdom do not count: rules/calendar/bank-holidays.csv.
      """)

  @Option(help: "The round: its round.json.")
  var round: String

  @Option(help: "The day for which is told, CCYY-MM-DD; the round's cut-off when left out.")
  var asOf: String?

  @Option(help: "A report of the round, so that organisations whose answers are there are not chased.")
  var report: String?

  @Option(help: "text, csv or json.")
  var format: Format = .text

  @Option(help: "Where the list goes; standard output when left out.")
  var output: String?

  @Option(help: "Write a letter to each organisation that is overdue into this folder, a new or an empty one.")
  var letters: String?

  @Option(help: "The language of the letters: the name of a shipped message catalogue, or the file of one.")
  var language = "en"

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv, json }

  func run() throws {
    let installation = try Installation.find()
    let found = try Round.load(round)
    guard let day = try SiteFiles.day(asOf, "--as-of") ?? found.cutOff else {
      throw ConfigurationError(
        "--as-of", "The round has no cut-off, so the day is to be given.", advice: "Give it with --as-of CCYY-MM-DD.")
    }
    var answered: Set<String> = []
    if let report {
      let audited = try ReportFile.read(report, for: "round chase")
      answered = Set(audited.organisations.filter { $0.records > 0 }.map(\.code))
    }
    let chase = try RoundChase(
      found, asOf: day, days: WorkingDays.load(installation.bankHolidays), answered: answered)
    if let letters {
      let messages = try SiteFiles.messages(language, installation)
      let files = ReminderWriter(messages, found.isSynthetic, found.title, found.question).letters(
        chase.entries.filter { $0.action == .overdue }.map {
          ReminderWriter.Reminder(
            code: $0.code, name: $0.name, sent: $0.sent!, due: $0.due!, isAcknowledged: $0.isAcknowledged)
        })
      if files.isEmpty {
        Terminal.say("nobody is overdue on \(day), so no letter was written")
      } else {
        Output.write(files.map { ($0.path, $0.bytes) }, toFolder: letters)
        Terminal.say("\(letters): \(files.count) letters.")
      }
    }
    let bytes: [UInt8] =
      switch format {
      case .text: Array(ChaseText.text(chase, width: output == nil ? Terminal.width : TextReport.standardWidth).utf8)
      case .csv: Array(ChaseText.csv(chase).utf8)
      case .json: ChaseText.json(chase)
      }
    Output.write(bytes, toFileOrTerminal: output)
  }
}

/// What is outstanding, for people and for programs.
enum ChaseText {
  static func text(_ chase: RoundChase, width: Int) -> String {
    var out = PlainText(width: width)
    if chase.round.isSynthetic { out.paragraph("SYNTHETIC: every organisation is invented.") }
    out.paragraph("\(chase.round.title) (\(chase.round.name)) on \(chase.asOf)")
    for action in RoundChase.Action.allCases {
      let entries = chase.entries.filter { $0.action == action }
      if entries.isEmpty { continue }
      out.blankLine()
      out.paragraph("\(action.words): \(entries.count)")
      // Those that answered need nothing.
      if action == .answered { continue }
      for entry in entries {
        out.paragraph("\(entry.name)\(details(entry))", first: "  \(PlainText.padded(entry.code, 10))")
      }
    }
    return out.text
  }

  private static func details(_ entry: RoundChase.Entry) -> String {
    var parts: [String] = []
    if let sent = entry.sent { parts.append("asked \(sent)") }
    if entry.isAcknowledged { parts.append("acknowledged") }
    if let due = entry.due, entry.action == .waiting || entry.action == .overdue { parts.append("due \(due)") }
    if entry.late > 0 { parts.append("\(entry.late) working \(entry.late == 1 ? "day" : "days") late") }
    return parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
  }

  static func csv(_ chase: RoundChase) -> String {
    CSVReport.table(
      [["code", "name", "action", "asked", "due", "working days late", "acknowledged", "note"]]
        + chase.entries.map { entry in
          [
            entry.code, entry.name, entry.action.rawValue, entry.sent?.description ?? "", entry.due?.description ?? "",
            String(entry.late), entry.isAcknowledged ? "yes" : "no", chase.round.isSynthetic ? "SYNTHETIC" : "",
          ]
        })
  }

  static func json(_ chase: RoundChase) -> [UInt8] {
    var writer = JSONWriter<Never>(.pretty)
    writer.beginObject()
    writer.member("round", chase.round.name)
    writer.member("synthetic", chase.round.isSynthetic)
    writer.member("asOf", chase.asOf.description)
    writer.key("organisations")
    writer.beginArray()
    for entry in chase.entries {
      writer.beginObject()
      writer.member("code", entry.code)
      writer.member("name", entry.name)
      writer.member("action", entry.action.rawValue)
      if let sent = entry.sent { writer.member("sent", sent.description) }
      if let due = entry.due { writer.member("due", due.description) }
      writer.member("workingDaysLate", entry.late)
      writer.member("acknowledged", entry.isAcknowledged)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    return writer.finishedBytes()
  }
}
