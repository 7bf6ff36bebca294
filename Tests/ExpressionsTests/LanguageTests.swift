import Testing

@testable import Expressions

/// The language by itself, beyond what conditions over rows show (CEL's own vectors are in `ConformanceTests`).
@Suite struct LanguageTests {
  private func text(_ source: String) throws -> String {
    let result = try Evaluation.evaluate(source)
    return result.error.map { "error: \($0)" } ?? result.text
  }

  @Test(arguments: [
    // Times.
    ("timestamp('2016-09-01T12:30:00.5Z') + duration('1h')", "timestamp(\"2016-09-01T13:30:00.5Z\")"),
    ("timestamp('2016-03-01T00:00:00Z') - timestamp('2016-02-28T00:00:00Z')", "duration(\"172800s\")"),
    ("duration('-1.5h') + duration('1ms')", "duration(\"-5399.999s\")"),
    ("duration('1h45m47s') - duration('500us')", "duration(\"6346.9995s\")"),
    ("timestamp('1969-12-31T23:59:59.999999999Z').getFullYear()", "1969"),
    ("timestamp('2016-06-30T23:30:00Z').getHours('Europe/London')", "0"),
    ("timestamp('2016-12-30T23:30:00Z').getHours('Europe/London')", "23"),
    ("timestamp('2016-06-30T23:30:00Z').getDate('Europe/Nowhere')", "error: there is no such time zone"),
    ("timestamp(1472733000)", "timestamp(\"2016-09-01T12:30:00Z\")"),
    ("duration('292277y')", "error: the text cannot be read as a duration"),
    ("duration('123.456s').getMilliseconds()", "456"),
    ("type(duration('1s'))", "google.protobuf.Duration"),
    // Dates and financial years, which are ours.
    ("addMonths(date('2016-01-31'), 1)", "date(\"2016-02-29\")"),
    ("addMonths(date('2016-01-31'), -2)", "date(\"2015-11-30\")"),
    ("addDays(date('2016-02-28'), 2)", "date(\"2016-03-01\")"),
    ("addDays(date('9999-12-31'), 1)", "error: the date is outside the years 1 to 9999"),
    ("addMonths(date('0001-01-01'), -1)", "error: the date is outside the years 1 to 9999"),
    ("financialQuarter(date('2016-03-31'))", "4"),
    ("financialQuarter(date('2016-04-01'))", "1"),
    ("financialPeriod(2016)", "period(date(\"2016-04-01\"), date(\"2017-03-31\"))"),
    ("financialPeriod(financialYear(date('2017-02-01'))).end", "date(\"2017-03-31\")"),
    ("period(date('2016-04-01'), date('2016-03-01'))", "error: the period ends before it starts"),
    ("period(date('2016-04-01'), date('2017-03-31')) == financialPeriod(2016)", "true"),
    ("type(date('2016-04-01')) == date", "true"),
    // Text.
    ("'a,b,,c'.split(',')", "[\"a\", \"b\", \"\", \"c\"]"),
    ("'a,b,c'.split(',', 2)", "[\"a\", \"b,c\"]"),
    ("'ñoño'.split('')", "[\"ñ\", \"o\", \"ñ\", \"o\"]"),
    ("''.split(',')", "[\"\"]"),
    ("''.split('')", "[]"),
    ("'banana'.replace('an', 'o', 1)", "\"boana\""),
    ("'né'.replace('', '-')", "\"-n-é-\""),
    ("'né'.replace('', '-', 2)", "\"-n-é\""),
    ("['a', 'b'].join(', ')", "\"a, b\""),
    ("'tacocat'.lastIndexOf('a', 3)", "1"),
    ("'%s has %d of %.1f (%x)'.format(['a', 3, 2.25, 255])", "\"a has 3 of 2.2 (ff)\""),
    ("'%s'.format([])", "error: the format has more clauses than there are values"),
    ("'%q'.format([1])", "error: %q does not take a value of type int, or is no clause"),
    ("'%'.format([1])", "error: a % in the format is not followed by a clause such as s or .2f"),
    ("strings.quote('a\"b\\n')", #""\"a\\\"b\\n\"""#),
    (#"'a\u001b[31m\u202e'"#, #""a\u001b[31m\u202e""#),
    // Lists, maps and optional values.
    ("{'b': 1, 'a': [1u, 2.0]}", "{\"a\": [1u, 2.0], \"b\": 1}"),
    ("{'a': 1}.?b.orValue(7)", "7"),
    ("[1, 2][?5].optMap(x, x + 1)", "optional.none()"),
    ("[1, 2][?1].optMap(x, x + 1)", "optional.of(3)"),
    ("[?optional.of(1), ?optional.none()] + [2]", "[1, 2]"),
    ("{?'a': optional.none(), 'b': 2}", "{\"b\": 2}"),
    ("optional.none().value()", "error: the optional has no value"),
    ("optional.of(1).orValue(1 / 0)", "1"),
    ("[3, 1, 2].transformList(i, v, v > 1, v * i)", "[0, 4]"),
    ("{'a': 1, 'b': 2}.transformMap(k, v, k + string(v))", "{\"a\": \"a1\", \"b\": \"b2\"}"),
    ("['x', 'y'].exists(i, v, i == 1 && v == 'y')", "true"),
    // Names.
    ("cel.bind(x, 2, cel.bind(y, x * 3, [x, y]))", "[2, 6]"),
    ("cel.bind(x, 1 / 0, true)", "true"),
    ("cel.bind(x, [1, 2].map(y, y + 1), x.exists(z, z == 3) && size(x) == 2)", "true"),
    ("[1, 2].map(x, cel.bind(y, x + 1, y * y))", "[4, 9]"),
    // Numbers.
    ("math.greatest(1, 2.5, 2u)", "2.5"),
    ("math.least([3, 1])", "1"),
    ("math.least([])", "error: the list has no number"),
    ("math.round(2.5) + math.sqrt(16)", "7.0"),
    ("math.bitShiftRight(-1, 60)", "15"),
    ("dyn(9223372036854775807) == 9223372036854775808.0", "true"),
    ("double('NaN')", "double(\"NaN\")"),
  ])
  func comesTo(source: String, expected: String) throws {
    #expect(try text(source) == expected, "\(source)")
  }

  @Test(arguments: [
    ("totl + 1", "There is no variable \"totl\"; did you mean \"total\"?"),
    ("math.greatset(1, 2)", "There is no function \"math.greatset\"; did you mean \"math.greatest\"?"),
    ("'a'.subString(1)", "There is no function \"subString\"; did you mean \"substring\"?"),
    ("duration('1h') + 1", "+ does not take a duration and a whole number (int)"),
    (
      "date('2016-09-01') + 7",
      "+ does not take a date and a whole number (int); addDays(d, 7) and addMonths(d, 1) make a later date"
    ),
    ("[?1]", "? takes an optional value, and this is a whole number (int)"),
    ("optional.of(1) == 1", "== cannot compare an optional value with a whole number (int)"),
    ("isOpen('X1A', date('2016-09-01'))", "There is no register here that isOpen could look up"),
    ("cel.bind(1, 2, 3)", "cel.bind takes a plain name first, as in cel.bind(x, a + b, x > 0)"),
    ("[1].all(x, x, x > 0)", "all takes two different names"),
    (
      "math.abs('a')",
      "math.abs does not take (string); it is written math.abs(int) or math.abs(uint) or math.abs(double)"
    ),
  ])
  func doesNotCheck(source: String, message: String) {
    var variables = EvaluationVariables()
    variables.add("total", .int(31))
    do {
      _ = try Evaluation.evaluate(source, variables)
      Issue.record("\(source) was taken")
    } catch {
      #expect(error.message == message, "\(source)")
    }
  }

  @Test func uncheckedExpressionsFailWhereTheyAreEvaluated() throws {
    func unchecked(_ source: String) throws -> String? { try Evaluation.evaluate(source, isChecked: false).error }
    #expect(try unchecked("nothing == 1 || true") == nil)
    #expect(
      try unchecked("nothing == 1 && true") == "There is no variable \"nothing\"; a text stands in quotes: 'nothing'")
    #expect(try unchecked("'a' < 1") == Value.noOverload.literalError)
    #expect(throws: ExpressionError.self) { try Evaluation.evaluate("1 +", isChecked: false) }
  }

  @Test(arguments: [
    // Each would go on for ages, or fill the memory.
    "[1,2,3,4,5,6,7,8,9].all(a, [1,2,3,4,5,6,7,8,9].all(b, [1,2,3,4,5,6,7,8,9].all(c, [1,2,3,4,5,6,7,8,9].all(d, [1,2,3,4,5,6,7,8,9].all(e, [1,2,3,4,5,6,7,8,9].all(f, [1,2,3,4,5,6,7,8,9].all(g, a+b+c+d+e+f+g > 0)))))))",
    "[1,2,3,4,5,6,7,8,9].all(a, [1,2,3,4,5,6,7,8,9].all(b, [1,2,3,4,5,6,7,8,9].all(c, [1,2,3,4,5,6,7,8,9].all(d, [1,2,3,4,5,6,7,8,9].all(e, [1,2,3,4,5,6,7,8,9].all(f, [1,2,3,4,5,6,7,8,9].all(g, a+b+c+d+e+f+g > 0))))))) || true",
    (0..<60).reduce("size(x)") { source, _ in "cel.bind(x, x + x, \(source))" }.bound("x", "'abcdefgh' + 'i'"),
    (0..<60).reduce("x == x") { source, _ in "cel.bind(x, [x, x], \(source))" }.bound("x", "[1, 2] + [3]"),
    (0..<30).reduce("size(x)") { source, _ in "cel.bind(x, x.replace('', x), \(source))" }.bound("x", "'ab' + 'c'"),
    (0..<30).reduce("size('%s'.format([x]))") { source, _ in "cel.bind(x, [x, x, x, x], \(source))" }.bound(
      "x", "[1] + [2]"),
  ])
  func costIsBounded(source: String) throws {
    let error = try #require(try Evaluation.evaluate(source).error)
    #expect(error == "the expression costs too much to evaluate" || error == "the value would be too large")
  }
}

extension String {
  fileprivate func bound(_ name: String, _ value: String) -> String { "cel.bind(\(name), \(value), \(self))" }
}

extension Value {
  fileprivate var literalError: String? { if case .error(let message) = self { message } else { nil } }
}
