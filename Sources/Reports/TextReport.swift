public import AuditModel
import TerminalText

/// The report for a person at a terminal: a summary first, then each organisation.
public struct TextReport {
  public static let standardWidth = 80

  private let report: Report
  private let findingsByRule: [String: [Finding]]
  private let entriesByRule: [String: [LedgerEntry]]
  private let rulesInBeta: Set<String>
  private var out: PlainText

  /// The whole report as text of `width` columns, every line ended.
  public static func render(_ report: Report, width: Int = standardWidth, usesColour: Bool = false) -> String {
    var renderer = TextReport(report: report, width: width, usesColour: usesColour)
    renderer.title()
    renderer.problems()
    renderer.statuses()
    FiguresText.render(report, into: &renderer.out)
    ScoresText.render(report, into: &renderer.out)
    renderer.findings()
    renderer.notEvaluated()
    renderer.unmatched()
    renderer.readings()
    renderer.organisations()
    renderer.inputs()
    renderer.end()
    return renderer.out.text
  }

  private init(report: Report, width: Int, usesColour: Bool) {
    self.report = report
    findingsByRule = Dictionary(grouping: report.findings, by: \.rule)
    entriesByRule = Dictionary(grouping: report.ledger, by: \.rule)
    rulesInBeta = TextReport.rulesInBeta(report)
    out = PlainText(width: width, usesColour: usesColour)
  }

  /// True when all records are of packs that name no organisation.
  private var isOfNobody: Bool { report.ofNobody != nil && report.organisations.isEmpty }

  // MARK: Summary

  private mutating func title() {
    if report.isSynthetic {
      out.paragraph("SYNTHETIC: every organisation, person and answer in this report is invented.", style: .yellow)
      out.blankLine()
    }
    if let round = report.round {
      out.paragraph("\(round.title) (\(round.name))", style: .bold)
    } else {
      out.paragraph("Audit of \(report.inputs.map(\.name).joined(separator: ", "))", style: .bold)
    }
    var words = "As of \(report.asOf)"
    if let period = report.round?.period { words += "; period \(period)" }
    if let round = report.round, let cutOff = round.cutOff {
      words += "; cut-off \(cutOff)" + (round.isOpen ? ", still open" : "")
    }
    out.paragraph(words + ".")
    if !report.only.isEmpty {
      out.paragraph("Only what came in \(report.only.joined(separator: ", ")) is reported.", style: .yellow)
    }
    let packs = report.packs.map { "\($0.name) \($0.version)" }.joined(separator: ", ")
    if report.isPublic {
      out.paragraph("\(Shares.count(report.rules.count, "rule")) (\(packs)).")
      out.paragraph(
        "This is the public form: it leaves out places in files, evidence, what no person chose to publish, and counts "
          + "of a few people with those that would give them away.")
    } else {
      let records = report.inputs.reduce(0) { $0 + $1.records }
      out.paragraph(
        "\(Shares.count(report.rules.count, "rule")) (\(packs)) on \(Shares.count(records, "record")) from "
          + "\(Shares.count(report.inputs.count, "file")).")
    }
    for level in report.levels {
      let change = level.severity.map { "is \($0.rawValue) in this round" } ?? "is off in this round"
      out.paragraph("Rule \(level.rule) \(change): \(level.why)", first: "  ")
    }
  }

  private mutating func heading(_ words: String) {
    out.blankLine()
    out.line(words, style: .bold)
  }

  private mutating func problems() {
    guard !report.problems.isEmpty else { return }
    heading("Problems: what could not be used")
    for problem in report.problems {
      out.paragraph("\(problem)", first: "  ! ", style: .red)
    }
  }

