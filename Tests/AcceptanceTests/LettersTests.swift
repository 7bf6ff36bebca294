import JSONDocument
import LocalFiles
import TestSupport
import Testing

/// The letters of the sample round, compared whole with those that must come out.
@Suite struct LettersTests {
  private static let expected = "\(TestSupport.repository)/Tests/AcceptanceTests/ExpectedLetters"
  /// Collecting; settled by a person; in part; to be reviewed; not collecting; silent; not asked.
  private static let codes = ["X1A", "X1E", "X1H", "X1R", "X1V", "X1W", "X2D"]

  private static func run(_ arguments: [String], in folder: String) throws {
    let run = try TestSupport.run(SampleRoundTests.program, arguments, in: folder)
    try #require(run.exitCode == 0, "\(arguments): \(run.errors)")
  }

  private static func report(_ folder: String, _ options: [String] = []) throws {
    try run(
      [
        "check", "--round", "\(SampleRoundTests.sample)/round.json", "--format", "json", "--output", "report.json",
        "--fail-on", "never",
      ] + options, in: folder)
  }

  @Test func lettersAreTheCommittedOnes() throws {
    try TestSupport.withTemporaryFolder { folder in
      try LettersTests.report(folder)
      try LettersTests.run(
        [
          "letters", "report.json", "--output", "letters", "--reply-by", "2016-10-31", "--contact",
          "audit@example.org", "--only",
        ] + LettersTests.codes, in: folder)
      let names = try LocalFiles.list("\(folder)/letters")
      #expect(names == LettersTests.codes.flatMap { ["\($0).html", "\($0).md"] })
      if ScenarioTests.rewrites {
        try LocalFiles.makeFolder(LettersTests.expected)
        for name in names {
          try LocalFiles.write(try LocalFiles.read("\(folder)/letters/\(name)"), to: "\(LettersTests.expected)/\(name)")
        }
      }
      #expect(try LocalFiles.list(LettersTests.expected) == names)
      for name in names {
        let isSame =
          try LocalFiles.read("\(folder)/letters/\(name)") == LocalFiles.read("\(LettersTests.expected)/\(name)")
        #expect(isSame, "\(name) differs; TRUSTCHECK_REWRITE=1 writes it anew")
      }
    }
  }

  /// A report that shows fewer findings gives letters that say how many more there are.
  @Test func lettersCountWhatTheyDoNotShow() throws {
    try TestSupport.withTemporaryFolder { folder in
      try LettersTests.report(folder, ["--limit", "0"])
      try LettersTests.run(["letters", "report.json", "--output", "letters"], in: folder)
      let report = try JSONDocument.read(path: "\(folder)/report.json").root
      var severe: Set<String> = []
      for rule in try report.requiredArray("rules") where try rule.requiredText("severity") != "info" {
        severe.insert(try rule.requiredText("id"))
      }
      var counts: [String: Int64] = [:]
      for entry in try report.requiredArray("ledger") where severe.contains(try entry.requiredText("rule")) {
        guard let subject = try entry.optionalText("subject") else { continue }
        counts[subject, default: 0] += try entry.requiredInteger("findings")
      }
      for finding in try report.requiredArray("findings") where severe.contains(try finding.requiredText("rule")) {
        if let subject = try finding.optionalText("subject") { counts[subject, default: 0] -= 1 }
      }
      var compared = 0
      for organisation in try report.requiredArray("organisations") {
        let code = try organisation.requiredText("code")
        guard let count = counts[code], count > 0, try organisation.requiredInteger("records") > 0 else { continue }
        let letter = try LocalFiles.readText("\(folder)/letters/\(code).md")
        let words = count == 1 ? "There is 1 more of" : "There are \(count) more of"
        #expect(letter.contains(words), "\(code): \(count)\n\(letter)")
        compared += 1
      }
      #expect(compared > 10)
    }
  }
}
