import ArgumentParser
import AuditModel
import AuditRunner
import JSONDocument
import LocalFiles
import Reports

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Audits submissions, or a whole round.",
    discussion: """
      Give a round (--round), or files and folders with the rule pack to check them by (--rules). The report goes to \
      standard output; --format and --output pair up and repeat.
      """)

  @Argument(help: "Files or folders with submissions.")
  var paths: [String] = []

  @Option(help: "The round: its round.json.")
  var round: String?

  @Option(parsing: .upToNextOption, help: "Rule packs, by name or folder; the round's when left out.")
  var rules: [String] = []

  @Option(help: "The register to look organisations up in; the shipped one when left out.")
  var register: String?

  @Option(name: .customLong("module"), help: "A rule module beside the shipped ones. May repeat.")
  var modules: [String] = []

  @OptionGroup(title: "How files are read")
  var reading: ReadingOptions

  @Option(parsing: .upToNextOption, help: "Report only the submissions in these files.")
  var only: [String] = []

  @Option(
    help: """
      The day the audit speaks for, CCYY-MM-DD; when left out the round's cut-off, or the latest day on which an \
      organisation of the register opened or closed.
      """)
  var asOf: String?

  @Option(
    name: .customLong("format"),
    help: """
      text, json, markdown, sarif, junit, github (annotations), geojson; statuses, figures and findings-csv are CSV. \
      May repeat.
      """)
  var formats: [ReportFormat] = []

  @Option(name: .customLong("output"), help: "Where the report of the same position goes; - is standard output.")
  var outputs: [String] = []

  @Option(help: "Write the identity of every finding to this file, as JSON lines.")
  var findings: String?

  @Option(
    help: "Exit with 1 at findings of this level or above: error (the default), warning, info or never.",
    transform: CheckCommand.failLevel)
  var failOn: FailLevel?

  @Option(help: "Threads; as many as there are processors when left out.")
  var jobs: Int?

  @Option(
    help: """
      Findings shown of one rule in one submission, 20 by default, and 50 times as many of one rule in all; counts are \
      always exact.
      """)
  var limit: Int?

  @Option(help: "Show values of fields that are personal: --reveal personal.")
  var reveal: Revealed?

  @Flag(
    name: .customLong("public"),
    help: """
      Reports without what may not be made public: small counts, evidence, names of files, digests, and words that no \
      person chose to publish.
      """)
  var isPublic = false

  @Option(help: "Write how long the stages took to this file, as JSON.")
  var timings: String?

  @Option(help: "A file of defaults, instead of the nearest trustcheck.json in the working folder or above.")
  var config: String?

  private static func failLevel(_ word: String) throws -> FailLevel {
    if let level = FailLevel(rawValue: word) { return level }
    throw ValidationError("Expected \(FailLevel.allCases.map(\.rawValue).joined(separator: ", ")), found \(word).")
  }

  enum Revealed: String, ExpressibleByArgument, CaseIterable { case personal }

  func run() throws {
    let defaults = try Defaults.load(config)
    var request = try makeRequest(defaults)
    let pairs = try pairs()
    request.outputs = try outputFiles(pairs)
    let progress = Progress()
    var shown = request
    if Terminal.showsProgress { shown.progress = { progress.show(rows: $0) } }
    let stopwatch = Stopwatch()
    let result = try Audit.run(shown, Installation.find())
    progress.end()
    let audited = stopwatch.milliseconds
    for problem in result.report.problems { Terminal.say(problem) }
    let report = isPublic ? PublicReport.make(result.report) : result.report
    // Files first: who reads standard output may stop reading.
    let level = failOn ?? defaults.failOn ?? .error
    for (format, output) in pairs where output != nil { try write(report, format, level, to: output) }
    if let findings { try writeFindings(result, to: findings) }
    for (format, output) in pairs where output == nil { try write(report, format, level, to: nil) }
    if let timings {
      Output.writing {
        () throws(FileError) in
        try LocalFiles.write(
          "{\"auditMilliseconds\": \(audited), \"totalMilliseconds\": \(stopwatch.milliseconds)}\n", to: timings)
      }
    }
    if result.hasProblems { Terminal.exit(.fault) }
    if let severity = level.severity, result.reaches(severity) { Terminal.exit(.findings) }
  }

  private func makeRequest(_ defaults: Defaults) throws -> AuditRequest {
    var request = AuditRequest()
    request.toolVersion = version
    request.paths = paths
    try reading.apply(to: &request)
    if let round { request.round = try Round.load(round) }
    // A round brings its own rules and register; defaults are for files on their own.
    request.packs = rules.isEmpty && round == nil ? defaults.rules : rules
    request.register = register ?? (round == nil ? defaults.register : nil)
    request.modules = defaults.modules + modules
    request.only = only
    if let asOf {
      guard let date = CalendarDate(iso: asOf) else {
        throw ConfigurationError("--as-of", "\"\(asOf)\" is no date; expected CCYY-MM-DD.")
      }
      request.asOf = date
    }
    if let jobs, jobs < 1 { throw ConfigurationError("--jobs", "Expected at least 1, found \(jobs).") }
    if let limit, limit < 0 { throw ConfigurationError("--limit", "Expected 0 or more, found \(limit).") }
    request.jobs = jobs ?? defaults.jobs ?? Audit.processors
    request.limit = limit ?? defaults.limit ?? request.limit
    request.revealsPersonal = reveal == .personal
    request.wantsIdentities = findings != nil
    if isPublic && (findings != nil || reveal != nil) {
      throw ConfigurationError(
        "--public", "What is made public carries no identity of a finding and no personal value.",
        advice: "Leave out --findings and --reveal.")
    }
    if request.round == nil && paths.isEmpty {
      throw ConfigurationError(
        "check", "There is nothing to check.",
        advice: "Give a round (--round ROUND.json), or files with the rules to check them by (FILE --rules PACK).")
    }
    if request.round == nil && request.packs.isEmpty {
      throw ConfigurationError(
        "check", "No rules were given.", advice: "Name a rule pack: --rules data-collection.")
    }
    return request
  }

  /// Formats with where they go; nil is standard output.
  private func pairs() throws -> [(ReportFormat, String?)] {
    let formats = formats.isEmpty ? [ReportFormat.text] : formats
    if outputs.count > formats.count {
      throw ConfigurationError("--output", "There are more outputs than formats; each --output needs its --format.")
    }
    var pairs: [(ReportFormat, String?)] = []
    for (index, format) in formats.enumerated() {
      let output = index < outputs.count && outputs[index] != "-" ? outputs[index] : nil
      pairs.append((format, output))
    }
    if pairs.count(where: { $0.1 == nil }) > 1 {
      throw ConfigurationError("--format", "Only one report can go to standard output; give the others an --output.")
    }
    return pairs
  }

  /// The files that will be written, each once.
  private func outputFiles(_ pairs: [(ReportFormat, String?)]) throws -> [String] {
    let files = pairs.compactMap(\.1) + [findings, timings].compactMap { $0 }
    var seen: Set<String> = []
    for file in files where LocalFiles.kind(file) != .other && !seen.insert(LocalFiles.realPath(file)).inserted {
      throw ConfigurationError("--output", "\"\(file)\" is named twice, and one would overwrite the other.")
    }
    return files
  }

  private func write(_ report: Report, _ format: ReportFormat, _ level: FailLevel, to output: String?) throws {
    let setting = ReportFormat.Setting(
      isForTerminal: output == nil, folder: round.map(LocalFiles.folder) ?? "", failLevel: level.severity)
    let bytes = format.render(report, setting)
    Output.write(bytes, toFileOrTerminal: output)
  }

  private func writeFindings(_ result: AuditResult, to path: String) throws {
    Output.writing { () throws(FileError) in
      var file = try WholeFile(path)
      try FindingsStream.write(result.identities, of: result.report) { (bytes) throws(FileError) in
        try file.write(bytes)
      }
      try file.commit()
    }
  }
}

