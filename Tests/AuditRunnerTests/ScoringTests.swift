import AuditModel
import LocalFiles
import RulePacks
import TestSupport
import Testing

@testable import AuditRunner

/// Scores of little submissions that are worked out by hand.
@Suite struct ScoringTests {
  private static let pack = "\(TestSupport.repository)/Tests/AcceptanceTests/Packs/cancer-records"
  private static let header = "Trust,Record,NHS number,Pathway,Metastatic type,Diagnosed,Nurse,Month"

  /// X1A: four records in two of three months. X1B: one record.
  private static let rows = [
    "X1A,1,9990000018,primary,,2016-01-01,Y1,2016-01", "X1A,2,,non-primary,03,2016-01-01,99,2016-01",
    "X1A,3,9990000026,non-primary,04,2016-01-01,99,2016-03", "X1A,4,9990000034,,03,2016-01-01,,2015-12",
    "X1B,5,9990000034,primary,03,2016-01-01,Y1,2016-02",
  ]

  private func scores(
    _ files: [[String]] = [Self.rows], hasRound: Bool = true, pack: String = Self.pack,
    _ change: (inout AuditRequest) -> Void = { _ in }
  ) throws -> [SubmissionScore] {
    try TestSupport.withTemporaryFolder { folder in
      var request = AuditRequest()
      for (index, rows) in files.enumerated() {
        try LocalFiles.write(
          ([Self.header] + rows).map { $0 + "\n" }.joined(), to: "\(folder)/records\(index).csv")
        request.paths.append("\(folder)/records\(index).csv")
      }
      if hasRound {
        try LocalFiles.write(
          """
          {
            "round": "small", "title": "SYNTHETIC: small", "synthetic": true, "rules": ["\(pack)"],
            "period": { "start": "2016-01-01", "end": "2016-03-31" }, "cutOff": "2016-08-31", "submissions": []
          }
          """, to: "\(folder)/round.json")
        request.round = try Round.load("\(folder)/round.json")
      }
      request.packs = [pack]
      request.register = GeneratedRound.register
      change(&request)
      let scores = try Audit.run(request, GeneratedRound.installation).report.scores
      #expect(scores.count <= 1)
      return scores.first?.submissions ?? []
    }
  }

  private func counts(_ score: SubmissionScore) -> [[Int]] {
    score.items.map { [$0.records, $0.validAndComplete, $0.defaults, $0.untold] }
  }

  @Test func itemsAreCountedAsThePackSays() throws {
    let all = try scores()
    #expect(all.map(\.subject) == ["X1A", "X1B"])
    let score = try #require(all.first)
    #expect(score.items.map(\.name) == ["nhs_number", "metastatic_type", "nurse", "known-person"])
    // Of the metastatic type one record cannot be told to be non-primary, and 04 is no code.
    #expect(counts(score) == [[4, 3, 0, 0], [2, 1, 0, 1], [4, 3, 2, 0], [4, 3, 0, 0]])
    // 2 defaults of 4 records, of which a tenth is free: 1.6 in excess.
    #expect(score.items[2].defaultsInExcess == ExactRatio(Ratio(8, 5)!))
    #expect(score.items[2].score == ExactRatio(Ratio(7, 20)!))
    #expect(score.coverage == MaturityCoverage(submitted: 2, expected: 3, missing: ["2016-02"]))
    // (3/4 + 1/2 + 7/20 + 3/4) / 4 × 2/3.
    #expect(score.meanOfItems == ExactRatio(Ratio(47, 80)!))
    #expect(score.index == ExactRatio(Ratio(47, 120)!))
  }

  @Test func anItemThatIsForNoRecordIsNotScored() throws {
    let score = try #require(try scores().last)
    #expect(score.items[1].score == nil && score.meanOfItems == .one)
    #expect(score.index == ExactRatio(Ratio(1, 3)!))
  }

  @Test func withoutARoundThereIsNoIndex() throws {
    let score = try #require(try scores(hasRound: false).first)
    #expect(score.index == nil && score.meanOfItems == ExactRatio(Ratio(47, 80)!) && score.coverage == nil)
    #expect(score.failure?.contains("no round") == true)
  }

  @Test func aPackWithoutScoresHasNone() throws {
    #expect(try scores(pack: "breast-waiting-times").isEmpty)
  }

  /// Where files are cut and how many threads there are changes nothing.
  @Test func scoresAreTheSameHoweverTheWorkIsShared() throws {
    let whole = try scores([Array(repeating: Self.rows, count: 40).flatMap { $0 }])
    for jobs in [1, 3] {
      let other = try scores([Array(repeating: Self.rows, count: 40).flatMap { $0 }]) {
        $0.jobs = jobs
        $0.partBytes = 300
      }
      #expect(other == whole)
    }
    #expect(try scores([Self.rows, Self.rows]).map(\.index) == scores().map(\.index))
  }

  @Test func onlyTheSubmissionsOfAFileAreReported() throws {
    let parted = [Self.rows.filter { $0.hasPrefix("X1A") }, Self.rows.filter { $0.hasPrefix("X1B") }]
    #expect(try scores(parted) { $0.only = ["records1.csv"] }.map(\.subject) == ["X1B"])
  }

  @Test func anErrorInAConditionIsSaidInsteadOfAnIndex() throws {
    try TestSupport.withTemporaryFolder { folder in
      try LocalFiles.makeFolder("\(folder)/cancer-records")
      for name in ["pack.json", "dqmi.json"] {
        let text = try LocalFiles.readText("\(Self.pack)/\(name)")
          .replacing("\"given(nhs_number) || given(local_id)\"", with: "\"1 / (size(trust) - 3) == 1\"")
          .replacing("\"completeness.required\"", with: "")
        try LocalFiles.write(text, to: "\(folder)/cancer-records/\(name)")
      }
      let score = try #require(try scores(pack: "\(folder)/cancer-records").first)
      #expect(score.index == nil)
      #expect(score.failure == "Whose it is: expression error: division by zero")
    }
  }

  /// A trust that opened in the middle of the period was expected from then on.
  @Test func monthsBeforeATrustOpenedWereNotExpected() throws {
    let scores = try TestSupport.withTemporaryFolder { folder in
      for name in try LocalFiles.list(GeneratedRound.register) {
        var lines = try LocalFiles.readText("\(GeneratedRound.register)/\(name)").split(
          separator: "\n", omittingEmptySubsequences: false
        ).map(String.init)
        for index in lines.indices where lines[index].hasPrefix("X1A,") && name == "organisations.csv" {
          lines[index] = lines[index].replacing("1994-04-01", with: "2016-03-01")
        }
        try LocalFiles.write(lines.joined(separator: "\n"), to: "\(folder)/\(name)")
      }
      return try self.scores { $0.register = folder }
    }
    #expect(scores.first?.coverage == MaturityCoverage(submitted: 1, expected: 1, missing: []))
  }
}
