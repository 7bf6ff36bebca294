public import AuditModel
public import JSONDocument

/// The report as JSON, by `rules/schemas/report.schema.json`.
public enum JSONReport {
  /// The whole report, ended by a line feed.
  public static func render(_ report: Report) -> [UInt8] {
    let coder = ReportCoder(writingTo: .pretty)
    do {
      try coder.write(report)
    } catch {
      preconditionFailure("Writing reads nothing, so nothing can be wrong: \(error)")
    }
    return coder.bytes()
  }

  /// The report in a JSON document that `render` wrote.
  ///
  /// Throws when the document is not a report or is of another major version of the schema.
  public static func read(_ document: JSONDocument) throws(JSONError) -> Report {
    try Report.read(document.root)
  }
}

extension Report: ReportCodable {
  static var blank: Report { Report(toolVersion: "", isSynthetic: false, asOf: CalendarDate(days: 0)) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    var version = Report.schemaVersion
    try coder.string("schemaVersion", &version)
    if version.split(separator: ".").first != Report.schemaVersion.split(separator: ".").first {
      throw JSONError(
        file: "report",
        message: "The report has schema version \(version); this program reads version \(Report.schemaVersion)")
    }
    var tool = "trustcheck"
    try coder.string("tool", &tool)
    try coder.string("toolVersion", &toolVersion)
    try coder.boolean("synthetic", &isSynthetic)
    var isPublic: Bool? = isPublic ? true : nil
    try coder.boolean("public", &isPublic)
    self.isPublic = isPublic ?? false
    try coder.date("asOf", &asOf)
    try coder.object("round", &round)
    try coder.list("inputs", &inputs)
    try coder.list("packs", &packs)
    try coder.list("modules", &modules)
    try coder.object("register", &register)
    try coder.strings("only", &only)
    try coder.list("levels", &levels)
    try coder.object("criteria", &criteria)
    try coder.list("organisations", &organisations)
    try coder.list("unmatched", &unmatched)
    try coder.object("ofNobody", &ofNobody)
    try coder.addedList("figures", &figures)
    try coder.presentList("scores", &scores)
    try coder.list("rules", &rules)
    try coder.list("findings", &findings)
    try coder.list("ledger", &ledger)
    try coder.list("problems", &problems)
  }
}

extension RoundSummary: ReportCodable {
  static var blank: RoundSummary {
    RoundSummary(
      name: "", title: "", question: [], period: nil, sent: nil, cutOff: nil, sha256: "", isOpen: false)
  }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("name", &name)
    try coder.string("title", &title)
    try coder.strings("question", &question)
    try coder.period("period", &period)
    try coder.date("sent", &sent)
    try coder.date("cutOff", &cutOff)
    try coder.boolean("open", &isOpen)
    try coder.string("sha256", &sha256)
    try coder.object("publication", &publication)
    try coder.presentList("corrections", &corrections)
  }
}

extension PackSummary: ReportCodable {
  static var blank: PackSummary { PackSummary(name: "", version: "", title: "", sha256: "", reading: "") }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("name", &name)
    try coder.string("version", &version)
    try coder.string("title", &title)
    try coder.string("sha256", &sha256)
    try coder.string("reading", &reading)
    var ofFigures: String? = figuresReading.isEmpty ? nil : figuresReading
    try coder.string("figuresReading", &ofFigures)
    figuresReading = ofFigures ?? ""
    try coder.presentList("fields", &fields)
    try coder.object("disclosure", &disclosure)
  }
}

extension UsedFile: ReportCodable {
  static var blank: UsedFile { UsedFile(name: "", version: "", sha256: "") }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("name", &name)
    try coder.string("version", &version)
    try coder.string("sha256", &sha256)
  }
}

extension RegisterSummary: ReportCodable {
  static var blank: RegisterSummary { RegisterSummary(name: "", sha256: "", organisations: 0, attribution: "") }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("name", &name)
    try coder.string("sha256", &sha256)
    try coder.integer("organisations", &organisations)
    try coder.string("attribution", &attribution)
  }
}

extension LevelChange: ReportCodable {
  static var blank: LevelChange { LevelChange(rule: "", severity: nil, why: "") }

  /// A rule that is off has no severity.
  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("rule", &rule)
    try coder.word("severity", &severity)
    try coder.string("why", &why)
  }
}

extension Problem: ReportCodable {
  static var blank: Problem { Problem(subject: "", message: "") }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("subject", &subject)
    try coder.string("message", &message)
    try coder.string("advice", &advice)
  }
}
