import LocalFiles
import TestSupport
import Testing

/// The JSON report is what its published schema says, by a validator that others wrote.
@Suite struct SchemaTests {
  private static let check = """
    import json, sys
    from jsonschema import Draft202012Validator, FormatChecker
    schema = json.load(open(sys.argv[1]))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    for path in sys.argv[2:]:
        errors = sorted(validator.iter_errors(json.load(open(path))), key=lambda e: list(e.path))
        for error in errors[:5]:
            print(path, list(error.path), error.message[:300].replace("\\n", " "))
    """

  /// Validates documents; false, and said so, where the validator is missing.
  static func validate(_ schema: String, _ documents: [String]) throws -> Bool {
    guard let errors = try errors(schema, documents) else { return false }
    #expect(errors.isEmpty, "\(errors.joined(separator: "\n"))")
    return true
  }

  /// What a validator says against documents, each line with the document's path first; nil where it is missing.
  static func errors(_ schema: String, _ documents: [String]) throws -> [String]? {
    try TestSupport.withTemporaryFolder { folder in
      let has = try TestSupport.run("python3", ["-c", "import jsonschema"], in: folder)
      guard has.exitCode == 0 else {
        print("skipped: python3 has no jsonschema (Debian's python3-jsonschema)")
        return nil
      }
      try LocalFiles.write(check, to: "\(folder)/check.py")
      let path = "\(TestSupport.repository)/rules/schemas/\(schema).schema.json"
      let run = try TestSupport.run("python3", ["check.py", path] + documents, in: folder)
      try #require(run.exitCode == 0, "\(run.errors)")
      return run.output.split(separator: "\n").map(String.init)
    }
  }

  @Test func reportsFollowTheirSchema() throws {
    _ = try SchemaTests.validate("report", ["\(SampleRoundTests.expected)/2016-data-collection.json"])
  }

  @Test(arguments: OtherSampleTests.names) func reportsOfTheOtherSamplesFollowTheirSchema(_ name: String) throws {
    try TestSupport.withTemporaryFolder { folder in
      let run = try TestSupport.run(
        SampleRoundTests.program,
        [
          "check", "--round", "round.json", "--fail-on", "never", "--format", "json", "--output",
          "\(folder)/report.json",
        ], in: "\(TestSupport.repository)/samples/\(name)")
      #expect(run.exitCode == 0, "\(run.errors)")
      _ = try SchemaTests.validate("report", ["\(folder)/report.json"])
    }
  }

  @Test func profilesAndMappingsFollowTheirSchemas() throws {
    try TestSupport.withTemporaryFolder { folder in
      let sample = "\(TestSupport.repository)/samples/2016-data-collection"
      for (index, name) in ["collated/north.csv", "collated/midlands.xlsx"].enumerated() {
        let profile = try TestSupport.run(
          SampleRoundTests.program, ["profile", name, "--rules", "data-collection", "--format", "json"], in: sample)
        try #require(profile.exitCode == 0, "\(profile.errors)")
        try LocalFiles.write(profile.output, to: "\(folder)/profile\(index).json")
        _ = try SchemaTests.validate("profile", ["\(folder)/profile\(index).json"])
        let map = try TestSupport.run(
          SampleRoundTests.program,
          ["map", name, "--rules", "data-collection", "--output", "\(folder)/mapping\(index).json"], in: sample)
        try #require(map.exitCode == 0, "\(map.errors)")
        _ = try SchemaTests.validate("mapping", ["\(folder)/mapping\(index).json"])
      }
    }
  }

  @Test func reportWithProblemsFollowsItsSchema() throws {
    try TestSupport.withTemporaryFolder { folder in
      let bad = "\(TestSupport.repository)/Tests/AcceptanceTests/BadInputs"
      let run = try TestSupport.run(
        SampleRoundTests.program,
        [
          "check", bad, "--rules", "data-collection", "--register", "\(SampleRoundTests.sample)/register", "--format",
          "json", "--output", "\(folder)/report.json",
        ], in: folder)
      #expect(run.exitCode == 3)
      _ = try SchemaTests.validate("report", ["\(folder)/report.json"])
    }
  }

