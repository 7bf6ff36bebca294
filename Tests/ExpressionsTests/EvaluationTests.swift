import AuditModel
import Columns
import Testing

@testable import Expressions

@Suite struct EvaluationTests {
  private func outcome(_ source: String) throws -> (Outcome, String?) {
    let both = try BothWays(source, scope: Sample.scope, Sample.table.batch)
    #expect(both.agree, "\(source): by columns \(both.columns.outcomes), by rows \(both.rows.outcomes)")
    return (both.columns.outcomes[0], both.columns.firstError)
  }

  @Test(arguments: [
    // Comparisons of every type: == and <, then what is not.
    "nodes == 3", "nodes != 4", "nodes < 4", "nodes <= 3", "nodes > 2", "nodes >= 3", "3 == nodes", "4 > nodes",
    "nodes < examined", "nodes != examined", "!(examined <= nodes)",
    "rate == 2.5", "rate != 2.4", "rate < 3.0", "rate <= 2.5", "rate > 2.0", "rate >= 2.5", "share > rate",
    "rate < 3", "rate > nodes - 1", "nodes > rate", "nodes != rate", "2 < rate", "3.0 == nodes", "share == 30",
    "greatest > 9223372036854774000.0", "greatest < 9223372036854777857.0", "greatest == 9223372036854775807.0",
    "diagnosed == date('2016-09-01')", "diagnosed < died", "died >= date('2017-03-31')", "diagnosed != died",
    "sent == timestamp('2016-09-01T12:30:45.25Z')", "sent < timestamp('2016-09-01T13:31:00+01:00')",
    "collecting", "!alive", "collecting == true", "alive != collecting", "collecting != alive == true",
    "alive < collecting",
    "covered == covered", "covered.start == date('2016-04-01')", "diagnosed >= covered.start && died <= covered.end",
    "name == 'Royal Surrey'", "name != 'royal surrey'", "'03' == code", "code < '04'", "code <= '03'", "code > '02'",
    "'04' > code", "code >= '03'", "name > code", "name != code", "note == '  a longer text than a view can hold  '",
    "note != '  a longer text than a view can hold '", "note != '  a longer text that a view can hold  '",
    "note == note", "note < name", "code == '0' + '3'",
    // Lists.
    "code in ['01', '03']", "!(code in ['1', '3', ''])", "nodes in [1, 2, 3]", "nodes in [3.0]", "rate in [2.5]",
    "!(nodes in [])", "diagnosed in [date('2016-09-01')]", "nodes in [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]",
    "note in ['x', '  a longer text than a view can hold  ']", "examined in [nodes, nodes * 4]",
    "nodes in {3: 'c'}", "'a' in {'a': 1}", "collecting in [true]",
    // Arithmetic.
    "nodes + 4 == 7", "nodes - 4 == -1", "nodes * examined == 36", "examined / nodes == 4", "13 / nodes == 4",
    "-13 / nodes == -4", "-13 % nodes == -1", "examined % 5 == 2", "-nodes == -3", "rate + 0.5 == 3.0",
    "rate - 0.5 == 2.0", "rate * 2.0 == 5.0", "rate / 2.0 == 1.25", "-rate == -2.5", "rate / 0.0 > 1e300",
    "double(nodes) / 2.0 == 1.5", "1u + 2u == 3u", "[1] + [2] == [1, 2]", "b'a' + b'b' == b'ab'", "2u > 1",
    // Text functions.
    "name.contains('al Su')", "name.contains('')", "!name.contains('Surreyx')", "name.startsWith('Roy')",
    "name.startsWith('Royal S')", "name.startsWith('')", "!code.startsWith('03x')", "!code.startsWith('03\\000')",
    "note.endsWith('hold  ')", "!code.endsWith('103')", "name.endsWith(name)", "name.startsWith(name)",
    "code.matches('^0[1-9]$')", "name.matches('Sur')", "!name.matches('^Sur')", "name.lowerAscii().matches('^royal')",
    "name.matches(name)", "matches(code, '3')", "'aé'.size() == 2", "size(name) == 12", "name.size() > code.size()",
    "name.lowerAscii() == 'royal surrey'", "name.upperAscii() == 'ROYAL SURREY'", "note.trim().startsWith('a longer')",
    "note.trim() == 'a longer text than a view can hold'", "note.trim().size() == size(note) - 4",
    "code.trim() in ['03']", "note.trim().upperAscii().endsWith('HOLD')", "'\\u3000x\\u00a0\\n'.trim() == 'x'",
    "name.lowerAscii() in ['royal surrey']", "note.trim() in ['a longer text than a view can hold']",
    "name.lowerAscii() != code.trim()", "name.lowerAscii() > name", "size(b'abc') == 3", "size({'a': 1}) == 1",
    // Conversions.
    "int('12') == examined", "int(2.9) == 2", "int(rate) == 2", "int(-2.9) == -2", "int(3u) == 3",
    "double('2.5') == rate", "double(nodes) == 3.0", "string(nodes) == '3'", "string(rate) == '2.5'",
    "string(3.0) == '3'", "string(diagnosed) == '2016-09-01'", "string(collecting) == 'true'",
    "string(sent) == '2016-09-01T12:30:45.25Z'", "string(covered) == '2016-04-01 to 2017-03-31'",
    "string(b'abc') == 'abc'", "bytes('é') == b'\\303\\251'", "bool('TRUE')", "uint(3) == 3u",
    "int(sent) == 1472733045", "date(sent) == diagnosed", "timestamp(diagnosed) < sent", "date(string(died)) == died",
    // Dates.
    "days(diagnosed, died) == 211", "days(died, diagnosed) == -211", "months(diagnosed, died) == 6",
    "months(date('2016-01-31'), date('2016-02-29')) == 0", "months(date('2016-01-31'), date('2016-03-31')) == 2",
    "months(date('2016-03-15'), date('2016-01-16')) == -1", "months(date('2016-03-15'), date('2016-01-15')) == -2",
    "financialYear(diagnosed) == 2016", "financialYear(died) == 2016", "financialYear(date('2017-04-01')) == 2017",
    "diagnosed.getFullYear() == 2016 && diagnosed.getMonth() == 8 && diagnosed.getDate() == 1",
    "diagnosed.getDayOfMonth() == 0 && diagnosed.getDayOfWeek() == 4 && died.getDayOfYear() == 89",
    "sent.getHours() == 12 && sent.getMinutes() == 30 && sent.getSeconds() == 45 && sent.getMilliseconds() == 250",
    "sent.getFullYear() == 2016", "date('1969-12-31').getDayOfWeek() == 3",
    // Conditions.
    "collecting ? nodes == 3 : nodes == 4", "alive ? 1 / zero == 1 : true", "(collecting ? nodes : examined) == 3",
    "collecting && !alive && nodes == 3", "alive || nodes == 3", "alive ? false : true",
    // Cells.
    "given(nodes)", "!isBlank(nodes)", "isBlank(blank)", "!given(blank)", "given(hidden)", "isSuppressed(hidden)",
    "!isNotKnown(hidden)", "!isNotApplicable(blank)", "!isInvalid(blank)", "low(nodes) == 3", "high(nodes) == 3",
    "low(hidden) == 1 && high(hidden) == 7", "low(share) == 28.0", "high(share) > 30", "low(rate) == 2.5",
    "low(hidden) + nodes <= examined",
    // Lists and maps.
    "[1, 2, 3][1] == 2", "{'a': 1}.a == 1", "{'a': 1}['a'] == 1", "has({'a': 1}.a)", "!has({'a': 1}.b)",
    "{'a': 1, 'b': 2} == {'b': 2, 'a': 1}", "[1, 2] != [2, 1]", "[1, 2, 3].all(x, x < 4)", "[1, 2].exists(x, x == 2)",
    "[1, 2, 2].exists_one(x, x == 1)", "![1, 2, 2].exists_one(x, x == 2)", "[1, 2].map(x, x * 2) == [2, 4]",
    "[1, 2, 3].filter(x, x > 1) == [2, 3]", "[1, 2, 3].map(x, x > 1, x * 2) == [4, 6]", "{'a': 1}.all(k, k == 'a')",
    "[[1], [2, 3]].all(x, x.exists(y, y == x[0]))", "[].all(x, x)", "![].exists(x, x)", "dyn(1) == 1u",
    "dyn('a') != 1", "[1, 'a'][1] == 'a'",
    // Records.
    "size(records) == 3", "records.exists(r, r.kind == 'clinic')", "!records.all(r, r.kind == 'mdt')",
    "records.all(r, r.ok)", "records.exists_one(r, r.kind == 'clinic')", "records.exists(r, r.size > 6)",
    "records.filter(r, r.kind == 'mdt').size() == 2", "records.map(r, r.kind) == ['mdt', 'clinic', 'mdt']",
    "records.exists(r, r.seen == date('2016-10-01'))", "records.exists(r, isNotKnown(r.seen))",
    "records.exists(r, !has(r.size))", "records.all(r, has(r.size) || r.kind == 'mdt')", "records[0].size == 5",
    "records.filter(r, given(r.size)).all(r, r.size > nodes)", "records.exists(r, r.seen > diagnosed)",
    "records.exists(r, low(r.size) == 7)", "records.all(r, records.exists(s, s.kind == r.kind))",
  ])
  func isTrue(source: String) throws {
    #expect(try outcome(source).0 == .yes, "\(source)")
  }

