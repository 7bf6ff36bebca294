import Testing

/// Kinds that compare records with one another.
@Suite struct KeyedRecordsTests {
  private func unique(_ fields: [TestField], within: String = "round") throws -> TestRule {
    try TestRule(
      TestModule.consistency.kind("consistency.unique"), fields,
      ["/fields": .fields(fields.map(\.name)), "/within": .text(within)])
  }

  /// Place and first place of every repeat in one batch.
  private func repeats(_ rule: TestRule, _ rows: [[Cell]]) throws -> [String] {
    let state = rule.makeState()
    _ = try rule.check(TestBatch(rule.fields, rows), state: state)
    return try rule.finish(state).map { "\($0.place) after \($0.evidence["first"]!.dropFirst(6))" }
  }

  @Test func everyRecordAfterTheFirstWithAKeyFails() throws {
    let rule = try unique([TestField("code", .text)])
    let texts = ["RXA", "RXB", "RXA", "", "RXA ", "RXB", "RXA", ""]
    let state = rule.makeState()
    #expect(try rule.check(TestBatch(rule.fields, texts.map { [.text($0)] }), state: state) == "PPPPPPPP")
    let found = try rule.finish(state)
    #expect(found.map(\.place) == [30, 60, 70, 80])
    #expect(found.allSatisfy { $0.verdict == 0 && $0.submission == 0 })
    #expect(
      found.map(\.evidence) == [
        ["count": "3", "first": "place 10", "key": "RXA"], ["count": "2", "first": "place 20", "key": "RXB"],
        ["count": "3", "first": "place 10", "key": "RXA"], ["count": "2", "first": "place 40", "key": ""],
      ])
  }

  @Test func keysOfAnyLengthAreComparedInFull() throws {
    let rule = try unique([TestField("text", .text)])
    for length in 0..<40 {
      let text = String(repeating: "x", count: length)
      let others = (0..<length).map { position -> [Cell] in
        var characters = Array(text)
        characters[position] = "y"
        return [.text(String(characters))]
      }
      #expect(try repeats(rule, [[.text(text)]] + others + [[.text(text)]]) == ["\((length + 2) * 10) after 10"])
    }
  }

  @Test(arguments: [
    (TestField.Kind.integer, Cell(text: "7", integer: 7), Cell(text: "07", integer: 7), Cell(integer: -7), "7"),
    (.number, Cell(text: "0", number: 0), Cell(text: "-0", number: -0.0), Cell(number: 1.5), "0"),
    (
      .date, Cell.day("2024-02-29"), Cell(text: "29/02/2024", integer: Cell.days("2024-02-29")), Cell(integer: -1),
      "2024-02-29"
    ),
    (.timestamp, Cell(integer: -1), Cell(integer: -1), Cell(integer: 1), "1969-12-31 23:59:59"),
    (.boolean, Cell.flag(true), Cell(text: "Y", integer: 1), Cell.flag(false), "yes"),
    (.period, Cell.month("2024-01"), Cell.period("2024-01-01", "2024-01-31"), Cell.month("2024-02"), "2024-01"),
  ])
  func valuesAreComparedAsWhatTheyAre(
    kind: TestField.Kind, first: Cell, same: Cell, other: Cell, words: String
  ) throws {
    for fields in [[TestField("x", kind)], [TestField("x", kind), TestField("y", kind)]] {
      let rule = try unique(fields)
      let state = rule.makeState()
      let rows = [first, other, same].map { cell in fields.map { _ in cell } }
      _ = try rule.check(TestBatch(fields, rows), state: state)
      let found = try rule.finish(state)
      #expect(found.map(\.place) == [30])
      #expect(found.map { $0.evidence["key"] } == [fields.map { _ in words }.joined(separator: ", ")])
    }
  }

  @Test func severalFieldsMakeOneKeyAndDoNotRunIntoOneAnother() throws {
    let rule = try unique([TestField("a", .text), TestField("b", .text), TestField("c", .period)])
    func row(_ a: String, _ b: String, _ month: String) -> [Cell] { [.text(a), .text(b), .month(month)] }
    let long = String(repeating: "long ", count: 60)
    let rows = [
      row("ab", "c", "2024-01"), row("a", "bc", "2024-01"), row("ab", "c", "2024-02"), row("ab", "c", "2024-01"),
      row(long, "c", "2024-01"), row(long, "d", "2024-01"), row(long, "c", "2024-01"),
    ]
    #expect(try repeats(rule, rows) == ["40 after 10", "70 after 50"])
  }

  @Test func withinASubmissionTheSameKeyMayStandInAnother() throws {
    let rows = (0..<300).map { [Cell.integer(Int64($0 % 100))] }
    let bySubmission = rows.indices.map { UInt32($0 / 100) }
    let round = try unique([TestField("id", .integer)])
    let submission = try unique([TestField("id", .integer)], within: "submission")
    for (rule, expected) in [(round, 200), (submission, 0)] {
      let state = rule.makeState()
      _ = try rule.check(TestBatch(rule.fields, rows, submissions: bySubmission), state: state)
      #expect(try rule.finish(state).count == expected)
    }
    let state = submission.makeState()
    let interleaved = rows.indices.map { UInt32($0 % 3) }
    _ = try submission.check(
      TestBatch(submission.fields, rows.map { _ in [.integer(5)] }, submissions: interleaved), state: state)
    let found = try submission.finish(state)
    #expect(found.count == 297)
    #expect(found.allSatisfy { $0.evidence["first"] == "place \(($0.submission + 1) * 10)" })
    #expect(found.allSatisfy { $0.place / 10 % 3 == (UInt64($0.submission) + 1) % 3 })
  }

  @Test func aReferenceIsFoundInAnyRecordWhicheverComesFirst() throws {
    let rule = try TestRule(
      TestModule.consistency.kind("consistency.reference"), [TestField("parent", .text), TestField("id", .text)],
      ["/field": .fields(["parent"]), "/to": .fields(["id"])])
    let rows: [[Cell]] = [
      [.text("b"), .text("a")], [.blank, .text("b")], [.text("c"), .text("d")], [.text("a"), .blank],
      [.text("nobody at all"), .text("e")],
    ]
    let state = rule.makeState()
    // The record that nothing is asked of can be referred to all the same.
    let verdicts = try rule.check(
      TestBatch(rule.fields, rows), selected: [true, false, true, true, true], state: state)
    #expect(verdicts == "P-PPP")
    #expect(
      try rule.finish(state) == [
        Judgement(place: 30, submission: 0, verdict: 0, evidence: ["found": "c"]),
        Judgement(place: 50, submission: 0, verdict: 0, evidence: ["found": "nobody at all"]),
      ])
  }

  @Test func aReferenceToAFieldOfAnotherTypeIsRefused() {
    #expect(throws: BindingRefused.self) {
      try TestRule(
        TestModule.consistency.kind("consistency.reference"), [TestField("parent", .text), TestField("id", .integer)],
        ["/field": .fields(["parent"]), "/to": .fields(["id"])])
    }
  }
}
