import AuditModel
import Expressions
import JSONDocument
import Testing

@testable import RulePacks

/// What is read from a dqmi.json, and what is said of one that cannot be used, and where.
@Suite("dqmi.json")
struct ScoringReadingTests {
  static let sound = #"""
    {
      "reading": "What is scored.",
      "items": [
        { "field": "collecting" },
        { "field": "total", "label": "All of them", "applies": "collecting == 'yes'",
          "defaults": "isNotKnown(total)", "threshold": "1/10" },
        { "name": "any-number", "label": "Any number", "valid": "given(total) || given(part)" },
        { "name": "small", "label": "Small", "applies": "given(total)", "valid": "total < 9" }
      ],
      "coverage": { "every": "month", "field": "period" }
    }
    """#

  /// Items that have all there is, to be broken everywhere.
  static let full = [
    #"""
    {
      "$schema": "x", "reading": "What is scored.",
      "items": [
        { "field": "total", "label": "All", "applies": "given(total)", "valid": "total < 9", "defaults": "total == 0",
          "threshold": "1/3" }
      ],
      "coverage": { "every": "month", "field": "period" }
    }
    """#,
    #"""
    {
      "reading": "What is scored.",
      "items": [
        { "name": "small", "label": "Small", "applies": "given(total)", "valid": "total < 9", "defaults": "total == 0",
          "threshold": "1" }
      ]
    }
    """#,
  ]

  private static var pack: SmallPack { SmallPack().adding(sound, as: "dqmi.json") }

  private func changed(
    _ old: String, _ new: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> SmallPack {
    try Self.pack.replacing(old, by: new, in: "dqmi.json", sourceLocation: sourceLocation)
  }

  @Test func itemsAreReadInTheirOrder() throws {
    let scoring = try #require(try Self.pack.load().scoring)
    #expect(scoring.reading == "What is scored." && scoring.coverage?.field == 5)
    #expect(scoring.items.map(\.name) == ["collecting", "total", "any-number", "small"])
    #expect(scoring.items.map(\.label) == ["answer", "All of them", "Any number", "Small"])
    #expect(scoring.items.map(\.applies?.source) == [nil, "collecting == 'yes'", nil, "given(total)"])
    #expect(scoring.items.map(\.defaults?.source) == [nil, "isNotKnown(total)", nil, nil])
    #expect(scoring.items.map(\.threshold) == [nil, Ratio(1, 10), nil, nil])
    #expect(try SmallPack().load().scoring == nil)
  }

  /// A field with codes holds one of them; another is given.
  @Test func validityHasAStandard() throws {
    let scoring = try #require(try Self.pack.load().scoring)
    #expect(
      scoring.items.map(\.valid.source)
        == ["collecting in ['yes', 'no']", "given(total)", "given(total) || given(part)", "total < 9"])
  }

  @Test func defaultsAndThresholdsGoTogether() throws {
    try changed(#", "threshold": "1/10""#, "")
      .replacing(#""defaults": "#, by: #"»"defaults": "#, in: "dqmi.json")
      .expect("Defaults need a \"threshold\": the share of them that is free, such as \"1/10\"")
    try changed("\n      \"defaults\": \"isNotKnown(total)\",", "")
      .replacing(#""threshold": "#, by: #"»"threshold": "#, in: "dqmi.json")
      .expect("A threshold goes with \"defaults\", and there are none here")
    try changed(#""1/10""#, #"»"11/10""#).expect("\"11/10\" is more than 1, and no share is")
    try changed(#""1/10""#, #"»"0.1""#).expect(
      "Expected a fraction of whole numbers such as \"2/3\", up to 9 digits each and not over 0, found \"0.1\"")
  }

  @Test func itemsAreNamedByTheirFieldOrByThemselves() throws {
    try changed(#"{ "field": "collecting" }"#, #"{ "field": »"collectin" }"#)
      .expect("There is no field \"collectin\"; did you mean \"collecting\"?")
    try changed(#"{ "field": "collecting" }"#, #"{ "field": "collecting" }, { "field": »"collecting" }"#)
      .expect("The field \"collecting\" is scored twice")
    try changed(#"{ "field": "collecting" }"#, #"»{ "name": "collecting", "label": "x" }"#)
      .expect("The key \"valid\" is missing")
    try changed(#"{ "field": "collecting" }"#, #"{ "field": "collecting", »"name": "x" }"#)
      .expect(
        "Unknown key \"name\"; the keys are \"field\", \"label\", \"applies\", \"valid\", \"defaults\", \"threshold\"")
    try changed(#""items": ["#, #""items": »[], "itms": ["#)
      .replacing(#""itms""#, by: #"»"itms""#, in: "dqmi.json")
      .expect("Expected at least one item", "Unknown key \"itms\"; did you mean \"items\"?")
  }

  @Test func conditionsAndCoverageAreOfThePacksFields() throws {
    try changed("given(part)", "given(»prt)").expect("There is no field \"prt\"; did you mean \"part\"?")
    try changed(#""field": "period""#, #""field": »"code""#)
      .expect("The field \"code\" is of type text; expected date, timestamp or period")
    try changed(#""every": "month""#, #""every": »"week""#).expect("Expected one of \"month\", found \"week\"")
  }
}
