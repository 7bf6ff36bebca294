import AuditModel
import Intake
import JSONDocument
import LocalFiles
import TestSupport
import Testing

@testable import Profiles

@Suite struct ProfileTests {
  private static let fields = [
    Field(name: "code", label: "Code", type: .text, privacy: .public),
    Field(name: "first_presentation", label: "diagnosed at first presentation", type: .integer, privacy: .public),
    Field(name: "born", label: "Date of birth", type: .date, privacy: .personal),
    Field(name: "when", label: "Date received", type: .date, privacy: .public, aliases: ["Received on"]),
  ]
  private static let pack = IntakePlan(fields: fields, organisationCode: 0, organisationName: nil)

  private func profile(_ text: String, pack: IntakePlan? = ProfileTests.pack) throws -> FileProfile {
    try TestSupport.withTemporaryFolder { folder in
      try LocalFiles.write(text, to: "\(folder)/f.csv")
      return try FileProfile.read(path: "\(folder)/f.csv", name: "f.csv", settings: SourceSettings(), pack: pack)
    }
  }

  private let text = """
    Replies to the request;;;;
    Code;Diagnosed at 1st presentation;Date of birth;Received on;Remarks
    X1A;12;30/04/1950;2016-07-01;see letter 9990000018
    X1B;<5;1951-02-03;not known;
    X1C;1,234;1952-02-03;2016-07-02;
    """

  @Test func saysWhatIsInEveryColumn() throws {
    let table = try #require(try profile(text).tables.first)
    #expect(table.headerRow == 2 && table.records == 3)
    #expect(
      table.columns.map(\.heading) == [
        "Code", "Diagnosed at 1st presentation", "Date of birth", "Received on", "Remarks",
      ])
    #expect(table.columns.map { $0.field?.name } == ["code", nil, "born", "when", nil])
    #expect(table.columns.map { $0.statistics.type } == [.text, .integer, .date, .date, .text])
    #expect(table.columns.map { $0.statistics.given } == [3, 3, 3, 3, 1])
    #expect(table.columns[1].statistics.classes == [.integer: 2, .suppressed: 1])
    #expect(table.columns[3].statistics.classes == [.date: 2, .notKnown: 1])
    #expect(table.columns[2].statistics.shapes == ["99/99/9999": 1, "9999-99-99": 2])
  }

  @Test func valuesAreShownOfPublicColumnsAlone() throws {
    let found = try profile(text)
    let shown = ProfileText.render(found, width: 80)
    let json = String(decoding: ProfileJSON.render(found), as: UTF8.self)
    for output in [shown, json] {
      #expect(output.contains("X1A") && output.contains("2016-07-01"))
      for hidden in ["1950", "9990000018", "see letter", "1,234"] { #expect(!output.contains(hidden), "\(hidden)") }
    }
    #expect(shown.contains("99/99/9999 (1)"))
    #expect(shown.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let without = ProfileText.render(try profile(text, pack: nil), width: 80)
    #expect(!without.contains("X1A") && without.contains("A9A (3)"))
    #expect(
      try JSONDocument.parse(ProfileJSON.render(found), name: "profile").root["tables"]?[0]?["records"]?.integer == 3)
  }

  @Test func proposesFieldsByNameAndType() throws {
    let proposal = MappingProposal(try profile(text), pack: "p", plan: ProfileTests.pack)
    #expect(proposal.entries.map(\.field) == ["code", "first_presentation", "born", "when", nil])
    #expect(proposal.entries.map(\.isKnown) == [true, false, true, true, false])
    let root = try JSONDocument.parse(proposal.json(), name: "mapping").root
    #expect(root["delimiter"]?.string == ";" && root["headerRow"]?.integer == 2)
    #expect(root["columns"]?["Diagnosed at 1st presentation"]?.string == "first_presentation")
    // A column of words is no count, whatever it is called.
    let words = try profile(
      text.replacing("12", with: "many").replacing("1,234", with: "few").replacing("<5", with: "x"))
    #expect(MappingProposal(words, pack: "p", plan: ProfileTests.pack).entries[1].field == nil)
  }

  @Test func headingsWithoutNamesAreMappedByPosition() throws {
    let found = try profile("Code,,Code\nX1A,3,x\nX1B,4,y\n")
    let root = try JSONDocument.parse(MappingProposal(found, pack: "p", plan: ProfileTests.pack).json(), name: "m").root
    #expect(root["columns"]?.members.map(\.key) == ["#1"])
  }

  @Test func fileWithoutHeaderHasLettersAlone() throws {
    let table = try #require(try profile("X1A,3,2016-07-01\nX1B,4,2016-07-02\n").tables.first)
    #expect(table.headerRow == nil && table.records == 2 && table.columns.map(\.heading) == ["", "", ""])
  }

  @Test func rowOfPeopleIsNoHeader() throws {
    for text in [
      "Doe,Jane,Leeds,9990000018\nRoe,Mary,York,9990000026\n", "Doe,Jane,Leeds\nRoe,Mary,York\nPoe,Ann,Leeds\n",
    ] {
      let found = try profile(text, pack: nil)
      #expect(found.tables.first?.headerRow == nil)
      #expect(!ProfileText.render(found, width: 80).contains("Doe"))
    }
  }

  @Test func draftHasAFieldForEveryColumnAndARuleForEveryType() throws {
    let draft = PackDraft(try profile(text), name: "replies")
    #expect(
      draft.files.map(\.path) == [
        "pack.json", "conformance/diagnosed-at-1st-presentation-not-readable.json",
        "conformance/date-of-birth-not-readable.json", "conformance/received-on-not-readable.json",
      ])
    let pack = try JSONDocument.parse(draft.files[0].bytes, name: "pack.json").root
    #expect(
      pack["fields"]?.elements.map { $0["name"]?.string } == [
        "code", "diagnosed_at_1st_presentation", "date_of_birth", "received_on", "remarks",
      ])
    #expect(pack["fields"]?.elements.allSatisfy { $0["privacy"]?.string == "personal" } == true)
  }

  @Test func moreDifferentTextsThanAreToldApartAreSaid() {
    var statistics = ColumnStatistics()
    for number in 0..<(ColumnStatistics.distinctLimit + 5) { statistics.add("\(number)x") }
    #expect(statistics.hasMoreValues && statistics.values.count == ColumnStatistics.distinctLimit)
    #expect(statistics.given == ColumnStatistics.distinctLimit + 5)
  }
}
