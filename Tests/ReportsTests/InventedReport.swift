import AuditModel

/// A small report with one of everything, and words that try to break out of their renderer.
enum InventedReport {
  static let hostile = "=cmd|' /C calc'!A0, \"quoted\"\nsecond line \u{1B}[31mred \u{202E}reversed <b>bold</b>"

  static var report: Report {
    var report = Report(toolVersion: "0.0.0", isSynthetic: true, asOf: CalendarDate(iso: "2016-08-31")!)
    report.round = RoundSummary(
      name: "2016-invented", title: "SYNTHETIC: an invented round", question: ["One?", "Two?"],
      period: Period(financialYear: 2015), sent: CalendarDate(iso: "2016-07-04"),
      cutOff: CalendarDate(iso: "2016-08-31"), sha256: String(repeating: "a", count: 64), isOpen: false)
    report.inputs = [
      InputSummary(
        name: "answers/x1a.csv", sha256: String(repeating: "b", count: 64), format: "CSV", encoding: "Windows-1252",
        delimiter: ";", records: 2,
        decisions: [InputSummary.Decision(subject: "encoding", value: "Windows-1252", why: "it was given")],
        tables: [
          InputSummary.Table(
            sheet: hostile, headerRow: 3,
            columns: [
              InputSummary.Column(position: 1, heading: "Code", field: "organisation_code", matchedBy: "alias"),
              InputSummary.Column(position: 2, heading: hostile, field: nil, matchedBy: nil),
            ],
            missing: ["period"])
        ],
        tolerances: [
          InputSummary.Tolerance(
            kind: "windows-1252", words: "The text was read as Windows-1252", count: 1, places: ["row 4"])
        ])
    ]
    report.packs = [
      PackSummary(
        name: "invented", version: "1.2.3", title: "Invented", sha256: String(repeating: "c", count: 64),
        reading: "The criteria are this project's own reading.",
        figuresReading: "So is what the figures count.")
    ]
    report.modules = [UsedFile(name: "conformance", version: "1.0.0", sha256: String(repeating: "d", count: 64))]
    report.register = RegisterSummary(
      name: "register", sha256: String(repeating: "e", count: 64), organisations: 2, attribution: "Invented.")
    report.levels = [LevelChange(rule: "invented/off", severity: nil, why: "Not in this round")]
    report.organisations = [collecting, silent]
    report.unmatched = [
      UnmatchedSubmission(
        key: hostile, code: "", name: hostile, inputs: ["answers/x1a.csv"], records: 1,
        offers: [UnmatchedSubmission.Offer(code: "X1A", name: "Invented Trust", score: 82, why: "a similar name")])
    ]
    report.ofNobody = SubmissionOfNobody(inputs: ["answers/x1a.csv"], records: 2)
    report.figures = [figure, figure.failed("an expression error")]
    report.scores = [
      PackScores(
        pack: "invented", reading: "Which items are scored is this project's own reading.",
        submissions: [score("X1A", failure: nil), score(hostile, failure: "not all records could be read")])
    ]
    report.rules = [
      RuleResult(
        id: "invented/count-missing", summary: "Both counts are given.", why: "To compare.",
        fix: [.dataOfficer: "Give both.", .reviewer: "Ask."], dimension: .completeness, severity: .error,
        isMandatory: true, isReading: true, answers: .record, outcomes: [.failed: 1, .notEvaluated: 1],
        rows: RowCounts(passed: 0, failed: 1, notApplicable: 0, notEvaluated: 2), findings: 25, shown: 1)
    ]
    report.ledger = [
      LedgerEntry(
        rule: "invented/count-missing", subject: "X1A", outcome: .failed,
        causes: [LedgerEntry.Cause(of: .notEvaluated, words: "\"Total\" is blank", rows: 1)],
        rows: RowCounts(failed: 1, notEvaluated: 1), findings: 25),
      LedgerEntry(
        rule: "invented/count-missing", subject: hostile, outcome: .notEvaluated,
        causes: [LedgerEntry.Cause(of: .notEvaluated, words: "\"Total\" is blank", rows: 1)],
        rows: RowCounts(notEvaluated: 1)),
    ]
    report.findings = [
      Finding(
        id: String(repeating: "0", count: 32), rule: "invented/count-missing", severity: .error, subject: "X1A",
        organisation: "X1A", period: "2015-04", field: "total", record: ["A", "B"],
        place: Finding.Place(input: "answers/x1a.csv", row: 4, column: 28, heading: hostile),
        message: "Total is not given: \(hostile)",
        evidence: [
          Finding.Evidence(name: "count", value: .integer(12)),
          Finding.Evidence(name: "date", value: .date(report.asOf)),
          Finding.Evidence(name: "hidden", value: .hidden), Finding.Evidence(name: "number", value: .number(1.5)),
          Finding.Evidence(name: "text", value: .text(hostile)),
        ])
    ]
    report.problems = [Problem(subject: "answers/x1b.csv", message: "The file is empty.", advice: "Send it again.")]
    return report
  }