  @Test(arguments: [
    "blank == 3", "hidden > 0", "blank + 1 > nodes", "absent == 'x'", "absent.startsWith('')", "absent != absent",
    "blank < rate", "blank in [1, 2]", "absent in ['a']", "low(blank) > 1", "-blank < 0", "!(blank == 1)",
    "blank == 1 ? true : true", "collecting ? blank == 1 : true", "blank == 1 || alive", "blank == 1 && collecting",
    "size(absent) == 1", "absent.matches('a')", "[1, blank].size() == 2", "[blank, 1] == [1, 1]",
    "blank / zero == 1", "1 / zero == blank", "(1 / zero == 1) == (blank == 1)", "1 / zero == 1 || blank == 1",
    "string(blank) == ''", "records.all(r, r.size > 4)", "records.exists(r, r.size > 10)",
    "records.exists_one(r, r.size == 5)", "records.map(r, r.size).size() == 3", "records[2].size == 1",
    "records.all(r, r.size / (5 - r.size) < 0 || r.size == 7)", "[blank == 1].all(x, x)", "{'a': blank}.a == 1",
    "absent.lowerAscii() == 'a'", "string(blank) == 'a' && collecting",
  ])
  func isUnknown(source: String) throws {
    #expect(try outcome(source).0 == .unknown, "\(source)")
  }

