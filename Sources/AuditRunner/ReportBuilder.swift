import AuditModel
import Intake
import LocalFiles
import ModuleHost
public import Register
import RulePacks

/// Puts the report together from what the packs came to.
public struct ReportBuilder {
  private let request: AuditRequest
  private let tools: Tools
  private let state: RoundState
  private var report: Report
  private var identities: [FindingIdentity] = []
  private var results: [PackRun.Result] = []

  init(request: AuditRequest, tools: Tools, state: RoundState, problems: [Problem]) {
    self.request = request
    self.tools = tools
    self.state = state
    report = Report(
      toolVersion: request.toolVersion, isSynthetic: state.round?.isSynthetic == true || tools.register.isSynthetic,
      asOf: state.asOf)
    report.problems = problems
  }

  mutating func add(_ result: PackRun.Result) {
    results.append(result)
  }

  /// The report, with the host's own findings first, then every pack's in the order the packs were named.
  mutating func result() -> AuditResult {
    describe()
    let inputs = InputBook(results, revealsPersonal: request.revealsPersonal)
    report.inputs = inputs.summaries
    addFigures()
    report.scores = results.compactMap(\.scores)
    report.problems += inputs.problems
    mergeOrganisations()
    let filter = request.only.isEmpty ? nil : ReportFilter(only: request.only)
    filter?.apply(to: &report)
    var book = LedgerBook()
    InputSettlement(
      inputs: report.inputs, labels: inputs.labels,
      raggedRows: inputs.raggedRows.filter { ragged in report.inputs.contains { $0.name == ragged.input } },
      round: state.round, reportsPapers: filter == nil, organisations: report.organisations,
      unmatched: report.unmatched, hasSubmissionOfNobody: report.ofNobody != nil,
      outsideRegister: results.first?.organisations.outsideRegister ?? [],
      levels: report.levels, limit: request.limit
    ).settle(into: &book)
    for book in [book] + results.map(\.book) {
      report.rules += book.rules
      report.ledger += book.entries
      report.findings += book.findings
      identities += book.identities
    }
    filter?.apply(to: &report, &identities)
    tellFaults()
    Cleanness.judge(&report)
    return AuditResult(report: report, identities: identities)
  }

  // MARK: What was used

  private mutating func describe() {
    if let round = state.round {
      report.round = RoundSummary(
        name: round.name, title: round.title, question: round.question, period: round.period, sent: round.sent,
        cutOff: round.cutOff, sha256: round.sha256, isOpen: !state.isAfterCutOff)
      report.round?.publication = round.publication
      report.round?.corrections = round.corrections
    }
    report.levels = state.round?.levels ?? []
    report.packs = tools.packs.map { pack in
      var digest = Digest()
      for file in pack.files {
        digest.add(file.path)
        digest.add(file.bytes)
      }
      var summary = PackSummary(
        name: pack.name, version: pack.version, title: pack.title, sha256: digest.hex(),
        reading: pack.reading.isEmpty ? pack.status?.reading ?? "" : pack.reading,
        figuresReading: pack.figuresReading)
      summary.fields = pack.fields.filter { $0.privacy < .personal }.map {
        FieldSummary(name: $0.name, label: $0.label, privacy: $0.privacy)
      }
      summary.disclosure = pack.disclosure
      return summary
    }
    report.criteria = tools.packs.lazy.compactMap(StatusCriteria.init).first
    report.modules = zip(tools.host.modules, tools.moduleDigests.take()).map { module, digest in
      UsedFile(name: module.name, version: module.version, sha256: digest)
    }
    report.register = RegisterSummary(
      name: SubmissionFiles.shownName(LocalFiles.name(of: tools.registerFolder)),
      sha256: ReportBuilder.digest(ofFiles: tools.register.files), organisations: tools.register.organisations.count,
      attribution: ReportBuilder.attribution(tools.register.sources))
  }

