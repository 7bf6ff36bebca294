import AuditModel
import Columns
import TestSupport
import Testing

@testable import Expressions

/// Makes expressions of wanted types over the fields of a table.
private struct Generator {
  var random: SplitMix
  /// What stands before a field's name: nothing, or the variable of a macro.
  var prefix = ""
  /// Whether there are records to ask about.
  var hasRecords = true
  private var elements = 0

  init(random: SplitMix) { self.random = random }

  mutating func condition(_ depth: Int) -> String {
    if depth <= 0 { return leafCondition() }
    let next = depth - 1
    switch random.below(18) {
    case 0, 1: return "(\(condition(next)) && \(condition(next)))"
    case 2, 3: return "(\(condition(next)) || \(condition(next)))"
    case 4: return "!\(condition(next))"
    case 5: return "(\(condition(next)) ? \(condition(next)) : \(condition(next)))"
    case 6: return "(\(condition(next)) \(random.pick(["==", "!=", "<"])) \(condition(next)))"
    case 7, 8: return "(\(integer(next)) \(sign()) \(random.below(4) == 0 ? number(next) : integer(next)))"
    case 9: return "(\(number(next)) \(sign()) \(random.below(4) == 0 ? integer(next) : number(next)))"
    case 10: return "(\(text(next)) \(sign()) \(text(next)))"
    case 11: return "(\(date(next)) \(sign()) \(date(next)))"
    case 12 where hasRecords && prefix.isEmpty:
      let macro = random.pick(["all", "exists", "exists_one"])
      var inner = self
      inner.prefix = "r."
      let condition = inner.condition(next)
      random = inner.random
      // Now and then with something that only the interpreter can do.
      return random.below(4) == 0
        ? "records.\(macro)(r, \(condition) || n > 2)" : "records.\(macro)(r, \(condition))"
    case 13 where hasRecords && prefix.isEmpty:
      return "records.\(random.pick(["all", "exists", "existsOne"]))(i, r, i < 2 || r.n > i)"
    case 14: return named(next)
    case 15: return "(optional.of(\(integer(next))).optMap(v, v + 1).orValue(0) \(sign()) 3)"
    case 16: return "[\(integer(next)), 2].transformList(i, v, v > 1, v * i).exists(v, v == 2)"
    default: return leafCondition()
    }
  }

  /// A name for a field, whose cell can still be asked about, or for something that is worked out.
  private mutating func named(_ depth: Int) -> String {
    elements += 1
    let name = "v\(elements)"
    switch random.below(3) {
    case 0:
      let field = field(["n", "m"])
      return "cel.bind(\(name), \(field), given(\(name)) && \(name) \(sign()) \(integer(depth)))"
    case 1: return "cel.bind(\(name), \(integer(depth)), \(name) \(sign()) 2 || \(name) == \(integer(0)))"
    default: return "cel.bind(\(name), \(condition(depth)), \(name) || \(condition(depth)))"
    }
  }

  private mutating func leafCondition() -> String {
    switch random.below(13) {
    case 0: return random.pick(["true", "false"])
    case 1, 2: return field(["b", "c"])
    case 3, 4:
      let question = random.pick(["given", "isBlank", "isNotKnown", "isNotApplicable", "isSuppressed", "isInvalid"])
      return "\(question)(\(field(["n", "x", "t", "d", "b", "p", "s"])))"
    case 5: return "(\(integer(0)) in [\(random.pick(["1, 2, 3", "0", "", "5, 4, 3, 2, 1, 0, -1, -2, 7, 9", "1.0"]))])"
    case 6: return "(\(text(0)) in [\(random.pick(["'', 'a'", "'03', 'a longer text than a view'", "", "'b'"]))])"
    case 7:
      let function = random.pick(["startsWith", "endsWith", "contains", "matches"])
      return "\(text(1)).\(function)(\(random.pick(["''", "'a'", "'0'", "'longer'", "'a longer text'", "'Ab'"])))"
    case 8: return "\(text(0)).\(random.pick(["startsWith", "endsWith", "contains"]))(\(text(0)))"
    case 9: return "(\(field(["p"])) \(random.pick(["==", "!="])) \(field(["p"])))"
    case 10: return "(\(field(["s"])) \(sign()) \(random.pick([field(["s"]), "timestamp('2016-09-01T00:00:00Z')"])))"
    case 11: return "(\(date(0)) in [date('2016-09-01'), date('2016-02-29')])"
    default: return "(\(integer(0)) \(sign()) \(integer(0)))"
    }
  }

