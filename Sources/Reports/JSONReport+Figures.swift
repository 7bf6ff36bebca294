import AuditModel
import JSONDocument

extension FigureResult: ReportCodable {
  static var blank: FigureResult {
    FigureResult(pack: "", name: "", title: "", unit: .organisation, base: nil, condition: "", note: "")
  }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("pack", &pack)
    try coder.string("name", &name)
    try coder.string("title", &title)
    try coder.word("unit", &unit)
    try coder.string("base", &base)
    try coder.string("where", &condition)
    try coder.string("note", &note)
    try coder.string("failure", &failure)
    try count.code(coder)
    try coder.list("parts", &parts)
    try coder.list("claims", &claims)
  }
}

extension FigureResult.Part: ReportCodable {
  static var blank: Self { Self(name: "", title: "", condition: "", count: FigureCount()) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("name", &name)
    try coder.string("title", &title)
    try coder.string("where", &condition)
    try count.code(coder)
  }
}

extension FigureCount {
  /// Names its members as members of the figure or part.
  fileprivate mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.list("shares", &shares)
    try coder.strings("counted", &counted)
    try coder.strings("notCounted", &notCounted)
    try coder.list("unknown", &unknown)
  }
}

extension FigureShare: ReportCodable {
  static var blank: FigureShare { FigureShare(of: .asked, counts: FigureCounts()) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.word("of", &of)
    try coder.integer("counted", &counts.counted)
    try coder.integer("notCounted", &counts.notCounted)
    try coder.integer("unknown", &counts.unknown)
    try coder.integer("openCounted", &counts.openCounted)
    try coder.integer("openNotCounted", &counts.openNotCounted)
    try coder.integer("openUnknown", &counts.openUnknown)
    try coder.derived("share", counts.share.map(RatioForm.init))
    try coder.derived("low", counts.low.map(RatioForm.init))
    try coder.derived("high", counts.high.map(RatioForm.init))
  }
}

/// An exact ratio with the percentage it is rounded to; only written, since it follows from the counts.
private struct RatioForm: ReportCodable {
  let ratio: Ratio

  static var blank: RatioForm { RatioForm(ratio: .zero) }

  func code(_ coder: ReportCoder) throws(JSONError) {
    var (numerator, denominator, percent) = (ratio.numerator, ratio.denominator, Shares.perCent(ratio))
    try coder.integer("numerator", &numerator)
    try coder.integer("denominator", &denominator)
    try coder.string("percent", &percent)
  }
}

extension FigureUnknown: ReportCodable {
  static var blank: FigureUnknown { FigureUnknown(cause: .silent, words: "", units: 0, organisations: []) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.word("cause", &cause)
    try coder.string("words", &words)
    try coder.integer("units", &units)
    try coder.strings("organisations", &organisations)
  }
}

extension FigureResult.JudgedClaim: ReportCodable {
  static var blank: Self {
    Self(
      claim: Claim(
        name: "", population: "", predicate: "", words: "", relation: .about, value: .zero, tolerance: .zero,
        source: ""), verdicts: [])
  }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("name", &claim.name)
    try coder.string("population", &claim.population)
    try coder.string("predicate", &claim.predicate)
    try coder.string("words", &claim.words)
    try coder.word("relation", &claim.relation)
    try coder.ratio("value", &claim.value)
    try coder.ratio("tolerance", &claim.tolerance)
    try coder.string("source", &claim.source)
    try coder.list("verdicts", &verdicts)
  }
}

extension FigureResult.JudgedShare: ReportCodable {
  static var blank: Self { Self(of: .asked, verdict: .noShare) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.word("of", &of)
    try coder.word("verdict", &verdict)
  }
}
