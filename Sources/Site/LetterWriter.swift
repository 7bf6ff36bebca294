public import AuditModel
import Reports

/// Letters that tell organisations how their answers were read, and how to have it corrected.
///
/// They are for the organisation itself: they name places in its own file, and no personal value.
public struct LetterWriter {
  public struct Setting {
    /// The day by which corrections are to be sent; nil when none is given.
    public var replyBy: CalendarDate?
    /// Where they are to be sent; empty when nothing is said.
    public var contact: String

    public init(replyBy: CalendarDate?, contact: String) {
      self.replyBy = replyBy
      self.contact = contact
    }
  }

  private let report: Report
  private let messages: Messages
  private let setting: Setting
  private let renderer: PageRenderer
  private let findings: [String: [Finding]]
  private let rules: [String: RuleResult]
  private let ledger: [String?: [LedgerEntry]]
  private let next: NextStatus?

  /// Findings that a letter lists at most.
  private static let listed = 30

  public init(_ report: Report, _ messages: Messages, _ theme: Theme, _ setting: Setting) throws(SiteError) {
    self.report = report
    self.messages = messages
    self.setting = setting
    renderer = try PageRenderer(theme)
    findings = FindingsOfOrganisations.bySubject(report)
    rules = Dictionary(report.rules.map { ($0.id, $0) }) { first, _ in first }
    ledger = Dictionary(grouping: report.ledger, by: \.subject)
    next = report.criteria.map { NextStatus(criteria: $0) }
  }

  /// A letter for each organisation, as Markdown and as HTML, by the name of its code.
  ///
  /// - Parameter codes: the organisations to write to; all when empty.
  public func letters(to codes: [String] = []) throws(SiteError) -> [SiteFile] {
    guard report.round != nil else {
      throw SiteError(
        "The report is of no round, so nobody was asked anything.",
        advice: "Make it with: trustcheck check --round ROUND.json --format json.")
    }
    for code in codes where !report.organisations.contains(where: { $0.code == code }) {
      throw SiteError("The report has no organisation with the code \"\(code)\".")
    }
    var files: [SiteFile] = []
    for organisation in report.organisations where codes.isEmpty || codes.contains(organisation.code) {
      guard organisation.isAsked || organisation.exclusion != nil else { continue }
      let context = letter(organisation)
      let name = SiteOrganisation.fileName(organisation.code)
      files.append(try renderer.render(Page(path: "\(name).html", template: "letter", context: context)))
      files.append(SiteFile(path: "\(name).md", bytes: Array(LetterMarkdown.render(context, messages).utf8)))
    }
    return files
  }

  private func letter(_ organisation: OrganisationResult) -> [String: Any] {
    let shown = SiteStatus(organisation, hasStatuses: report.criteria != nil)
    let name = DisplayName.of(organisation.name)
    let own = findings[organisation.code] ?? []
    let open = own.filter { $0.severity > .info }
    let more = notShown(organisation, own) + max(0, open.count - LetterWriter.listed)
    var context: [String: Any] = [
      "language": messages.language, "synthetic": report.isSynthetic, "syntheticNotice": messages("syntheticNotice"),
      "title": messages("letterTitle", ["name": name]), "about": report.round?.title ?? "",
      "greeting": messages("letterGreeting"), "opening": opening(organisation, shown),
      "question": report.round?.question ?? [], "status": statusLines(organisation, shown),
      "hasFindings": (!open.isEmpty || more > 0) && organisation.records > 0,
      "findingsTitle": messages("letterFindings"), "findings": open.prefix(LetterWriter.listed).map(line),
      "more": more > 0 ? messages("letterMore", count: more) : "",
      "hasWays": false, "waysTitle": messages("organisationNext"), "rightTitle": messages("letterRightTitle"),
      "right": rightLines, "closing": messages("letterClosing"),
      "sender": report.round?.publication?.publisher ?? "",
      "readings": report.packs.map(\.reading).filter { !$0.isEmpty }.map(messages.text),
    ]
    let ways = self.ways(organisation, shown)
    context["hasWays"] = !ways.isEmpty
    context["ways"] = ways
    return context
  }

  /// Findings above info that the ledger counts and the report does not show.
  private func notShown(_ organisation: OrganisationResult, _ shown: [Finding]) -> Int {
    let counted = Dictionary(grouping: shown.filter { $0.subject == organisation.code }, by: \.rule).mapValues(\.count)
    return (ledger[organisation.code] ?? []).reduce(0) { sum, entry in
      guard let severity = rules[entry.rule]?.severity, severity > .info else { return sum }
      return sum + max(0, entry.findings - (counted[entry.rule] ?? 0))
    }
  }

  private func opening(_ organisation: OrganisationResult, _ shown: SiteStatus?) -> String {
    if let exclusion = organisation.exclusion { return messages("letterExcluded", ["why": exclusion]) }
    if organisation.records > 0 {
      return organisation.dateReceived.isEmpty
        ? messages("letterThanks") : messages("letterThanksOf", ["date": messages.date(organisation.dateReceived)])
    }
    guard let sent = organisation.contacts.first(where: { $0.kind == "sent" }) else {
      return messages("letterNotAsked")
    }
    return messages("letterSilent", ["date": messages.date(sent.date)])
  }

  private func statusLines(_ organisation: OrganisationResult, _ shown: SiteStatus?) -> [String] {
    guard let shown, organisation.exclusion == nil else { return [] }
    var lines = [messages("letterStatus", ["status": messages(shown.message)])]
    if let decision = organisation.decision, decision.void == nil {
      lines.append(messages("organisationSettled", ["date": messages.date(decision.date), "role": decision.role]))
      lines.append(messages("letterWords", ["words": decision.words]))
    } else if let derived = organisation.derived {
      lines.append(messages.text(derived.reason))
      if derived.basis == .reply { lines.append(messages("organisationBasisReply")) }
    }
    return lines
  }

  private func ways(_ organisation: OrganisationResult, _ shown: SiteStatus?) -> [String] {
    guard let next, organisation.exclusion == nil, organisation.records > 0, let status = organisation.status,
      let target = NextStatus.target(of: status), let derived = organisation.derived
    else { return [] }
    return next.ways(from: derived, to: target).map { $0.words(messages) }
  }

  private func line(_ finding: Finding) -> String {
    let rule = rules[finding.rule]
    let place = finding.place.map { "\($0)" } ?? ""
    let fix = rule?.fix[.dataOfficer].map { messages.text($0) } ?? ""
    return messages(
      place.isEmpty ? "letterFinding" : "letterFindingAt",
      ["place": place, "message": messages.text(finding.message), "fix": fix])
  }

  private var rightLines: [String] {
    var lines = [messages("letterRight")]
    if let day = setting.replyBy { lines.append(messages("letterReplyBy", ["date": messages.date(day)])) }
    let contact = setting.contact.isEmpty ? report.round?.publication?.contact ?? "" : setting.contact
    if !contact.isEmpty { lines.append(messages("letterContact", ["contact": contact])) }
    return lines
  }
}

extension NextStatus.Way {
  /// "It would be shown as … if … and …."
  func words(_ messages: Messages) -> String {
    let shown = SiteStatus(rawValue: status.rawValue).map { messages($0.message) } ?? status.words
    return messages(
      "organisationNextWay",
      ["status": shown, "clauses": clauses.map(messages.text).joined(separator: messages("clauseAnd"))])
  }
}