  private mutating func integer(_ depth: Int) -> String {
    switch depth <= 0 ? random.below(5) : random.below(16) {
    case 0, 1, 2: return field(["n", "m"])
    case 3: return random.pick(["0", "1", "2", "-1", "9223372036854775807", "-9223372036854775808"])
    case 4: return "\(random.pick(["low", "high"]))(\(field(["n", "m"])))"
    case 5, 6: return "(\(integer(depth - 1)) \(random.pick(["+", "-", "*", "/", "%"])) \(integer(depth - 1)))"
    case 7: return "-\(integer(depth - 1))"
    case 8: return "\(random.pick(["days", "months"]))(\(date(0)), \(date(0)))"
    case 9: return random.pick(["financialYear(\(date(0)))", "\(date(0)).\(calendarPart())"])
    case 10: return "size(\(text(depth - 1)))"
    case 11: return "int(\(random.pick([number(0), text(0)])))"
    case 12: return "financialQuarter(\(date(0)))"
    case 13: return "\(text(0)).\(random.pick(["indexOf", "lastIndexOf"]))(\(text(0)))"
    case 14: return "math.\(random.pick(["greatest", "least", "bitAnd"]))(\(integer(0)), \(integer(0)))"
    default: return "(\(condition(depth - 1)) ? \(integer(0)) : \(integer(0)))"
    }
  }

  private mutating func calendarPart() -> String {
    random.pick(["getFullYear()", "getMonth()", "getDate()", "getDayOfWeek()", "getDayOfYear()"])
  }

  private mutating func number(_ depth: Int) -> String {
    switch depth <= 0 ? random.below(4) : random.below(7) {
    case 0, 1: return field(["x", "y"])
    case 2: return random.pick(["0.0", "1.0", "-2.5", "1e308", "9223372036854775808.0"])
    case 3: return "\(random.pick(["low", "high"]))(\(field(["x", "y"])))"
    case 4: return "(\(number(depth - 1)) \(random.pick(["+", "-", "*", "/"])) \(number(depth - 1)))"
    case 5: return "-\(number(depth - 1))"
    default: return "double(\(integer(depth - 1)))"
    }
  }

  private mutating func text(_ depth: Int) -> String {
    switch depth <= 0 ? random.below(4) : random.below(9) {
    case 0, 1, 2: return field(["t", "u"])
    case 3: return random.pick(["''", "'a'", "'03'", "' Ab '", "'a longer text than a view'", "'é'"])
    case 4, 5, 6: return "\(text(depth - 1)).\(random.pick(["trim", "lowerAscii", "upperAscii"]))()"
    case 7:
      return
        "\(text(0)).\(random.pick(["substring(1)", "charAt(0)", "replace('a', 'bb')", "reverse()", "split('o').join('-')"]))"
    default: return "(\(text(depth - 1)) + \(text(depth - 1)))"
    }
  }

  private mutating func date(_ depth: Int) -> String {
    switch random.below(8) {
    case 0, 1: return field(["d", "e"])
    case 5 where depth > 0: return "addDays(\(date(0)), \(integer(0)))"
    case 6 where depth > 0: return "addMonths(\(date(0)), \(integer(0)))"
    case 2: return "date('\(random.pick(["2016-09-01", "2016-02-29", "1969-12-31"]))')"
    case 3: return "\(field(["p"])).\(random.pick(["start", "end"]))"
    case 4 where depth > 0: return "date(\(field(["s"])))"
    default: return field(["d", "e"])
    }
  }

