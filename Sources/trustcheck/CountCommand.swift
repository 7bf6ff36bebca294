import ArgumentParser
import AuditModel
import AuditRunner
import LocalFiles
import Reports

struct CountCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "count", abstract: "Counts people from records, and says what was left out and why.",
    discussion: """
      Give a round (--round), or files and folders with the rule pack that says who counts (--rules). With --against the \
      counts are held against what the organisation answered; where the answer states its own period, that is counted. \
      For local use: numbers may be small.

      Exit codes: 0 counted, and no answer disagrees; 1 an answer disagrees with the records; 2 the command or a rule \
      pack is wrong and nothing was counted; 3 an input could not be read.
      """)

  @Argument(help: "Files or folders with records.")
  var paths: [String] = []

  @Option(help: "The round: its round.json.")
  var round: String?

  @Option(help: "The rule pack that says how people are counted, by name or folder; the round's when left out.")
  var rules: String?

  @Option(help: "The register to look organisations up in; the shipped one when left out.")
  var register: String?

  @Option(help: "The period, CCYY-MM-DD..CCYY-MM-DD; the round's when left out.")
  var period: String?

  @Option(help: "A file with the answers to hold the counts against.")
  var against: String?

  @OptionGroup(title: "How files with records are read")
  var reading: ReadingOptions

  @Option(help: "text or json.")
  var format = CountFormat.text

  @Option(help: "Where the report goes; - is standard output.")
  var output: String?

  func run() throws {
    let progress = Progress()
    var request = try makeRequest()
    if Terminal.showsProgress { request.progress = { progress.show(rows: $0) } }
    let report = try Counting.run(request, Installation.find())
    progress.end()
    for problem in report.problems { Terminal.say(problem) }
    try write(report, to: request.output)
    if !report.problems.isEmpty { Terminal.exit(.fault) }
    if report.hasDisagreement { Terminal.exit(.findings) }
  }

  private func makeRequest() throws -> CountRequest {
    var request = CountRequest()
    request.toolVersion = version
    request.paths = paths
    try reading.apply(to: &request)
    if let round { request.round = try Round.load(round) }
    request.pack = rules
    request.register = register
    request.period = try period.map(CountCommand.period)
    request.against = against
    request.output = output == "-" ? nil : output
    request.jobs = Audit.processors
    if round == nil && paths.isEmpty {
      throw ConfigurationError(
        "count", "There is nothing to count.",
        advice: "Give a round (--round ROUND.json), or files with the rules to read them by (FILE --rules PACK).")
    }
    if round == nil && rules == nil {
      throw ConfigurationError(
        "count", "No rules were given.", advice: "Name a rule pack that says who counts: --rules cosd-breast.")
    }
    return request
  }

  private static func period(_ text: String) throws -> Period {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[1].isEmpty, let start = CalendarDate(iso: parts[0]),
      let end = CalendarDate(iso: parts[2])
    else {
      throw ConfigurationError("--period", "\"\(text)\" is no period; expected CCYY-MM-DD..CCYY-MM-DD.")
    }
    guard let period = Period(start: start, end: end) else {
      throw ConfigurationError("--period", "The period \"\(text)\" ends before it starts.")
    }
    return period
  }

  private func write(_ report: CountReport, to output: String?) throws {
    let bytes: [UInt8] =
      switch format {
      case .json: CountJSON.render(report)
      case .text:
        Array(
          CountText.render(
            report, width: output == nil ? Terminal.width : TextReport.standardWidth,
            usesColour: output == nil && Terminal.usesColour
          ).utf8)
      }
    Output.write(bytes, toFileOrTerminal: output)
  }
}

/// The forms in which counts of people come.
enum CountFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
