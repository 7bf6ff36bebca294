import AuditModel
import JSONDocument
import Testing

@testable import RulePacks

/// What is said of a pack.json that cannot be used, and where.
@Suite("Errors in pack.json")
struct PackErrorTests {
  private func changed(
    _ old: String, _ new: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> SmallPack {
    try SmallPack().replacing(old, by: new, in: "pack.json", sourceLocation: sourceLocation)
  }

  @Test func thePackAsItStandsIsSound() throws { try SmallPack().expect() }

  @Test func withoutPackFileItIsNoPack() throws {
    var pack = SmallPack()
    pack.files["pack.json"] = nil
    try pack.expect("There is no such file; every rule pack has one")
  }

  @Test func keysAreKnownAndComplete() throws {
    try changed(#""title": "A"#, #"»"titel": "A"#).replacing("{\n  \"name\"", by: "»{\n  \"name\"", in: "pack.json")
      .expect("The key \"title\" is missing", "Unknown key \"titel\"; did you mean \"title\"?")
    try changed(
      #"{ "name": "nhs_number", "label": "NHS number""#, #"»{ "name": "nhs_number", "kind": "NHS number""#
    ).replacing(#""kind": "NHS number""#, by: #"»"kind": "NHS number""#, in: "pack.json").expect(
      "The key \"label\" is missing",
      "Unknown key \"kind\"; the keys are \"name\", \"label\", \"type\", \"summary\", \"privacy\", \"aliases\", "
        + "\"codes\", \"spellings\", \"optional\", \"paths\", \"unit\"")
  }

  @Test func textThatIsNoJSONIsToldOnce() throws {
    let errors = try changed(#""totals": ["sum"],"#, #""totals": ["sum"]"#).errors()
    #expect(errors.count == 1 && errors[0].file == "demo/pack.json" && errors[0].line == 16)
  }

  @Test func namesAreThoseOfFolders() throws {
    try changed(#""name": "demo""#, #""name": »"domo""#)
      .expect("The pack is named \"domo\", and its folder \"demo\"; they must be equal")
    try changed(#""name": "demo""#, #""name": »"Demo""#)
      .expect("\"Demo\" is no pack name: lower-case words joined by hyphens")
    var pack = SmallPack()
    pack.folderName = "other"
    #expect(
      try pack.errors().first?.message == "The pack is named \"demo\", and its folder \"other\"; they must be equal")
  }

  @Test(arguments: ["1.0", "1.0.0.0", "1..0", "1.0.x", "v1.0.0", "1.0.-1"])
  func versionsAreThreeNumbers(_ version: String) throws {
    try changed(#""1.2.3""#, "»\"\(version)\"")
      .expect("Expected a version of three numbers such as \"1.0.0\", found \"\(version)\"")
  }

  @Test func checkKindsAreOfferedRequiredAndUsed() throws {
    try changed(#""conformance.pattern","#, #"»"conformance.patern","#).replacing(
      #""check": "conformance.pattern""#, by: #""check": »"conformance.pattern""#, in: "conformance/code-pattern.json"
    ).expect(
      "The pack does not require the check kind \"conformance.pattern\"; did you mean \"conformance.patern\"?",
      "No module offers the check kind \"conformance.patern\"; did you mean \"conformance.pattern\"?")
    try changed(#""conformance.pattern","#, #""conformance.pattern", »"conformance.range","#)
      .expect("No rule of the pack uses the check kind \"conformance.range\"")
    try changed(#""conformance.pattern","#, #""conformance.pattern", »"conformance.pattern","#)
      .expect("\"conformance.pattern\" is listed twice")
  }

  @Test func theOrganisationIsTold() throws {
    try changed(#"{ "code": "code" }"#, "»{}")
      .expect("Expected the field with the organisation's \"code\", the one with its \"name\", or both")
    try changed(#"{ "code": "code" }"#, #"{ "code": "code", "name": »"nane" }"#).expect("There is no field \"nane\"")
    try changed(#"{ "code": "code" }"#, #"{ "code": "code", "name": »"total" }"#)
      .expect("The field \"total\" is of type integer; expected text")
    try changed(#""period": "period""#, #""period": »"reference""#)
      .expect("The field \"reference\" is of type text; expected period")
  }

  @Test func recordKeysAreNotPersonal() throws {
    try changed(#""recordKey": ["reference"]"#, #""recordKey": [»"nhs_number"]"#)
      .expect("The field \"nhs_number\" is personal; a record key is made of fields that are not")
    try changed(#""recordKey": ["reference"]"#, #""recordKey": [»"referenz"]"#)
      .expect("There is no field \"referenz\"; did you mean \"reference\"?")
  }

  @Test func wordsAreThoseThatThereAre() throws {
    let errors = try changed(#""recordsPerOrganisation": "one""#, #""recordsPerOrganisation": "some""#).errors()
    #expect(
      errors.count == 1 && errors[0].message.contains("\"one\"") && errors[0].pointer == "/recordsPerOrganisation")
  }

  // MARK: Fields

  @Test(arguments: ["2nd", "first count", "größe", "in"])
  func fieldNamesAreIdentifiers(_ name: String) throws {
    try changed(#""name": "nhs_number""#, "\"name\": »\"\(name)\"").expect(
      "\"\(name)\" is no field name: letters, digits and '_', no digit first, no word of CEL's own")
  }

  @Test(arguments: ["contact", "derived_status", "organisation"])
  func fieldNamesAreNotTheHosts(_ name: String) throws {
    try changed(#""name": "nhs_number""#, "\"name\": »\"\(name)\"")
      .expect("\"\(name)\" is a name of the host's own; choose another")
  }

  @Test func fieldsAndHeadingsMeanOneThing() throws {
    try changed(#"{ "name": "nhs_number""#, #"»{ "name": "total""#).expect("The field \"total\" is listed twice")
    try changed(#"{ "name": "nhs_number", "label": "NHS number""#, #"»{ "name": "nhs_number", "label": "O.D.S. Code""#)
      .expect("The heading \"O.D.S. Code\" means the field \"code\" already")
    try changed(#"["ODS code"]"#, #"["ODS code", "Code", "organisation-code"]"#).expect()
  }

  @Test func codesAreOfTextFieldsAndKnown() throws {
    try changed(#""codes": "answers""#, #""codes": »"anwsers""#)
      .expect("The pack has no code list \"anwsers\"; did you mean \"answers\"?")
    try changed(#""summary": "Some.""#, #""summary": "Some.", "codes": »"answers""#)
      .expect("Only a text field has codes; this one is of type integer")
  }

  // MARK: Code lists

  @Test func codesAreListedOnceAndSpellOneThing() throws {
    try changed(#"{ "code": "no", "label": "No, it does not","#, #"»{ "code": "yes", "label": "No, it does not","#)
      .expect("The code \"yes\" is listed twice")
    try changed(#"{ "code": "no", "label": "No, it does not","#, #"»{ "code": "no", "label": " Y ","#)
      .expect("\" Y \" means the code \"yes\" already")
  }

  @Test func codesAreNotRetiredBeforeTheirUse() throws {
    let first = #"{ "code": "no", "label": "No, it does not", "from": "2015-01-01", "retired": null }"#
    try changed(first, #"»{ "code": "no", "label": "No", "from": "2015-01-01", "retired": "2015-01-01" }"#)
      .expect("The code is retired before it may be used")
    let errors = try changed(first, #"{ "code": "no", "label": "No", "from": "2015-02-29" }"#).errors()
    #expect(errors.count == 1 && errors[0].pointer == "/codeLists/answers/1/from" && errors[0].line == 20)
  }

  @Test func aCodeListHasCodes() throws {
    let errors = try changed(#""codeLists": {"#, #""codeLists": { "empty": [],"#).errors()
    #expect(errors.map(\.message) == ["The code list has no codes"])
  }

  // MARK: Spellings

  @Test func aSpellingMeansOneThing() throws {
    try changed(#""notKnown": ["no idea"]"#, #""notKnown": ["no idea"], "blank": ["No Idea "]"#)
      .replacing(#"{ "name": "total""#, by: #"»{ "name": "total""#, in: "pack.json")
      .expect("In the field \"total\" the spelling \"no idea\" means both blank and not known")
    try changed(#""notKnown": ["no idea"]"#, #""notKnown": ["<5"]"#)
      .replacing(#"{ "name": "total""#, by: #"»{ "name": "total""#, in: "pack.json")
      .expect("In the field \"total\" the spelling \"<5\" means both not known and suppressed")
    try changed(#"{ "notKnown": ["not held"]"#, #"{ "notKnown": ["y"]"#)
      .replacing(#"{ "name": "collecting""#, by: #"»{ "name": "collecting""#, in: "pack.json")
      .expect("In the field \"collecting\" the spelling \"y\" means both not known and the code \"yes\"")
  }

  @Test func suppressedCountsHaveARange() throws {
    try changed(#"{ "text": "<5", "low": 0, "high": 4 }"#, #"»{ "text": "<5", "low": 5, "high": 4 }"#)
      .expect("\"low\" is above \"high\"")
    try changed(#"{ "text": "<5", "low": 0, "high": 4 }"#, #"»{ "text": "<5", "low": 0 }"#)
      .expect("The key \"high\" is missing")
    try changed(#"{ "notKnown": ["no idea"]"#, #"»{ "notKnown": ["no idea"]"#)
      .replacing(#""roundedBy": 2"#, by: #""roundedBy": -2"#, in: "pack.json").expect("\"roundedBy\" is below 0")
  }

  // MARK: Files

  @Test func strayFilesAndFoldersAreTold() throws {
    try SmallPack().adding("{}", as: "stauts.json").expect(
      "A pack holds pack.json, status.json, figures.json, counts.json, dqmi.json and folders of rules in files that end in .json; "
        + "did you mean \"status.json\"?")
    try SmallPack().adding("{}", as: "consistancy/a.json")
      .expect("A folder of rules is named by their dimension; did you mean \"consistency\"?")
    try SmallPack().adding("", as: "consistency/run.sh")
      .expect(
        "A pack holds pack.json, status.json, figures.json, counts.json, dqmi.json and folders of rules in files that "
          + "end in .json")
  }

  @Test func allErrorsOfAPackAreToldInTheOrderOfPlaces() throws {
    let pack = try changed(#""version": "1.2.3""#, #""version": »"1""#)
      .replacing(#""recordKey": ["reference"]"#, by: #""recordKey": [»"nothing"]"#, in: "pack.json")
      .replacing(
        #""severity": "warning""#, by: #""severity": "warning", »"colour": "red""#, in: "conformance/code-pattern.json")
    let errors = try pack.errors()
    #expect(
      errors.map { "\($0.file):\($0.line)" }
        == ["demo/conformance/code-pattern.json:6", "demo/pack.json:3", "demo/pack.json:14"])
    let problems = PackErrors(errors: errors).problems
    #expect(problems[1].subject == "demo/pack.json:3:14")
    #expect(problems[1].message == "Expected a version of three numbers such as \"1.0.0\", found \"1\".")
  }
}
