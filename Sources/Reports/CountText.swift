public import AuditModel
import TerminalText

/// The people counted, for a person at a terminal: each organisation with its counts, what was left out and why.
public struct CountText {
  /// What every output says of itself.
  static let use =
    "What counts is this project's own reading, not the charity's and not the NHS's. For local use: the numbers may be "
    + "small, and are not to be published."

  private let report: CountReport
  private var out: PlainText

  /// The whole report as text of `width` columns, every line ended.
  public static func render(
    _ report: CountReport, width: Int = TextReport.standardWidth, usesColour: Bool = false
  ) -> String {
    var text = CountText(report: report, out: PlainText(width: width, usesColour: usesColour))
    text.title()
    text.problems()
    for organisation in report.organisations { text.organisation(organisation) }
    text.end()
    return text.out.text
  }

  private mutating func title() {
    if report.isSynthetic {
      out.paragraph("SYNTHETIC: every organisation, person and answer in this report is invented.", style: .yellow)
      out.blankLine()
    }
    let what = report.round ?? report.inputs.map(\.name).joined(separator: ", ")
    out.paragraph("People counted from records: \(what)", style: .bold)
    out.paragraph(Self.use)
    out.paragraph(report.pack.reading)
    out.blankLine()
    let period = report.period.map { "; period \($0)" } ?? ""
    out.paragraph("Rule pack \(report.pack.name) \(report.pack.version)\(period)")
    for count in report.counts {
      out.paragraph("\(count.label): \(count.words) Dated by \"\(count.date)\".", first: "  ")
    }
    let keys = report.keys.map { $0.map { "\"\($0)\"" }.joined(separator: " with ") }
    out.paragraph(
      "A person counts once in a count. People are told apart by \(keys.joined(separator: ", else by ")), within one "
        + "organisation.", first: "  ")
    if let against = report.against {
      out.paragraph("Held against \(against.name), read with the rule pack \(against.pack).", first: "  ")
    }
    for input in report.inputs where !input.missing.isEmpty {
      out.paragraph(
        "\(input.name) has no column for \(input.missing.map { "\"\($0)\"" }.joined(separator: ", ")).", first: "  ",
        style: .yellow)
    }
  }

  private mutating func problems() {
    guard !report.problems.isEmpty else { return }
    out.blankLine()
    out.line("Problems: what could not be read", style: .bold)
    for problem in report.problems { out.paragraph("\(problem)", first: "  ! ", style: .red) }
  }

  // MARK: One organisation

  private mutating func organisation(_ organisation: OrganisationCount) {
    out.blankLine()
    let title =
      organisation.subject == SubmissionOfNobody.key
      ? "All records"
      : organisation.name.isEmpty
        ? "\(organisation.subject) (not matched)" : "\(organisation.subject)  \(organisation.name)"
    out.paragraph(title, style: .bold)
    period(organisation)
    if organisation.period != nil { counts(organisation) }
    records(organisation)
    for answer in organisation.answers { self.answer(answer) }
    if report.against != nil && organisation.answers.isEmpty {
      out.paragraph("The answer is not of this organisation.", first: "  ")
    }
  }

  private mutating func period(_ organisation: OrganisationCount) {
    guard let period = organisation.period else {
      return out.paragraph("No period is known, so nobody is counted.", first: "  ", style: .yellow)
    }
    switch organisation.periodFrom {
    case .answer: out.paragraph("Counted for \(period), the period that its answer states.", first: "  ")
    case .command, .round, .none: out.paragraph("Counted for \(period).", first: "  ")
    }
    if !organisation.reachesPeriod {
      out.paragraph(
        "No record is dated in this period: the files may not cover it.", first: "  ", style: .yellow)
    }
  }

  private mutating func counts(_ organisation: OrganisationCount) {
    for (count, definition) in zip(organisation.counts, report.counts) {
      var words = "\(definition.label): \(people(count.people)) (\(Shares.count(count.records, "record")))"
      if count.most > count.people { words += "; at most \(Shares.grouped(count.most)) with those that may count" }
      out.paragraph(words, first: "    ")
    }
    if organisation.counts.count > 1 {
      let several = organisation.peopleInSeveral
      out.paragraph(
        "in any of these: \(people(organisation.people))"
          + (several > 0 ? ", \(Shares.grouped(several)) of them in more than one" : ""), first: "    ")
    }
    let used = zip(report.keys, organisation.peopleByKey).filter { $0.1 > 0 }
    guard used.count > 1 else { return }
    let each = used.map { keys, number in
      "\(Shares.grouped(number)) by \(keys.map { "\"\($0)\"" }.joined(separator: " with "))"
    }
    out.paragraph(
      "Told apart: \(each.joined(separator: ", ")). One person whose records have now the one and now the other would "
        + "count twice.", first: "    ")
  }

  private func people(_ number: Int) -> String { Shares.count(number, "person", "people") }

  private mutating func records(_ organisation: OrganisationCount) {
    let left = organisation.leftOut.reduce(0) { $0 + $1.records }
    out.paragraph(
      "\(Shares.count(organisation.records, "record")): \(Shares.grouped(organisation.recordsCounted)) counted, "
        + "\(Shares.grouped(left)) left out" + (left > 0 ? " because" : ""), first: "  ")
    let width = organisation.leftOut.map { Shares.grouped($0.records).count }.max() ?? 0
    for line in organisation.leftOut {
      let number = PlainText.padded(Shares.grouped(line.records), width, right: true)
      out.paragraph(line.words + mark(line.kind), first: "    \(number)  ")
    }
  }

  /// Records that may count are marked: they are why a count could be more.
  private func mark(_ kind: OrganisationCount.LeftOut.Kind) -> String {
    switch kind {
    case .noPerson, .noDate, .unknown: " (may count)"
    case .leftOut, .outsidePeriod, .noCount, .noPeriod: ""
    }
  }

  // MARK: Answers

  private mutating func answer(_ answer: ComparedAnswer) {
    let period = answer.period.map { "for \($0)" } ?? "which states no period"
    out.paragraph("The answer (\(answer.place)), \(period):", first: "  ")
    if let why = answer.notCompared { return out.paragraph("not compared: \(why)", first: "    ") }
    for comparison in answer.comparisons {
      let label = report.counts.first { $0.name == comparison.name }?.label ?? "total"
      out.paragraph(
        "\(label): \(said(comparison)): \(verdict(comparison))", first: "    ",
        style: comparison.verdict == .disagrees ? .red : nil)
    }
  }

  /// "<5 (0 to 4)".
  private func said(_ comparison: ComparedAnswer.Comparison) -> String {
    guard let range = comparison.range else { return comparison.answer }
    if range.count == 1, comparison.answer == String(range.lowerBound) { return comparison.answer }
    return "\(comparison.answer) (\(words(range)))"
  }

  private func words(_ range: ClosedRange<Int>) -> String {
    range.count == 1
      ? Shares.grouped(range.lowerBound)
      : "\(Shares.grouped(range.lowerBound)) to \(Shares.grouped(range.upperBound))"
  }

  private func verdict(_ comparison: ComparedAnswer.Comparison) -> String {
    let counted = words(comparison.counted)
    switch comparison.verdict {
    case .agrees: return "agrees with the records, which come to \(counted)"
    case .disagrees: return "disagrees with the records, which come to \(counted)\(atMost(comparison))"
    case .cannotBeTold:
      let most = atMost(comparison)
      return most.isEmpty
        ? "cannot be told: no record is dated in the period"
        : "cannot be told: the records come to \(counted)\(most), with those that may count"
    case .noNumber: return "no number to compare; the records come to \(counted)"
    }
  }

  private func atMost(_ comparison: ComparedAnswer.Comparison) -> String {
    comparison.most > comparison.counted.upperBound ? ", and to \(Shares.grouped(comparison.most)) at most" : ""
  }

  private mutating func end() {
    guard !report.withoutRecords.isEmpty else { return }
    out.blankLine()
    out.paragraph(
      "Answered, but no records of theirs were counted: \(report.withoutRecords.joined(separator: ", ")).")
  }
}
