import Testing

@Suite struct CompletenessTests {
  private let kinds: [Cell] = [
    .text("31"), .blank, .notKnown, .notApplicable, .suppressed(1, 5), .invalid("many"),
  ]

  @Test func requiredFailsWhatIsNotGivenAndNothingElse() throws {
    let rule = try TestRule(
      TestModule.completeness.kind("completeness.required"), [TestField("total", .integer)],
      ["/fields": .fields(["total"])])
    let batch = TestBatch(rule.fields, kinds.map { [$0] })
    #expect(try rule.check(batch) == "PFFFPP")
    #expect(try rule.explain(batch, 1) == ["found": "blank"])
    #expect(try rule.explain(batch, 2) == ["found": "not known"])
    #expect(try rule.explain(batch, 3) == ["found": "not applicable"])
  }

  @Test func requiredAcceptsTheAnswersItIsToldTo() throws {
    let rule = try TestRule(
      TestModule.completeness.kind("completeness.required"), [TestField("total", .integer)],
      ["/fields": .fields(["total"]), "/accept/0": .text("not-known"), "/accept/1": .text("not-applicable")])
    #expect(try rule.check(TestBatch(rule.fields, kinds.map { [$0] })) == "PFPPPP")
  }

  @Test func aWordThatIsNoKindOfCellIsRefused() {
    #expect {
      try TestRule(
        TestModule.completeness.kind("completeness.required"), [TestField("total", .integer)],
        ["/fields": .fields(["total"]), "/accept/0": .text("unknown")])
    } throws: { error in
      "\(error)".hasPrefix("\"unknown\" is no kind of cell")
    }
  }

  @Test func rowsThatAreNotSelectedHaveNoVerdict() throws {
    let rule = try TestRule(
      TestModule.completeness.kind("completeness.required"), [TestField("total", .integer)],
      ["/fields": .fields(["total"])])
    let batch = TestBatch(rule.fields, (0..<6).map { _ in [.blank] })
    #expect(try rule.check(batch, selected: [true, false, true, false, false, true]) == "F-F--F")
  }

  @Test(arguments: [0, 1, 63, 64, 65, 127, 128, 200]) func everyRowOfABatchOfAnyLengthIsJudged(count: Int) throws {
    let rule = try TestRule(
      TestModule.completeness.kind("completeness.required"), [TestField("total", .integer)],
      ["/fields": .fields(["total"])])
    for blank in 0..<max(1, count) {
      let rows = (0..<count).map { [$0 == blank ? Cell.blank : Cell.integer(1)] }
      let expected = (0..<count).map { $0 == blank ? "F" : "P" }.joined()
      #expect(try rule.check(TestBatch(rule.fields, rows)) == expected)
    }
  }

  @Test func requiredWhenAsksOnlyWhereItsConditionHolds() throws {
    let rule = try TestRule(
      TestModule.completeness.kind("completeness.required-when"),
      [TestField("total", .integer), TestField("collecting", .text)],
      [
        "/fields": .fields(["total"]),
        "/when": .expression("collecting == 'yes'") { cells in
          cells["collecting"].flatMap { $0.kind == 0 ? $0.text == "yes" : nil }
        },
      ])
    let rows: [[Cell]] = [
      [.blank, .text("yes")], [.blank, .text("no")], [.blank, .blank], [.integer(1), .text("yes")],
      [.integer(1), .blank], [.notKnown, .text("yes")],
    ]
    let batch = TestBatch(rule.fields, rows)
    // A given field is right whatever the condition is.
    #expect(try rule.check(batch) == "FPUPPF")
    #expect(try rule.explain(batch, 5) == ["found": "not known"])
  }

  @Test func whereAllIsGivenTheConditionIsNotAskedFor() throws {
    let rule = try TestRule(
      TestModule.completeness.kind("completeness.required-when"), [TestField("total", .integer)],
      ["/fields": .fields(["total"]), "/when": .expression("true") { _ in true }])
    #expect(try rule.check(TestBatch(rule.fields, [[.integer(1)], [.integer(2)]])) == "PP")
    #expect(rule.host.evaluations == 0)
  }

  @Test func fillRateCountsTheKindsApartAndLeavesOutWhatDoesNotApply() throws {
    let rule = try TestRule(
      TestModule.completeness.kind("completeness.fill-rate"), [TestField("total", .integer)],
      ["/field": .fields(["total"]), "/atLeast": .number(0.6)])
    let rows: [Cell] = kinds + [.integer(2), .blank]
    let batch = TestBatch(rule.fields, rows.map { [$0] })
    let state = rule.makeState()
    #expect(try rule.check(batch, state: state) == "PPPPPPPP")
    #expect(
      try rule.finish(state) == [
        Judgement(
          place: .max, submission: 0, verdict: 0,
          evidence: [
            "at_least": "60.0", "blank": "2", "given": "3", "invalid": "1", "not_applicable": "1", "not_known": "1",
            "rate": "42.9", "records": "8", "suppressed": "1",
          ])
      ])
  }

  @Test(arguments: [(0.5, 0), (0.51, 1)]) func fillRateFailsBelowItsShareOnly(atLeast: Double, failures: Int) throws {
    let rule = try TestRule(
      TestModule.completeness.kind("completeness.fill-rate"), [TestField("total", .integer)],
      ["/field": .fields(["total"]), "/atLeast": .number(atLeast)])
    let state = rule.makeState()
    _ = try rule.check(TestBatch(rule.fields, [[.integer(1)], [.blank], [.notApplicable]]), state: state)
    #expect(try rule.finish(state).count == failures)
  }

  @Test func fillRateOfRecordsItDoesNotApplyToPasses() throws {
    let rule = try TestRule(
      TestModule.completeness.kind("completeness.fill-rate"), [TestField("total", .integer)],
      ["/field": .fields(["total"]), "/atLeast": .number(1)])
    let state = rule.makeState()
    _ = try rule.check(TestBatch(rule.fields, [[.notApplicable], [.notApplicable]]), state: state)
    #expect(try rule.finish(state).isEmpty)
  }

  @Test func recordCountComparesWhatCameWithWhatWasSentTogether() throws {
    let rule = try TestRule(
      TestModule.completeness.kind("completeness.record-count"),
      [TestField("count", .integer), TestField("file", .text)],
      ["/field": .fields(["count"]), "/by": .fields(["file"])])
    let state = rule.makeState()
    let rows: [[Cell]] = [
      [.integer(2), .text("A")], [.blank, .text("B")], [.integer(2), .text("A")], [.integer(3), .text("B")],
      [.blank, .text("C")],
    ]
    _ = try rule.check(TestBatch(rule.fields, rows), state: state)
    let found = try rule.finish(state)
    #expect(found.map(\.evidence) == [["expected": "3", "found": "2"]])
  }

  @Test func fillRateIsJudgedBySubmission() throws {
    let rule = try TestRule(
      TestModule.completeness.kind("completeness.fill-rate"), [TestField("total", .integer)],
      ["/field": .fields(["total"]), "/atLeast": .number(1)])
    let rows = (0..<200).map { [$0 % 3 == 1 && $0 > 100 ? Cell.blank : Cell.integer(1)] }
    let state = rule.makeState()
    _ = try rule.check(
      TestBatch(rule.fields, rows, submissions: rows.indices.map { UInt32($0 % 3) }), state: state)
    let found = try rule.finish(state)
    #expect(found.map(\.submission) == [1])
    #expect(found.first?.evidence["records"] == "67")
    #expect(found.first?.evidence["blank"] == "33")
  }

  @Test func onlyAnOrganisationThatWasAskedAndIsSilentAfterTheCutOffFails() throws {
    let fields = [
      TestField("asked", .boolean), TestField("answered", .boolean), TestField("after_cut_off", .boolean),
      TestField("contact", .text),
    ]
    let rule = try TestRule(TestModule.completeness.kind("completeness.organisations-answered"), fields, [:])
    let rows = (0..<8).map { bits in
      (0..<3).map { Cell.flag(bits >> $0 & 1 == 1) } + [.text("sent")]
    }
    let batch = TestBatch(fields, rows)
    #expect(try rule.check(batch) == "PPPPPFPP")
    #expect(try rule.explain(batch, 5) == ["contact": "cell 3"])
  }

  @Test func aMonthWithoutRecordsIsMissingUnlessTheOrganisationWasNotOpen() throws {
    let host = TestHost()
    host.register = [
      "RXA": .init(name: "Always", opened: nil, closed: nil),
      "RXB": .init(name: "Later", opened: "2024-03-31", closed: nil),
      "RXC": .init(name: "Gone", opened: "2000-01-01", closed: "2024-02-29"),
      "RXD": .init(name: "Short", opened: "2024-02-10", closed: "2024-02-20"),
    ]
    host.register["RXE"] = .init(name: "Replaced", opened: nil, isSuperseded: true)
    host.submissions = ["RXA", "RXB", "RXC", "RXD", "", "NV1", "RXE"]
    let rule = try TestRule(
      TestModule.completeness.kind("completeness.periods-present"), [TestField("month", .period)],
      ["/field": .fields(["month"]), "/every": .text("month")], host: host)
    let given: [(UInt32, String)] = [
      (0, "2024-01"), (0, "2024-03"), (0, "2024-06"), (1, "2024-06"), (2, "2024-01"), (3, "2024-01"), (4, "2024-02"),
      (5, "2024-01"), (6, "2024-01"),
    ]
    let state = rule.makeState()
    let batch = TestBatch(rule.fields, given.map { [.month($0.1)] }, submissions: given.map(\.0))
    #expect(try rule.check(batch, state: state) == "PPPPPPPPP")
    let found = try rule.finish(state)
    #expect(
      found.map { "\($0.submission): \($0.evidence["missing"]!), \($0.evidence["count"]!) of which" } == [
        "0: 2024-02, 2024-04 to 2024-05, 3 of which",
        "1: 2024-03 to 2024-05, 3 of which",
        "2: 2024-02, 1 of which",
        "3: 2024-02, 1 of which",
        "4: 2024-01, 2024-03 to 2024-06, 5 of which",
        "5: 2024-02 to 2024-06, 5 of which",
      ])
    #expect(found[0].evidence["present"] == "3")
  }

  @Test func monthsOutsideTheStretchAskedForDoNotMatter() throws {
    let rule = try TestRule(
      TestModule.completeness.kind("completeness.periods-present"), [TestField("month", .period)],
      [
        "/field": .fields(["month"]), "/every": .text("month"), "/from": .text("2023-12-15"),
        "/to": .text("2024-01-31"),
      ])
    let state = rule.makeState()
    let rows: [[Cell]] = [[.month("2023-06")], [.month("2024-01")], [.month("2024-09")]]
    _ = try rule.check(TestBatch(rule.fields, rows), state: state)
    #expect(try rule.finish(state).map(\.evidence) == [["count": "1", "missing": "2023-12", "present": "1"]])
  }

  @Test func aQuarterStandsForItsMonths() throws {
    let rule = try TestRule(
      TestModule.completeness.kind("completeness.periods-present"), [TestField("month", .period)],
      ["/field": .fields(["month"]), "/every": .text("month")])
    let state = rule.makeState()
    let rows: [[Cell]] = [
      [.period("2024-07-01", "2024-09-30")], [.month("2024-12")], [.period("2024-01-01", "2024-06-30")],
    ]
    _ = try rule.check(TestBatch(rule.fields, rows), state: state)
    #expect(try rule.finish(state).map { $0.evidence["missing"] } == ["2024-10 to 2024-11"])
  }
}
