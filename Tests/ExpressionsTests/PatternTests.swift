import AuditModel
import Columns
import Testing

@testable import Expressions

@Suite struct PatternTests {
  private func outcomes(_ pattern: String, _ texts: [Cell]) throws -> [Outcome] {
    let table = Table([field("t", .text)], texts.map { [$0] })
    var result = TriState()
    try CompiledPattern.compile(pattern).evaluate(
      table.batch, column: 0, selected: Bitmap(count: texts.count, repeating: true), into: &result)
    #expect(result.firstError == nil)
    return result.outcomes
  }

  @Test func theWholeTextMustMatch() throws {
    #expect(
      try outcomes("[A-Z]{3}", [.text("RA2"), .text("RAB"), .text("RABC"), .text(""), .text("xRAB")])
        == [.no, .yes, .no, .no, .no])
    #expect(try outcomes("a|ab", [.text("ab"), .text("a"), .text("abb")]) == [.yes, .yes, .no])
    #expect(try outcomes("", [.text(""), .text("a")]) == [.yes, .no])
  }

  @Test func longTextsAndLettersOfManyBytesMatch() throws {
    let long = String(repeating: "Ysbyty ", count: 20)
    #expect(try outcomes("(Ysbyty )+", [.text(long), .text(long + "x")]) == [.yes, .no])
    #expect(try outcomes(".", [.text("é"), .text("ée")]) == [.yes, .no])
    #expect(try outcomes(#"\pL+"#, [.text("Łódź"), .text("Łódź 1")]) == [.yes, .no])
  }

  @Test func cellsWithoutValueAreUnknown() throws {
    #expect(
      try outcomes(".*", [.none(.blank), .none(.notKnown), .none(.invalid), .text("a")])
        == [.unknown, .unknown, .unknown, .yes])
  }

  @Test func theSameTextHasTheSameAnswerEveryTime() throws {
    // More different texts than the memory has places, each several times.
    let texts = (0..<3000).map { "\($0 % 700)" }
    let expected: [Outcome] = texts.map { $0.count == 2 ? .yes : .no }
    #expect(try outcomes(#"\d\d"#, texts.map { .text($0) }) == expected)
  }

  @Test func onlySelectedRowsAreAnswered() throws {
    let table = Table([field("t", .text)], [[.text("a")], [.text("a")], [.none(.blank)], [.text("b")]])
    var selected = Bitmap(count: 4)
    selected[1] = true
    selected[3] = true
    var result = TriState()
    try CompiledPattern.compile("a").evaluate(table.batch, column: 0, selected: selected, into: &result)
    #expect(result.outcomes == [.no, .yes, .no, .no])
  }

  @Test func theTextOfOtherTypesMatchesToo() throws {
    let table = Table([field("n", .integer)], [[.integer(7)]])
    var bytes: [UInt8] = []
    table.batch.columns[0].texts[0] = TextView("007", buffer: 0, appendingTo: &bytes)
    var result = TriState()
    try CompiledPattern.compile("0+7").evaluate(
      table.batch, column: 0, selected: Bitmap(count: 1, repeating: true), into: &result)
    #expect(result.outcomes == [.yes])
  }

  @Test(arguments: [
    ("a(", "The regular expression cannot be read: missing ): a("),
    ("[z-a]", "The regular expression cannot be read: invalid character class range: z-a"),
    ("(?=a)", "The regular expression cannot be read: invalid perl operator: (?="),
    (#"(a)\1"#, #"The regular expression cannot be read: invalid escape sequence: \1"#),
  ])
  func aBadPatternSaysWhy(pattern: String, message: String) {
    #expect(throws: ExpressionError(message, offset: 0)) { try CompiledPattern.compile(pattern) }
  }

  @Test func hostilePatternsTakeLinearTime() throws {
    let text = String(repeating: "a", count: 20_000) + "b"
    #expect(try outcomes("(a*)*c", [.text(text)]) == [.no])
  }

  @Test func thePatternIsKept() throws {
    #expect(try CompiledPattern.compile("[0-9]+").source == "[0-9]+")
  }
}
