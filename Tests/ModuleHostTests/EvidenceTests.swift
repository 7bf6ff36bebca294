import AuditModel
import Columns
import ModuleHost
import Testing

@Suite("Evidence")
struct EvidenceTests {
  /// A module that fails every row, and whose `explain` does what is written here.
  private static func explaining(_ statements: String) -> String {
    #"""
    static const tc_text names[] = {TEXT("count"), TEXT("fact/*"), TEXT("found")};
    #define GIVE(row, ...) { tc_evidence item = {.struct_size = sizeof item, .field = TC_NO_FIELD, \
      .name = TEXT("count"), __VA_ARGS__}; const tc_evidence *list[] = {&item}; \
      sink->explained(sink->context, row, list, 1); }
    static uint32_t explain(
        const void *bound, const tc_batch *batch, const uint32_t *rows, uint64_t row_count, const tc_sink *sink,
        tc_error *error) {
    """# + statements + "\n  return TC_OK;\n}\nKIND(.check = fail_all, .explain = explain, EVIDENCE(names)) MODULE()"
  }

  private let table = Table.answers(["a", "b", "c", "d"])

  private func explain(_ statements: String, rows: [UInt32] = [3, 1]) throws -> [Explanation] {
    let host = try CModule.host(EvidenceTests.explaining(statements))
    let rule = try host.bind()
    return try rule.explain(table.batch, rows: rows, frame: rule.makeFrame())
  }

  private func fault(_ statements: String) throws -> String? {
    let error = #expect(throws: ModuleError.self) { _ = try explain(statements) }
    return error?.message
  }

  @Test func explanationsComeInTheOrderOfTheRows() throws {
    let explanations = try explain(
      """
      char bytes[] = "fact/collects";
      tc_evidence first = {.struct_size = sizeof first, .field = 0, .type = TC_EVIDENCE_TEXT,
        .name = {bytes, sizeof bytes - 1}, .text = TEXT("déjà")};
      tc_evidence second = {.struct_size = sizeof second, .field = TC_NO_FIELD, .type = TC_EVIDENCE_NUMBER,
        .name = TEXT("count"), .number = 0.5};
      const tc_evidence *list[] = {&first, &second};
      sink->explained(sink->context, 1, list, 2);
      sink->explained(sink->context, 2, list, 0);
      sink->explained(sink->context, 3, list + 1, 1);
      // What was handed over is copied by then.
      memset(bytes, 'x', sizeof bytes);
      second.number = 9;
      """, rows: [3, 0, 1, 2])
    #expect(
      explanations == [
        Explanation(row: 3, evidence: [Evidence(name: "count", value: .number(0.5))]),
        Explanation(
          row: 1,
          evidence: [
            Evidence(name: "fact/collects", value: .text("déjà"), field: 0),
            Evidence(name: "count", value: .number(0.5)),
          ]),
        Explanation(row: 2, evidence: []),
      ])
  }

  @Test func everyTypeIsRead() throws {
    let explanations = try explain(
      """
      GIVE(0, .type = TC_EVIDENCE_TEXT)
      GIVE(1, .type = TC_EVIDENCE_INTEGER, .integer = -5)
      GIVE(2, .type = TC_EVIDENCE_DATE, .integer = -1)
      GIVE(3, .type = TC_EVIDENCE_CELL, .field = 0)
      """, rows: [0, 1, 2, 3])
    let values: [Evidence.Value] = [.text(""), .integer(-5), .date(CalendarDate(iso: "1969-12-31")!), .cell]
    #expect(explanations.map { $0.evidence[0].value } == values)
    #expect(explanations[3].evidence[0].field == 0)
    let place = try explain("GIVE(1, .type = TC_EVIDENCE_PLACE, .integer = -1)")
    #expect(place[0].evidence[0].value == .place(.max))
  }

  @Test func kindWithoutExplainHasNothingToSay() throws {
    let host = try CModule.host("KIND(.check = fail_all) MODULE()")
    let rule = try host.bind()
    #expect(try rule.explain(table.batch, rows: [0], frame: rule.makeFrame()) == [])
  }

  /// What a module's `explain` does wrong, and how that is told.
  static let mistakes: [(statements: String, words: String)] = [
    (
      "GIVE(1, .name = TEXT(\"fonud\"), .type = TC_EVIDENCE_INTEGER)",
      "it gave evidence named \"fonud\", which the kind does not declare"
    ),
    ("GIVE(1, .name = TEXT(\"\"))", "it gave evidence named \"\", which the kind does not declare"),
    ("GIVE(1, .name = {NULL, 3})", "it gave evidence named \"\", which the kind does not declare"),
    ("GIVE(0, .type = TC_EVIDENCE_INTEGER)", "it explained row 1 of a batch, which it was not asked for"),
    ("GIVE(1ull << 32 | 1)", "it explained row 4294967298 of a batch, which it was not asked for"),
    ("GIVE(1) GIVE(1)", "it explained row 2 of a batch twice"),
    ("GIVE(1, .type = 9)", "the evidence \"count\" of type 9, which this version of trustcheck does not know"),
    ("GIVE(1, .field = 1)", "the evidence \"count\" of field 1; the rule has 1 bound fields"),
    ("GIVE(1, .type = TC_EVIDENCE_CELL)", "the evidence \"count\" as a cell, and names no field or no record for it"),
    ("GIVE(1, .type = TC_EVIDENCE_NUMBER, .number = NAN)", "the evidence \"count\" as a number that is not finite"),
    (
      "GIVE(1, .type = TC_EVIDENCE_DATE, .integer = 1ll << 40)",
      "the evidence \"count\" as a date 1099511627776 days from 1970-01-01, outside the years 1 to 9999"
    ),
    ("GIVE(1, .text = TEXT(\"\\xff\"))", "the evidence \"count\" as a text that is not UTF-8"),
    ("GIVE(1, .text = {\"x\", 1 << 21})", "as a text that is 2097152 bytes long; the most is 1048576"),
    ("GIVE(1, .struct_size = 8)", "evidence with a struct_size of 8; version 1.0 of the boundary has 64"),
    ("sink->explained(sink->context, 1, NULL, 2);", "2 pieces of evidence and a NULL list of them"),
    ("sink->explained(sink->context, 1, NULL, 1001);", "1001 pieces of evidence at once; the most is 1000"),
    (
      "const tc_evidence *list[1] = {NULL}; sink->explained(sink->context, 1, list, 1);",
      "a piece of evidence that is NULL"
    ),
    (
      "sink->judged(sink->context, 1, 0, 0, 0, NULL, 0);", "it called the sink's \"judged\" outside finish"
    ),
    ("sink->saved(sink->context, \"x\", 1);", "it called the sink's \"saved\" outside save"),
    ("GIVE(1) return say(error, \"no table\");", "no table"),
  ]

  @Test(arguments: mistakes)
  func mistakesAreTold(statements: String, words: String) throws {
    let fault = try #require(try fault(statements))
    #expect(fault.hasPrefix(atTheRule) && fault.hasSuffix("\(words)."), "\(fault)")
  }
}
