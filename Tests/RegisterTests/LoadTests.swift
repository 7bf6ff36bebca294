import AuditModel
import LocalFiles
import Register
import TestSupport
import Testing

@Suite("Register files")
struct LoadTests {
  private func load(_ organisations: String, successors: String? = nil, sites: String? = nil) throws -> (
    Register, Sites
  ) {
    try TestSupport.withTemporaryFolder { folder in
      try LocalFiles.write(organisations, to: "\(folder)/organisations.csv")
      if let successors { try LocalFiles.write(successors, to: "\(folder)/successors.csv") }
      if let sites { try LocalFiles.write(sites, to: "\(folder)/sites.csv") }
      let register = try Register.load(folder)
      #expect(
        register.files.map(LocalFiles.name) == ["organisations.csv"] + (successors == nil ? [] : ["successors.csv"]))
      #expect(try Register.load("\(folder)/organisations.csv").organisations == register.organisations)
      return (register, try register.loadSites())
    }
  }

  /// The error of loading, with the file's name alone.
  private func refusal(_ organisations: String, successors: String? = nil) -> String? {
    do {
      _ = try load(organisations, successors: successors)
      return nil
    } catch let error as RegisterError {
      return "\(LocalFiles.name(of: error.file)):\(error.line ?? 0): \(error.message)"
    } catch {
      return "\(error)"
    }
  }

  @Test func everyColumnIsRead() throws {
    let (register, sites) = try load(
      """
      code,names,opened,closed,nation,region,kind,town,postcode,latitude,longitude,coordinates_source,other_codes,source
      XA1,"EASTMERE, VALE NHS TRUST [a b]|OLD ""EAST"" [b]",1995-04-01,2017-09-30,England,London,nhs-trust,EASTMERE,ZZ1 1ZZ,51.500,-0.120,c,W99 W98,a
      XA2,PLAIN,,,,,,,,,,,,a

      """,
      successors: "code,successor,date,source\nXA1,XA2,2017-10-01,\"an order, 2017\"\n",
      sites: "code,name,organisation\nXA101,EAST WING,XA1\nXA102,WEST WING,XA1\n")
    let first = register.organisations[0]
    #expect(
      first.names == [
        KnownName(name: "EASTMERE, VALE NHS TRUST", sources: ["a", "b"]),
        KnownName(name: "OLD \"EAST\"", sources: ["b"]),
      ])
    #expect(first.opened?.description == "1995-04-01" && first.closed?.description == "2017-09-30")
    #expect(first.coordinates == Coordinates(latitude: 51.5, longitude: -0.12, source: "c"))
    #expect(first.nation == "England" && first.region == "London" && first.kind == "nhs-trust")
    #expect(first.town == "EASTMERE" && first.postcode == "ZZ1 1ZZ" && first.source == "a")
    #expect(register.organisation(code: "W98") == first && first.otherCodes == ["W99", "W98"])
    #expect(
      first.successors == [Successor(code: "XA2", date: Invented.date("2017-10-01"), source: "an order, 2017")])
    #expect(register.organisations[1].names == [KnownName(name: "PLAIN", sources: ["a"])])
    #expect(register.organisations[1].coordinates == nil && register.organisations[1].opened == nil)
    #expect(sites.of("XA1").map(\.code) == ["XA101", "XA102"] && sites.of("XA2").isEmpty)
    #expect(sites["XA102"]?.name == "WEST WING" && sites["XA1"] == nil)
  }

  @Test func twoColumnsAreEnough() throws {
    let (register, sites) = try load("\u{FEFF}names,code\r\nEASTMERE,XA1\r\n")
    #expect(register.lookUp(code: "XA1", at: Invented.date("2016-09-01")).organisation?.name == "EASTMERE")
    #expect(sites.all.isEmpty && sites.file == nil)
  }

  @Test(arguments: [
    ("", "organisations.csv:0: The file is empty; a header row was expected"),
    ("code,names\n", "organisations.csv:0: There is no organisation in it"),
    ("code,name\nXA1,A\n", "organisations.csv:1: The column \"names\" is missing; the header is: code, name"),
    ("code,names,openned\nXA1,A,\n", "organisations.csv:1: Unknown column \"openned\"; did you mean \"opened\"?"),
    ("code,names,code\nXA1,A,\n", "organisations.csv:1: The column \"code\" stands there twice"),
    ("code,names\nXA1\n", "organisations.csv:2: The row has 1 cells; the header has 2"),
    ("code,names\nXA1,\n", "organisations.csv:2: The organisation XA1 has no name"),
    ("code,names\nXA1,\"A\nB", "organisations.csv:2: A quoted cell is not closed"),
    ("code,names\nXA1,\"A\"B\n", "organisations.csv:2: A quoted cell is followed by more text"),
    (
      "code,names,opened\nXA1,A,1/4/2010\n",
      "organisations.csv:2: Expected a date CCYY-MM-DD or nothing under \"opened\", found \"1/4/2010\""
    ),
    (
      "code,names,opened,closed\nXA1,A,2010-04-01,2009-04-01\n",
      "organisations.csv:2: XA1 closed on 2009-04-01, before it opened"
    ),
    (
      "code,names,latitude,longitude\n\nXA1,A,51.5,\n",
      "organisations.csv:3: Expected a latitude and a longitude in degrees, found \"51.5\" and \"\""
    ),
    ("code,names\nXA1,A\nXA1,B\n", "organisations.csv:0: The code \"XA1\" stands there twice"),
  ])
  func faultsAreExplainedAtTheirLine(text: String, expected: String) {
    #expect(refusal(text) == expected)
  }

  @Test func successorsMustBeThereAndSayWhoStatesThem() {
    let header = "code,successor,date,source\n"
    #expect(
      refusal("code,names\nXA1,A\n", successors: header + "XA1,XA2,,x\n")
        == "organisations.csv:0: The successor XA2 of XA1 is not in the register")
    #expect(
      refusal("code,names\nXA1,A\n", successors: header + "XA2,XA1,,x\n")
        == "successors.csv:0: The organisation XA2 is not in the register")
    #expect(
      refusal("code,names\nXA1,A\n", successors: header + "XA1,XA1,,\n")
        == "successors.csv:2: The source that states the successor is expected")
  }

  @Test func textThatIsNotUTF8IsRefusedAtItsLine() throws {
    try TestSupport.withTemporaryFolder { folder in
      try LocalFiles.write(Array("code,names\nXA1,A\nXA2,".utf8) + [0xE9, 0x0A], to: "\(folder)/organisations.csv")
      let error = #expect(throws: RegisterError.self) { try Register.load(folder) }
      #expect(error?.line == 3 && error?.message == "The text is not UTF-8")
    }
  }

  @Test func registerThatIsNotThereIsAnError() {
    let error = #expect(throws: RegisterError.self) { try Register.load("/nowhere/register") }
    #expect(error?.message == "No such file or directory")
  }
}
