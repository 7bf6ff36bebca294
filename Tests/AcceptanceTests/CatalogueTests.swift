import LocalFiles
import TestSupport
import Testing

/// The catalogue of the shipped rule packs, for people and for programs.
@Suite struct CatalogueTests {
  @Test func pagesAreUpToDate() throws {
    let run = try TestSupport.run(SampleRoundTests.program, ["rules", "docs", "--check"], in: TestSupport.repository)
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
  }

  @Test func pagesAreTheSameEachTime() throws {
    try TestSupport.withTemporaryFolder { folder in
      for name in ["one", "two"] {
        let run = try TestSupport.run(SampleRoundTests.program, ["rules", "docs", "--output", name], in: folder)
        #expect(run.exitCode == 0, "\(run.errors)")
      }
      let names = try LocalFiles.list("\(folder)/one")
      #expect(names.contains("README.md") && names.contains("intake.md"))
      for name in names {
        #expect(try LocalFiles.read("\(folder)/one/\(name)") == LocalFiles.read("\(folder)/two/\(name)"), "\(name)")
      }
    }
  }

  @Test func machineCatalogueFollowsItsSchema() throws {
    try TestSupport.withTemporaryFolder { folder in
      let run = try TestSupport.run(SampleRoundTests.program, ["rules", "list", "--format", "json"], in: folder)
      #expect(run.exitCode == 0, "\(run.errors)")
      try LocalFiles.write(run.output, to: "\(folder)/catalogue.json")
      _ = try SchemaTests.validate("catalogue", ["\(folder)/catalogue.json"])
    }
  }
}
