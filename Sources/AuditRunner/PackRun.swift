import AuditModel
import RulePacks

/// One rule pack's part of an audit: its rules planned, all inputs judged, everything settled.
struct PackRun {
  let pack: RulePack
  let request: AuditRequest
  let tools: Tools
  let state: RoundState
  let levels: [LevelChange]
  let sources: [SubmissionSource]

  /// What it comes to.
  struct Result {
    let pack: RulePack
    let records: RecordRun
    let organisations: OrganisationBook
    let book: LedgerBook
    /// In the order of the pack.
    let figures: [FigureResult]
    /// Nil when the pack scores no submissions.
    let scores: PackScores?
  }

  func run() throws(ConfigurationError) -> Result {
    var planner = Planner(
      host: tools.host, pack: pack, levels: levels, day: state.asOf,
      stages: request.asOf ?? state.round?.cutOff == nil ? .byRecord : .byDay, limit: request.limit,
      collectsAll: request.wantsIdentities, revealsPersonal: request.revealsPersonal)
    var plans = try planner.plan()
    plans.records.scoring = pack.scoring.map { ScoringPlan($0, period: state.round?.period) }
    let inRound = state.round.map { round in Set(round.asked.map(\.code) + round.excluded.map(\.code)) }
    let records = RecordRun(
      plan: plans.records, sources: sources,
      matcher: OrganisationMatcher(register: tools.register, asOf: state.asOf, inRound: inRound), jobs: request.jobs,
      partBytes: request.partBytes, savesStates: request.savesStates, progress: request.progress)
    var organisations = OrganisationBook(
      fold: records.fold, pack: pack, register: tools.register, state: state, inputNames: sources.map(\.name))
    var book = LedgerBook()
    records.settle(into: &book)
    OrganisationSettlement(
      plan: plans.records, status: plans.status, rules: plans.organisations, state: state,
      revealsPersonal: request.revealsPersonal
    ).settle(&organisations.results, rows: organisations.rows, into: &book)
    return Result(
      pack: pack, records: records, organisations: organisations, book: book,
      figures: figures(plans.records, records.fold, organisations, book),
      scores: plans.records.scoring.map { scores($0, records, organisations) })
  }

  private func scores(
    _ plan: ScoringPlan, _ records: RecordRun, _ organisations: OrganisationBook
  ) -> PackScores {
    ScoreSettlement(
      plan: plan, pack: pack, records: records, register: tools.register,
      names: Dictionary(organisations.results.map { ($0.code, $0.name) }) { first, _ in first }
    ).scores()
  }

  /// Without a round nobody was asked, so that organisations have no shares.
  private func figures(
    _ plan: RecordPlan, _ fold: AuditFold, _ organisations: OrganisationBook, _ book: LedgerBook
  ) -> [FigureResult] {
    if pack.figures.isEmpty { return [] }
    let ofRecords = RecordFigures(plan: plan, fold: fold, round: state.round).results()
    let statuses = book.entries.filter { $0.rule == pack.status?.rule.id }
    let ofOrganisations = OrganisationFigures(pack, organisations, statuses: statuses)
    return pack.figures.compactMap { figure in
      switch figure.unit {
      case .record: ofRecords.first { $0.name == figure.name }
      case .organisation: state.round == nil ? nil : ofOrganisations.result(figure)
      }
    }
  }
}
