import JSONDocument
import Testing

@testable import RulePacks

/// What is said of a status.json that cannot be used, and where.
@Suite("Errors in status.json")
struct StatusErrorTests {
  private func changed(
    _ old: String, _ new: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> SmallPack {
    try SmallPack().replacing(old, by: new, in: "status.json", sourceLocation: sourceLocation)
  }

  private static let silence = #"{ "when": { "answered": ["no"] }, "status": "no-response""#

  /// A row that an author can paste.
  private static func pasted(_ when: String) -> String {
    #"{ "when": \#(when), "status": "needs-review", "basis": "none", "reason": "…" }"#
  }

  private static func bothTake(_ first: Int, _ second: Int, _ when: String) -> String {
    "Rows \(first) and \(second) both take the combination { \"when\": \(when) }; take words away from one of them"
  }

  // MARK: The proof

  @Test func aCombinationLeftOutIsNamed() throws {
    try changed(#""says": ["nothing"] }, "status""#, #""says": ["nothing"], "counts": ["some"] }, "status""#)
      .replacing(#""rules": ["#, by: #""rules": »["#, in: "status.json")
      .expect(
        "No row takes this combination; a row that does: "
          + Self.pasted(#"{ "answered": ["yes"], "says": ["nothing"], "counts": ["none"] }"#))
    try changed(
      #"{ "answered": ["yes"], "says": ["no"] }"#, #"{ "answered": ["yes"], "says": ["no"], "counts": ["some"] }"#
    )
    .replacing(
      #""says": ["nothing"] }, "status""#, by: #""says": ["nothing"], "counts": ["some"] }, "status""#,
      in: "status.json"
    )
    .replacing(#""rules": ["#, by: #""rules": »["#, in: "status.json")
    .expect(
      "No row takes these combinations; rows that do: "
        + Self.pasted(#"{ "answered": ["yes"], "says": ["no"], "counts": ["none"] }"#) + ", "
        + Self.pasted(#"{ "answered": ["yes"], "says": ["nothing"], "counts": ["none"] }"#))
  }

  @Test func aCombinationTakenTwiceIsNamedWithItsRows() throws {
    try changed(#""says": ["no"] }, "status""#, #""says": ["no", "yes"] }, "status""#)
      .replacing(
        #"{ "when": { "answered": ["yes"], "says": ["yes"], "counts": ["none"] }"#,
        by: #"»{ "when": { "answered": ["yes"], "says": ["yes"], "counts": ["none"] }"#, in: "status.json"
      ).replacing(
        #"{ "when": { "answered": ["yes"], "says": ["yes"], "counts": ["some"] }"#,
        by: #"»{ "when": { "answered": ["yes"], "says": ["yes"], "counts": ["some"] }"#, in: "status.json"
      ).expect(
        Self.bothTake(2, 4, #"{ "answered": ["yes"], "says": ["yes"], "counts": ["none"] }"#),
        Self.bothTake(2, 5, #"{ "answered": ["yes"], "says": ["yes"], "counts": ["some"] }"#))
    try changed(Self.silence, #"{ "when": {}, "status": "no-response""#).replacing(
      #"{ "when": { "answered": ["yes"], "says": ["no"] }"#,
      by: #"»{ "when": { "answered": ["yes"], "says": ["no"] }"#, in: "status.json"
    ).replacing(
      #"{ "when": { "answered": ["yes"], "says": ["nothing"] }"#,
      by: #"»{ "when": { "answered": ["yes"], "says": ["nothing"] }"#, in: "status.json"
    ).replacing(
      #"{ "when": { "answered": ["yes"], "says": ["yes"], "counts": ["none"] }"#,
      by: #"»{ "when": { "answered": ["yes"], "says": ["yes"], "counts": ["none"] }"#, in: "status.json"
    ).replacing(
      #"{ "when": { "answered": ["yes"], "says": ["yes"], "counts": ["some"] }"#,
      by: #"»{ "when": { "answered": ["yes"], "says": ["yes"], "counts": ["some"] }"#, in: "status.json"
    ).expect(
      Self.bothTake(1, 2, #"{ "answered": ["yes"], "says": ["no"] }"#),
      Self.bothTake(1, 3, #"{ "answered": ["yes"], "says": ["nothing"] }"#),
      Self.bothTake(1, 4, #"{ "answered": ["yes"], "says": ["yes"], "counts": ["none"] }"#),
      Self.bothTake(1, 5, #"{ "answered": ["yes"], "says": ["yes"], "counts": ["some"] }"#))
  }

  @Test func aRowThatTakesNothingIsTold() throws {
    let errors = try changed(Self.silence, #"{ "when": { "answered": [] }, "status": "no-response""#).errors()
    #expect(errors.map(\.message) == ["The row takes no word, so nothing reaches it"])
    #expect(errors.map(\.pointer) == ["/with/rules/0/when/answered"])
  }

  @Test func tablesThatAreTooLargeToProveAreRefused() throws {
    let cases = (1...400).map { #"{ "when": "total == \#($0)", "is": "\#($0)" }"# }.joined(separator: ", ")
    let pack = try changed(#"{ "when": "records.exists(r, given(r.total))", "is": "some" }"#, cases)
      .replacing(
        #"[{ "when": "collecting == 'yes'", "is": "yes" }, { "when": "collecting == 'no'", "is": "no" }]"#,
        by: "[\(cases)]", in: "status.json")
    let errors = try pack.errors()
    #expect(
      errors.map(\.message).first
        == "The inputs have more than 50000 combinations; the words they have: answered 2, says 401, counts 401")
    let rows = (0..<257).map { _ in Self.silence + #", "basis": "none", "reason": "x" }"# }.joined(separator: ", ")
    #expect(
      try changed(#""rules": ["#, #""rules": [\#(rows),"#).errors().map(\.message)
        == ["The table has more than 256 rows"])
  }

  // MARK: Facts and inputs

  @Test func wordsAreThoseOfTheFacts() throws {
    try changed(#""counts": ["none"]"#, #""counts": [»"nune"]"#)
      .expect(#""counts" has no word "nune"; did you mean "none"?"#)
    try changed(#""says": ["nothing"]"#, #""says": [»"not at all"]"#)
      .expect(#""says" has no word "not at all"; its words are "yes", "no", "nothing""#)
    try changed(#""says": ["nothing"]"#, #""says": ["nothing", »"nothing"]"#).expect("\"nothing\" is listed twice")
  }

  @Test func everyFactIsAnInputAndEveryInputAFact() throws {
    try changed(#"["answered", "says", "counts"]"#, #"["answered", »"say", "counts"]"#)
      .replacing(#""says": {"#, by: #"»"says": {"#, in: "status.json")
      .expect(
        "The fact \"says\" is no input, so nothing depends on it", "There is no fact \"say\"; did you mean \"says\"?")
    let errors = try changed(#""counts": {"#, #""contact": {"#).errors()
    #expect(errors.map(\.message).contains("\"contact\" is a fact that the host gives"))
    #expect(
      try changed(#""counts": {"#, #""the counts": {"#).errors().map(\.message)
        .contains("\"the counts\" is no name for a fact"))
  }

  @Test func factsAreConditionsOverOrganisations() throws {
    try changed("given(r.total)", "given(r.»totl)").expect("Records have no field \"totl\"; did you mean \"total\"?")
    try changed("collecting == 'yes'", "»colecting == 'yes'")
      .expect("There is no field \"colecting\"; did you mean \"collecting\"?")
    try changed("collecting == 'yes'", "contact == 'refused' && after_cut_off").expect()
    let errors = try changed("collecting == 'yes'", "collecting").errors()
    #expect(errors.map(\.pointer) == ["/with/facts/says/cases/0/when"])
  }

  @Test func aFactIsComplete() throws {
    let errors = try changed(#""otherwise": "none","#, "").errors()
    #expect(errors.map(\.message) == ["The key \"otherwise\" is missing"])
    #expect(errors.map(\.pointer) == ["/with/facts/counts"])
  }

  // MARK: Rows

  @Test func statusesAreThoseThatATableMayGive() throws {
    try changed(#""status": "not-collecting""#, #""status": »"awaiting""#).expect(
      "A table gives one of \"collecting\", \"partially-collecting\", \"not-collecting\", \"no-response\", "
        + "\"needs-review\"; \"awaiting\" is given by the host")
    try changed(#""basis": "reply", "reason": "No counts.""#, #""basis": »"none", "reason": "No counts.""#)
      .expect("partially-collecting says whether it rests on \"practice\" or on the \"reply\"")
    let errors = try changed(#""status": "not-collecting""#, #""status": "not_collecting""#).errors()
    #expect(errors.map(\.pointer) == ["/with/rules/1/status"])
  }

  @Test func theHitPolicyIsUnique() throws {
    let errors = try changed(#""UNIQUE""#, #""FIRST""#).errors()
    #expect(errors.map(\.message) == ["Expected one of \"UNIQUE\", found \"FIRST\""])
    #expect(errors.map(\.pointer) == ["/with/hitPolicy"])
  }

  @Test func onlyAKindThatClassifiesGivesStatuses() throws {
    let pack = try changed(#""status.decision-table""#, #"»"consistency.assert""#)
    #expect(try pack.errors().map(\.message).contains("consistency.assert gives organisations no status"))
  }

  // MARK: Examples

  @Test func examplesTellTheHostsFields() throws {
    try changed(#""contact": "answered""#, #""contact": »"anwsered""#).expect(
      "Expected one of \"none\", \"sent\", \"bounced\", \"acknowledged\", \"answered\", \"refused\", \"transferred\", "
        + "found \"anwsered\"; did you mean \"answered\"?")
    let errors = try changed(#""records_received": 0"#, #""records": 0"#).errors()
    #expect(errors.map(\.pointer) == ["/examples/pass/1/organisation/records"])
    try changed(
      #"{ "organisation": { "answered": false, "records_received": 0 }, "status": "no-response" }"#,
      #"»{ "status": "no-response" }"#
    ).expect("The example has no records: expected \"row\" or \"rows\"")
  }
}
