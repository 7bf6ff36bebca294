public import AuditModel
import Intake
import LocalFiles
import ModuleHost
import Register
import RulePacks

/// Counts people from records, and holds the counts against answers.
public enum Counting {
  /// Counts what is asked for.
  ///
  /// - Throws: when the round, a pack, the register or the request is wrong; nothing was counted then. An input that
  ///   cannot be read is a problem of the report.
  public static func run(
    _ request: CountRequest, _ installation: Installation
  ) throws(ConfigurationError) -> CountReport {
    let run = try CountRun(request, installation)
    return try run.report()
  }
}

/// One counting of people from its request to its report.
private struct CountRun {
  private let request: CountRequest
  private let register: Register
  /// Those that were named; one of them is `pack`.
  private let packs: [RulePack]
  private let pack: RulePack
  private let counts: Counts
  /// The pack that reads the answers; nil when the counts are held against none.
  private let answerPack: RulePack?
  private let matcher: OrganisationMatcher

  init(_ request: CountRequest, _ installation: Installation) throws(ConfigurationError) {
    self.request = request
    let round = request.round
    register = try Tools.register(request.register ?? round?.register ?? installation.register)
    let host = try Tools.host(installation, modules: [], register: register)
    let names = request.pack.map { [$0] } ?? round?.packs ?? []
    packs = try Tools.packs(names, installation, kinds: host.kinds, register: register)
    (pack, counts) = try CountRun.pack(packs)
    answerPack =
      request.against == nil
      ? nil : try CountRun.answerPack(pack, counts, request.round, installation, host.kinds, register)
    matcher = OrganisationMatcher(
      register: register, asOf: round?.cutOff ?? register.latestDate,
      inRound: round.map { round in Set(round.asked.map(\.code) + round.excluded.map(\.code)) })
    if request.period == nil, round?.period == nil, request.against == nil {
      throw ConfigurationError(
        "count", "No period was given.", advice: "Say which: --period 2015-04-01..2016-03-31.")
    }
  }

  /// The pack that says how people are counted.
  private static func pack(_ packs: [RulePack]) throws(ConfigurationError) -> (RulePack, Counts) {
    let counting = packs.filter { $0.counts != nil }
    guard counting.count == 1, let counts = counting[0].counts else {
      let names = (counting.isEmpty ? packs : counting).map(\.name).joined(separator: ", ")
      throw ConfigurationError(
        names.isEmpty ? "count" : names,
        counting.isEmpty
          ? "No rule pack here says how people are counted: it has no counts.json."
          : "Several rule packs say how people are counted.",
        advice: "Name one that does: --rules cosd-breast.")
    }
    return (counting[0], counts)
  }

  /// The pack that reads the answers: one of the round by that name, or else the shipped one.
  private static func answerPack(
    _ pack: RulePack, _ counts: Counts, _ round: Round?, _ installation: Installation, _ kinds: [CheckKind],
    _ register: Register
  ) throws(ConfigurationError) -> RulePack {
    guard let answers = counts.answers else {
      throw ConfigurationError(
        "--against", "The rule pack \(pack.name) does not say where answers stand: its counts.json has no \"answers\".")
    }
    let named = round?.packs.first { LocalFiles.name(of: $0) == answers.pack } ?? answers.pack
    let other = try Tools.packs([named], installation, kinds: kinds, register: register)[0]
    do throws(PackErrors) {
      try pack.checkAnswers(other)
    } catch {
      throw ConfigurationError(error.problems)
    }
    return other
  }

  // MARK: Running

  func report() throws(ConfigurationError) -> CountReport {
    var sources = request.round?.submissions ?? []
    sources += request.paths.map { path in
      var source = SubmissionSource(path: path, name: SubmissionFiles.shownName(path))
      source.settings = request.settings
      return source
    }
    let found = SubmissionFiles.find(sources)
    try Tools.check(found.files, packs)
    try check(found.files)
    var report = CountReport(
      toolVersion: request.toolVersion, isSynthetic: request.round?.isSynthetic == true || register.isSynthetic,
      pack: PackSummary(
        name: pack.name, version: pack.version, title: pack.title, sha256: digest(of: pack), reading: counts.reading))
    report.round = request.round?.title
    report.period = request.period ?? request.round?.period
    report.problems = found.problems
    var answers: AnswerBook?
    if let path = request.against, let answerPack {
      answers = AnswerBook(
        path, pack: answerPack, answers: counts.answers, matcher: matcher, jobs: request.jobs,
        partBytes: request.partBytes)
    }
    let plan = CountingPlan(
      counts: counts, pack: pack, period: report.period, stated: answers?.periods ?? [:], matcher: matcher)
    let records = RecordRun(
      plan: .counting(plan), sources: found.files, matcher: matcher, jobs: request.jobs,
      partBytes: request.partBytes, savesStates: false, progress: request.progress)
    report.problems += records.inputs.compactMap(\.problem) + (answers?.problems ?? [])
    let needed = counts.fieldsRead
    report.inputs = records.inputs.map { input in
      let missing = Set((input.file?.tables ?? []).flatMap(\.missingFields)).intersection(needed)
      return CountReport.Input(
        name: input.source.name, sha256: input.sha256, records: input.records,
        missing: missing.sorted().map { pack.fields[$0].label })
    }
    report.against = answers?.summary
    CountSettlement(
      plan: plan, fold: records.fold, answers: answers, register: register, asked: request.round?.asked ?? [],
      periodFrom: request.period != nil ? .command : .round
    ).settle(into: &report)
    return report
  }

  /// There is something to count, and nothing that is written would overwrite an input.
  private func check(_ files: [SubmissionSource]) throws(ConfigurationError) {
    if files.isEmpty, request.round == nil, request.paths.isEmpty {
      throw ConfigurationError(
        "count", "There is nothing to count.",
        advice: "Give a round (--round ROUND.json), or files with the rules to read them by (FILE --rules PACK).")
    }
    guard let output = request.output, LocalFiles.kind(output) == .file else { return }
    let inputs = files.map(\.path) + [request.against].compactMap { $0 }
    if inputs.contains(where: { LocalFiles.realPath($0) == LocalFiles.realPath(output) }) {
      throw ConfigurationError(
        "--output", "\"\(output)\" is one of the inputs and would be overwritten.", advice: "Give another name.")
    }
  }

  private func digest(of pack: RulePack) -> String {
    var digest = Digest()
    for file in pack.files {
      digest.add(file.path)
      digest.add(file.bytes)
    }
    return digest.hex()
  }
}

extension RecordPlan {
  /// A plan that counts people and judges nothing.
  static func counting(_ plan: CountingPlan) -> RecordPlan {
    var result = RecordPlan.reading(plan.pack, keepsRecords: false)
    result.counting = plan
    return result
  }

  /// A plan that reads records and judges nothing.
  static func reading(_ pack: RulePack, keepsRecords: Bool) -> RecordPlan {
    RecordPlan(
      pack: pack, rules: [], figures: [], conditions: [], limit: 0, collectsAll: false, keepsRecords: keepsRecords,
      revealsPersonal: false)
  }
}
