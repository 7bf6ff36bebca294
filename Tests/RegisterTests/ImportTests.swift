import AuditModel
import LocalFiles
import Register
import TestSupport
import Testing

/// The importer on invented files in the official layouts.
@Suite("Register import")
struct ImportTests {
  /// A row of the ODS layout.
  private func row(
    _ code: String, _ name: String, opened: String = "", closed: String = "", postcode: String = "",
    region: String = "Y99",
    letter: String = "H"
  ) -> String {
    var cells = [String](repeating: "", count: 27)
    cells[0] = code
    cells[1] = name
    cells[2] = region
    cells[7] = "TOWN"
    cells[9] = postcode
    cells[10] = opened
    cells[11] = closed
    cells[23] = letter
    return cells.map { "\"\($0)\"" }.joined(separator: ",") + "\r\n"
  }

  private func options(_ folder: String, etr: String? = nil) throws -> RegisterImport.Options {
    func write(_ name: String, _ text: String) throws -> RegisterImport.Input {
      try LocalFiles.write(text, to: "\(folder)/\(name)")
      return RegisterImport.Input("\(folder)/\(name)", source: name)
    }
    let sources = ["etr", "etrust", "locations", "sites", "regions", "wales", "scotland"]
    _ = try write(
      "sources.csv",
      "id,title,publisher,vintage,licence,attribution\n"
        + sources.map { "\($0),Title of \($0),Somebody,2026,OGL,Say \($0).\n" }.joined())
    _ = try write("successors.csv", "code,successor,date,source\nXA2,XA1,2017-10-01,an order\nS98,S99,,a table\n")
    var options = RegisterImport.Options(tables: folder, output: "\(folder)/out")
    options.trusts = [
      try write(
        "etr",
        etr
          ?? row("XA1", "NEW NAME", opened: "19950401", postcode: "ZZ1 1ZZ")
          + row("XA2", "CLOSED, TRUST", opened: "19950401", closed: "20170930", postcode: "ZZ2 2ZZ")
          + row("XA3", "SHUT TRUST", closed: "20100331") + row("G0V0S", "FIVE SIGNS", opened: "20241101", region: "Y00")
          + row("XW1", "WELSH TRUST", region: "", letter: "W"))
    ]
    options.trustsAndSites = [
      try write(
        "etrust",
        row("XA1", "OLD NAME", opened: "19950401") + row("XA101", "MAIN SITE", opened: "19950401", postcode: "ZZ1 1ZZ")
          + row("XA201", "SECOND SITE", closed: "20150101", postcode: "ZZ2 2ZZ") + row("XZ901", "STRAY SITE"))
    ]
    options.names = [
      try write("locations", "org_code,org_name,latitude,longitude\nXA1,New name,51.23456,-0.0004\nXQ9,Other,1,1\n")
    ]
    options.coordinates = options.names
    options.sites = [
      try write(
        "sites",
        "site_code,name,postcode,latitude,longitude,parent_ods_code\n"
          + "XA201,Second,ZZ2 2ZZ,52.99951,1.5,XA1\nK8C1E,Third,ZZ3 3ZZ,,,XA1\nNLT02,Elsewhere,ZZ4 4ZZ,50,0,NLT\n")
    ]
    options.regions = try write("regions", "NHS_ENGLAND_REGION_CODE,NHS_ENGLAND_REGION_NAME\nY99,Somewhere\n")
    options.welshBoards = try write("wales", "health_board,ods_code,gss_code\nVALE BOARD,7Z9,W99\n")
    options.scottishBoards = try write(
      "scotland", "gss_code,health_board,superseded_gss_code\nS97,Isles,\nS99,Glen,S98\n")
    return options
  }