  @Test(arguments: [
    ("1 / zero == 1", "division by zero"),
    ("nodes % zero == 1", "division by zero"),
    ("greatest + 1 > 0", "the result of + does not fit in a whole number of 64 bits"),
    ("-2 - greatest < 0", "the result of - does not fit in a whole number of 64 bits"),
    ("greatest * 2 > 0", "the result of * does not fit in a whole number of 64 bits"),
    ("(-greatest - 1) / -1 > 0", "the result of / does not fit in a whole number of 64 bits"),
    ("-(-greatest - 1) > 0", "the result of - does not fit in a whole number of 64 bits"),
    ("1 / 0 == 1", "division by zero"),
    ("!(1 / zero == 1)", "division by zero"),
    ("collecting && 1 / zero == 1", "division by zero"),
    ("alive || 1 / zero == 1", "division by zero"),
    ("1 / zero == 1 ? true : false", "division by zero"),
    ("int(name) == 1", "the text cannot be read as a whole number"),
    ("date(name) == died", "the text cannot be read as a date"),
    ("int(1e30) == 1", "the number does not fit in int"),
    ("[1][nodes] == 1", "the index is outside the list of 1"),
    ("{'a': 1}[name] == 1", "there is no such key in the map"),
    ("{code: 1, '03': 2}.size() == 1", "a key stands twice in the map"),
    ("dyn(name) > 1", "the operator or function does not take values of these types"),
    ("dyn(nodes)", "the result is not true or false"),
    ("dyn(nodes) && collecting", "the operator or function does not take values of these types"),
    ("records.exists(r, r.size / zero == 1 && r.kind == 'clinic')", "division by zero"),
    ("records.exists_one(r, 1 / (r.ok ? 0 : 1) == 1)", "division by zero"),
    ("[1, 0].map(x, 1 / x).size() == 2", "division by zero"),
  ])
  func isErrorWithItsReason(source: String, reason: String) throws {
    let (outcome, message) = try outcome(source)
    #expect(outcome == .error, "\(source)")
    #expect(message == reason, "\(source)")
  }

  @Test(arguments: [
    "alive && blank == 1", "blank == 1 && alive", "alive && 1 / zero == 1", "1 / zero == 1 && alive",
    "!(collecting || blank == 1)", "records.all(r, r.size > 6)", "!records.exists(r, r.size > 4)",
    "1 / zero == 1 && blank == 1 && alive", "[1, 0].all(x, 1 / x == 2)",
  ])
  func isFalse(source: String) throws {
    #expect(try outcome(source).0 == .no, "\(source)")
  }