  /// The counts of people, the scores and the catalogue of a pack that has both.
  @Test func countsAndScoresFollowTheirSchemas() throws {
    try TestSupport.withTemporaryFolder { folder in
      let pack = "\(TestSupport.repository)/Tests/AcceptanceTests/Packs/cancer-records"
      let register = "\(SampleRoundTests.sample)/register"
      try LocalFiles.write(
        """
        Trust,NHS number,Pathway,Metastatic type,Diagnosed,Nurse,Month
        X1A,9990000018,primary,03,2015-05-01,99,2015-05
        X1A,,non-primary,,2015-05-01,Y1,2015-05
        Nobody,9990000018,non-primary,03,,Y1,2015-05

        """, to: "\(folder)/records.csv")
      try LocalFiles.write(
        "organisation_code,first_presentation,progressed,total,period\nX1A,7,*,not held,2015-16\nX1B,1,1,2,\n",
        to: "\(folder)/answer.csv")
      try LocalFiles.write(
        """
        {
          "round": "small", "title": "SYNTHETIC", "rules": ["\(pack)"], "register": "\(register)",
          "period": { "start": "2015-04-01", "end": "2015-06-30" }, "submissions": [{ "path": "records.csv" }]
        }
        """, to: "\(folder)/round.json")
      let count = try TestSupport.run(
        SampleRoundTests.program,
        ["count", "--round", "round.json", "--against", "answer.csv", "--format", "json", "--output", "count.json"],
        in: folder)
      #expect(count.exitCode == 1, "\(count.errors)")
      _ = try SchemaTests.validate("count-report", ["\(folder)/count.json"])
      let check = try TestSupport.run(
        SampleRoundTests.program,
        ["check", "--round", "round.json", "--fail-on", "never", "--format", "json", "--output", "report.json"],
        in: folder)
      #expect(check.exitCode == 0, "\(check.errors)")
      #expect(try LocalFiles.readText("\(folder)/report.json").contains("\"scores\""))
      _ = try SchemaTests.validate("report", ["\(folder)/report.json"])
      let list = try TestSupport.run(
        SampleRoundTests.program, ["rules", "list", pack, "--format", "json"], in: folder)
      try LocalFiles.write(list.output, to: "\(folder)/catalogue.json")
      #expect(list.output.contains("\"dqmi\"") && list.output.contains("\"counts\""))
      _ = try SchemaTests.validate("catalogue", ["\(folder)/catalogue.json"])
    }
  }

  /// What the reader refuses, the schema refuses as well.
  @Test(arguments: [
    (#""value": "2/3""#, #""value": "2/0""#), (#""value": "2/3""#, #""value": "0.66""#),
    (#""value": "2/3""#, #""value": "-2/3""#), (#""value": "2/3""#, #""value": 0.66"#),
    (#""relation": "about""#, #""relation": "around""#), (#""relation": "about""#, #""relation": "at least""#),
    (#""unit": "organisation""#, #""unit": "trust""#), (#""name": "two-thirds""#, #""name": "Two thirds""#),
    (#""where": "#, #""when": "#), (#""source": "#, #""sauce": "#),
  ])
  func figuresThatCannotBeUsedDoNotFollowTheirSchema(_ old: String, _ new: String) throws {
    let text = try LocalFiles.readText("\(TestSupport.repository)/rules/data-collection/figures.json")
    try TestSupport.withTemporaryFolder { folder in
      let parts = text.split(separator: old, maxSplits: 1)
      try #require(parts.count == 2)
      try LocalFiles.write(parts.joined(separator: new), to: "\(folder)/figures.json")
      try #expect(SchemaTests.errors("figures", ["\(folder)/figures.json"])?.isEmpty != true)
    }
  }

  @Test func shippedPacksAndRoundsFollowTheirSchemas() throws {
    let repository = TestSupport.repository
    for pack in [
      "rules/data-collection", "rules/breast-waiting-times", "rules/nursing-care", "rules/signs-awareness",
      "Benchmarks/rules/bench", "Tests/AcceptanceTests/Packs/cancer-records",
    ] {
      let folder = "\(repository)/\(pack)"
      guard try SchemaTests.validate("pack", ["\(folder)/pack.json"]) else { return }
      var rules: [String] = []
      for name in try LocalFiles.list(folder) where LocalFiles.kind("\(folder)/\(name)") == .folder {
        for file in try LocalFiles.list("\(folder)/\(name)") where file.hasSuffix(".json") {
          rules.append("\(folder)/\(name)/\(file)")
        }
      }
      _ = try SchemaTests.validate("rule", rules)
      for kind in ["status", "figures", "counts", "dqmi"] where LocalFiles.kind("\(folder)/\(kind).json") == .file {
        _ = try SchemaTests.validate(kind, ["\(folder)/\(kind).json"])
      }
    }
    let samples = ["2016-data-collection"] + OtherSampleTests.names
    _ = try SchemaTests.validate("round", samples.map { "\(repository)/samples/\($0)/round.json" })
  }
}
