import Testing

@Suite struct OrganisationChecksTests {
  private let host = TestHost()

  init() {
    host.register = [
      "RXA": .init(name: "Amber", opened: "2000-01-01", closed: nil, otherNames: ["Old Amber"]),
      "RXB": .init(name: "Beech", opened: "2000-01-01", closed: "2020-03-31", successors: ["RXA"]),
      "RXC": .init(name: "Cedar", opened: "2020-04-10", closed: nil),
      "RXD": .init(name: "Dune", opened: nil, closed: "2010-04-01", successors: ["RXA", "RXB", "RXC"]),
      "RXE": .init(name: "Fern", opened: "2000-01-01", isSuperseded: true),
      "A LONGER CODE": .init(name: "Elm", opened: nil, closed: nil),
    ]
  }

  @Test func aCodeIsRightWhenTheRegisterHasIt() throws {
    let rule = try TestRule(
      TestModule.conformance.kind("conformance.organisation-code"), [TestField("provider", .text)],
      ["/field": .fields(["provider"])], host: host)
    let texts = ["RXA", "NV1", "RXA", "RXD", "rxa", "A LONGER CODE", "A LONGER COD3"]
    let batch = TestBatch(rule.fields, texts.map { [.text($0)] })
    #expect(try rule.check(batch) == "PFPPFPF")
    #expect(try rule.explain(batch, 1) == ["code": "cell 0", "problem": "is not in this register"])
  }

  @Test func aCodeThatComesAgainIsNotLookedUpAgain() throws {
    let rule = try TestRule(
      TestModule.conformance.kind("conformance.organisation-code"), [TestField("provider", .text)],
      ["/field": .fields(["provider"])], host: host)
    let batch = TestBatch(rule.fields, (0..<500).map { [.text($0 % 2 == 0 ? "RXA" : "RXB")] })
    #expect(try rule.check(batch) == String(repeating: "P", count: 500))
    #expect(host.lookUps <= 4)
  }

  @Test func anOrganisationMustBeOpenOnTheAuditsDay() throws {
    let rule = try TestRule(
      TestModule.conformance.kind("conformance.organisation-open"), [TestField("provider", .text)],
      ["/field": .fields(["provider"])], host: host, asOf: "2020-04-01")
    let batch = TestBatch(rule.fields, ["RXA", "RXB", "RXC", "RXD", "NV1", "RXE"].map { [.text($0)] })
    #expect(try rule.check(batch) == "PFFFUU")
    #expect(
      try rule.explain(batch, 1) == [
        "code": "cell 0", "name": "Beech", "problem": "closed on 2020-03-31; its successor is RXA",
        "successors": "RXA",
      ])
    #expect(
      try rule.explain(batch, 2) == [
        "code": "cell 0", "name": "Cedar", "problem": "opened on 2020-04-10", "successors": "",
      ])
    #expect(try rule.explain(batch, 3)["problem"] == "closed on 2010-04-01; its successors are RXA, RXB and RXC")
  }

  @Test func aDayOfItsRecordCountsWhenThereIsOne() throws {
    let rule = try TestRule(
      TestModule.conformance.kind("conformance.organisation-open"),
      [TestField("provider", .text), TestField("seen", .date)],
      ["/field": .fields(["provider"]), "/at": .fields(["seen"])], host: host)
    let rows: [[Cell]] = [
      [.text("RXB"), .day("2020-03-31")], [.text("RXB"), .day("2020-04-01")], [.text("RXC"), .day("2020-04-09")],
      [.text("RXC"), .day("2020-04-10")],
    ]
    #expect(try rule.check(TestBatch(rule.fields, rows)) == "PFFP")
  }

  @Test func oneDayOfAPeriodIsEnough() throws {
    let rule = try TestRule(
      TestModule.conformance.kind("conformance.organisation-open"),
      [TestField("provider", .text), TestField("month", .period)],
      ["/field": .fields(["provider"]), "/at": .fields(["month"])], host: host)
    let rows: [[Cell]] = [
      [.text("RXB"), .month("2020-03")], [.text("RXB"), .month("2020-04")], [.text("RXC"), .month("2020-04")],
      [.text("RXC"), .month("2020-03")],
    ]
    #expect(try rule.check(TestBatch(rule.fields, rows)) == "PFPF")
  }

  @Test func anyKnownNameOfACodeIsRight() throws {
    let rule = try TestRule(
      TestModule.conformance.kind("conformance.organisation-name"),
      [TestField("provider", .text), TestField("provider_name", .text)],
      ["/code": .fields(["provider"]), "/name": .fields(["provider_name"])], host: host)
    let rows: [[Cell]] = [
      [.text("RXA"), .text("Amber")], [.text("RXA"), .text("Old Amber")], [.text("RXA"), .text("Beech")],
      [.text("RXA"), .text("Beech")], [.text("NV1"), .text("Beech")], [.text("RXB"), .text("Beech")],
    ]
    let batch = TestBatch(rule.fields, rows)
    #expect(try rule.check(batch) == "PPFFUP")
    #expect(try rule.explain(batch, 3) == ["code": "cell 0", "found": "cell 1", "name": "Amber"])
  }
}
