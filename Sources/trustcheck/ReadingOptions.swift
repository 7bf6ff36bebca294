import ArgumentParser
import AuditRunner
import Intake

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

  /// The settings that the options come to.
  ///
  /// - Parameter hasFiles: true when files are named on the command line, which alone they are for.
  func settings(hasFiles: Bool) throws(ConfigurationError) -> SourceSettings {
    var settings = SourceSettings()
    if let mapping { settings = try SourceSettings(mapping: mapping) }
    try settings.take(encoding: encoding, delimiter: delimiter, sheets: sheets, headerRow: headerRow, dates: dates)
    let isGiven =
      mapping != nil || encoding != nil || delimiter != nil || !sheets.isEmpty || headerRow != nil || dates != nil
    if isGiven, !hasFiles {
      throw ConfigurationError(
        "check", "How files are read was given, and no files; the files of a round are read as the round says.",
        advice: "Put it into round.json, beside the path of the file.")
    }
    return settings
  }
}