/// The forms a report comes in.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, markdown, sarif, junit, github, geojson, statuses, figures
  case findingsTable = "findings-csv"

  /// What some forms say beside the report.
  struct Setting {
    var isForTerminal: Bool
    /// Of the round, as it was named; empty without a round.
    var folder: String
    var failLevel: Severity?
  }

  func render(_ report: Report, _ setting: Setting) -> [UInt8] {
    switch self {
    case .text:
      Array(
        TextReport.render(
          report, width: setting.isForTerminal ? Terminal.width : TextReport.standardWidth,
          usesColour: setting.isForTerminal && Terminal.usesColour
        ).utf8)
    case .json: JSONReport.render(report)
    case .markdown: Array(MarkdownReport.render(report, folder: setting.folder).utf8)
    case .sarif: SARIFReport.render(report, folder: setting.folder)
    case .junit:
      Array(JUnitReport.render(report, failLevel: setting.failLevel, folder: setting.folder).utf8)
    case .github: Array(GitHubReport.render(report, folder: setting.folder).utf8)
    case .geojson: GeoJSONReport.render(report)
    case .statuses: Array(StatusesReport.render(report).utf8)
    case .figures: Array(FiguresReport.render(report).utf8)
    case .findingsTable: Array(FindingsTable.render(report).utf8)
    }
  }
}