  @Test func sourcesAreJoinedByCode() throws {
    try TestSupport.withTemporaryFolder { folder in
      let summary = try RegisterImport.run(try options(folder))
      let register = try Register.load("\(folder)/out")
      #expect(
        register.organisations.map(\.code) == ["7Z9", "G0V0S", "S97", "S98", "S99", "XA1", "XA2", "XA3", "XW1"])
      let first = try #require(register.organisation(code: "XA1"))
      #expect(
        first.names == [
          KnownName(name: "NEW NAME", sources: ["etr", "locations"]), KnownName(name: "OLD NAME", sources: ["etrust"]),
        ])
      #expect(first.coordinates == Coordinates(latitude: 51.235, longitude: 0, source: "locations"))
      #expect(first.region == "Somewhere" && first.nation == "England" && first.town == "TOWN")
      let closed = try #require(register.organisation(code: "XA2"))
      #expect(closed.closed?.description == "2017-09-30" && closed.successors.map(\.code) == ["XA1"])
      // From a site at its own postcode; 52.99951 rounds up to whole degrees.
      #expect(closed.coordinates == Coordinates(latitude: 53, longitude: 1.5, source: "sites"))
      #expect(register.organisation(code: "W99")?.name == "VALE BOARD")
      #expect(register.organisation(code: "XW1")?.nation == "Wales")
      #expect(register.organisation(code: "S98")?.isSupersededAtUnknownDate == true)
      let sites = try register.loadSites()
      #expect(sites.of("XA1").map(\.code) == ["K8C1E", "XA101", "XA201"], "The stated parent counts before the code")
      #expect(sites["XA201"]?.name == "SECOND SITE" && sites["XA201"]?.closed?.description == "2015-01-01")
      #expect(summary.organisations == 9 && summary.closed == 2 && summary.sites == 3 && summary.sitesElsewhere == 2)
      #expect(summary.unknownCoordinates.count == 7 && summary.unknownCoordinates.contains("G0V0S FIVE SIGNS"))
      #expect(summary.closedWithoutSuccessor == ["XA3 SHUT TRUST, closed on 2010-03-31"])
      #expect(summary.severalNames == ["XA1 NEW NAME; also OLD NAME"])
      #expect(summary.unknownRegions == ["Y00"])
      #expect(summary.lines.contains("Closed, and no source states a successor: 1"))
      #expect(try LocalFiles.readText("\(folder)/out/ATTRIBUTION.md").contains("> Say etrust."))
    }
  }

  @Test func sameInputsGiveTheSameBytes() throws {
    try TestSupport.withTemporaryFolder { folder in
      var options = try options(folder)
      _ = try RegisterImport.run(options)
      options.output = "\(folder)/again"
      _ = try RegisterImport.run(options)
      let files = try LocalFiles.list("\(folder)/out")
      #expect(files == ["ATTRIBUTION.md", "organisations.csv", "sites.csv", "sources.csv", "successors.csv"])
      for file in files {
        #expect(try LocalFiles.read("\(folder)/out/\(file)") == LocalFiles.read("\(folder)/again/\(file)"))
      }
    }
  }

  private func refusal(_ change: (inout RegisterImport.Options, String) throws -> Void, etr: String? = nil) throws
    -> String
  {
    try TestSupport.withTemporaryFolder { folder in
      var options = try options(folder, etr: etr)
      try change(&options, folder)
      let error = #expect(throws: RegisterError.self) { try RegisterImport.run(options) }
      #expect(LocalFiles.kind("\(folder)/out") == .missing, "Nothing is written")
      return error.map { "\(LocalFiles.name(of: $0.file)):\($0.line ?? 0): \($0.message)" } ?? "no error"
    }
  }

  @Test func filesThatAreNotInTheLayoutAreRefusedAtTheirLine() throws {
    #expect(
      try refusal({ _, _ in }, etr: row("XA1", "A") + "\"XA2\",\"B\"\n")
        == "etr:2: The row has 2 cells; the ODS layout has 27 columns")
    #expect(
      try refusal({ _, _ in }, etr: row("XA1", "A", opened: "2010-04-01"))
        == "etr:1: Expected the open date as CCYYMMDD or nothing, found \"2010-04-01\"")
    #expect(
      try refusal({ _, _ in }, etr: row("XA1", "A") + row("XA1", "B")) == "etr:2: The code XA1 stands there twice")
    #expect(
      try refusal({ _, _ in }, etr: row("XA1", "")) == "etr:1: A code and a name are expected in the first two cells")
    #expect(
      try refusal({ _, _ in }, etr: row("XA1", "A [B]") + row("XA2", "C")) == "etr:0: The name \"A [B]\" has a | or a ["
    )
    #expect(
      try refusal({ options, _ in options.sites = [RegisterImport.Input(options.names[0].path, source: "sites")] })
        == "locations:1: Expected a column \"site_code\" or \"OrganisationCode\"")
  }

  @Test func sourceThatIsNotDescribedIsRefused() throws {
    let message = try refusal({ options, _ in options.trusts[0].source = "elsewhere" })
    #expect(message.hasPrefix("sources.csv:0: The source \"elsewhere\" of "))
  }

  @Test func successorOfAnUnknownOrganisationIsRefused() throws {
    let message = try refusal({ _, folder in
      try LocalFiles.write("code,successor,date,source\nXQ1,XA1,,x\n", to: "\(folder)/successors.csv")
    })
    #expect(message == "successors.csv:0: The organisation XQ1 is in none of the sources")
  }
}