  private mutating func statuses() {
    let asked = report.organisations.filter(\.isAsked)
    let withStatus = asked.filter { $0.status != nil }
    guard report.round != nil || !withStatus.isEmpty, !isOfNobody else { return }
    let answered = asked.filter { $0.records > 0 }
    heading("Organisations")
    // Without a round nobody was asked, and only those that sent something are known.
    let isRound = report.round != nil
    if isRound {
      let excluded = report.organisations.count { $0.exclusion != nil }
      out.line(
        "  asked \(asked.count), answered \(answered.count) "
          + "(\(Shares.percent(answered.count, of: asked.count)) of asked)"
          + (excluded > 0 ? ", excluded \(excluded)" : ""))
    } else {
      out.line("  \(Shares.count(answered.count, "organisation")) sent records")
    }
    guard !withStatus.isEmpty else { return }
    out.blankLine()
    out.line("  Status                        organisations" + (isRound ? "   of asked   of answered" : "   of these"))
    for status in Status.allCases where status != .excluded {
      let those = withStatus.filter { $0.status == status }
      let isSilence = status == .noResponse || status == .awaiting
      if those.isEmpty && (!Status.mapped.contains(status) || (isSilence && !isRound)) { continue }
      var line =
        "  \(PlainText.padded("\(TextReport.mark(status)) \(status.words)", 31))"
        + PlainText.padded(String(those.count), 12, right: true)
        + PlainText.padded(Shares.percent(those.count, of: asked.count), 11, right: true)
      if isRound && !isSilence {
        let ofAnswered = those.count { $0.records > 0 }
        line += PlainText.padded(Shares.percent(ofAnswered, of: answered.count), 14, right: true)
      }
      out.line(line)
      if status == .partiallyCollecting, !those.isEmpty { partly(those) }
    }
    let decided = withStatus.count { $0.decision != nil && $0.decision?.void == nil }
    if decided > 0 {
      out.paragraph("\(Shares.count(decided, "status", "statuses")) settled by a person after review.", first: "  ")
    }
  }

  /// What partial collection rests on.
  private mutating func partly(_ those: [OrganisationResult]) {
    let derived = those.filter { $0.derived?.status == .partiallyCollecting }
    let practice = derived.count { $0.derived?.basis == .practice }
    let reply = derived.count { $0.derived?.basis == .reply }
    let settled = those.count - practice - reply
    out.line(
      "      by practice \(practice), by gaps in the reply \(reply)"
        + (settled > 0 ? ", settled by a person \(settled)" : ""))
  }

  private mutating func findings() {
    let found = report.rules.filter { $0.findings > 0 }
      .sorted { ($1.severity, $1.findings, $0.id) < ($0.severity, $0.findings, $1.id) }
    heading("Findings")
    guard !found.isEmpty else {
      out.line("  none")
      return
    }
    let levels = Severity.allCases.reversed().compactMap { severity -> String? in
      let count = found.filter { $0.severity == severity }.reduce(0) { $0 + $1.findings }
      return count > 0 ? Shares.count(count, severity.rawValue, severity == .info ? "info" : nil) : nil
    }
    out.line("  \(Shares.grouped(report.findingCount)) in all: \(levels.joined(separator: ", "))")
    for rule in found {
      out.blankLine()
      let failed = (rule.outcomes[.failed] ?? 0) + (rule.outcomes[.waived] ?? 0)
      let subjects = rule.answers == .round || isOfNobody ? "" : " in \(Shares.count(failed, "organisation"))"
      out.paragraph(
        "\(rule.id): \(Shares.grouped(rule.findings))\(subjects)",
        first: "  \(PlainText.padded(rule.severity.rawValue, 8))", style: TextReport.style(rule.severity))
      let marks = (rule.isReading ? " [our reading]" : "") + (rule.stage == .beta ? " [beta]" : "")
      out.paragraph(rule.summary + marks, first: "          ")
      let worst = worst(of: rule)
      if rule.answers == .round {
        // What concerns no single organisation has no place further down.
        for finding in (findingsByRule[rule.id] ?? []).prefix(5) {
          out.paragraph(TextReport.placed(finding), first: "          - ")
        }
        if rule.findings > 5 { out.paragraph("and \(Shares.grouped(rule.findings - 5)) more", first: "          ") }
      } else if rule.severity > .info, !worst.isEmpty {
        let places = worst.map { $0.place.map(\.description) ?? $0.subject ?? "the round" }
        let more = rule.findings > worst.count ? "; …" : ""
        out.paragraph(places.joined(separator: "; ") + more, first: "          at ")
      }
    }
  }

  /// Up to three shown findings of a rule, from the subjects with the most.
  private func worst(of rule: RuleResult) -> [Finding] {
    let shown = findingsByRule[rule.id] ?? []
    var bySubject: [String: Int] = [:]
    for entry in entriesByRule[rule.id] ?? [] {
      if let subject = entry.subject { bySubject[subject] = entry.findings }
    }
    var seen: Set<String> = []
    let firstOfEach = shown.filter { seen.insert($0.subject ?? "").inserted }
    let ranked = firstOfEach.enumerated().sorted { a, b in
      let left = bySubject[a.element.subject ?? ""] ?? 0
      let right = bySubject[b.element.subject ?? ""] ?? 0
      return left == right ? a.offset < b.offset : left > right
    }
    return ranked.prefix(3).map(\.element)
  }

