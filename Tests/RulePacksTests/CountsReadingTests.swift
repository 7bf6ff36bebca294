import AuditModel
import Expressions
import JSONDocument
import Testing

@testable import RulePacks

/// What is read from a counts.json, and what is said of one that cannot be used, and where.
@Suite("counts.json")
struct CountsReadingTests {
  static let sound = #"""
    {
      "reading": "Who counts as what.",
      "person": [["nhs_number"], ["code", "reference"]],
      "counts": [
        { "name": "first", "label": "(a)", "words": "Those that say yes.", "where": "collecting == 'yes'",
          "date": "period" },
        { "name": "later", "label": "(b)", "words": "The large.", "where": "total > 9", "date": "period" }
      ],
      "leftOut": [{ "name": "small", "why": "it is small", "when": "total < 2" }],
      "answers": {
        "pack": "demo",
        "fields": { "first": "part", "later": "total" },
        "total": "total",
        "period": "period"
      }
    }
    """#

  private static var pack: SmallPack { SmallPack().adding(sound, as: "counts.json") }

  private func changed(
    _ old: String, _ new: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> SmallPack {
    try Self.pack.replacing(old, by: new, in: "counts.json", sourceLocation: sourceLocation)
  }

  @Test func countsAreReadInTheirOrder() throws {
    let pack = try Self.pack.load()
    let counts = try #require(pack.counts)
    #expect(counts.reading == "Who counts as what." && counts.person == [[6], [0, 1]])
    #expect(counts.counts.map(\.name) == ["first", "later"] && counts.counts.map(\.label) == ["(a)", "(b)"])
    #expect(counts.counts.map(\.words) == ["Those that say yes.", "The large."])
    #expect(counts.counts.map(\.condition.source) == ["collecting == 'yes'", "total > 9"])
    #expect(counts.counts.map(\.date) == [5, 5])
    #expect(counts.leftOut.map(\.why) == ["it is small"])
    let answers = try #require(counts.answers)
    #expect(answers.pack == "demo" && answers.total == "total" && answers.period == "period")
    #expect(answers.fields.map(\.count) == [0, 1] && answers.fields.map(\.field) == ["part", "total"])
    #expect(try SmallPack().load().counts == nil)
  }

  @Test func theFileIsPartOfThePacksDigest() throws {
    #expect(try Self.pack.load().files.map(\.path).contains("counts.json"))
  }

  @Test func conditionsAndFieldsAreThoseOfThePack() throws {
    try changed("total > 9", "»totl > 9").expect("There is no field \"totl\"; did you mean \"total\"?")
    try changed("total < 2", "total »< 'a'").expect(
      "< cannot compare a whole number (int) with text (string); convert one side with int(), double() or string()")
    try changed(#"["nhs_number"]"#, #"[»"nhs_numbr"]"#)
      .expect("There is no field \"nhs_numbr\"; did you mean \"nhs_number\"?")
    let date = SmallPack().adding(
      Self.sound.replacing("\"total > 9\", \"date\": \"period\"", with: "\"total > 9\", \"date\": »\"total\""),
      as: "counts.json")
    try date.expect("The field \"total\" is of type integer; expected date, timestamp or period")
  }

  @Test func everybodyCanBeToldApart() throws {
    try changed(#"[["nhs_number"], ["code", "reference"]]"#, "»[]")
      .expect("Expected at least one key that tells people apart, such as [\"nhs_number\"]")
    try changed(#"["nhs_number"]"#, "»[]").expect("Expected at least one field")
    try changed(#"["code", "reference"]"#, #"["code", »"code"]"#).expect("The field \"code\" is listed twice")
    try changed(#"["nhs_number"]"#, #"»"nhs_number""#).expect("Expected an array, found a string")
  }

  @Test func namesAreGivenOnceAndAreTheAuthorsOwn() throws {
    try changed(#""name": "later""#, #""name": »"first""#)
      .replacing(#""later": "#, by: #"»"later": "#, in: "counts.json")
      .expect("The name \"first\" is given twice", "There is no count \"later\"")
    try changed(#"{ "name": "small""#, #"{ "name": »"Too small""#)
      .expect("\"Too small\" is no name here: lower-case words joined by hyphens")
    let errors = try changed(#""name": "later""#, #""name": "total""#).errors()
    #expect(errors.map(\.message).contains("\"total\" is a name of the host's own; choose another"))
    #expect(errors.map(\.pointer) == ["/counts/1/name", "/answers/fields/later"])
  }

  @Test func answersAreOfCountsThatThereAre() throws {
    try changed(#""later": "total" "#, #"»"latter": "total" "#)
      .expect("There is no count \"latter\"; did you mean \"later\"?")
    try changed(#"{ "first": "part", "later": "total" }"#, "»{}")
      .expect("Expected the answer's field for at least one count")
    try changed(#""pack": "demo""#, #""pack": »"A demo""#)
      .expect("\"A demo\" is no pack name: lower-case words joined by hyphens")
  }

  @Test func keysAreThoseThatThereAre() throws {
    try changed(#""leftOut": "#, #"»"leftOuts": "#).expect("Unknown key \"leftOuts\"; did you mean \"leftOut\"?")
    let errors = try changed(#""reading": "Who counts as what.","#, "").errors()
    #expect(errors.map(\.message) == ["The key \"reading\" is missing"])
    try changed(#""why": "it is small""#, #""why": »"""#).expect("The text is empty")
  }

  @Test func thereAreAtMostSixteenCounts() throws {
    let count = { (number: Int) in
      #"{ "name": "c\#(number)", "label": "l", "words": "w", "where": "true", "date": "period" }"#
    }
    func pack(_ number: Int) -> SmallPack {
      SmallPack().adding(
        "{ \"reading\": \"r\", \"person\": [[\"code\"]], \"counts\": »[\((1...number).map(count).joined(separator: ", "))] }",
        as: "counts.json")
    }
    #expect(try pack(16).errors().isEmpty)
    try pack(17).expect("Expected at most 16 counts, found 17")
  }

  // MARK: The pack that reads the answers

  @Test func fieldsOfTheAnswerAreChecked() throws {
    let pack = try Self.pack.load()
    try pack.checkAnswers(pack)
    func errors(_ old: String, _ new: String) throws -> [String] {
      let broken = try changed(old, new).load()
      do {
        try broken.checkAnswers(pack)
        return []
      } catch let errors {
        return errors.errors.map { "\($0.file):\($0.line) \($0.message)" }
      }
    }
    #expect(
      try errors(#""later": "total" "#, #""later": "totl" "#)
        == ["demo/counts.json:12 The rule pack \"demo\" has no field \"totl\"; did you mean \"total\"?"])
    #expect(
      try errors(#""first": "part""#, #""first": "code""#)
        == ["demo/counts.json:12 The field \"code\" is of type text; expected integer or number"])
    #expect(
      try errors(#""period": "period""#, #""period": "total""#)
        == ["demo/counts.json:14 The field \"total\" is of type integer; expected period"])
  }
}
