import AuditModel
import Expressions
import JSONDocument
import Testing

@testable import RulePacks

/// What is read from a figures.json, and what is said of one that cannot be used, and where.
@Suite("figures.json")
struct FiguresReadingTests {
  static let sound = #"""
    {
      "reading": "What two thirds is.",
      "figures": [
        {
          "name": "say-no",
          "title": "Those that say no",
          "unit": "organisation",
          "base": "records.exists(r, given(r.total))",
          "where": "derived_status == 'not-collecting'",
          "note": "In their own words.",
          "parts": [{ "name": "with-a-part", "title": "with a part", "where": "given(part)" }],
          "claims": [
            {
              "name": "two-thirds",
              "population": "trusts",
              "predicate": "say no",
              "words": "Two thirds say no",
              "relation": "about",
              "value": "2/3",
              "tolerance": "1/50",
              "source": "A letter"
            }
          ]
        },
        { "name": "large", "title": "Large ones", "unit": "record", "base": "collecting == 'yes'", "where": "total > 9" }
      ]
    }
    """#

  private static var pack: SmallPack { SmallPack().adding(sound, as: "figures.json") }

  private func changed(
    _ old: String, _ new: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> SmallPack {
    try Self.pack.replacing(old, by: new, in: "figures.json", sourceLocation: sourceLocation)
  }

  @Test func figuresAreReadInTheirOrder() throws {
    let pack = try Self.pack.load()
    #expect(pack.figuresReading == "What two thirds is." && pack.figures.map(\.name) == ["say-no", "large"])
    let figure = pack.figures[0]
    #expect(figure.unit == .organisation && figure.title == "Those that say no" && figure.note == "In their own words.")
    #expect(figure.conditions.map(\.source) == ["derived_status == 'not-collecting'", "given(part)"])
    #expect(figure.parts.map(\.title) == ["with a part"])
    let claim = try #require(figure.claims.first)
    #expect(claim.value == Ratio(2, 3) && claim.tolerance == Ratio(1, 50) && claim.relation == .about)
    #expect(claim.population == "trusts" && claim.predicate == "say no" && claim.source == "A letter")
    #expect(pack.figures[1].unit == .record && pack.figures[1].note == "" && pack.figures[1].claims.isEmpty)
  }

  /// Nothing is known of the records of one that is silent, though the list is empty.
  @Test func aBaseThatReadsRecordsIsToldApart() throws {
    #expect(try Self.pack.load().figures.map(\.baseReadsRecords) == [true, false])
    let other = try changed("records.exists(r, given(r.total))", "given(total) && records_received > 1").load()
    #expect(!other.figures[0].baseReadsRecords)
  }

  @Test func theFileIsPartOfThePacksDigest() throws {
    #expect(try Self.pack.load().files.map(\.path).contains("figures.json"))
    #expect(try SmallPack().load().figures.isEmpty)
  }

  @Test func conditionsAreCheckedAgainstTheFieldsOfTheirUnit() throws {
    try changed("derived_status ==", "»derived_statu ==")
      .expect("There is no field \"derived_statu\"; did you mean \"derived_status\"?")
    try changed("given(r.total)", "given(r.»totl)").expect("Records have no field \"totl\"; did you mean \"total\"?")
    try changed("given(part)", "given(»prt)").expect("There is no field \"prt\"; did you mean \"part\"?")
    // Of one record the host knows no status.
    try changed("total > 9", "»derived_status == 'x'")
      .expect("There is no field \"derived_status\"; a text stands in quotes: 'derived_status'")
    let errors = try changed("total > 9", "total").errors()
    #expect(errors.map(\.pointer) == ["/figures/1/where"])
  }

  @Test func keysAndWordsAreThoseThatThereAre() throws {
    try changed(#""note": "#, #"»"notes": "#).expect("Unknown key \"notes\"; did you mean \"note\"?")
    try changed(#""unit": "record""#, #""unit": »"records""#)
      .expect("Expected one of \"organisation\", \"record\", found \"records\"; did you mean \"record\"?")
    try changed(#""relation": "about""#, #""relation": »"around""#).expect(
      "Expected one of \"about\", \"at least\", \"at most\", \"more than\", \"less than\", \"exactly\", found \"around\""
    )
    let errors = try changed(#""population": "trusts","#, "").errors()
    #expect(errors.map(\.message) == ["The key \"population\" is missing"])
    #expect(errors.map(\.pointer) == ["/figures/0/claims/0"])
    try changed(#""title": "Large ones""#, #""title": »"""#).expect("The text is empty")
  }

  @Test func namesAreGivenOnce() throws {
    try changed(#""name": "large""#, #""name": »"say-no""#).expect("The name \"say-no\" is given twice")
    try changed(#""name": "large""#, #""name": »"Large ones""#)
      .expect("\"Large ones\" is no name here: lower-case words joined by hyphens")
  }

  @Test(arguments: ["2/0", "-2/3", "0.66", "2:3", "two thirds", "1234567890/2234567890"])
  func sharesAreFractions(_ text: String) throws {
    try changed(#""value": "2/3""#, "\"value\": »\"\(text)\"").expect(
      "Expected a fraction of whole numbers such as \"2/3\", up to 9 digits each and not over 0, found \"\(text)\"")
  }

  @Test func sharesAreAtMostOne() throws {
    try changed(#""value": "2/3""#, #""value": »"3/2""#).expect("\"3/2\" is more than 1, and no share is")
    try changed(#""tolerance": "1/50""#, #""tolerance": »"50/1""#).expect("\"50/1\" is more than 1, and no share is")
    let errors = try changed(#""value": "2/3""#, #""value": 0.66"#).errors()
    #expect(errors.map(\.pointer) == ["/figures/0/claims/0/value"])
  }

  @Test func claimsCanBeSupported() throws {
    func about(_ relation: String, _ value: String) throws -> SmallPack {
      try changed(#""tolerance": "1/50","#, "")
        .replacing(#""relation": "about""#, by: "\"relation\": \"\(relation)\"", in: "figures.json")
        .replacing(#""value": "2/3""#, by: "\"value\": »\"\(value)\"", in: "figures.json")
    }
    try about("more than", "1").expect("No share is more than 1, so the claim could never be supported")
    try about("less than", "0/5").expect("No share is less than 0, so the claim could never be supported")
    try changed(#""relation": "about""#, #""relation": "at least""#)
      .replacing(#""tolerance": "1/50""#, by: #""tolerance": »"1/50""#, in: "figures.json")
      .expect("A tolerance goes with the relation \"about\", and this one is \"at least\"")
  }

  @Test func aFileHoldsAtLeastOneFigure() throws {
    try SmallPack().adding(#"{ "figures": »[] }"#, as: "figures.json").expect("Expected at least one figure")
    try SmallPack().adding(#"»{}"#, as: "figures.json").expect("The key \"figures\" is missing")
  }

  @Test func recordsMayBeOfNobody() throws {
    var pack = try SmallPack().replacing(#""organisation": { "code": "code" },"#, by: "", in: "pack.json")
      .replacing(
        ", \"consistency.assert\",\n    \"status.decision-table\"", by: ", \"consistency.assert\"", in: "pack.json")
    pack.files["status.json"] = nil
    #expect(try !pack.load().namesOrganisations)
    #expect(try SmallPack().load().namesOrganisations)
  }
}