  /// What the sources ask for, with the statement that several share said once.
  private static func attribution(_ sources: [RegisterSource]) -> String {
    var statements: [(words: String, sources: [String])] = []
    for source in sources {
      let parts = source.attribution.split(separator: " Source: ", maxSplits: 1).map(String.init)
      let name = parts.count > 1 ? parts[1].hasSuffix(".") ? String(parts[1].dropLast()) : parts[1] : ""
      let index = statements.firstIndex { $0.words == parts.first }
      if index == nil { statements.append((parts.first ?? "", [])) }
      let at = index ?? statements.count - 1
      if !name.isEmpty, !statements[at].sources.contains(name) { statements[at].sources.append(name) }
    }
    return statements.map { statement in
      statement.sources.isEmpty
        ? statement.words : "\(statement.words) Sources: \(statement.sources.joined(separator: "; "))."
    }.joined(separator: " ")
  }

  /// What a report calls the digest of an input.
  public static func digest(ofBytes bytes: [UInt8]) -> String { Digest.of(bytes) }

  /// What a report calls the digest of a register.
  public static func digest(of register: Register) -> String { digest(ofFiles: register.files) }

  /// One digest over files that were read before; one that has gone since counts as empty.
  static func digest(ofFiles paths: [String]) -> String {
    var digest = Digest()
    for path in paths { digest.add((try? LocalFiles.read(path)) ?? []) }
    return digest.hex()
  }

  /// The organisations of all packs; the first pack that gives statuses has the say, else the first.
  private mutating func mergeOrganisations() {
    guard let main = results.first(where: { $0.pack.status != nil }) ?? results.first else { return }
    report.organisations = main.organisations.results
    report.unmatched = main.organisations.unmatched
    for other in results where other.pack.name != main.pack.name {
      let codes = Set(report.organisations.map(\.code))
      report.organisations += other.organisations.results.filter { !codes.contains($0.code) }
      let keys = Set(report.unmatched.map(\.key))
      report.unmatched += other.organisations.unmatched.filter { !keys.contains($0.key) }
    }
    report.organisations.sort { $0.code < $1.code }
    report.ofNobody = results.lazy.compactMap(\.organisations.ofNobody).first
  }

  /// Records that could not be read are in no bounds, so what counts records cannot be given without them; an
  /// organisation whose answer could not be read counts as silent.
  private mutating func addFigures() {
    for result in results {
      let unread = (report.problems + result.records.inputs.compactMap(\.problem)).map(\.subject)
      report.figures += result.figures.map { figure in
        guard figure.unit == .record, !unread.isEmpty else { return figure }
        return figure.failed("not all records could be read: \(unread.joined(separator: ", "))")
      }
    }
  }

  /// A module that failed at its work is a problem that names rule and module.
  private mutating func tellFaults() {
    var told: Set<String> = []
    for entry in report.ledger where entry.outcome == .fault {
      for cause in entry.causes where cause.of == .fault && told.insert("\(entry.rule) \(cause.words)").inserted {
        report.problems.append(
          Problem(
            subject: entry.rule, message: "The rule could not be evaluated: \(cause.words)",
            advice: "Its outcomes are \"fault\"; all other rules were evaluated."))
      }
    }
  }
}

