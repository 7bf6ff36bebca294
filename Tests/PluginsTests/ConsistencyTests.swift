import Testing

@Suite struct ConsistencyTests {
  @Test func assertFailsWhereItsExpressionIsFalse() throws {
    let rule = try TestRule(
      TestModule.consistency.kind("consistency.assert"), [TestField("total", .integer)],
      ["/that": .expression("total > 1") { $0["total"].flatMap { $0.kind == 0 ? $0.integer > 1 : nil } }])
    let batch = TestBatch(rule.fields, [[.integer(2)], [.integer(1)], [.blank]])
    #expect(try rule.check(batch) == "PFU")
    #expect(try rule.explain(batch, 1) == ["that": "total > 1"])
    #expect(try rule.check(batch, selected: [true, false, false]) == "P--")
  }

  @Test(arguments: [(false, "PPF"), (true, "PFF")]) func orderAllowsEqualDaysUnlessItIsStrict(
    strict: Bool, expected: String
  ) throws {
    let rule = try TestRule(
      TestModule.consistency.kind("consistency.order"), [TestField("referred", .date), TestField("seen", .date)],
      ["/fields": .fields(["referred", "seen"]), "/strict": .flag(strict)])
    let rows: [[Cell]] = ["2024-03-02", "2024-03-01", "2024-02-29"].map { [.day("2024-03-01"), .day($0)] }
    let batch = TestBatch(rule.fields, rows)
    #expect(try rule.check(batch) == expected)
    #expect(
      try rule.explain(batch, 2) == [
        "earlier": "the referred", "earlier_value": "cell 0", "later": "the seen", "later_value": "cell 1",
      ])
  }

  @Test func orderNamesTheFirstPairThatGoesBack() throws {
    let rule = try TestRule(
      TestModule.consistency.kind("consistency.order"),
      [TestField("a", .date), TestField("b", .date), TestField("c", .date)], ["/fields": .fields(["c", "a", "b"])])
    let batch = TestBatch(rule.fields, [[.day("2024-01-02"), .day("2024-01-01"), .day("2024-01-02")]])
    #expect(try rule.check(batch) == "F")
    #expect(try rule.explain(batch, 0)["earlier"] == "the a")
    #expect(try rule.explain(batch, 0)["later"] == "the b")
  }

  @Test func aTimeAndADayAreComparedByDay() throws {
    let rule = try TestRule(
      TestModule.consistency.kind("consistency.order"), [TestField("at", .timestamp), TestField("on", .date)],
      ["/fields": .fields(["at", "on"])])
    let day: Int64 = 86_400_000_000
    let rows: [[Cell]] = [
      [Cell(integer: day + 5), Cell(integer: 1)], [Cell(integer: 2 * day), Cell(integer: 1)],
      [Cell(integer: -1), Cell(integer: -1)], [Cell(integer: 0), Cell(integer: -1)],
    ]
    #expect(try rule.check(TestBatch(rule.fields, rows)) == "PFPF")
  }

  @Test func timesAreComparedToTheMoment() throws {
    let rule = try TestRule(
      TestModule.consistency.kind("consistency.order"), [TestField("from", .timestamp), TestField("to", .timestamp)],
      ["/fields": .fields(["from", "to"]), "/strict": .flag(true)])
    let rows: [[Cell]] = [[Cell(integer: 5), Cell(integer: 6)], [Cell(integer: 5), Cell(integer: 5)]]
    #expect(try rule.check(TestBatch(rule.fields, rows)) == "PF")
  }

  // MARK: Sums and rates

  private func sum(_ kind: TestField.Kind, within: Double? = nil) throws -> TestRule {
    let fields = [TestField("a", kind), TestField("b", kind), TestField("total", kind)]
    let sumKind = TestModule.consistency.kind("consistency.sum")
    guard let within else {
      return try TestRule(sumKind, fields, ["/parts": .fields(["a", "b"]), "/total": .fields(["total"])])
    }
    return try TestRule(
      sumKind, fields,
      ["/parts": .fields(["a", "b"]), "/total": .fields(["total"]), "/within": .number(within)])
  }

  @Test func partsThatCannotAddUpFail() throws {
    let rule = try sum(.integer)
    let rows: [[Cell]] = [
      [.integer(12), .integer(5), .integer(17)], [.integer(12), .integer(5), .integer(18)],
      [.integer(12), .suppressed(1, 5), .integer(17)], [.integer(12), .suppressed(1, 5), .integer(12)],
      [.integer(12), .suppressed(1, 5), .integer(18)], [.about(10, 2), .integer(5), .integer(13)],
      [.about(10, 2), .integer(5), .integer(12)], [.integer(1), .integer(2), .suppressed(1, 5)],
      [.integer(4), .integer(2), .suppressed(1, 5)],
    ]
    let batch = TestBatch(rule.fields, rows)
    #expect(try rule.check(batch) == "PFPFFPFPF")
    #expect(
      try rule.explain(batch, 1) == [
        "difference": "1.0", "high": "17.0", "low": "17.0", "parts": "12 + 5 = 17", "total": "cell 2",
      ])
    #expect(try rule.explain(batch, 3)["parts"] == "12 + * = 13 to 17")
  }

  @Test func aDifferenceThatIsAllowedPasses() throws {
    let rule = try sum(.integer, within: 2)
    let rows: [[Cell]] = (5...11).map { [.integer(3), .integer(5), .integer($0)] }
    #expect(try rule.check(TestBatch(rule.fields, rows)) == "FPPPPPF")
  }

  @Test func decimalFractionsAddUpAsPeopleAddThem() throws {
    let rule = try sum(.number)
    let rows: [[Cell]] = [
      [.number(0.1), .number(0.2), .number(0.3)], [.number(0.1), .number(0.2), .number(0.31)],
      [.number(1e9), .number(0.5), .number(1_000_000_001.5)],
    ]
    let batch = TestBatch(rule.fields, rows)
    #expect(try rule.check(batch).prefix(2) == "PF")
    #expect(try rule.explain(batch, 1)["parts"] == "0.1 + 0.2 = 0.3")
  }

  @Test(arguments: [("percent", 66.7, 66.8), ("fraction", 0.7, 0.8)]) func aRateIsItsPartOfItsWholeAsRounded(
    form: String, right: Double, wrong: Double
  ) throws {
    let fields = [TestField("part", .integer), TestField("whole", .number), TestField("rate", .number)]
    let rule = try TestRule(
      TestModule.consistency.kind("consistency.rate"), fields,
      [
        "/part": .fields(["part"]), "/whole": .fields(["whole"]), "/rate": .fields(["rate"]), "/as": .text(form),
        "/decimals": .integer(1),
      ])
    let rows: [[Cell]] = [
      [.integer(2), .number(3), .number(right)], [.integer(2), .number(3), .number(wrong)],
      [.integer(0), .number(0), .number(wrong)],
    ]
    let batch = TestBatch(fields, rows)
    #expect(try rule.check(batch) == "PFP")
    #expect(
      try rule.explain(batch, 1) == [
        "expected": "\(right)", "found": "cell 2", "part": "cell 0", "whole": "cell 1",
      ])
  }

  @Test func aHalfMayBeRoundedEitherWay() throws {
    let fields = [TestField("part", .integer), TestField("whole", .integer), TestField("rate", .number)]
    let rule = try TestRule(
      TestModule.consistency.kind("consistency.rate"), fields,
      [
        "/part": .fields(["part"]), "/whole": .fields(["whole"]), "/rate": .fields(["rate"]), "/as": .text("percent"),
        "/decimals": .integer(0),
      ])
    let rows = [12.0, 13.0, 11.0, 14.0].map { [Cell.integer(1), .integer(8), .number($0)] }
    #expect(try rule.check(TestBatch(fields, rows)) == "PPFF")
  }

  @Test func anOrganisationWithSeveralAnswersFails() throws {
    let fields = [TestField("duplicates", .boolean), TestField("records_received", .integer)]
    let rule = try TestRule(TestModule.consistency.kind("consistency.one-answer"), fields, [:])
    let batch = TestBatch(fields, [[.flag(false), .integer(1)], [.flag(true), .integer(3)]])
    #expect(try rule.check(batch) == "PF")
    #expect(try rule.explain(batch, 1) == ["records": "3"])
  }
}
