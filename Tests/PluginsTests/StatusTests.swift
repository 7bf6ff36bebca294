import Testing

@Suite struct StatusTests {
  private static let fields = [
    TestField("answered", .boolean), TestField("contact", .text), TestField("duplicates", .boolean),
    TestField("collecting", .text), TestField("total", .integer),
  ]

  private static func word(_ field: String, _ text: String) -> TestHost.Expression {
    { cells in cells[field].flatMap { $0.kind == 0 ? $0.text == text : nil } }
  }

  private func table(_ host: TestHost = TestHost()) throws -> TestRule {
    try TestRule(
      TestModule.status.kind("status.decision-table"), Self.fields,
      [
        "/facts/collects/summary": .text("Whether it says that it collects."),
        "/facts/collects/cases/0/when": .expression("collecting == 'yes'", Self.word("collecting", "yes")),
        "/facts/collects/cases/0/is": .text("yes"),
        "/facts/collects/cases/1/when": .expression("collecting == 'no'", Self.word("collecting", "no")),
        "/facts/collects/cases/1/is": .text("no"),
        "/facts/collects/otherwise": .text("unclear"), "/facts/collects/unknown": .text("not told"),
        "/facts/gives~1total/cases/0/when": .expression("given(total)") { $0["total"]?.kind == 0 },
        "/facts/gives~1total/cases/0/is": .text("yes"),
        "/facts/gives~1total/otherwise": .text("no"), "/facts/gives~1total/unknown": .text("no"),
        "/inputs/0": .text("answered"), "/inputs/1": .text("collects"), "/inputs/2": .text("gives/total"),
        "/inputs/3": .text("contact"),
        "/hitPolicy": .text("UNIQUE"),
        "/rules/0/when/answered/0": .text("no"), "/rules/0/when/contact/0": .text("sent"),
        "/rules/0/when/contact/1": .text("acknowledged"), "/rules/0/status": .text("no-response"),
        "/rules/0/basis": .text("none"), "/rules/0/reason": .text("Nothing was received."),
        "/rules/1/when/answered/0": .text("yes"), "/rules/1/when/collects/0": .text("yes"),
        "/rules/1/when/gives~1total/0": .text("yes"), "/rules/1/status": .text("collecting"),
        "/rules/1/basis": .text("practice"), "/rules/1/reason": .text("It collects."),
        "/rules/2/when/answered/0": .text("yes"), "/rules/2/when/collects/0": .text("no"),
        "/rules/2/when/collects/1": .text("unclear"), "/rules/2/when/collects/2": .text("not told"),
        "/rules/2/status": .text("needs-review"), "/rules/2/basis": .text("reply"),
        "/rules/2/reason": .text("A person is to read it."),
      ], host: host)
  }

  private func row(_ answered: Bool, _ contact: Cell, _ collecting: Cell, _ total: Cell = .integer(3)) -> [Cell] {
    [.flag(answered), contact, .flag(false), collecting, total]
  }

  @Test func theRowThatTakesAnOrganisationGivesItsStatus() throws {
    let rule = try table()
    let batch = TestBatch(
      Self.fields,
      [
        row(false, .text("sent"), .blank), row(true, .text("answered"), .text("yes")),
        row(true, .text("answered"), .text("no")), row(true, .text("answered"), .text("perhaps")),
        row(true, .text("answered"), .blank), row(true, .text("answered"), .text("yes"), .blank),
        row(false, .text("bounced"), .blank), row(false, .blank, .blank), row(false, .text("by pigeon"), .blank),
      ])
    // No row takes the last four.
    #expect(try rule.check(batch) == "PPPPPUUUU")
    #expect(
      try rule.explain(batch, 0) == [
        "basis": "none", "fact/answered": "no", "fact/collects": "not told", "fact/contact": "sent",
        "fact/gives/total": "yes", "reason": "Nothing was received.", "row": "1", "status": "no-response",
      ])
    let collecting = try rule.explain(batch, 1)
    #expect(collecting["status"] == "collecting")
    #expect(collecting["basis"] == "practice")
    #expect(collecting["row"] == "2")
    #expect(try rule.explain(batch, 2)["fact/collects"] == "no")
    #expect(try rule.explain(batch, 3)["fact/collects"] == "unclear")
    #expect(try rule.explain(batch, 4)["fact/collects"] == "not told")
    #expect(try rule.explain(batch, 4)["status"] == "needs-review")
    #expect(
      try rule.explain(batch, 7) == [
        "fact/answered": "no", "fact/collects": "not told", "fact/contact": "not known", "fact/gives/total": "yes",
      ])
  }

  @Test func anExpressionIsEvaluatedOnceABatch() throws {
    let host = TestHost()
    let rule = try table(host)
    let rows = (0..<200).map { row(true, .text("answered"), .text($0 % 2 == 0 ? "yes" : "no")) }
    #expect(try rule.check(TestBatch(Self.fields, rows)) == String(repeating: "P", count: 200))
    #expect(host.evaluations == 3)
  }

  @Test func aWordThatAnInputDoesNotHaveIsRefused() {
    #expect {
      try TestRule(
        TestModule.status.kind("status.decision-table"), Self.fields,
        [
          "/inputs/0": .text("answered"), "/rules/0/when/answered/0": .text("perhaps"),
          "/rules/0/status": .text("collecting"), "/rules/0/basis": .text("none"), "/rules/0/reason": .text("So."),
        ])
    } throws: { error in
      "\(error)" == "\"answered\" has no word \"perhaps\", which /rules/0/when takes"
    }
  }

  @Test func anInputThatNobodyGivesIsRefused() {
    #expect {
      try TestRule(TestModule.status.kind("status.decision-table"), Self.fields, ["/inputs/0": .text("weather")])
    } throws: { error in
      "\(error)".hasPrefix("There is no fact \"weather\"")
    }
  }

  @Test func aDeclaredStatusIsComparedWithTheDerivedOne() throws {
    let fields = [
      TestField("declared", .text), TestField("derived_status", .text), TestField("derived_reason", .text),
    ]
    let rule = try TestRule(
      TestModule.status.kind("status.declared"), fields, ["/declared": .fields(["declared"])])
    let derived: [Cell] = [
      .text("partially-collecting"), .text("collecting"), .text("needs-review"), .blank, .text("partially-collectinG"),
    ]
    let batch = TestBatch(fields, derived.map { [.text("partially-collecting"), $0, .text("So.")] })
    #expect(try rule.check(batch) == "PFUUF")
    #expect(try rule.explain(batch, 1) == ["declared": "cell 0", "derived": "cell 1", "reason": "cell 2"])
  }
}