  private mutating func notEvaluated() {
    heading("What was not evaluated, and why")
    var lines: [(rule: String, words: String)] = []
    for rule in report.rules {
      var causes: [String: (subjects: Int, rows: Int)] = [:]
      for entry in entriesByRule[rule.id] ?? [] {
        for cause in entry.causes where cause.of != .notApplicable {
          causes[cause.words, default: (0, 0)].subjects += 1
          causes[cause.words]!.rows += cause.rows ?? 0
        }
      }
      for (words, counts) in causes.sorted(by: { ($1.value.subjects, $0.key) < ($0.value.subjects, $1.key) }) {
        var numbers = rule.answers == .round || isOfNobody ? [] : [Shares.count(counts.subjects, "organisation")]
        if counts.rows > 0 { numbers.append(Shares.count(counts.rows, "row")) }
        lines.append((rule.id, words + (numbers.isEmpty ? "" : " (\(numbers.joined(separator: ", ")))")))
      }
    }
    guard !lines.isEmpty else {
      out.line("  nothing: every rule was evaluated wherever it applies")
      return
    }
    var last = ""
    for line in lines {
      if line.rule != last { out.line("  \(line.rule)\(rulesInBeta.contains(line.rule) ? " [beta]" : "")") }
      last = line.rule
      out.paragraph(line.words, first: "    - ")
    }
  }

  private mutating func unmatched() {
    guard !report.unmatched.isEmpty else { return }
    heading("Not matched to an organisation: \(report.unmatched.count)")
    for submission in report.unmatched {
      out.paragraph(
        "\(TextReport.supplied(submission)), \(Shares.count(submission.records, "record")) in "
          + submission.inputs.joined(separator: ", "), first: "  - ")
      for offer in submission.offers.prefix(3) {
        out.paragraph("perhaps \(offer.code) \(offer.name) (\(offer.score) of 100: \(offer.why))", first: "      ")
      }
    }
  }

  private mutating func readings() {
    let readings = report.packs.flatMap { [$0.reading, $0.figuresReading] }.filter { !$0.isEmpty }
    guard !readings.isEmpty else { return }
    heading("How to read this")
    for reading in readings { out.paragraph(reading, first: "  ") }
  }

  // MARK: Detail

  private mutating func organisations() {
    let shownBySubject = FindingsOfOrganisations.bySubject(report)
    var countBySubject: [String: Int] = [:]
    for entry in report.ledger {
      if let subject = entry.subject { countBySubject[subject, default: 0] += entry.findings }
    }
    let listed = report.organisations.filter { shownBySubject[$0.code] != nil || $0.status == .needsReview }
    let unmatched = report.unmatched.filter { shownBySubject[$0.key] != nil }
    let ofNobody = report.ofNobody.flatMap { _ in shownBySubject[SubmissionOfNobody.key] }
    if let ofNobody {
      heading("Record by record")
      for finding in TextReport.inOrderOfWork(ofNobody) {
        out.paragraph(
          TextReport.named(finding, rulesInBeta), first: "  \(PlainText.padded(finding.severity.rawValue, 8))",
          style: finding.severity == .error ? .red : nil)
      }
      hidden(countBySubject[SubmissionOfNobody.key], ofNobody)
    }
    guard !listed.isEmpty || !unmatched.isEmpty else { return }
    heading("Organisation by organisation")
    for organisation in listed {
      out.blankLine()
      let status = organisation.status.map { ": \($0.words)" } ?? ""
      out.paragraph("\(organisation.code)  \(organisation.name)\(status)", style: .bold)
      if let derived = organisation.derived { out.paragraph(derived.reason, first: "  ") }
      if let decision = organisation.decision, decision.void == nil {
        out.paragraph("Settled on \(decision.date) by the \(decision.role): \(decision.words)", first: "  ")
      }
      for finding in TextReport.inOrderOfWork(shownBySubject[organisation.code] ?? []) {
        out.paragraph(
          TextReport.named(finding, rulesInBeta), first: "  \(PlainText.padded(finding.severity.rawValue, 8))",
          style: finding.severity == .error ? .red : nil)
      }
      hidden(countBySubject[organisation.code], shownBySubject[organisation.code])
    }
    for submission in unmatched {
      let shown = shownBySubject[submission.key] ?? []
      out.blankLine()
      out.paragraph("\(TextReport.supplied(submission)) (not matched)", style: .bold)
      for finding in TextReport.inOrderOfWork(shown) {
        out.paragraph(
          TextReport.named(finding, rulesInBeta), first: "  \(PlainText.padded(finding.severity.rawValue, 8))")
      }
      hidden(countBySubject[submission.key], shown)
    }
  }

