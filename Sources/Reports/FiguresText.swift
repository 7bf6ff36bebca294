import AuditModel
import TerminalText

/// The figures as a person at a terminal reads them: numbers, both denominators, what is not known, verdicts.
struct FiguresText {
  private let figure: FigureResult
  private var out: PlainText

  /// Adds every figure of a report; nothing when there are none.
  static func render(_ report: Report, into out: inout PlainText) {
    guard !report.figures.isEmpty else { return }
    out.blankLine()
    out.line("Figures", style: .bold)
    for figure in report.figures {
      var text = FiguresText(figure: figure, out: out)
      text.render()
      out = text.out
    }
    let counts = report.figures.flatMap { [$0.count] + $0.parts.map(\.count) }
    let hasBounds = counts.contains { $0.shares.contains { $0.counts.low != $0.counts.high } }
    let hasOrganisations = report.figures.contains { $0.unit == .organisation && $0.failure == nil }
    if hasBounds || hasOrganisations { out.blankLine() }
    if hasBounds { out.paragraph("In brackets: how far a share could still move with what is not known.", first: "  ") }
    if hasOrganisations {
      out.paragraph("The organisations behind each number are in the formats json and figures.", first: "  ")
    }
  }

  private mutating func render() {
    out.blankLine()
    out.paragraph(figure.title, first: "  ")
    if let failure = figure.failure {
      out.paragraph("No number can be given: \(failure)", first: "    ", style: .red)
    } else {
      out.line(row("", "", FigureDenominator.allCases.map(heading)))
      numbers("in all", figure.count, indent: 4)
      for part in figure.parts { numbers(part.title, part.count, indent: 6) }
      unknown()
    }
    if !figure.note.isEmpty { out.paragraph(figure.note, first: "    ") }
    for claim in figure.claims { self.claim(claim) }
  }

  // MARK: Numbers

  private static let labelWidth = 28
  private static let numberWidth = 7
  private static let shareWidth = 20

  private func row(_ label: String, _ number: String, _ shares: [String]) -> String {
    PlainText.padded(label, Self.labelWidth) + PlainText.padded(number, Self.numberWidth, right: true) + "   "
      + shares.map { PlainText.padded($0, Self.shareWidth) }.joined(separator: "  ")
  }

  /// "of 140 answered".
  private func heading(_ over: FigureDenominator) -> String {
    let counts = figure.count.share(of: over) ?? FigureCounts()
    var number = Shares.grouped(counts.denominator)
    if counts.open > 0 { number += "–\(Shares.grouped(counts.denominator + counts.open))" }
    let words = "of \(number) \(over.rawValue)"
    return PlainText.columns(words) > Self.shareWidth ? "of those \(over.rawValue)" : words
  }

  private mutating func numbers(_ label: String, _ count: FigureCount, indent: Int) {
    let margin = String(repeating: " ", count: indent)
    var lines = PlainText.wrap(PlainText.visible(label), Self.labelWidth - indent)
    let last = lines.removeLast()
    for line in lines { out.line(margin + line) }
    let number = Shares.grouped(count.share(of: .asked)?.counted ?? 0)
    out.line(row(margin + last, number, FigureDenominator.allCases.map { share(count.share(of: $0)) }))
  }

  /// "65.7 % (65.7–66.4)".
  private func share(_ counts: FigureCounts?) -> String {
    guard let counts, let low = counts.low, let high = counts.high else { return "–" }
    let bounds = "(\(Shares.perCent(low))–\(Shares.perCent(high)))"
    guard let share = counts.share else { return bounds }
    return "\(Shares.perCent(share)) %" + (low == high ? "" : " \(bounds)")
  }

  // MARK: What is not known

  /// So many codes are listed; more are in the other formats.
  private static let listed = 8

  private mutating func unknown() {
    let groups = [
      ("Not known of", figure.count.unknown.filter { $0.cause != .base }),
      ("Whether they count at all cannot be told of", figure.count.unknown.filter { $0.cause == .base }),
    ]
    for (words, causes) in groups where !causes.isEmpty {
      let all = causes.reduce(0) { $0 + $1.units }
      let each = causes.map { cause in
        let codes = cause.organisations
        let list = codes.isEmpty || codes.count > Self.listed ? "" : " (\(codes.joined(separator: ", ")))"
        return "\(cause.words) \(Shares.grouped(cause.units))\(list)"
      }
      out.paragraph("\(words) \(Shares.grouped(all)): \(each.joined(separator: ", ")).", first: "    ")
    }
  }

  // MARK: Claims

  private mutating func claim(_ judged: FigureResult.JudgedClaim) {
    let claim = judged.claim
    out.blankLine()
    out.paragraph("\"\(claim.words)\" (\(claim.source))", first: "    ")
    out.paragraph("Judged as: \(claim.population) \(claim.predicate): \(claim.measure).", first: "      ")
    for share in judged.verdicts {
      out.paragraph("\(heading(share.of)): \(share.verdict.words)", first: "      ")
    }
  }
}