/// Says of every organisation whether anything is left to mend.
enum Cleanness {
  static func judge(_ report: inout Report) {
    let rules = Dictionary(report.rules.map { ($0.id, $0) }) { first, _ in first }
    var found: Set<String> = []
    var untold: Set<String> = []
    for entry in report.ledger {
      guard let subject = entry.subject, let rule = rules[entry.rule] else { continue }
      if entry.findings > 0, entry.outcome == .failed, rule.severity > .info { found.insert(subject) }
      let isUntold = entry.outcome == .notEvaluated || entry.outcome == .fault || (entry.rows?.notEvaluated ?? 0) > 0
      if isUntold && rule.isMandatory { untold.insert(subject) }
    }
    // What is wrong with a file is wrong with everything that came in it.
    func counts(_ rule: IntakeRules.Rule) -> Bool { rules[rule.id].map { $0.severity > .info } ?? false }
    let faulty = report.inputs.filter { input in
      input.tables.contains { !$0.missing.isEmpty } && counts(IntakeRules.missingColumn)
        || input.tables.contains { $0.columns.contains(where: \.isRepeated) } && counts(IntakeRules.columnRepeated)
        || !input.ambiguities.isEmpty && counts(IntakeRules.ambiguousDate)
        || !input.differences.isEmpty && counts(IntakeRules.totalDiffers)
        || input.tolerances.contains { $0.kind == ToleranceKind.longRow.rawValue } && counts(IntakeRules.raggedRow)
    }
    let faultyInputs = Set(faulty.map(\.name))
    func cleanness(_ key: String, _ inputs: [String]) -> OrganisationResult.Cleanness {
      if found.contains(key) || inputs.contains(where: faultyInputs.contains) { return .notClean }
      return untold.contains(key) ? .cannotBeTold : .clean
    }
    for index in report.organisations.indices where report.organisations[index].records > 0 {
      let organisation = report.organisations[index]
      report.organisations[index].cleanness = cleanness(organisation.code, organisation.inputs)
    }
    if let inputs = report.ofNobody?.inputs {
      report.ofNobody?.cleanness = cleanness(SubmissionOfNobody.key, inputs)
    }
  }
}

/// Leaves in a report only the submissions of some inputs.
struct ReportFilter {
  private let wanted: [String]

  init(only: [String]) {
    wanted = only.map(SubmissionFiles.shownName)
  }

  private func isWanted(_ input: String) -> Bool { wanted.contains { ReportFilter.matches(input, $0) } }

  /// True for an input's name, and for a folder it is in.
  static func matches(_ input: String, _ path: String) -> Bool {
    let name = SubmissionFiles.shownName(path)
    return input == name || input.hasPrefix(name + "/")
  }

  /// Takes away inputs, organisations and submissions, before the host's own findings are made.
  func apply(to report: inout Report) {
    report.only = wanted
    report.organisations.removeAll { !$0.inputs.contains(where: isWanted) }
    report.unmatched.removeAll { !$0.inputs.contains(where: isWanted) }
    if report.ofNobody?.inputs.contains(where: isWanted) == false { report.ofNobody = nil }
    report.figures = []
    let subjects = Set(report.organisations.map(\.code) + report.unmatched.map(\.key))
    for index in report.scores.indices {
      report.scores[index].submissions.removeAll { score in
        !subjects.contains(score.subject) && (score.subject != SubmissionOfNobody.key || report.ofNobody == nil)
      }
    }
    report.inputs.removeAll { !isWanted($0.name) }
  }

  /// Takes away what the rules say of other submissions.
  func apply(to report: inout Report, _ identities: inout [FindingIdentity]) {
    var subjects = Set(report.organisations.map(\.code) + report.unmatched.map(\.key))
    if report.ofNobody != nil { subjects.insert(SubmissionOfNobody.key) }
    func concerns(_ subject: String?) -> Bool { subject.map(subjects.contains) ?? true }
    report.ledger.removeAll { !concerns($0.subject) }
    report.findings.removeAll { !concerns($0.subject) }
    identities.removeAll { !concerns($0.subject) }
    let entries = Dictionary(grouping: report.ledger, by: \.rule)
    let shown = Dictionary(grouping: report.findings, by: \.rule)
    for index in report.rules.indices {
      let id = report.rules[index].id
      var rule = report.rules[index]
      (rule.outcomes, rule.rows, rule.findings, rule.shown) = ([:], nil, 0, shown[id]?.count ?? 0)
      for entry in entries[id] ?? [] { rule.add(entry) }
      report.rules[index] = rule
    }
  }
}
