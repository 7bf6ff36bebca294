import ArgumentParser
import AuditRunner

/// How the files of the command line are read where their look does not say, or says it wrongly.
struct ReadingOptions: ParsableArguments {
  @Option(help: "A mapping file, as `trustcheck map` writes it. A round names its own.")
  var mapping: String?

  @Option(help: "utf-8, utf-16le, utf-16be, windows-1252 or iso-8859-1.")
  var encoding: String?

  @Option(help: "The character between the cells of a CSV, or tab.")
  var delimiter: String?

  @Option(name: .customLong("sheet"), help: "A sheet of a workbook to read. May repeat.")
  var sheets: [String] = []

  @Option(help: "The last row of the header; 0 when there is none.")
  var headerRow: Int?

  @Option(help: "day-first or month-first, for dates such as 03/04/2018.")
  var dates: String?

  private var isGiven: Bool {
    mapping != nil || encoding != nil || delimiter != nil || !sheets.isEmpty || headerRow != nil || dates != nil
  }

  /// Tells a request how the files that it names are read.
  func apply(to request: inout AuditRequest) throws(ConfigurationError) {
    try check(request.paths, "check")
    if let mapping { request.settings = try .init(mapping: mapping) }
    try request.settings.take(
      encoding: encoding, delimiter: delimiter, sheets: sheets, headerRow: headerRow, dates: dates)
  }

  /// The same for a request to count people.
  func apply(to request: inout CountRequest) throws(ConfigurationError) {
    try check(request.paths, "count")
    if let mapping { request.settings = try .init(mapping: mapping) }
    try request.settings.take(
      encoding: encoding, delimiter: delimiter, sheets: sheets, headerRow: headerRow, dates: dates)
  }

  private func check(_ paths: [String], _ command: String) throws(ConfigurationError) {
    if isGiven, paths.isEmpty {
      throw ConfigurationError(
        command, "How files are read was given, and no files; the files of a round are read as the round says.",
        advice: "Put it into round.json, beside the path of the file.")
    }
  }
}