  @Test func aMissingColumnReadsAsBlank() throws {
    let fields = [field("x", .integer), field("t", .text), field("b", .boolean)]
    let table = Table(fields, [[.integer(3), .text("a"), .boolean(true)]])
    for column in table.batch.columns { column.isPresent = false }
    let expectations: [(String, Outcome)] = [
      ("isBlank(x)", .yes), ("given(x)", .no), ("x == 3", .unknown), ("low(x) == 3", .unknown), ("t == 'a'", .unknown),
      ("b", .unknown), ("t.startsWith('a')", .unknown), ("t.contains('a')", .unknown), ("t in ['a']", .unknown),
      ("isNotKnown(t)", .no), ("t.matches('a')", .unknown), ("size(t) == 1", .unknown), ("t == t", .unknown),
    ]
    for (source, expected) in expectations {
      let both = try BothWays(source, scope: ExpressionScope(fields: fields), table.batch)
      #expect(both.agree)
      #expect(both.columns.outcomes == [expected], "\(source)")
    }
  }

  @Test func onlySelectedRowsAreAnswered() throws {
    let fields = [field("x", .integer)]
    let kinds: [Cell] = [.integer(1), .integer(0), .none(.blank)]
    let rows = (0..<150).map { [kinds[$0 % 3]] }
    let table = Table(fields, rows)
    var selected = Bitmap(count: 150)
    for row in stride(from: 0, to: 150, by: 7) { selected[row] = true }
    for source in ["x == 1", "1 / x == 1", "given(x)", "!(x == 1)", "x == 1 || isBlank(x)", "string(x) != '1'", "true"]
    {
      let all = try BothWays(source, scope: ExpressionScope(fields: fields), table.batch)
      let some = try BothWays(source, scope: ExpressionScope(fields: fields), table.batch, selected: selected)
      #expect(some.agree)
      for row in 0..<150 {
        #expect(some.columns.outcomes[row] == (selected[row] ? all.columns.outcomes[row] : .no), "\(source) row \(row)")
      }
    }
  }

  @Test func earlierResultsAreOverwritten() throws {
    let fields = [field("x", .integer)]
    let scope = ExpressionScope(fields: fields)
    let table = Table(fields, [[.integer(0)], [.integer(1)], [.none(.blank)]])
    let all = Bitmap(count: 3, repeating: true)
    var result = TriState()
    try CompiledExpression.compile("1 / x == 1", scope: scope, expecting: .bool)
      .evaluate(table.batch, selected: all, into: &result)
    #expect(result.outcomes == [.error, .yes, .unknown])
    #expect(result.firstError == "division by zero")
    try CompiledExpression.compile("given(x)", scope: scope, expecting: .bool)
      .evaluate(table.batch, selected: all, into: &result)
    #expect(result.outcomes == [.yes, .yes, .no])
    #expect(result.firstError == nil)
    let fewer = Table(fields, [[.integer(1)]])
    try CompiledExpression.compile("x == 1", scope: scope, expecting: .bool)
      .evaluate(fewer.batch, selected: Bitmap(count: 1, repeating: true), into: &result)
    #expect(result.outcomes == [.yes])
    #expect(result.isError.count == 1)
  }

  @Test func anEmptyBatchHasNoOutcomes() throws {
    let fields = [field("x", .integer)]
    let both = try BothWays("x == 1", scope: ExpressionScope(fields: fields), Table(fields, []).batch)
    #expect(both.columns.outcomes.isEmpty)
  }

  @Test func organisationsWithoutRecordsHaveAnEmptyList() throws {
    let fields = [field("x", .integer)]
    let table = Table(fields, [[.integer(1)]])
    let scope = ExpressionScope(fields: fields, records: (name: "records", fields: Sample.recordFields))
    for source in ["size(records) == 0", "records.all(r, r.ok)", "!records.exists(r, r.ok)", "records == []"] {
      if source == "records == []" {
        // Records cannot be compared, and a list of them neither.
        #expect(throws: ExpressionError.self) { try BothWays(source, scope: scope, table.batch) }
        continue
      }
      let both = try BothWays(source, scope: scope, table.batch)
      #expect(both.agree)
      #expect(both.columns.outcomes == [.yes], "\(source)")
    }
  }

  @Test func threadsShareAnExpression() async throws {
    let expression = try CompiledExpression.compile(
      "nodes + 1 < examined * 2 && code.matches('^0[1-9]$') && name.lowerAscii() == 'royal surrey'",
      scope: Sample.scope, expecting: .bool)
    let trues = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          var result = TriState()
          return (0..<200).reduce(0) { sum, _ in
            expression.evaluate(Sample.table.batch, selected: Bitmap(count: 1, repeating: true), into: &result)
            return sum + result.isTrue.population
          }
        }
      }
      return await group.reduce(0, +)
    }
    #expect(trues == 1600)
  }
}
