import AuditModel
import JSONDocument

extension PackScores: ReportCodable {
  static var blank: PackScores { PackScores(pack: "", reading: "", submissions: []) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("pack", &pack)
    try coder.string("reading", &reading)
    try coder.list("submissions", &submissions)
  }
}

extension SubmissionScore: ReportCodable {
  static var blank: SubmissionScore { SubmissionScore(subject: "", name: "", items: [], coverage: nil) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("subject", &subject)
    try coder.string("name", &name)
    try coder.list("items", &items)
    try coder.object("coverage", &coverage)
    try coder.derived("meanOfItems", meanOfItems.map(PercentForm.init))
    try coder.derived("index", index.map(PercentForm.init))
    try coder.string("failure", &failure)
  }
}

extension MaturityItem: ReportCodable {
  static var blank: MaturityItem { MaturityItem(name: "", label: "") }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("name", &name)
    try coder.string("label", &label)
    try coder.integer("records", &records)
    try coder.integer("validAndComplete", &validAndComplete)
    try coder.integer("defaults", &defaults)
    try coder.ratio("threshold", &threshold)
    try coder.derived("defaultsInExcess", threshold == nil ? nil : NumberForm(defaultsInExcess))
    try coder.integer("untold", &untold)
    try coder.derived("score", score.map(PercentForm.init))
  }
}

extension MaturityCoverage: ReportCodable {
  static var blank: MaturityCoverage { MaturityCoverage(submitted: 0, expected: 0, missing: []) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.integer("submitted", &submitted)
    try coder.integer("expected", &expected)
    try coder.strings("missing", &missing)
    try coder.derived("share", ratio.map { PercentForm(ExactRatio($0)) })
  }
}

/// A share rounded once to a percentage with one decimal; only written, since it follows from the counts.
private struct PercentForm: ReportCodable {
  let ratio: ExactRatio

  init(_ ratio: ExactRatio) {
    self.ratio = ratio
  }

  static var blank: PercentForm { PercentForm(.zero) }

  func code(_ coder: ReportCoder) throws(JSONError) {
    var percent = Shares.perCent(ratio)
    try coder.string("percent", &percent)
  }
}

/// A number rounded once to one decimal; only written.
private struct NumberForm: ReportCodable {
  let number: ExactRatio

  init(_ number: ExactRatio) {
    self.number = number
  }

  static var blank: NumberForm { NumberForm(.zero) }

  func code(_ coder: ReportCoder) throws(JSONError) {
    var rounded = Shares.decimal(number.rounded(times: 10))
    try coder.string("rounded", &rounded)
  }
}
