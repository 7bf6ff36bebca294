import AuditModel
import Columns
import Testing

@testable import Expressions

@Suite struct CheckerTests {
  private func compile(_ source: String) throws -> CompiledExpression {
    try CompiledExpression.compile(source, scope: Sample.scope, expecting: .bool)
  }

  @Test(arguments: [
    // Names.
    ("nodse == 1", 0, "There is no field \"nodse\"; did you mean \"nodes\"?"),
    ("nodes == 1 && record.size() > 1", 14, "There is no field \"record\"; did you mean \"records\"?"),
    ("name == yes", 8, "There is no field \"yes\"; a text stands in quotes: 'yes'"),
    ("kind == 'mdt'", 0, "There is no field \"kind\"; the records have it: records.exists(r, r.kind == …)"),
    ("records.all(r, r.sise > 1)", 17, "Records have no field \"sise\"; did you mean \"size\"?"),
    ("records.all(r, has(r.sise))", 15, "Records have no field \"sise\"; did you mean \"size\"?"),
    ("records.all(r, s.size > 1)", 15, "There is no field \"s\"; did you mean \"r\"?"),
    ("covered.begin == diagnosed", 8, "A period has the members start and end, not \"begin\""),
    (
      "records.size == 5", 8,
      "A list of records has no members; ask about each record, as in records.exists(r, r.size == …)"
    ),
    ("nodes.x == 1", 6, "There is no member \"x\": what stands before the dot is a whole number (int)"),
    ("has(covered.start)", 0, "has asks for a member of a record, and what stands before the dot is a period"),
    // Functions.
    ("name.startWith('a')", 5, "There is no function \"startWith\"; did you mean \"startsWith\"?"),
    ("isblank(nodes)", 0, "There is no function \"isblank\"; did you mean \"isBlank\"?"),
    ("startsWith(name, 'a')", 0, "startsWith is written string.startsWith(string)"),
    ("nodes.given()", 6, "given stands before its field, as in given(r.x)"),
    ("all(records, true)", 0, "all stands after its list, as in list.all(r, …)"),
    ("name.contains(1)", 5, "contains does not take (string, int); it is written string.contains(string)"),
    (
      "size(nodes) == 1", 0,
      "size does not take (int); it is written size(string) or size(bytes) or size(list) or size(map)"
    ),
    ("days(diagnosed) == 1", 0, "days does not take (date); it is written days(date, date)"),
    // Operators.
    ("name == 3", 5, "== cannot compare text (string) with a whole number (int); put the number in quotes"),
    (
      "nodes == '3'", 6,
      "== cannot compare a whole number (int) with text (string); convert one side with int(), double() or string()"
    ),
    ("diagnosed > '2016-09-01'", 10, "> cannot compare a date with text (string); write a date as date('2016-09-01')"),
    (
      "collecting == 'true'", 11,
      "== cannot compare true or false (bool) with text (string); true and false stand without quotes"
    ),
    (
      "nodes == null", 6,
      "== cannot compare a whole number (int) with null; write given(x) or isBlank(x) to ask whether a cell has a value"
    ),
    ("covered < covered", 8, "< cannot compare a period with a period; compare their start or end"),
    (
      "1 < nodes < 5", 10,
      "< cannot compare true or false (bool) with a whole number (int); write a < b && b < c for a chain"
    ),
    ("records.all(r, r == r)", 17, "== cannot compare a record with a record; compare fields of the record"),
    ("collecting && nodes", 14, "&& joins conditions, and this is a whole number (int)"),
    ("name || collecting", 0, "|| joins conditions, and this is text (string)"),
    ("!nodes", 0, "! takes a condition, and this is a whole number (int)"),
    ("-name == 'a'", 0, "- takes a number, and this is text (string)"),
    (
      "nodes + rate > 1", 6,
      "+ does not take a whole number (int) and a number (double); convert one side with double() or int()"
    ),
    (
      "rate % 2.0 == 0.0", 5,
      "% does not take a number (double) and a number (double); only whole numbers have a remainder"
    ),
    (
      "diagnosed - died > 3", 10,
      "- does not take a date and a date; days(a, b) and months(a, b) count the time between two dates"
    ),
    (
      "name + 1 == 'a'", 5,
      "+ does not take text (string) and a whole number (int); convert the other side with string()"
    ),
    ("collecting + alive", 11, "+ does not take true or false (bool) and true or false (bool)"),
    ("nodes in ['1']", 6, "in looks for a whole number (int) among string values, which it can never be"),
    ("name in 'abc'", 5, "in takes a list on its right, as in x in ['a', 'b'], and this is text (string)"),
    (
      "diagnosed in covered", 10,
      "in takes a list on its right; write p.start <= d && d <= p.end for a day within a period"
    ),
    ("nodes ? true : false", 6, "? takes a condition before it, and this is a whole number (int)"),
    ("collecting ? 1 : 'a'", 11, "The two results of ? differ in type: a whole number (int) and text (string)"),
    ("records[name].ok", 7, "A list is indexed by a whole number, not by text (string)"),
    ("nodes[0] == 1", 5, "Only lists and maps have an index, and this is a whole number (int)"),
    ("{'a': 1}[1] == 1", 8, "The keys of this map are string, and this is a whole number (int)"),
    ("{1.5: 1}.size() == 1", 1, "A map's keys are text, whole numbers or truth values, not a number (double)"),
    // Macros.
    ("records.exists(r)", 8, "exists takes a name and a condition, as in list.exists(r, r.x > 0)"),
    ("records.map(r) == []", 8, "map takes a name and what to make of each element, as in list.map(r, r.x)"),
    ("nodes.all(r, true)", 6, "all takes a list or a map before the dot, and this is a whole number (int)"),
    ("records.all(r, r.size)", 17, "all asks a condition of each element, and this is a whole number (int)"),
    ("given(nodes + 1)", 12, "given asks about a cell: it takes a field, as in given(x) or given(r.x)"),
    ("given(records)", 6, "given asks about a cell: it takes a field, as in given(x) or given(r.x)"),
    ("records.all(nodes, given(nodes))", 25, "given asks about a cell: it takes a field, as in given(x) or given(r.x)"),
    ("given(covered.start)", 14, "given asks about a cell: it takes a field, as in given(x) or given(r.x)"),
    ("low(name) == 'a'", 4, "low takes a field of type integer or number, and this is text (string)"),
    // Constants.
    ("diagnosed > date('2016-02-30')", 17, "\"2016-02-30\" is no date; write it as date('2016-09-01')"),
    ("name.matches('a(')", 13, "The regular expression cannot be read: missing ): a("),
    ("matches(name, '[')", 14, "The regular expression cannot be read: missing ]: ["),
    // The whole.
    ("nodes + 1", 6, "A condition is expected, which is true or false, and this is a whole number (int)"),
    ("'yes'", 0, "A condition is expected, which is true or false, and this is text (string)"),
    ("google.Duration{} == 1", 0, "There is no type \"google.Duration\" to make a value of"),
  ])
  func saysWhatDoesNotFitAndWhere(source: String, offset: Int, message: String) {
    #expect(throws: ExpressionError(message, offset: offset)) { try compile(source) }
  }