  /// Says how many findings of a subject are not shown.
  private mutating func hidden(_ all: Int?, _ shown: [Finding]?) {
    let hidden = (all ?? 0) - (shown ?? []).count { $0.subject != nil }
    if hidden > 0 { out.paragraph("and \(Shares.grouped(hidden)) more, not shown", first: "  ", style: .faint) }
  }

  private mutating func inputs() {
    let noted = report.inputs.filter { !$0.tolerances.isEmpty || !TextReport.notable($0).isEmpty }
    guard !noted.isEmpty else { return }
    heading("What was assumed while reading")
    for input in noted {
      out.paragraph(input.name, first: "  ")
      for decision in TextReport.notable(input) {
        out.paragraph("\(decision.subject) \(decision.value): \(decision.why)", first: "    - ")
      }
      for tolerance in input.tolerances where !TextReport.told.contains(tolerance.kind) {
        let places = tolerance.places.isEmpty ? "" : " (\(tolerance.places.prefix(3).joined(separator: ", ")))"
        let count = tolerance.count > 1 ? ", \(Shares.grouped(tolerance.count)) times" : ""
        out.paragraph("\(tolerance.words)\(count)\(places)", first: "    - ")
      }
    }
  }

  /// What was decided about a file, but for what goes without saying.
  private static func notable(_ input: InputSummary) -> [InputSummary.Decision] {
    input.decisions.filter { decision in
      switch decision.subject {
      case "encoding": decision.value != "UTF-8"
      case "delimiter": decision.value != ","
      case "sheet": decision.why != "it is the only visible one"
      default: true
      }
    }
  }

  /// Tolerances that the decisions tell with their reasons.
  private static let told: Set<String> = ["windows-1252", "delimiter"]

  private mutating func end() {
    // Of an invented register the first line says all that there is to say.
    guard !report.isSynthetic, let register = report.register, !register.attribution.isEmpty else { return }
    out.blankLine()
    out.paragraph(register.attribution, style: .faint)
  }

  // MARK: Words

  static func mark(_ status: Status) -> String {
    switch status {
    case .collecting: "●"
    case .partiallyCollecting: "◐"
    case .notCollecting: "○"
    case .noResponse: "×"
    case .needsReview: "?"
    case .excluded: "-"
    case .awaiting: "…"
    }
  }

  static func style(_ severity: Severity) -> PlainText.Style? {
    switch severity {
    case .error: .red
    case .warning: .yellow
    case .info: .blue
    }
  }

  /// How a submission that was not matched names its organisation.
  private static func supplied(_ submission: UnmatchedSubmission) -> String {
    switch (submission.name.isEmpty, submission.code.isEmpty) {
    case (true, true): "no code and no name"
    case (true, false): "code \(submission.code)"
    case (false, true): "\"\(submission.name)\""
    case (false, false): "\"\(submission.name)\" (code \(submission.code))"
    }
  }

  /// The gravest first, otherwise as they are.
  static func inOrderOfWork(_ findings: [Finding]) -> [Finding] {
    Severity.allCases.reversed().flatMap { severity in findings.filter { $0.severity == severity } }
  }

  /// A finding with its place and its rule.
  static func named(_ finding: Finding, _ rulesInBeta: Set<String>) -> String {
    "\(placed(finding)) [\(finding.rule)\(rulesInBeta.contains(finding.rule) ? ", beta" : "")]"
  }

  /// The ids of the rules that are on trial.
  static func rulesInBeta(_ report: Report) -> Set<String> { Set(report.rules.filter { $0.stage == .beta }.map(\.id)) }

  static func placed(_ finding: Finding) -> String {
    guard let place = finding.place else { return finding.message }
    return "\(place): \(finding.message)"
  }
}
