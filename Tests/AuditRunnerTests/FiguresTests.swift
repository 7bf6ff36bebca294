import AuditModel
import Register
import RulePacks
import Testing

@testable import AuditRunner

/// Figures of little rounds whose numbers are counted by hand.
@Suite struct FiguresTests {
  private static func figures(_ figure: String) -> String { #"{ "figures": [\#(figure)] }"# }

  private static let without = figures(
    #"""
    {
      "name": "without", "title": "Those without", "unit": "organisation",
      "where": "derived_status == 'not-collecting' || derived_status == 'partially-collecting'",
      "parts": [{ "name": "no", "title": "saying no", "where": "derived_status == 'not-collecting'" }],
      "claims": [
        { "name": "half", "population": "they", "predicate": "do not", "words": "Half do not", "relation": "at least",
          "value": "1/2", "source": "A letter" }
      ]
    }
    """#)

  /// Two count, one does not, one needs review, one is silent; one is excluded and one was not asked.
  private static let round = SmallRound.ofOrganisations(
    figures: without, answers: ["X1A,no,1", "X1B,part,2", "X1C,yes,3", "X1D,hm,4", "X9Z,no,5", "X1G,no,6"],
    asked: ["X1A", "X1B", "X1C", "X1D", "X1E", "X9Z"])

  private func only(_ round: SmallRound) throws -> FigureResult {
    let figures = try round.audit().report.figures
    #expect(figures.count == 1)
    return try #require(figures.first)
  }

  private func expect(
    _ count: FigureCount, _ over: FigureDenominator, _ counted: Int, _ notCounted: Int, _ unknown: Int,
    open: (Int, Int, Int) = (0, 0, 0), sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var expected = FigureCounts()
    (expected.counted, expected.notCounted, expected.unknown) = (counted, notCounted, unknown)
    (expected.openCounted, expected.openNotCounted, expected.openUnknown) = open
    #expect(count.share(of: over) == expected, sourceLocation: sourceLocation)
  }

  private func causes(_ count: FigureCount) -> [String] {
    count.unknown.map { cause in
      (["\(cause.cause.rawValue): \(cause.words) \(cause.units)"] + cause.organisations).joined(separator: " ")
    }
  }

  // MARK: Organisations

  @Test func silenceAndReviewAreLeftOpenOverBothDenominators() throws {
    let figure = try only(Self.round)
    expect(figure.count, .asked, 2, 1, 2)
    expect(figure.count, .answered, 2, 1, 1)
    #expect(figure.count.counted == ["X1A", "X1B"] && figure.count.notCounted == ["X1C"])
    #expect(causes(figure.count) == ["silent: not answered 1 X1E", "needs-review: needs review 1 X1D"])
    expect(figure.parts[0].count, .asked, 1, 2, 2)
    expect(figure.parts[0].count, .answered, 1, 2, 1)
    // 2 to 4 of 5, 2 to 3 of 4.
    #expect(figure.claims[0].verdicts.map(\.verdict) == [.depends, .supported])
  }

  @Test func conditionsReadTheStatusThatCounts() throws {
    let digest = try #require(
      try Self.round.audit().report.organisations.first { $0.code == "X1D" }?.submissionDigest)
    var round = Self.round
    round.files["decisions.csv"]? += "X1D,not-collecting,We do not,lead,2016-08-20,\(digest)\n"
    let figure = try only(round)
    expect(figure.count, .answered, 3, 1, 0)
    #expect(figure.count.counted == ["X1A", "X1B", "X1D"])
    #expect(causes(figure.count) == ["silent: not answered 1 X1E"])
    // A decision on a submission that has changed counts for nothing.
    round.files["answers.csv"] = round.files["answers.csv"]?.replacing("X1D,hm,4", with: "X1D,hm,5")
    #expect(try only(round).count == only(Self.round).count)
  }

  @Test func cellsThatDoNotTellAreNamed() throws {
    let round = SmallRound.ofOrganisations(
      figures: Self.figures(
        #"{ "name": "many", "title": "Many", "unit": "organisation", "where": "count > 3" }"#),
      answers: ["X1A,no,4", "X1B,no,3", "X1C,no,", "X1D,no,?", "X1E,no,<5", "X1F,no,3", "X1F,no,4"],
      asked: ["X1A", "X1B", "X1C", "X1D", "X1E", "X1F"])
    let figure = try only(round)
    expect(figure.count, .answered, 1, 1, 4)
    #expect(
      causes(figure.count) == [
        "cannot-be-told: \"count\" is blank 1 X1C", "cannot-be-told: \"count\" is not known 1 X1D",
        "cannot-be-told: \"count\" is suppressed 1 X1E", "cannot-be-told: its records differ in \"count\" 1 X1F",
      ])
  }

  @Test func silenceIsUnknownWhateverTheConditionSays() throws {
    let round = SmallRound.ofOrganisations(
      figures: Self.figures(
        #"{ "name": "none", "title": "None", "unit": "organisation", "where": "!answered || size(records) == 0" }"#),
      answers: ["X1A,no,1", "X1D,hm,1"], asked: ["X1A", "X1B", "X1D"])
    let figure = try only(round)
    expect(figure.count, .asked, 0, 1, 2)
    expect(figure.count, .answered, 0, 1, 1)
  }

  @Test func aBaseThatCannotBeToldLeavesOpenWhetherTheUnitCounts() throws {
    func figure(_ base: String) throws -> FigureResult {
      try only(
        SmallRound.ofOrganisations(
          figures: Self.figures(
            """
            { "name": "x", "title": "X", "unit": "organisation", "base": "\(base)", "where": "says == 'no'",
              "claims": [
                { "name": "a", "population": "p", "predicate": "q", "words": "w", "relation": "exactly",
                  "value": "1/2", "source": "s" }
              ] }
            """),
          answers: ["X1A,no,4", "X1B,yes,4", "X1C,no,3", "X1D,no,?", "X1E,yes,?", "X1F,hm,?"],
          asked: ["X1A", "X1B", "X1C", "X1D", "X1E", "X1F", "X1G"]))
    }
    let answers = try figure("count > 3")
    expect(answers.count, .asked, 1, 1, 0, open: (1, 1, 2))
    expect(answers.count, .answered, 1, 1, 0, open: (1, 1, 1))
    #expect(
      causes(answers.count) == [
        "base: \"count\" is not known 2 X1D X1E", "base: needs review 1 X1F", "base: not answered 1 X1G",
      ])
    let counts = try #require(answers.count.share(of: .asked))
    #expect(counts.low == Ratio(1, 5) && counts.share == Ratio(1, 2) && counts.high == Ratio(4, 5))
    #expect(answers.claims[0].verdicts.map(\.verdict) == [.depends, .depends])
    // What the host knows of a silent organisation is known.
    let codes = try figure("organisation != 'X1G'")
    expect(codes.count, .asked, 3, 2, 1)
    #expect(codes.count.unknown.map(\.organisations) == [["X1F"]])
    // X1G is not in the register of the sample.
    let registered = try figure("isRegistered(organisation)")
    expect(registered.count, .asked, 3, 2, 1)
    // The records of a silent one are not known to be none.
    let records = try figure("records.exists(r, given(r.count))")
    expect(records.count, .asked, 2, 1, 0, open: (0, 0, 1))
    #expect(causes(records.count) == ["base: not answered 1 X1G"])
  }

  @Test func anEmptyDenominatorHasNoShare() throws {
    let round = SmallRound.ofOrganisations(figures: Self.without, answers: [], asked: [])
    let figure = try only(round)
    expect(figure.count, .asked, 0, 0, 0)
    #expect(figure.count.share(of: .asked)?.share == nil)
    #expect(figure.claims[0].verdicts.map(\.verdict) == [.noShare, .noShare])
  }

  @Test func anErrorInAConditionIsSaidInsteadOfANumber() throws {
    let round = SmallRound.ofOrganisations(
      figures: Self.figures(
        #"{ "name": "x", "title": "X", "unit": "organisation", "where": "10 / count > 2" }"#),
      answers: ["X1A,no,4", "X1B,no,0"], asked: ["X1A", "X1B"])
    let figure = try only(round)
    #expect(figure.failure?.hasPrefix("expression error: ") == true)
    #expect(figure.count == FigureCount())
  }

  @Test func statusesThatCouldNotBeToldAreSaidInsteadOfANumber() throws {
    let pack = try #require(LedgerTests.packs?.first)
    let register = try Register.load(GeneratedRound.register)
    let plan = RecordPlan(
      pack: pack, rules: [], figures: [], conditions: [], limit: 1, collectsAll: false, keepsRecords: true,
      revealsPersonal: false)
    let matcher = OrganisationMatcher(register: register, asOf: CalendarDate(days: 0), inRound: nil)
    let book = OrganisationBook(
      fold: AuditFold(plan: plan, organisations: matcher), pack: pack, register: register,
      state: RoundState(round: nil, asOf: CalendarDate(days: 0)), inputNames: [])
    let fault = LedgerEntry(
      rule: "data-collection/status", subject: "X1A", outcome: .fault,
      causes: [LedgerEntry.Cause(of: .fault, words: "the module stopped", rows: nil)])
    let figure = OrganisationFigures(pack, book, statuses: [fault]).result(try #require(pack.figures.first))
    #expect(figure.failure == "the status of organisations could not be told: the module stopped")
    #expect(figure.count.shares.isEmpty && figure.claims.allSatisfy { $0.verdicts.isEmpty })
  }

  @Test func withoutARoundOrWithAFewInputsAloneNobodysShareIsTold() throws {
    #expect(try Self.round.audit { $0.only = ["answers.csv"] }.report.figures.isEmpty)
    let files = try Self.round.audit { request in
      guard let round = request.round else { return }
      request.paths = round.submissions.map(\.path)
      request.packs = round.packs
      request.round = nil
    }
    #expect(files.report.figures.isEmpty && !files.report.organisations.isEmpty)
  }

  // MARK: Records

  private static let aware = figures(
    #"""
    {
      "name": "unaware", "title": "Unaware", "unit": "record", "base": "age >= 18", "where": "!aware",
      "parts": [{ "name": "old", "title": "old", "where": "!aware && age > 60" }],
      "claims": [
        { "name": "most", "population": "people", "predicate": "are not aware", "words": "Most are not",
          "relation": "more than", "value": "1/2", "source": "A page" }
      ]
    }
    """#)

  private static let survey = SmallRound.ofRecords(
    figures: aware,
    files: [
      "a.csv": "id,aware,age\n1,no,18\n2,yes,70\n3,no,17\n4,?,40\n5,,40\n6,no,80\n",
      "b.csv": "id,aware,age\n7,no,\n8,yes,?\n9,perhaps,30\n1,no,61\n",
    ])

  @Test func recordsThatDoNotTellHaveNotAnswered() throws {
    let figure = try only(Self.survey)
    expect(figure.count, .asked, 3, 1, 3, open: (1, 1, 0))
    expect(figure.count, .answered, 3, 1, 0, open: (1, 1, 0))
    #expect(
      causes(figure.count) == [
        "cannot-be-told: \"aware\" is blank 1", "cannot-be-told: \"aware\" is not known 1",
        "cannot-be-told: \"aware\" is not readable as its type 1", "base: \"age\" is blank 1",
        "base: \"age\" is not known 1",
      ])
    // An age tells that somebody is not old, whatever else is not known.
    expect(figure.parts[0].count, .answered, 2, 5, 0, open: (0, 1, 0))
    #expect(figure.claims[0].verdicts.map(\.verdict) == [.depends, .supported])
    #expect(figure.count.counted.isEmpty)
  }

  @Test func aMissingColumnLeavesEveryRecordOfItsFileUnknown() throws {
    var round = Self.survey
    round.files["b.csv"] = "id,age\n7,20\n8,30\n"
    var figure = try only(round)
    expect(figure.count, .asked, 2, 1, 4)
    #expect(causes(figure.count).contains("cannot-be-told: the column \"aware\" is missing 2"))
    round.files["b.csv"] = "id,aware\n7,no\n8,yes\n"
    figure = try only(round)
    expect(figure.count, .asked, 2, 1, 2, open: (1, 1, 0))
    #expect(causes(figure.count).contains("base: the column \"age\" is missing 2"))
  }

  @Test func recordsThatCouldNotBeReadAreSaidInsteadOfANumber() throws {
    var round = Self.survey
    round.files["b.csv"] = ""
    let figure = try only(round)
    #expect(figure.failure == "not all records could be read: b.csv")
  }

  @Test func filesWithoutARoundHaveFiguresOfTheirRecords() throws {
    let whole = try only(Self.survey)
    let files = try Self.survey.audit { request in
      guard let round = request.round else { return }
      request.paths = round.submissions.map(\.path)
      request.packs = round.packs
      request.round = nil
    }
    #expect(files.report.figures == [whole])
  }

  /// The answer of one that was not asked counts in no figure of the round.
  @Test func recordsOfThoseAskedAloneCount() throws {
    var round = Self.round
    round.files["pack/figures.json"] = Self.figures(
      #"{ "name": "x", "title": "X", "unit": "record", "where": "says == 'no'" }"#)
    expect(try only(round).count, .asked, 1, 3, 0)
  }

  @Test func recordsOfNobodyAreOneSubmission() throws {
    let report = try Self.survey.audit().report
    #expect(report.ofNobody?.records == 10 && report.ofNobody?.inputs == ["a.csv", "b.csv"])
    #expect(report.organisations.isEmpty && report.unmatched.isEmpty)
    #expect(report.ofNobody?.cleanness == .notClean)
    // The first record comes again in the other file.
    #expect(report.rules.first { $0.id == "pack/answer-twice" }?.findings == 1)
    #expect(report.findings.filter { $0.rule.hasPrefix("intake/organisation") }.isEmpty)
    try LedgerTests.expectSums(report)
  }

  // MARK: Sameness

  @Test(arguments: [1, 2, 4]) func threadsAndPartsChangeNothing(_ jobs: Int) throws {
    for round in [Self.round, Self.survey] {
      let whole = try round.audit().report
      let parts = try round.audit { request in
        request.jobs = jobs
        request.partBytes = 20
      }
      #expect(parts.report == whole)
    }
  }
}