  @Test func fieldsReadAreListedOnceInOrder() throws {
    let names = { (source: String) in try compile(source).fieldsRead.map { Sample.fields[$0].name } }
    #expect(try names("rate > 1.0 && nodes < examined && nodes > 0") == ["rate", "nodes", "examined"])
    #expect(try names("given(hidden) || low(hidden) > 1 || isBlank(blank)") == ["hidden", "blank"])
    #expect(try names("records.exists(r, r.size > nodes)") == ["nodes"])
    #expect(try names("covered.start <= diagnosed") == ["covered", "diagnosed"])
    #expect(try names("1 < 2") == [])
  }

  @Test func anElementHidesAFieldOfTheSameName() throws {
    #expect(try compile("[1].all(nodes, nodes == 1)").fieldsRead.isEmpty)
    #expect(try compile("[1].all(nodes, .nodes == 3 && nodes == 1)").fieldsRead == [3])
  }

  @Test func wholeNumbersAndNumbersMayBeCompared() throws {
    for sign in ["<", "<=", ">", ">=", "==", "!="] {
      _ = try compile("nodes \(sign) rate")
      _ = try compile("rate \(sign) 5")
    }
    _ = try compile("rate in [1, 2]")
  }

  @Test func theSourceIsKept() throws {
    #expect(try compile(" nodes  > 1 ").source == " nodes  > 1 ")
  }

  @Test func namesOfRecordsNeedARecordsScope() {
    #expect(throws: ExpressionError("There is no field \"records\"; a text stands in quotes: 'records'", offset: 0)) {
      try CompiledExpression.compile(
        "records.size() > 1", scope: ExpressionScope(fields: Sample.recordFields), expecting: .bool)
    }
  }
}