  /// 2 of 4 asked and of 3 that answered, and one more of which it cannot be told whether it counts.
  private static var figure: FigureResult {
    var figure = FigureResult(
      pack: "invented", name: "without", title: "Those without: \(hostile)", unit: .organisation,
      base: "answered", condition: "total > 0", note: "Counts those that say so.")
    var counts = FigureCounts()
    (counts.counted, counts.notCounted, counts.unknown, counts.openUnknown) = (2, 1, 1, 1)
    var answered = counts
    answered.unknown = 0
    figure.count.shares = [FigureShare(of: .asked, counts: counts), FigureShare(of: .answered, counts: answered)]
    figure.count.counted = ["X1A", "X1C"]
    figure.count.notCounted = ["X1D"]
    figure.count.unknown = [
      FigureUnknown(cause: .silent, words: "not answered", units: 1, organisations: ["X1B"]),
      FigureUnknown(cause: .base, words: "\"Total\" is blank", units: 1, organisations: ["X1A"]),
    ]
    figure.parts = [
      FigureResult.Part(
        name: "some", title: "a part of them that has a title of its own", condition: "total > 1", count: figure.count)
    ]
    figure.claims = [
      FigureResult.JudgedClaim(
        claim: Claim(
          name: "half", population: "trusts", predicate: "are without", words: "Half are without \(hostile)",
          relation: .about, value: Ratio(1, 2)!, tolerance: Ratio(1, 50)!, source: "A letter"),
        verdicts: [
          FigureResult.JudgedShare(of: .asked, verdict: .depends),
          FigureResult.JudgedShare(of: .answered, verdict: .notSupported),
        ])
    ]
    return figure
  }

  /// One item with defaults in excess, one without any, one that is for no record.
  private static func score(_ subject: String, failure: String?) -> SubmissionScore {
    SubmissionScore(
      subject: subject, name: "Invented Trust",
      items: [
        MaturityItem(
          name: "nurse", label: "Nurse \(hostile)", records: 2500, validAndComplete: 2400, defaults: 100,
          threshold: Ratio(1, 30), untold: 7),
        MaturityItem(name: "site", label: "Site", records: 10, validAndComplete: 9),
        MaturityItem(name: "grade", label: "Grade"),
      ], coverage: MaturityCoverage(submitted: 2, expected: 3, missing: ["2016-02"]), failure: failure)
  }

  private static var collecting: OrganisationResult {
    var result = OrganisationResult(code: "X1A", name: "Invented Trust")
    result.namesAsSupplied = [hostile]
    result.matchedBy = "its code"
    result.records = 2
    result.inputs = ["answers/x1a.csv"]
    result.submissionDigest = String(repeating: "f", count: 64)
    result.contact = "answered"
    result.contacts = [
      ContactEntry(date: CalendarDate(iso: "2016-07-04")!, kind: "sent", source: "message 1")
    ]
    result.declared = "collecting"
    result.derived = DerivedStatus(
      status: .needsReview, basis: .none, reason: "The words and the numbers differ.", row: 7,
      facts: [
        DerivedStatus.Fact(
          name: "collects", word: "yes",
          cells: [DerivedStatus.Cell(field: "collecting", kind: .value, text: hostile)])
      ])
    result.decision = Decision(
      status: .partiallyCollecting, words: hostile, role: "lead", date: CalendarDate(iso: "2016-08-30")!,
      submission: String(repeating: "f", count: 64))
    result.status = .partiallyCollecting
    result.words = hostile
    result.dateReceived = "2016-08-01"
    result.cleanness = .notClean
    return result
  }

  private static var silent: OrganisationResult {
    var result = OrganisationResult(code: "X1B", name: "An Invented Foundation Trust with a Rather Long Name Indeed")
    result.derived = DerivedStatus(status: .noResponse, basis: .none, reason: "No answer.", row: 1, facts: [])
    result.status = .noResponse
    return result
  }
}
