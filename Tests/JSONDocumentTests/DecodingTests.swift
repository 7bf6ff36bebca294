import AuditModel
import JSONDocument
import Testing

@Suite("Typed reading")
struct DecodingTests {
  private enum Severity: String, CaseIterable { case error, warning, info }

  private let root: JSONValue

  init() throws {
    let text = """
      {"name": "both-counts-given", "count": 3, "share": 0.5, "whole": 2, "mandatory": false,
       "fields": ["first", "progressed"], "severity": "warnign", "from": "2016-09-01", "bad": "2016-9-1",
       "enforced": {"from": null}, "mixed": ["a", 1]}
      """
    root = try JSONDocument.parse(Array(text.utf8), name: "r.json").root
  }

  private func message(_ body: () throws(JSONError) -> Void) -> String {
    do {
      try body()
      return "no error"
    } catch {
      return "\(error) [\(error.pointer ?? "")]"
    }
  }

  @Test func membersAreReadByType() throws {
    #expect(try root.requiredString("name") == "both-counts-given")
    #expect(try root.requiredInteger("count") == 3)
    #expect(try root.requiredDouble("share") == 0.5 && root.requiredDouble("whole") == 2)
    #expect(try root.requiredBoolean("mandatory") == false)
    #expect(try root.requiredStringArray("fields") == ["first", "progressed"])
    #expect(try root.requiredArray("mixed").count == 2)
    #expect(try root.requiredDate("from") == CalendarDate(year: 2016, month: 9, day: 1))
    #expect(try root.requiredObject("enforced").count == 1)
  }

  @Test func absentOptionalMembersAreNil() throws {
    #expect(try root.optionalString("none") == nil && root.optionalInteger("none") == nil)
    #expect(try root.optionalDouble("none") == nil && root.optionalBoolean("none") == nil)
    #expect(try root.optionalDate("none") == nil && root.optionalStringArray("none") == nil)
    #expect(try root.optionalArray("none") == nil && root.optionalObject("none") == nil)
    let severity: Severity? = try root.optionalWord("none")
    #expect(severity == nil)
    #expect(try root.optionalString("name") == "both-counts-given")
  }

  @Test func wrongTypesSayWhatWasExpectedAndFound() {
    #expect(
      message { () throws(JSONError) in _ = try root.requiredString("count") }
        == "r.json:1:40: Expected a string, found an integer [/count]")
    #expect(
      message { () throws(JSONError) in _ = try root.optionalInteger("share") }
        == "r.json:1:52: Expected an integer, found a decimal number [/share]")
    #expect(
      message { () throws(JSONError) in _ = try root.requiredStringArray("mixed") }
        == "r.json:3:45: Expected a string, found an integer [/mixed/1]")
    #expect(
      message { () throws(JSONError) in _ = try root.requiredObject("enforced").optionalDate("from") }
        == "r.json:3:23: Expected a date written \"CCYY-MM-DD\", found null [/enforced/from]")
    #expect(
      message { () throws(JSONError) in _ = try root.requiredDate("bad") }
        .contains("Expected a date written \"CCYY-MM-DD\", found \"2016-9-1\" [/bad]"))
    #expect(
      message { () throws(JSONError) in _ = try root.requiredBoolean("none") }
        == "r.json:1:1: The key \"none\" is missing []")
    #expect(
      message { () throws(JSONError) in _ = try root.required("name").requiredString("x") }
        == "r.json:1:10: Expected an object, found a string [/name]")
  }

  @Test func wordsAreCheckedAndSuggested() throws {
    #expect(
      message { () throws(JSONError) in _ = try root.requiredWord("severity", of: Severity.self) }.contains(
        "Expected one of \"error\", \"warning\", \"info\", found \"warnign\"; did you mean \"warning\"? [/severity]"))
    let text = try JSONDocument.parse(Array(#"{"severity":"info"}"#.utf8), name: "a").root
    #expect(try text.requiredWord("severity") == Severity.info)
  }

  @Test func unknownKeysAreRefusedWithTheNearestKnownOne() throws {
    let text = "{\"summary\": \"x\",\n \"sumary\": \"y\"}"
    let root = try JSONDocument.parse(Array(text.utf8), name: "r.json").root
    #expect(
      message { () throws(JSONError) in try root.object(allowing: ["why"], required: ["summary"]) }
        == "r.json:2:2: Unknown key \"sumary\"; did you mean \"summary\"? [/sumary]")
    #expect(
      message { () throws(JSONError) in try root.object(allowing: ["a", "summary"]) }
        == "r.json:2:2: Unknown key \"sumary\"; did you mean \"summary\"? [/sumary]")
    #expect(
      message { () throws(JSONError) in try root.object(allowing: ["sumary"], required: ["fix", "summary"]) }
        == "r.json:1:1: The key \"fix\" is missing []")
    #expect(
      message { () throws(JSONError) in try root.object(allowing: ["unlike"]) }
        == "r.json:1:2: Unknown key \"summary\"; the keys are \"unlike\" [/summary]")
    try root.object(allowing: ["sumary", "summary"])
  }
}