  private mutating func field(_ names: [String]) -> String { prefix + random.pick(names) }

  private mutating func sign() -> String { random.pick(["==", "!=", "<", "<=", ">", ">="]) }

  /// A cell of any kind for a field.
  mutating func cell(_ type: FieldType) -> Cell {
    if random.below(4) == 0 {
      let kind = random.pick(CellKind.allCases.filter { $0 != .value })
      return kind == .suppressed && type.isNumeric ? .suppressed(1, 7) : .none(kind)
    }
    switch type {
    case .text:
      let long = "a longer text than a view"
      return .text(
        random.pick(["", "a", "03", "Ab", "ab", " Ab ", "\u{3000}é\u{A0}", long, " \(long)\n", long.uppercased()]))
    case .integer:
      return random.below(4) == 0
        ? .rounded(5, 3, 7) : .integer(random.pick([0, 1, 2, 3, -1, -2, .max, .min, 1 << 53 + 1]))
    case .number:
      return random.below(4) == 0 ? .rounded(5, 3, 7) : .number(random.pick([0, -0.0, 1, 2.5, -2.5, 1e300]))
    case .date: return .date(random.pick(["2016-09-01", "2016-02-29", "2017-03-31", "1969-12-31", "9999-12-31"]))
    case .timestamp: return .timestamp(random.pick([0, -1, 1_472_688_000_000_000, 1_472_733_045_250_000]))
    case .boolean: return .boolean(random.below(2) == 0)
    case .period:
      return random.pick([.period("2016-04-01", "2017-03-31"), .period("2016-09-01", "2016-09-30")])
    }
  }
}

@Suite struct DifferentialTests {
  private static let fields = [
    field("n", .integer), field("m", .integer), field("x", .number), field("y", .number), field("t", .text),
    field("u", .text), field("d", .date), field("e", .date), field("b", .boolean), field("c", .boolean),
    field("p", .period), field("s", .timestamp),
  ]

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func columnsAndRowsComeToTheSame(seed: UInt64) throws {
    var generator = Generator(random: SplitMix(seed: seed))
    let rows = (0..<133).map { _ in Self.fields.map { generator.cell($0.type) } }
    let table = Table(Self.fields, rows)
    let counts = (0..<133).map { _ in generator.random.pick([0, 0, 1, 2, 3, 70]) }
    let records = Table(
      Self.fields, (0..<counts.reduce(0, +)).map { _ in Self.fields.map { generator.cell($0.type) } })
    table.nest(records, counts: counts)
    let scope = ExpressionScope(fields: Self.fields, records: (name: "records", fields: Self.fields))
    var selected = Bitmap(count: 133, repeating: true)
    for row in 0..<133 where generator.random.below(5) == 0 { selected[row] = false }
    var met: Set<Outcome> = []
    for number in 0..<600 {
      let source = generator.condition(3)
      // A column that the file does not have, now and then.
      table.batch.columns[number % Self.fields.count].isPresent = number % 7 != 0
      defer { table.batch.columns[number % Self.fields.count].isPresent = true }
      let both = try BothWays(source, scope: scope, table.batch, selected: selected)
      met.formUnion(both.rows.outcomes)
      guard both.agree else {
        let row = zip(both.columns.outcomes, both.rows.outcomes).enumerated().first { $1.0 != $1.1 }
        Issue.record(
          "\(source): row \(row.map { "\($0.offset): \($0.element)" } ?? both.columns.firstError ?? "")")
        continue
      }
    }
    #expect(met.count == 4)
  }

  @Test func generatedExpressionsReachTheColumnSteps() throws {
    var generator = Generator(random: SplitMix(seed: 5))
    let scope = ExpressionScope(fields: Self.fields, records: (name: "records", fields: Self.fields))
    var interpreted = 0
    for _ in 0..<500 {
      let source = generator.condition(3)
      let program = try CompiledExpression.compile(source, scope: scope, expecting: .bool).program
      if program.step is InterpretedCondition { interpreted += 1 }
    }
    #expect(interpreted < 230)
  }
}
