import TestSupport
import Testing

@Suite struct ConformanceTests {
  @Test func typeFailsWhatCannotBeRead() throws {
    let rule = try TestRule(
      TestModule.conformance.kind("conformance.type"), [TestField("seen", .date)], ["/field": .fields(["seen"])])
    let batch = TestBatch(rule.fields, [[.day("2024-01-01")], [.notKnown], [.suppressed(1, 5)], [.invalid("soon")]])
    #expect(try rule.check(batch) == "PPPF")
    #expect(try rule.explain(batch, 3) == ["expected": "a date", "found": "cell 0"])
  }

  @Test func patternFailsWhatDoesNotMatch() throws {
    let rule = try TestRule(
      TestModule.conformance.kind("conformance.pattern"), [TestField("code", .text)],
      [
        "/field": .fields(["code"]),
        "/pattern": .expression("C50.*") { $0["code"].map { $0.text.hasPrefix("C50") } },
      ])
    let batch = TestBatch(rule.fields, [[.text("C50.1")], [.text("D05")]])
    #expect(try rule.check(batch) == "PF")
    #expect(try rule.explain(batch, 1) == ["found": "cell 0", "pattern": "C50.*"])
  }

  // MARK: Code lists

  private static let stages: [(code: String, from: String?, retired: String?)] = [
    ("1", nil, nil), ("2A", nil, "2018-04-01"), ("2B", "2018-04-01", nil), ("thirteen letters", nil, nil),
    ("thirteen Letters", nil, "2010-01-01"), ("X", nil, "2000-01-01"), ("X", "2020-01-01", nil), ("", nil, nil),
  ]

