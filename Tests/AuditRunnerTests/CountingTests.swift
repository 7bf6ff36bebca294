import AuditModel
import JSONDocument
import LocalFiles
import RulePacks
import TestSupport
import Testing

@testable import AuditRunner

/// People of little extracts that are counted by hand.
@Suite struct CountingTests {
  private static let header = "Trust,Record,NHS number,Local identifier,Pathway,Diagnosis,Metastatic type,Diagnosed"
  private static let pack = "\(TestSupport.repository)/Tests/AcceptanceTests/Packs/cancer-records"

  /// Counts what stands in files of the pack `cancer-records`, each with its rows alone.
  private func count(
    _ files: [[String]], against answer: String? = nil, header: String = Self.header, register: String? = nil,
    _ change: (inout CountRequest) -> Void = { _ in }
  ) throws -> CountReport {
    try TestSupport.withTemporaryFolder { folder in
      var request = CountRequest()
      for (index, rows) in files.enumerated() {
        let path = "\(folder)/records\(index).csv"
        try LocalFiles.write(([header] + rows).map { $0 + "\n" }.joined(), to: path)
        request.paths.append(path)
      }
      if let answer {
        try LocalFiles.write(answer, to: "\(folder)/answer.csv")
        request.against = "\(folder)/answer.csv"
      }
      request.pack = Self.pack
      request.register = register ?? GeneratedRound.register
      request.period = Period(financialYear: 2015)
      change(&request)
      return try Counting.run(request, GeneratedRound.installation)
    }
  }

  private func only(_ rows: String..., sourceLocation: SourceLocation = #_sourceLocation) throws -> OrganisationCount {
    let report = try count([rows])
    #expect(report.organisations.count == 1 && report.problems.isEmpty, sourceLocation: sourceLocation)
    return try #require(report.organisations.first)
  }

  /// "3 kind: words".
  private func leftOut(_ organisation: OrganisationCount) -> [String] {
    organisation.leftOut.map { "\($0.records) \($0.kind.rawValue): \($0.words)" }
  }

  private func people(_ organisation: OrganisationCount) -> [Int] { organisation.counts.map(\.people) }
  private func most(_ organisation: OrganisationCount) -> [Int] { organisation.counts.map(\.most) }

  // MARK: Whom a record is of

  @Test func aPersonCountsOnceHoweverManyRecordsThereAre() throws {
    let result = try only(
      "X1A,1,9990000018,,primary,C50,03,2015-05-01", "X1A,2,999 000 0018,,primary,C50,03,2015-06-01",
      "X1A,3,9990000026,,primary,C50,03,2015-06-01")
    #expect(people(result) == [2, 0] && result.counts[0].records == 3)
    #expect(result.people == 2 && result.recordsCounted == 3 && result.leftOut.isEmpty && result.peopleInSeveral == 0)
  }

  @Test func theFirstCompleteKeyTellsThePerson() throws {
    let result = try only(
      "X1A,1,,a 7,primary,C50,03,2015-05-01", "X1A,2,not known,A7,primary,C50,03,2015-05-01",
      "X1A,3,9990000018,A7,primary,C50,03,2015-05-01")
    #expect(people(result) == [2, 0] && result.peopleByKey == [1, 1])
  }

  @Test func aPersonInBothCountsIsSaid() throws {
    let result = try only(
      "X1A,1,9990000018,,primary,C50,03,2015-05-01", "X1A,2,9990000018,,non-primary,C50,03,2015-09-01",
      "X1A,3,9990000026,,non-primary,C50,03,2015-09-01")
    #expect(people(result) == [1, 2] && result.people == 2 && result.peopleInSeveral == 1)
  }

  @Test func oneNumberAtTwoTrustsIsAPersonOfEach() throws {
    let report = try count([
      ["X1A,1,9990000018,,primary,C50,03,2015-05-01", "X1B,2,9990000018,,primary,C50,03,2015-05-01"]
    ])
    #expect(report.organisations.map(\.subject) == ["X1A", "X1B"])
    #expect(report.organisations.map(\.people) == [1, 1])
  }

