import JSONDocument
import Testing

@testable import RulePacks

/// What is said of a rule's file that cannot be used, and where.
@Suite("Errors in rules")
struct RuleErrorTests {
  private static let missing = "completeness/count-missing.json"
  private static let pattern = "conformance/code-pattern.json"
  private static let list = "conformance/answer-not-in-list.json"
  private static let above = "consistency/part-above-total.json"

  private func changed(
    _ file: String, _ old: String, _ new: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> SmallPack {
    try SmallPack().replacing(old, by: new, in: file, sourceLocation: sourceLocation)
  }

  @Test func keysAreKnownAndComplete() throws {
    try changed(Self.above, #""why": "It is a part.""#, #"»"whi": "It is a part.""#)
      .replacing("{\n  \"summary\"", by: "»{\n  \"summary\"", in: Self.above)
      .expect("The key \"why\" is missing", "Unknown key \"whi\"; did you mean \"why\"?")
    try changed(Self.above, #""why": "It is a part.""#, #""why": »"""#).expect("The text is empty")
    try changed(Self.above, #"{ "data-officer": "Correct one of them." }"#, "»{}")
      .expect("Expected advice for \"data-officer\", \"reviewer\" or both")
    try changed(Self.above, #""data-officer""#, #"»"officer""#)
      .expect("Unknown key \"officer\"; the keys are \"data-officer\", \"reviewer\"")
  }

  @Test func theFolderIsTheDimension() throws {
    try changed(Self.above, #""dimension": "consistency""#, #""dimension": »"plausibility""#)
      .expect("The rule stands in the folder \"consistency\"; expected that dimension, or the file moved")
  }

  @Test func theFileNameIsTheRulesName() throws {
    var pack = SmallPack()
    pack.files["consistency/Part_above.json"] = pack.files.removeValue(forKey: Self.above)
    try pack.expect("\"Part_above\" is no rule name: a rule's file is named by lower-case words joined by hyphens")
  }

  @Test func idsAndAliasesStandForOneRule() throws {
    var pack = SmallPack()
    pack.files["conformance/part-above-total.json"] = pack.files[Self.pattern]
    try pack.expect("The id \"demo/part-above-total\" is that of conformance/part-above-total.json as well")
    try changed(Self.missing, #"["demo/count-left-out"]"#, #"["demo/code-pattern"]"#)
      .expect("The alias \"demo/code-pattern\" is a name of conformance/code-pattern.json as well")
    try changed(Self.above, #""mandatory": false"#, #""aliases": ["demo/count-left-out"]"#)
      .expect("The alias \"demo/count-left-out\" is a name of completeness/count-missing.json as well")
    try changed(Self.missing, #"["demo/count-left-out"]"#, #"[»"count-left-out"]"#)
      .expect("Expected a rule's id such as \"demo/rule-name\", found \"count-left-out\"")
  }

  @Test func datesOfForceAreDays() throws {
    let errors = try changed(Self.missing, #""2016-09-01""#, #""2016-09-31""#).errors()
    #expect(errors.count == 1 && errors[0].pointer == "/enforced/from" && errors[0].line == 11)
    try changed(Self.missing, #"{ "from": "2016-09-01" }"#, #"»{ "from": "2016-09-01", "to": "2016-08-31" }"#)
      .expect("The last day is before the first")
  }

  @Test func stagesOfLifeFollowEachOther() throws {
    let enforced = #""enforced": { "from": "2016-09-01" }"#
    try changed(Self.missing, enforced, #""beta": { "from": »"2016-09-01" }, "enforced": { "from": "2016-09-01" }"#)
      .expect("The rule is in beta from 2016-09-01 and enforced from 2016-09-01; expected beta to begin first")
    try changed(Self.missing, enforced, #"»"beta": { "from": "2016-01-01" }"#)
      .expect(
        "A rule in beta says from when on it is enforced: expected \"enforced\": { \"from\": … } beside \"beta\"")
    try changed(Self.missing, enforced, #""draft": true, »"enforced": { "from": "2016-09-01" }"#)
      .expect("The rule is a draft, so \"enforced\" says nothing; remove \"draft\" or \"enforced\"")
    try changed(Self.missing, enforced, #""draft": false, "enforced": { "from": "2016-09-01" }"#).expect()
  }

  // MARK: Check kinds and their parameters

  @Test func theCheckKindIsRequired() throws {
    try changed(Self.pattern, #""check": "conformance.pattern""#, #""check": »"conformance.type""#).replacing(
      #""conformance.pattern", "#, by: "", in: "pack.json"
    ).expect("The pack does not require the check kind \"conformance.type\"")
  }

  @Test func parametersAreThoseOfTheKind() throws {
    try changed(Self.above, #""with": { "that": "#, #""with": »{ "this": "#)
      .replacing(#""this""#, by: #"»"this""#, in: Self.above)
      .expect("The key \"that\" is missing", "Unknown key \"this\"; the keys are \"that\"")
    try changed(Self.above, #"  "with": { "that": "!given(part) || low(part) <= high(total)" },"#, "")
      .replacing("{\n  \"summary\"", by: "»{\n  \"summary\"", in: Self.above)
      .expect("The key \"with\" is missing; the check needs \"that\"")
    try changed(Self.missing, #"["not-known"]"#, #"[»"notknown"]"#).expect(
      "Expected one of \"blank\", \"not-known\", \"not-applicable\", found \"notknown\"; did you mean \"not-known\"?")
    try changed(Self.missing, #"["not-known"]"#, "»[]").expect("Expected at least one element")
  }

  @Test func fieldsAreKnownOfTheRightTypeAndListedOnce() throws {
    try changed(Self.missing, #"["total", "part"]"#, #"["total", »"prat"]"#)
      .expect("There is no field \"prat\"; did you mean \"part\"?")
    try changed(Self.missing, #"["total", "part"]"#, #"["total", »"total"]"#).expect("The field is listed twice")
    try changed(Self.missing, #"["total", "part"]"#, "»[]").expect("Expected at least one field")
    try changed(Self.pattern, #""field": "code""#, #""field": »"total""#)
      .expect("The field \"total\" is of type integer; the check needs text")
    try changed(Self.list, #""list": "answers""#, #""list": »"answer""#)
      .expect("The pack has no code list \"answer\"; did you mean \"answers\"?")
    try changed(Self.list, #""at": "period""#, #""at": »"code""#)
      .expect("The field \"code\" is of type text; the check needs date or period")
  }

  @Test func patternsAreRegularExpressions() throws {
    let errors = try changed(Self.pattern, "[A-Z0-9]{3}", "[A-Z0-9{3}").errors()
    #expect(errors.count == 1 && errors[0].pointer == "/with/pattern" && errors[0].line == 8)
  }

  @Test func theFieldOfFindingsIsNamedOnce() throws {
    try changed(Self.above, #""field": "part",\#n"#, #""field": »"prat",\#n"#)
      .expect("There is no field \"prat\"; did you mean \"part\"?")
    try changed(Self.missing, #""severity": "error","#, #""severity": "error", "field": »"total","#)
      .expect("The check points to each of its fields; leave \"field\" out")
  }

  // MARK: Expressions

  @Test func namesInExpressionsAreFields() throws {
    try changed(Self.above, "low(part) <=", "low(»prat) <=")
      .expect("There is no field \"prat\"; did you mean \"part\"?")
    try changed(Self.missing, "collecting == 'yes'", "»colecting == 'yes'")
      .expect("There is no field \"colecting\"; did you mean \"collecting\"?")
    // A rule over records does not see the host's fields.
    #expect(try changed(Self.missing, "collecting == 'yes'", "contact == 'yes'").errors().count == 1)
  }

  @Test func typesInExpressionsFit() throws {
    let errors = try changed(Self.missing, "collecting == 'yes'", "collecting == 7").errors()
    #expect(errors.map { "\($0.line):\($0.pointer ?? "")" } == ["7:/applies"])
    #expect(try changed(Self.missing, "collecting == 'yes'", "total + part").errors().map(\.pointer) == ["/applies"])
    #expect(try changed(Self.above, "high(total)", "high(collecting)").errors().map(\.pointer) == ["/with/that"])
  }

  /// Columns count characters of the file, whatever the string decodes to.
  @Test func placesWithinStringsAreThoseOfTheFile() throws {
    try changed(
      Self.missing, "collecting == 'yes'", #"code != 'é\u00e9\\\\\"\t' && »colecting == 'yes'"#
    ).expect("There is no field \"colecting\"; did you mean \"collecting\"?")
    try changed(Self.missing, "collecting == 'yes'", #"code != '\ud83d\ude00\u20ac\u0041' && »colecting == 'yes'"#)
      .expect("There is no field \"colecting\"; did you mean \"collecting\"?")
  }

  // MARK: Messages

  @Test func placeholdersAreEvidenceOfTheKind() throws {
    try changed(
      Self.above, #""message": "{value} is above the total.",\#n  "examples""#,
      #""message": »"{valu} is above the total.",\#n  "examples""#
    ).expect("consistency.assert gives no \"{valu}\"; did you mean \"value\"?")
    try changed(
      Self.above, #""message": "{value} is above the total.",\#n  "examples""#,
      #""message": »"{difference} above the total.",\#n  "examples""#
    ).expect(
      "consistency.assert gives no \"{difference}\"; it gives {field}, {organisation}, {period}, {row}, {that}, {value}"
    )
    try changed(Self.missing, "{{in {period}}}", "»{period")
      .expect("The placeholder that opens here is not closed by '}'")
  }

  // MARK: Examples

  @Test func bothKindsOfExampleAreThere() throws {
    try changed(Self.pattern, #""pass": [{ "row": { "code": "X1A" } }]"#, #""pass": »[]"#)
      .expect("A rule has at least one example that passes")
    try changed(Self.pattern, #""fail": [{ "row": { "code": "X" }, "finds": [{}] }]"#, #""fail": »[]"#)
      .expect("A rule has at least one example that fails")
    try changed(Self.pattern, #""finds": [{}]"#, #""finds": »[]"#).expect("A failing example has at least one finding")
    try changed(Self.pattern, #"{ "row": { "code": "X" }, "finds": [{}] }"#, #"»{ "row": { "code": "X" } }"#)
      .expect("The key \"finds\" is missing")
  }

  @Test func examplesNameFieldsAndRecordsThatThereAre() throws {
    try changed(Self.pattern, #"{ "row": { "code": "X1A" } }"#, #"{ "row": { »"cod": "X1A" } }"#)
      .expect("Unknown key \"cod\"; did you mean \"code\"?")
    try changed(Self.pattern, #"{ "row": { "code": "X1A" } }"#, "»{}")
      .expect("The example has no records: expected \"row\" or \"rows\"")
    try changed(Self.pattern, #"{ "row": { "code": "X1A" } }"#, #"»{ "row": {}, "rows": [{}] }"#)
      .expect("Expected either \"row\" or \"rows\"")
    try changed(Self.pattern, #""finds": [{}]"#, #""finds": [{ "row": »2 }]"#)
      .expect("The example has no record 2; the first is 1")
    try changed(Self.pattern, #""finds": [{}]"#, #""finds": [{ "field": »"cod" }]"#)
      .expect("There is no field \"cod\"; did you mean \"code\"?")
    try changed(Self.pattern, #"{ "row": { "code": "X1A" } }"#, #"{ "row": {}, "organisation": »{ "asked": true } }"#)
      .expect("The check reads records; an example of it has no \"organisation\"")
    let errors = try changed(Self.pattern, #"{ "code": "X1A" }"#, #"{ "code": 14 }"#).errors()
    #expect(errors.map(\.pointer) == ["/examples/pass/0/row/code"])
  }
}