  @Test func aCodeMustBeInUseOnTheAuditsDay() throws {
    let rule = try TestRule(
      TestModule.conformance.kind("conformance.code-list"), [TestField("stage", .text)],
      ["/field": .fields(["stage"]), "/list": .codes("stages", Self.stages)], asOf: "2018-04-01")
    let texts = [
      "1", "2A", "2B", "thirteen letters", "thirteen Letters", "thirteen lettera", "X", "", "1 ", "thirteen letters!",
    ]
    let batch = TestBatch(rule.fields, texts.map { [.text($0)] })
    #expect(try rule.check(batch) == "PFPPFFFPFF")
    #expect(
      try rule.explain(batch, 1) == [
        "code": "cell 0", "day": "day \(Cell.days("2018-04-01"))", "list": "stages",
        "problem": "was retired on 2018-04-01",
      ])
    #expect(try rule.explain(batch, 4)["problem"] == "was retired on 2010-01-01")
    #expect(try rule.explain(batch, 6)["problem"] == "may be used from 2020-01-01")
    #expect(try rule.explain(batch, 8)["problem"] == "is not in the list")
  }

  @Test func aCodeMustBeInUseOnTheDayOfItsRecord() throws {
    let rule = try TestRule(
      TestModule.conformance.kind("conformance.code-list"), [TestField("stage", .text), TestField("seen", .date)],
      ["/field": .fields(["stage"]), "/list": .codes("stages", Self.stages), "/at": .fields(["seen"])])
    let rows: [[Cell]] = [
      [.text("2A"), .day("2018-03-31")], [.text("2A"), .day("2018-04-01")], [.text("2B"), .day("2018-03-31")],
      [.text("2B"), .day("2018-04-01")], [.text("X"), .day("1999-12-31")], [.text("X"), .day("2010-01-01")],
      [.text("X"), .day("2020-01-01")], [.text("nothing"), .day("2020-01-01")],
    ]
    #expect(try rule.check(TestBatch(rule.fields, rows)) == "PFFPPFPF")
    #expect(try rule.explain(TestBatch(rule.fields, rows), 2)["problem"] == "may be used from 2018-04-01")
  }

  @Test func theFirstDayOfAPeriodCounts() throws {
    let rule = try TestRule(
      TestModule.conformance.kind("conformance.code-list"), [TestField("stage", .text), TestField("month", .period)],
      ["/field": .fields(["stage"]), "/list": .codes("stages", Self.stages), "/at": .fields(["month"])])
    let rows: [[Cell]] = [
      [.text("2A"), .period("2018-03-01", "2018-04-30")], [.text("2B"), .period("2018-03-01", "2018-04-30")],
    ]
    #expect(try rule.check(TestBatch(rule.fields, rows)) == "PF")
  }

  @Test func everyCodeOfALongListIsFound() throws {
    let codes = (0..<1000).map {
      (code: "code-\($0 % 3 == 0 ? "of-some-length-" : "")\($0)", from: String?.none, retired: String?.none)
    }
    let rule = try TestRule(
      TestModule.conformance.kind("conformance.code-list"), [TestField("code", .text)],
      ["/field": .fields(["code"]), "/list": .codes("codes", codes)])
    let rows = codes.map { [Cell.text($0.code)] } + codes.map { [Cell.text("\($0.code)x")] }
    let expected = String(repeating: "P", count: 1000) + String(repeating: "F", count: 1000)
    #expect(try rule.check(TestBatch(rule.fields, rows)) == expected)
  }

  // MARK: Ranges

  @Test(arguments: [TestField.Kind.integer, .number]) func rangeTakesItsBoundsIn(kind: TestField.Kind) throws {
    let rule = try TestRule(
      TestModule.conformance.kind("conformance.range"), [TestField("total", kind)],
      ["/field": .fields(["total"]), "/atLeast": .number(1), "/atMost": .number(10)])
    func cell(_ value: Int64) -> Cell { kind == .integer ? .integer(value) : .number(Double(value)) }
    let rows: [[Cell]] =
      [0, 1, 10, 11].map { [cell($0)] }
      + [[.about(10, 2)], [.about(5, 2)], [.about(14, 3)], [.suppressed(1, 5)], [.suppressed(0, 5)]]
    let batch = TestBatch(rule.fields, rows)
    #expect(try rule.check(batch) == "FPPFUPFPU")
    #expect(try rule.explain(batch, 3) == ["at_least": "1.0", "at_most": "10.0", "found": "cell 0"])
  }

  @Test func aRangeOfFractionsHoldsForWholeNumbers() throws {
    let rule = try TestRule(
      TestModule.conformance.kind("conformance.range"), [TestField("total", .integer)],
      ["/field": .fields(["total"]), "/atLeast": .number(-1.5), "/atMost": .number(2.5)])
    let rows = [-2, -1, 0, 2, 3].map { [Cell.integer($0)] }
    #expect(try rule.check(TestBatch(rule.fields, rows)) == "FPPPF")
  }

  @Test func aRangeThatNothingCanBeInIsRefused() {
    let kind = TestModule.conformance.kind("conformance.range")
    let fields = [TestField("total", .integer)]
    #expect(throws: BindingRefused.self) {
      try TestRule(kind, fields, ["/field": .fields(["total"]), "/atLeast": .number(2), "/atMost": .number(1)])
    }
    #expect(throws: BindingRefused.self) { try TestRule(kind, fields, ["/field": .fields(["total"])]) }
  }

  @Test func dateRangeTakesItsDaysIn() throws {
    let rule = try TestRule(
      TestModule.conformance.kind("conformance.date-range"), [TestField("seen", .date)],
      ["/field": .fields(["seen"]), "/earliest": .text("2016-01-01"), "/latest": .text("2016-12-31")])
    let rows = ["2015-12-31", "2016-01-01", "2016-02-29", "2016-12-31", "2017-01-01"].map { [Cell.day($0)] }
    let batch = TestBatch(rule.fields, rows)
    #expect(try rule.check(batch) == "FPPPF")
    #expect(
      try rule.explain(batch, 0) == [
        "earliest": "day \(Cell.days("2016-01-01"))", "found": "cell 0", "latest": "day \(Cell.days("2016-12-31"))",
        "problem": "is before 2016-01-01",
      ])
    #expect(try rule.explain(batch, 4)["problem"] == "is after 2016-12-31")
  }

  @Test func aDateAfterTheAuditIsToldAsThat() throws {
    let rule = try TestRule(
      TestModule.conformance.kind("conformance.date-range"), [TestField("seen", .date)],
      ["/field": .fields(["seen"]), "/latest": .text("2030-01-01"), "/notAfterAudit": .flag(true)], asOf: "2016-12-31")
    let batch = TestBatch(rule.fields, [[.day("2016-12-31")], [.day("2017-01-01")], [.day("1850-01-01")]])
    #expect(try rule.check(batch) == "PFP")
    #expect(try rule.explain(batch, 1)["problem"] == "is after the day of the audit, 2016-12-31")
  }

  @Test func aTimeIsJudgedByItsDay() throws {
    let rule = try TestRule(
      TestModule.conformance.kind("conformance.date-range"), [TestField("seen", .timestamp)],
      ["/field": .fields(["seen"]), "/earliest": .text("1969-12-31"), "/latest": .text("1970-01-01")])
    let day: Int64 = 86_400_000_000
    let rows = [-day - 1, -day, -1, 0, day - 1, day].map { [Cell(integer: $0)] }
    let batch = TestBatch(rule.fields, rows)
    #expect(try rule.check(batch) == "FPPPPF")
    #expect(try rule.explain(batch, 0)["problem"] == "is before 1969-12-31")
    #expect(try rule.explain(batch, 5)["problem"] == "is after 1970-01-01")
  }

  @Test func aPeriodIsJudgedByBothItsEnds() throws {
    let rule = try TestRule(
      TestModule.conformance.kind("conformance.date-range"), [TestField("month", .period)],
      ["/field": .fields(["month"]), "/earliest": .text("2024-01-01"), "/latest": .text("2024-03-31")])
    let rows: [[Cell]] = [
      [.month("2024-01")], [.period("2023-12-31", "2024-01-31")], [.month("2024-03")],
      [.period("2024-03-01", "2024-04-01")],
    ]
    #expect(try rule.check(TestBatch(rule.fields, rows)) == "PFPF")
  }

  @Test(arguments: [
    ("CCYY-MM-DD", ["2024-02-29"], ["2023-02-29", "24-02-28", "2024/02/28", "2024-2-28", "2024-13-01", "2O24-01-01"]),
    ("DD/MM/CCYY", ["31/12/2016"], ["12/31/2016", "1/12/2016", "2016-12-31", "31/12/16"]),
    ("CCYY-MM", ["2016-12"], ["2016-13", "2016-17", "2016-00", "201612"]),
    ("CCYY-YY", ["2016-17", "1999-00"], ["2016-18", "2016-16", "2016/17"]),
    ("CCYY-MM to CCYY-MM", ["2016-04 to 2017-03"], ["2016-04 - 2017-03", "2016-04 to 2017-13", "2016-04"]),
    (
      "CCYY-MM-DDThh:mm:ss", ["2024-01-31T23:59:59"],
      ["2024-01-31T24:00:00", "2024-01-31 23:59:59", "2024-01-31T23:60:00", "2024-01-31"]
    ),
  ])
  func aTextHasTheFormAskedFor(format: String, right: [String], wrong: [String]) throws {
    let rule = try TestRule(
      TestModule.conformance.kind("conformance.format"), [TestField("seen", .text)],
      ["/field": .fields(["seen"]), "/format": .text(format)])
    let batch = TestBatch(rule.fields, (right + wrong + [""]).map { [.text($0)] })
    let expected = right.map { _ in "P" } + wrong.map { _ in "F" } + ["F"]
    #expect(try rule.check(batch) == expected.joined())
    #expect(try rule.explain(batch, right.count) == ["expected": format, "found": "cell 0"])
  }

  // MARK: NHS numbers

  /// The check digit by the words of the NHS Data Dictionary, digit by digit.
  private func isRight(_ digits: [Int]) -> Bool {
    let sum = (0..<9).reduce(0) { $0 + digits[$1] * (10 - $1) }
    let check = 11 - sum % 11
    return check != 10 && digits[9] == (check == 11 ? 0 : check)
  }

  @Test func theCheckDigitIsThatOfTheDataDictionary() throws {
    let rule = try TestRule(
      TestModule.conformance.kind("conformance.nhs-number"), [TestField("nhs_number", .text, privacy: 2)],
      ["/field": .fields(["nhs_number"])])
    // The dictionary's own example first.
    var numbers = [[9, 4, 3, 4, 7, 6, 5, 9, 1, 9]]
    var generator = SplitMix(seed: 11)
    for _ in 0..<2_000 { numbers.append((0..<10).map { _ in Int.random(in: 0...9, using: &generator) }) }
    let batch = TestBatch(rule.fields, numbers.map { [.text($0.map { "\($0)" }.joined())] })
    let expected = numbers.map { isRight($0) ? "P" : "F" }.joined()
    #expect(expected.hasPrefix("P"))
    #expect(try rule.check(batch) == expected)
  }

  @Test(arguments: [
    ("943476591", "has 9 digits; a number has 10"), ("94347659190", "has 11 digits; a number has 10"),
    ("943 476 5919", "has a space in it"), ("943476591X", "has a character that is not a digit"),
    ("9434765918", "has a wrong check digit"), ("94347659\u{2}9", "has a character that is not a digit"),
    ("943476591:", "has a character that is not a digit"), ("9434765919000000", "has 16 digits; a number has 10"),
    ("/434765919", "has a character that is not a digit"),
  ])
  func whatIsNoNHSNumberIsToldWithoutIt(text: String, problem: String) throws {
    let rule = try TestRule(
      TestModule.conformance.kind("conformance.nhs-number"), [TestField("nhs_number", .text, privacy: 2)],
      ["/field": .fields(["nhs_number"])])
    let batch = TestBatch(rule.fields, [[.text(text)]])
    #expect(try rule.check(batch) == "F")
    #expect(try rule.explain(batch, 0) == ["problem": problem])
  }
}
