public import AuditModel
import JSONDocument

/// The identity of every finding, shown or not, as JSON lines: a first line that says what it is, then one a finding.
public enum FindingsStream {
  /// Hands the lines to `sink` in pieces.
  public static func write<Failure: Error>(
    _ findings: [FindingIdentity], of report: Report, to sink: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    let coder = ReportCoder(writingTo: .compact)
    writeLine(
      Head(
        synthetic: report.isSynthetic, round: report.round?.name, asOf: report.asOf, findings: findings.count), coder)
    for (index, finding) in findings.enumerated() {
      writeLine(finding, coder)
      if index % 4096 == 4095 { try sink(coder.take()) }
    }
    try sink(coder.take())
  }

  private static func writeLine(_ value: some ReportCodable, _ coder: ReportCoder) {
    do {
      try coder.write(value)
    } catch {
      preconditionFailure("Writing reads nothing, so nothing can be wrong: \(error)")
    }
    coder.endLine()
  }

  private struct Head: ReportCodable {
    var stream = "findings"
    var schemaVersion = Report.schemaVersion
    var synthetic: Bool
    var round: String?
    var asOf: CalendarDate
    var findings: Int

    static var blank: Head { Head(synthetic: false, round: nil, asOf: CalendarDate(days: 0), findings: 0) }

    mutating func code(_ coder: ReportCoder) throws(JSONError) {
      try coder.string("stream", &stream)
      try coder.string("schemaVersion", &schemaVersion)
      try coder.boolean("synthetic", &synthetic)
      try coder.string("round", &round)
      try coder.date("asOf", &asOf)
      try coder.integer("findings", &findings)
    }
  }
}

extension FindingIdentity: ReportCodable {
  static var blank: FindingIdentity {
    FindingIdentity(
      id: nil, rule: "", severity: .info, subject: nil, period: nil, field: nil, record: [], ordinal: 0)
  }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("id", &id)
    try coder.string("rule", &rule)
    try coder.word("severity", &severity)
    try coder.string("subject", &subject)
    try coder.string("period", &period)
    try coder.string("field", &field)
    try coder.strings("record", &record)
    try coder.integer("ordinal", &ordinal)
  }
}