  // MARK: What is left out

  @Test func everyRecordEndsInOnePlace() throws {
    let result = try only(
      "X1A,1,9990000018,,primary,C50,03,2015-05-01", "X1A,2,,,primary,C50,03,2015-05-01",
      "X1A,3,9990000026,,primary,C50,,2015-05-01", "X1A,4,9990000034,,primary,C50,03,",
      "X1A,5,9990000034,,primary,C50,03,99", "X1A,6,9990000042,,primary,C50,03,2014-05-01",
      "X1A,7,9990000042,,primary,C50,02,2015-05-01", "X1A,8,9990000050,,primary,C61,03,2015-05-01",
      "X1A,9,9990000069,,,C50,03,2015-05-01")
    #expect(result.records == 9 && result.recordsCounted == 1)
    #expect(
      leftOut(result) == [
        "1 left-out: the diagnosis is not one of breast cancer",
        "1 no-person: nothing tells whose it is: no \"NHS number\", and no \"Trust\" with \"Local identifier\"",
        "1 no-date: \"Diagnosed\" is blank", "1 no-date: \"Diagnosed\" is not known",
        "1 unknown: \"Metastatic type\" is blank", "1 unknown: \"Pathway\" is blank",
        "1 outside-period: its date is outside the period", "1 no-count: it comes under none of the counts",
      ])
    #expect(result.leftOut.reduce(0) { $0 + $1.records } + result.recordsCounted == result.records)
  }

  /// The one counted, the one whose it is not told, and three people whose records cannot be told.
  @Test func recordsThatMayCountSayHowManyItCouldBe() throws {
    let result = try only(
      "X1A,1,9990000018,,primary,C50,03,2015-05-01", "X1A,2,,,primary,C50,03,2015-05-01",
      "X1A,3,9990000026,,primary,C50,,2015-05-01", "X1A,4,9990000034,,primary,C50,03,",
      "X1A,5,9990000034,,primary,C50,03,99", "X1A,6,9990000018,,primary,C50,,2015-06-01",
      "X1A,7,9990000069,,,C50,03,2015-05-01", "X1A,8,9990000077,,primary,C50,,2014-06-01")
    #expect(people(result) == [1, 0] && most(result) == [5, 1])
  }

  @Test func theLastDaysOfThePeriodCount() throws {
    let result = try only(
      "X1A,1,9990000018,,primary,C50,03,2015-04-01", "X1A,2,9990000026,,primary,C50,03,2016-03-31",
      "X1A,3,9990000034,,primary,C50,03,2015-03-31", "X1A,4,9990000042,,primary,C50,03,2016-04-01")
    #expect(people(result) == [2, 0] && leftOut(result) == ["2 outside-period: its date is outside the period"])
  }

  @Test func aMissingColumnLeavesAllUntold() throws {
    let report = try count(
      [["X1A,9990000018,primary,2015-05-01"]], header: "Trust,NHS number,Pathway,Diagnosed")
    let result = try #require(report.organisations.first)
    #expect(people(result) == [0, 0] && most(result) == [1, 1])
    #expect(leftOut(result) == ["1 unknown: the column \"Metastatic type\" is missing"])
    #expect(report.inputs[0].missing.contains("Metastatic type"))
  }

  // MARK: Answers

  private static let answerHeader = "organisation_code,collecting,first_presentation,progressed,total,period\n"
  private static let twoAndOne = [
    "X1A,1,9990000018,,primary,C50,03,2015-05-01", "X1A,2,9990000026,,primary,C50,03,2015-05-01",
    "X1A,3,9990000034,,non-primary,C50,03,2015-05-01",
  ]

  private func verdicts(
    _ answer: String, _ rows: [String] = Self.twoAndOne, _ change: (inout CountRequest) -> Void = { _ in }
  ) throws -> [String] {
    let report = try count([rows], against: Self.answerHeader + answer + "\n", change)
    let comparisons = report.organisations.flatMap(\.answers).flatMap(\.comparisons)
    #expect(report.hasDisagreement == comparisons.contains { $0.verdict == .disagrees })
    return comparisons.map { "\($0.name): \($0.verdict.rawValue)" }
  }

  @Test func answersAgreeWhereTheirRangeHoldsTheCount() throws {
    #expect(
      try verdicts("X1A,yes,2,1,3,2015-16") == ["first-presentation: agrees", "progressed: agrees", "total: agrees"])
    #expect(
      try verdicts("X1A,yes,<5,~3,*,2015-16") == ["first-presentation: agrees", "progressed: agrees", "total: agrees"])
    #expect(
      try verdicts("X1A,yes,3,not held,,2015-16")
        == ["first-presentation: disagrees", "progressed: no-number", "total: no-number"])
    // 1 to 7 does not hold none.
    #expect(try verdicts("X1A,yes,2,*,,2015-16", Array(Self.twoAndOne.prefix(2)))[1] == "progressed: disagrees")
  }

  @Test func recordsThatMayCountCanMakeUpADifference() throws {
    let rows = Self.twoAndOne + ["X1A,4,9990000042,,primary,C50,,2015-05-01"]
    #expect(
      try verdicts("X1A,yes,3,1,4,2015-16", rows)
        == ["first-presentation: cannot-be-told", "progressed: agrees", "total: cannot-be-told"])
    #expect(try verdicts("X1A,yes,4,1,5,2015-16", rows)[0] == "first-presentation: disagrees")
    #expect(try verdicts("X1A,yes,1,1,2,2015-16", rows)[0] == "first-presentation: disagrees")
  }

  /// Whether a total counts a person in both once or twice is not said anywhere.
  @Test func aTotalMayCountAPersonInBothOnceOrTwice() throws {
    let rows = Self.twoAndOne + ["X1A,4,9990000018,,non-primary,C50,03,2015-09-01"]
    #expect(try verdicts("X1A,yes,2,2,3,2015-16", rows)[2] == "total: agrees")
    #expect(try verdicts("X1A,yes,2,2,4,2015-16", rows)[2] == "total: agrees")
    #expect(try verdicts("X1A,yes,2,2,5,2015-16", rows)[2] == "total: disagrees")
  }

  @Test func thePeriodThatTheAnswerStatesIsCounted() throws {
    let rows = Self.twoAndOne + ["X1A,4,9990000042,,primary,C50,03,2014-05-01"]
    let report = try count([rows], against: Self.answerHeader + "X1A,yes,1,0,1,2014-15\n")
    let result = try #require(report.organisations.first)
    #expect(result.period == Period(financialYear: 2014) && result.periodFrom == .answer)
    #expect(people(result) == [1, 0] && !report.hasDisagreement)
    // Without one the command's is.
    let other = try #require(try count([rows], against: Self.answerHeader + "X1A,yes,2,1,3,\n").organisations.first)
    #expect(other.period == Period(financialYear: 2015) && other.periodFrom == .command && people(other) == [2, 1])
  }

  @Test func withoutAnyPeriodNobodyIsCounted() throws {
    let report = try count([Self.twoAndOne], against: Self.answerHeader + "X1A,yes,2,1,3,\n") { $0.period = nil }
    let result = try #require(report.organisations.first)
    #expect(result.period == nil && result.periodFrom == .none && result.recordsCounted == 0)
    #expect(result.leftOut.map(\.kind) == [.noPeriod] && result.answers[0].notCompared != nil)
    #expect(throws: ConfigurationError.self) { try count([Self.twoAndOne]) { $0.period = nil } }
  }

  @Test func recordsOfAnotherTimeSayNothingAgainstAnAnswer() throws {
    #expect(try verdicts("X1A,yes,9,9,18,2010-11").allSatisfy { $0.hasSuffix("cannot-be-told") })
  }

  @Test func severalAnswersAreEachCompared() throws {
    let report = try count(
      [Self.twoAndOne], against: Self.answerHeader + "X1A,yes,2,1,3,2015-16\nX1A,yes,5,1,6,\nX1A,yes,2,1,3,2014-15\n")
    let answers = try #require(report.organisations.first).answers
    #expect(answers.map(\.place) == ["answer.csv row 2", "answer.csv row 3", "answer.csv row 4"])
    #expect(answers.map { $0.notCompared == nil } == [true, true, false])
    #expect(answers[1].comparisons.map(\.verdict) == [.disagrees, .agrees, .disagrees])
  }

  @Test func thoseWhoAnsweredAndSentNoRecordsAreNamed() throws {
    let report = try count([Self.twoAndOne], against: Self.answerHeader + "X1B,yes,2,1,3,2015-16\n")
    #expect(report.withoutRecords == ["X1B"] && report.organisations.map(\.answers.count) == [0])
  }

  // MARK: Sameness

  /// Where files are cut, how many threads there are and which file a record stands in change nothing.
  @Test func countsAreTheSameHoweverTheWorkIsShared() throws {
    var source = SplitMix(seed: 11)
    let rows = (0..<3000).map { index in
      let person = Int.random(in: 0..<900, using: &source)
      let cells = [
        ["X1A", "X1B", "Nobody"].randomElement(using: &source)!, String(index),
        ["", "99900\(100_00 + person)"].randomElement(using: &source)!,
        ["", "L\(person % 50)"].randomElement(using: &source)!,
        ["primary", "non-primary", ""].randomElement(using: &source)!,
        ["C50.1", "C61", ""].randomElement(using: &source)!,
        ["01", "03", "03", ""].randomElement(using: &source)!,
        ["2015-05-01", "2014-05-01", "", "2016-03-31"].randomElement(using: &source)!,
      ]
      return cells.joined(separator: ",")
    }
    let answer = Self.answerHeader + "X1A,yes,2,1,3,2014-15\nX1B,yes,2,1,3,\n"
    let whole = try count([rows], against: answer)
    #expect(whole.organisations.map(\.records).reduce(0, +) == 3000)
    for organisation in whole.organisations {
      #expect(organisation.leftOut.reduce(organisation.recordsCounted) { $0 + $1.records } == organisation.records)
    }
    for jobs in [1, 3] {
      let other = try count([rows], against: answer) {
        $0.jobs = jobs
        $0.partBytes = 700
      }
      #expect(other.organisations == whole.organisations)
    }
    let parted = try count([Array(rows.prefix(1000)), Array(rows.dropFirst(1000))], against: answer)
    #expect(parted.organisations == whole.organisations)
  }

  @Test func recordsOfJSONCountAsThoseOfCSV() throws {
    let csv = try count([Self.twoAndOne + ["X1A,4,,,primary,C50,03,2015-05-01"]]).organisations
    let names = ["trust", "record", "nhs_number", "local_id", "pathway", "site_code", "metastatic_type", "diagnosed"]
    let objects = (Self.twoAndOne + ["X1A,4,,,primary,C50,03,2015-05-01"]).map { row in
      let cells = row.split(separator: ",", omittingEmptySubsequences: false)
      return "{" + zip(names, cells).map { "\"\($0)\": \"\($1)\"" }.joined(separator: ", ") + "}"
    }
    try TestSupport.withTemporaryFolder { folder in
      let texts = [
        "records.json": "[\(objects.joined(separator: ", "))]", "records.jsonl": objects.joined(separator: "\n"),
      ]
      for (name, text) in texts {
        try LocalFiles.write(text, to: "\(folder)/\(name)")
        let json = try count([]) { $0.paths = ["\(folder)/\(name)"] }
        #expect(json.organisations == csv && json.problems.isEmpty, "\(name)")
      }
    }
  }

  // MARK: What cannot be used

  @Test func packsThatDoNotCountAreRefused() throws {
    let error = #expect(throws: ConfigurationError.self) {
      try count([Self.twoAndOne]) { $0.pack = "data-collection" }
    }
    #expect(error?.problems.first?.message.contains("no counts.json") == true)
  }

  @Test func whatCannotBeReadIsAProblemAndTheRestIsCounted() throws {
    let report = try count([Self.twoAndOne]) { $0.paths.append("nowhere.csv") }
    #expect(report.problems.map(\.subject) == ["nowhere.csv"])
    #expect(report.organisations.map(\.people) == [3])
  }
}
