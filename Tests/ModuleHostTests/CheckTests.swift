import AuditModel
import Columns
import Expressions
import ModuleHost
import Testing

@Suite("Judging batches")
struct CheckTests {
  /// A module whose `check` does what is written here; `rows` is the number of rows.
  private static func checking(_ statements: String) -> String {
    #"""
    static uint32_t judge(
        const void *bound, void *state, const tc_batch *batch, const uint64_t *selected, uint64_t *failed,
        uint64_t *unknown, tc_error *error) {
      const tc_host *host = bound;
      uint64_t rows = batch->row_count;
    """# + statements + "\n  return TC_OK;\n}\nKIND(.check = judge) MODULE()"
  }

  private func fault(
    _ statements: String, rows: Int = 70, selected: Bitmap? = nil, bind: ((ModuleHost) throws -> BoundRule)? = nil
  ) throws -> String? {
    let host = try CModule.host(CheckTests.checking(statements))
    let rule = try bind.map { try $0(host) } ?? host.bind()
    return try rule.faultOfCheck(Table.answers(Array(repeating: "x", count: rows)), selected: selected)
  }

  @Test func verdictsAreInTheFrameAndReplaceThoseBefore() throws {
    let host = try CModule.host(
      CheckTests.checking(
        """
        for (uint64_t row = 0; row < rows; row++) {
          uint8_t first = ((const char *)batch->records->children[2]->children[1]->buffers[1])[16 * row + 4];
          if (first == 'f') failed[row / 64] |= selected[row / 64] & (1ull << row % 64);
          if (first == 'u') unknown[row / 64] |= selected[row / 64] & (1ull << row % 64);
        }
        """))
    let rule = try host.bind()
    let frame = rule.makeFrame()
    var texts = Array(repeating: "passes", count: 130)
    for row in [0, 63, 64, 129] { texts[row] = "fails" }
    for row in [1, 127] { texts[row] = "unknown" }
    let table = Table.answers(texts)
    var selected = table.all
    selected[63] = false
    try rule.check(table.batch, state: nil, selected: selected, frame: frame)
    #expect(frame.failed.count == 130 && frame.failed.positions == [0, 64, 129])
    #expect(frame.unknown.count == 130 && frame.unknown.positions == [1, 127])
    let short = Table.answers(["fails", "passes", "unknown"])
    try rule.check(short.batch, state: nil, selected: short.all, frame: frame)
    #expect(frame.failed.count == 3 && frame.failed.positions == [0] && frame.unknown.positions == [2])
    let long = Table.answers(Array(repeating: "passes", count: 9_000) + ["fails"])
    try rule.check(long.batch, state: nil, selected: long.all, frame: frame)
    #expect(frame.failed.positions == [9_000] && frame.unknown.isEmpty)
    let none = Table.answers([])
    try rule.check(none.batch, state: nil, selected: none.all, frame: frame)
    #expect(frame.failed.count == 0)
  }

  @Test func verdictsThatMakeNoSenseAreTheModulesFault() throws {
    var selected = Bitmap(count: 70, repeating: true)
    selected[65] = false
    #expect(
      try fault("failed[1] = 2;", selected: selected)
        == atTheRule + "it gave a verdict on row 66 of a batch, which it was not asked to judge.")
    #expect(
      try fault("unknown[1] = 2;", selected: selected)
        == atTheRule + "it gave a verdict on row 66 of a batch, which it was not asked to judge.")
    #expect(
      try fault("failed[1] = 1ull << 20;") == atTheRule + "it gave a verdict on row 85 of a batch of 70 rows.")
    #expect(
      try fault("failed[0] = 6; unknown[0] = 12;")
        == atTheRule + "it called row 3 of a batch both failed and unknown.")
    // A module that writes over the selection changes its own copy alone.
    #expect(
      try fault("((uint64_t *)selected)[1] = ~0ull; failed[1] = 2;", selected: selected)
        == atTheRule + "it gave a verdict on row 66 of a batch, which it was not asked to judge.")
  }

  @Test func kindThatJudgesAtTheEndMayNotFailRowsBefore() throws {
    let host = try CModule.host("KIND(AT_FINISH, .check = fail_all) MODULE()")
    #expect(
      try host.bind().faultOfCheck(Table.answers(["x"]))
        == atTheRule + "it called row 1 of a batch failed, though the kind judges only at finish.")
  }

  @Test func whatAModuleSaysWhenItFailsIsTold() throws {
    #expect(
      try fault("return say(error, \"the table it needs is gone.\");") == atTheRule + "the table it needs is gone.")
    #expect(try fault("return say(error, \"two\\nlines\\x1b[0m\");") == atTheRule + "two lines [0m.")
    #expect(try fault("return TC_FAILED;") == atTheRule + "its function check failed and gave no reason.")
    #expect(try fault("return 77;") == atTheRule + "its function check returned 77, which is no result it may give.")
    // One that says that it wrote more than there is room for.
    let long = try fault("memset(error->buffer, 'x', error->capacity); error->length = ~0ull; return TC_FAILED;")
    #expect(long == atTheRule + String(repeating: "x", count: 2_048) + ".")
  }

  @Test func failureOfOneCallLeavesTheFrameOfUse() throws {
    let host = try CModule.host(
      CheckTests.checking("failed[0] = 1; if (rows == 2) return say(error, \"no\");"))
    let rule = try host.bind()
    let frame = rule.makeFrame()
    let (two, one) = (Table.answers(["a", "b"]), Table.answers(["a"]))
    #expect(throws: ModuleError.self) { try rule.check(two.batch, state: nil, selected: two.all, frame: frame) }
    try rule.check(one.batch, state: nil, selected: one.all, frame: frame)
    #expect(frame.failed.positions == [0])
  }

  // MARK: Moving the batch

  @Test(arguments: [
    // The whole array, released at once or after its children.
    "struct ArrowArray mine = *batch->records; batch->records->release = NULL; mine.release(&mine);"
      + "if (mine.release != NULL) return say(error, \"not released\");",
    // A child alone; the host releases the rest.
    "struct ArrowArray *old = batch->records->children[2]; struct ArrowArray mine = *old; old->release = NULL;"
      + "mine.release(&mine);",
    // A child that outlives its parent.
    "struct ArrowArray *old = batch->records->children[2]->children[1]; struct ArrowArray mine = *old;"
      + "old->release = NULL; batch->records->release(batch->records); mine.release(&mine);",
    // Released in place.
    "batch->records->release(batch->records);",
  ])
  func arraysMayBeMovedAndReleased(statements: String) throws {
    let host = try CModule.host(CheckTests.checking(statements))
    let rule = try host.bind()
    let frame = rule.makeFrame()
    let table = Table.answers(["a", "a text that is longer than twelve bytes"])
    for _ in 0..<3 { try rule.check(table.batch, state: nil, selected: table.all, frame: frame) }
  }

  @Test(arguments: ["batch->records", "batch->records->children[2]->children[0]"])
  func arrayThatIsKeptIsTheModulesFault(array: String) throws {
    let host = try CModule.host(
      CheckTests.checking(
        """
        static struct ArrowArray kept;
        if (kept.release != NULL) kept.release(&kept);
        if (rows == 1) { kept = *\(array); \(array)->release = NULL; }
        """))
    let rule = try host.bind()
    let frame = rule.makeFrame()
    let (one, two) = (Table.answers(["a"]), Table.answers(["a", "b"]))
    let kept = "it moved the batch's array, or a part of it, and did not release it before it returned."
    for _ in 0..<2 {
      let fault = try rule.fault { try $0.check(one.batch, state: nil, selected: one.all, frame: frame) }
      #expect(fault == atTheRule + kept)
    }
    try rule.check(two.batch, state: nil, selected: two.all, frame: frame)
  }

  // MARK: Expressions

  private static let evaluating = CheckTests.checking(
    """
    for (uint64_t i = 0; i < 2; i++) {
      uint64_t is_true[2], is_unknown[2];
      if (host->evaluate(host, batch, i, selected, is_true, is_unknown) != TC_OK) return say(error, "no answer");
      for (uint64_t word = 0; word < (rows + 63) / 64; word++) {
        if (i == 0) failed[word] = is_true[word];
        unknown[word] |= is_unknown[word];
      }
    }
    for (uint64_t word = 0; word < (rows + 63) / 64; word++) unknown[word] &= ~failed[word];
    """)

  @Test func moduleEvaluatesExpressionsAndPatterns() throws {
    let fields: [Field] = [.of(.integer, "count"), .of(.text, "code")]
    let scope = ExpressionScope(fields: fields)
    let host = try CModule.host(CheckTests.evaluating)
    let rule = try host.bind(
      "test.kind", fields,
      parameters: [
        RuleParameter(pointer: "/that", value: .expression(source: "", index: 0)),
        RuleParameter(pointer: "/pattern", value: .pattern(source: "", index: 0, field: 1)),
      ],
      expressions: [try CompiledExpression.compile("10 / count == 5", scope: scope, expecting: .bool)],
      patterns: [try CompiledPattern.compile("[A-Z]+")])
    let frame = rule.makeFrame()
    let table = Table(
      fields,
      [
        [.integer(2), .text("AB")],  // true
        [.integer(3), .text("AB")],  // false
        [.none(.blank), .text("AB")],  // unknown by the expression
        [.integer(0), .text("AB")],  // an error in the expression
        [.integer(5), .none(.notKnown, "99")],  // unknown by the pattern
        [.integer(2), .text("AB")],  // true, but not selected
      ])
    var selected = table.all
    selected[5] = false
    try rule.check(table.batch, state: nil, selected: selected, frame: frame)
    #expect(frame.failed.positions == [0])
    #expect(frame.unknown.positions == [2, 3, 4])
    #expect(frame.firstExpressionError?.isEmpty == false)
    let clean = Table(fields, [[.integer(2), .text("AB")]])
    try rule.check(clean.batch, state: nil, selected: clean.all, frame: frame)
    #expect(frame.failed.positions == [0] && frame.firstExpressionError == nil)
  }

  @Test func evaluationFromOtherThreadsIsAnswered() throws {
    let host = try CModule.host(
      #"""
      #include <pthread.h>
      typedef struct { const tc_host *host; const tc_batch *batch; const uint64_t *selected; uint32_t result; } work;
      static void *run(void *argument) {
        work *mine = argument;
        uint64_t is_true[64], is_unknown[64];
        for (int i = 0; i < 50; i++) {
          mine->result |= mine->host->evaluate(mine->host, mine->batch, 0, mine->selected, is_true, is_unknown);
          for (int word = 0; word < 64; word++) if (is_true[word] != mine->selected[word]) mine->result |= 100;
        }
        return NULL;
      }
      static uint32_t judge(
          const void *bound, void *state, const tc_batch *batch, const uint64_t *selected, uint64_t *failed,
          uint64_t *unknown, tc_error *error) {
        pthread_t threads[4];
        work works[4];
        for (int i = 0; i < 4; i++) {
          works[i] = (work){bound, batch, selected, 0};
          pthread_create(&threads[i], NULL, run, &works[i]);
        }
        uint32_t result = 0;
        for (int i = 0; i < 4; i++) { pthread_join(threads[i], NULL); result |= works[i].result; }
        return result == 0 ? TC_OK : say(error, "wrong");
      }
      KIND(.check = judge) MODULE()
      """#)
    let fields: [Field] = [.of(.text, "answer")]
    let rule = try host.bind(
      expressions: [
        try CompiledExpression.compile("answer == 'yes'", scope: ExpressionScope(fields: fields), expecting: .bool)
      ])
    #expect(try rule.faultOfCheck(Table.answers(Array(repeating: "yes", count: 4_096))) == nil)
  }

  @Test func requestsThatMakeNoSenseAreRefused() throws {
    let declarations = "uint64_t is_true[2], is_unknown[2];"
    let evaluate = "host->evaluate(host, batch, 0, selected, is_true, is_unknown)"
    // No such expression: the module's fault, whatever it makes of the answer.
    #expect(
      try fault(declarations + evaluate + ";")
        == atTheRule + "it asked for expression 0, and the rule has no such expression.")
    #expect(
      try fault(declarations + "host->evaluate(host, batch, ~0ull, selected, is_true, is_unknown);")
        == atTheRule + "it asked for expression \(UInt64.max), and the rule has no such expression.")
    // A batch of its own making, or of an earlier call.
    #expect(
      try fault(
        declarations + "tc_batch other = *batch; other.handle = (void *)0x1234; batch = &other;"
          + "return \(evaluate) == TC_FAILED ? TC_OK : say(error, \"answered\");") == nil)
    #expect(
      try fault(
        declarations + "static void *old; tc_batch other = *batch; other.handle = (char *)batch->handle - 1;"
          + "batch = &other; return \(evaluate) == TC_FAILED ? TC_OK : say(error, \"answered\");") == nil)
    #expect(
      try fault(
        declarations
          + "return host->evaluate(host, NULL, 0, selected, is_true, is_unknown) == TC_FAILED ? TC_OK : 9;") == nil)
  }

  @Test func oneRuleIsUsedFromManyThreads() async throws {
    let host = try CModule.host(CheckTests.evaluating)
    let fields: [Field] = [.of(.integer, "count"), .of(.text, "code")]
    let rule = try host.bind(
      "test.kind", fields,
      parameters: [RuleParameter(pointer: "/pattern", value: .pattern(source: "", index: 0, field: 1))],
      expressions: [
        try CompiledExpression.compile(
          "count == 1", scope: ExpressionScope(fields: fields), expecting: .bool)
      ], patterns: [try CompiledPattern.compile("x")])
    let results = try await withThrowingTaskGroup(of: [Int].self) { group in
      for part in 0..<8 {
        group.addTask {
          let frame = rule.makeFrame()
          let table = Table(fields, (0..<100).map { [.integer($0 == part ? 1 : 0), .text("x")] })
          for _ in 0..<50 { try rule.check(table.batch, state: nil, selected: table.all, frame: frame) }
          return frame.failed.positions
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(results) == Set((0..<8).map { [$0] }))
  }
}
