import LocalFiles
import TestSupport
import Testing

/// The JSON report is what its published schema says, by a validator that others wrote.
@Suite struct SchemaTests {
  private static let check = """
    import json, sys
    from jsonschema import Draft202012Validator
    schema = json.load(open(sys.argv[1]))
    Draft202012Validator.check_schema(schema)
    for path in sys.argv[2:]:
        errors = sorted(Draft202012Validator(schema).iter_errors(json.load(open(path))), key=lambda e: list(e.path))
        for error in errors[:5]:
            print(path, list(error.path), error.message[:300])
        if errors:
            sys.exit(1)
    """

  /// Validates documents; false, and said so, where the validator is missing.
  private static func validate(_ schema: String, _ documents: [String]) throws -> Bool {
    try TestSupport.withTemporaryFolder { folder in
      let has = try TestSupport.run("python3", ["-c", "import jsonschema"], in: folder)
      guard has.exitCode == 0 else {
        print("skipped: python3 has no jsonschema (Debian's python3-jsonschema)")
        return false
      }
      try LocalFiles.write(check, to: "\(folder)/check.py")
      let path = "\(TestSupport.repository)/rules/schemas/\(schema).schema.json"
      let run = try TestSupport.run("python3", ["check.py", path] + documents, in: folder)
      #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
      return true
    }
  }

  @Test func reportsFollowTheirSchema() throws {
    _ = try SchemaTests.validate("report", ["\(SampleRoundTests.expected)/2016-data-collection.json"])
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

  @Test func shippedPacksAndRoundsFollowTheirSchemas() throws {
    let repository = TestSupport.repository
    for pack in ["rules/data-collection", "rules/breast-waiting-times", "Benchmarks/rules/bench"] {
      let folder = "\(repository)/\(pack)"
      guard try SchemaTests.validate("pack", ["\(folder)/pack.json"]) else { return }
      var rules: [String] = []
      for name in try LocalFiles.list(folder) where LocalFiles.kind("\(folder)/\(name)") == .folder {
        for file in try LocalFiles.list("\(folder)/\(name)") where file.hasSuffix(".json") {
          rules.append("\(folder)/\(name)/\(file)")
        }
      }
      _ = try SchemaTests.validate("rule", rules)
      if LocalFiles.kind("\(folder)/status.json") == .file {
        _ = try SchemaTests.validate("status", ["\(folder)/status.json"])
      }
    }
    _ = try SchemaTests.validate("round", ["\(SampleRoundTests.sample)/round.json"])
  }
}
