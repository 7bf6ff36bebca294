import AuditModel
import TerminalText

/// The scores of submissions as a person at a terminal reads them, with their arithmetic.
struct ScoresText {
  /// Of so many submissions the arithmetic is shown; that of the others is in the format json.
  static let shown = 10

  private var out: PlainText

  /// Adds the scores of a report; nothing when there are none.
  static func render(_ report: Report, into out: inout PlainText) {
    for scores in report.scores where !scores.submissions.isEmpty {
      var text = ScoresText(out: out)
      text.render(scores)
      out = text.out
    }
  }

  private mutating func render(_ scores: PackScores) {
    out.blankLine()
    out.line("Data Quality Maturity Index (\(scores.pack))", style: .bold)
    out.paragraph(
      "By NHS England's formula, from these records alone; it is not the figure that NHS England publishes. For local "
        + "use.", first: "  ")
    out.paragraph(scores.reading, first: "  ")
    for submission in scores.submissions.prefix(Self.shown) { arithmetic(submission) }
    let others = scores.submissions.dropFirst(Self.shown)
    guard !others.isEmpty else { return }
    out.blankLine()
    for submission in others {
      out.paragraph(title(submission), first: "  ")
      out.line(row("    Index", index(submission)))
    }
    out.paragraph("The arithmetic of these is in the format json.", first: "  ")
  }

  private func title(_ submission: SubmissionScore) -> String {
    submission.subject == SubmissionOfNobody.key
      ? "all records" : submission.name.isEmpty ? submission.subject : "\(submission.subject)  \(submission.name)"
  }

  private func index(_ submission: SubmissionScore) -> String { submission.index.map { Shares.perCent($0) } ?? "–" }

  // MARK: Arithmetic

  private static let labelWidth = 28

  private mutating func arithmetic(_ submission: SubmissionScore) {
    out.blankLine()
    out.paragraph(title(submission), first: "  ", style: .bold)
    let width = Self.labelWidth
    out.line(
      PlainText.padded("    Item", width)
        + columns(["records", "valid and", "defaults", "of them", "in", "score"]))
    out.line(PlainText.padded("", width) + columns(["", "complete", "", "free", "excess", ""]))
    for item in submission.items { self.item(item) }
    let scored = submission.items.count { $0.score != nil }
    if let mean = submission.meanOfItems {
      out.line(row("    Mean of \(Shares.count(scored, "item"))", Shares.perCent(mean)))
    }
    if let coverage = submission.coverage { self.coverage(coverage) }
    if let failure = submission.failure {
      out.paragraph("No index: \(failure).", first: "    ", style: .red)
    } else {
      let words =
        submission.coverage == nil ? "Index (coverage is not told, and counts as 1)" : "Index: mean × coverage"
      out.line(row("    \(words)", index(submission)), style: .bold)
    }
  }

  private func columns(_ cells: [String]) -> String {
    zip(cells, [8, 10, 9, 8, 8, 8]).map { PlainText.padded($0, $1, right: true) }.joined()
  }

  private func row(_ label: String, _ number: String) -> String {
    PlainText.padded(label, Self.labelWidth + 43) + PlainText.padded(number, 8, right: true)
  }

  private mutating func item(_ item: MaturityItem) {
    var lines = PlainText.wrap(PlainText.visible(item.label), Self.labelWidth - 4)
    let last = lines.removeLast()
    for line in lines { out.line("    " + line) }
    let hasDefaults = item.threshold != nil
    out.line(
      PlainText.padded("    " + last, Self.labelWidth)
        + columns([
          Shares.grouped(item.records), Shares.grouped(item.validAndComplete),
          hasDefaults ? Shares.grouped(item.defaults) : "–", item.threshold.map(free) ?? "–",
          hasDefaults ? number(item.defaultsInExcess) : "–", item.score.map { Shares.perCent($0) } ?? "–",
        ]))
    if item.untold > 0 {
      out.paragraph(
        "of \(Shares.count(item.untold, "further record")) it cannot be told whether the item is for them",
        first: "      ", style: .faint)
    }
  }

  /// "2.0 %".
  private func free(_ threshold: Ratio) -> String { Shares.perCent(threshold) + "%" }

  /// A whole number as it is, another with one decimal.
  private func number(_ number: ExactRatio) -> String {
    number.isWhole ? Shares.grouped(number.rounded(times: 1)) : Shares.decimal(number.rounded(times: 10))
  }

  private mutating func coverage(_ coverage: MaturityCoverage) {
    out.line(
      row(
        "    Coverage: \(coverage.submitted) of \(Shares.count(coverage.expected, "month")) expected",
        coverage.ratio.map { Shares.perCent($0) } ?? "–"))
    if !coverage.missing.isEmpty {
      out.paragraph("no record for \(coverage.missing.joined(separator: ", "))", first: "      ", style: .faint)
    }
  }
}
