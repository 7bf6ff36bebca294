import JSONDocument
import LocalFiles
import TestSupport
import Testing

/// What goes out of the program as a whole: nothing personal, nothing half written, sheets that come back.
@Suite struct OutputTests {
  private static let program = SampleRoundTests.program
  private static let scripts = "\(TestSupport.repository)/Tests/AcceptanceTests"
  private static let register = "\(TestSupport.repository)/samples/2016-data-collection/register"

  @Test func noPersonalValueIsInAnyOutput() throws {
    try TestSupport.withTemporaryFolder { folder in
      let run = try TestSupport.run(
        "python3",
        ["\(OutputTests.scripts)/personal-values.py", OutputTests.program, TestSupport.repository, folder], in: folder)
      #expect(run.exitCode == 0, "\(run.errors.suffix(500))")
      #expect(run.output.isEmpty, "\(run.output.prefix(2_000))")
    }
  }

  @Test func theSheetForAnswersComesBackWithoutAMapping() throws {
    guard let python = FormatTests.python else { return }
    try TestSupport.withTemporaryFolder { folder in
      try LocalFiles.write(
        "code,name\nX1A,Morvelthorpe Hospitals\nX1B,Pellamdale Hospitals\nX1K,Tarnelbridge Hospitals\n",
        to: "\(folder)/ask.csv")
      func run(_ arguments: [String], _ code: Int32 = 0) throws {
        let run = try TestSupport.run(OutputTests.program, arguments, in: folder)
        try #require(run.exitCode == code, "\(arguments): \(run.errors)")
      }
      try run([
        "round", "new", "autumn", "--synthetic", "--sent", "2016-09-01", "--asked", "ask.csv", "--register",
        OutputTests.register,
      ])
      try run(["round", "template", "--round", "autumn/round.json", "--output", "sheet.xlsx"])
      try run([
        "round", "template", "--round", "autumn/round.json", "--output", "one.xlsx", "--organisation", "X1K",
      ])
      let fill = try TestSupport.run(
        python, ["\(OutputTests.scripts)/fill-template.py", "sheet.xlsx", "one.xlsx", "autumn/answers"], in: folder)
      #expect(fill.exitCode == 0 && fill.output.isEmpty, "\(fill.output) \(fill.errors)")
      try run([
        "check", "--round", "autumn/round.json", "--format", "json", "--output", "report.json", "--fail-on", "never",
      ])
      let report = try JSONDocument.read(path: "\(folder)/report.json").root
      let found = try report.requiredArray("findings").map { try $0.requiredString("rule") }
      #expect(!found.contains("intake/unmapped-column") && !found.contains("intake/missing-column"), "\(found)")
      #expect(!found.contains("intake/organisation-not-matched"))
      var statuses: [String: String] = [:]
      for organisation in try report.requiredArray("organisations") {
        statuses[try organisation.requiredString("code")] = try organisation.requiredString("status")
      }
      #expect(statuses == ["X1A": "collecting", "X1B": "not-collecting", "X1K": "partially-collecting"])
    }
  }

  /// A full disk is a limit to the size of a file, which tests can set.
  @Test(arguments: [
    ["publish", "report.json", "--output", "out", "--register", OutputTests.register],
    ["letters", "report.json", "--output", "out"],
    ["feedback", "report.json", "--file", "x1a.csv", "--output", "out.xlsx"],
  ]) func nothingIsHalfWrittenWhenTheDiskIsFull(_ arguments: [String]) throws {
    try TestSupport.withTemporaryFolder { folder in
      let sample = "\(TestSupport.repository)/samples/2016-data-collection"
      let audit = try TestSupport.run(
        OutputTests.program,
        [
          "check", "--round", "\(sample)/round.json", "--format", "json", "--output", "report.json", "--fail-on",
          "never",
        ], in: folder)
      try #require(audit.exitCode == 0, "\(audit.errors)")
      try LocalFiles.write(try LocalFiles.read("\(sample)/answers/x1a-morvelthorpe.csv"), to: "\(folder)/x1a.csv")
      let quoted = ([OutputTests.program] + arguments).map { "'\($0)'" }.joined(separator: " ")
      let run = try TestSupport.run("bash", ["-c", "trap '' XFSZ; ulimit -f 1; exec \(quoted)"], in: folder)
      #expect(run.exitCode == 3, "\(run.errors)")
      #expect(run.errors.contains("could not be written"), "\(run.errors)")
      #expect(try LocalFiles.list(folder) == ["report.json", "x1a.csv"])
    }
  }

  @Test func twoEditionsGiveNothingAwayTogether() throws {
    try TestSupport.withTemporaryFolder { folder in
      func run(_ arguments: [String]) throws {
        let run = try TestSupport.run(OutputTests.program, arguments, in: folder)
        try #require(run.exitCode == 0, "\(arguments): \(run.errors)")
      }
      let headings = "Code,Trust,Q1,Q2 total,Q2a,Q2b,Period,Quote\n"
      let codes = ["X1A", "X1B", "X1C", "X1D", "X1E", "X1G"]
      func round(_ rows: [String], _ report: String) throws {
        try LocalFiles.write("code,name\n" + codes.map { "\($0),\($0)\n" }.joined(), to: "\(folder)/asked.csv")
        try LocalFiles.write(headings + rows.joined(separator: "\n") + "\n", to: "\(folder)/answers.csv")
        try LocalFiles.write(
          """
          {"round": "two", "title": "SYNTHETIC: two editions", "synthetic": true, "rules": ["data-collection"],
           "register": "\(OutputTests.register)", "cutOff": "2016-08-31", "asked": "asked.csv",
           "submissions": [{"path": "answers.csv"}]}
          """, to: "\(folder)/round.json")
        try run(["check", "--round", "round.json", "--format", "json", "--output", report, "--fail-on", "never"])
      }
      let publish = ["--register", OutputTests.register, "--output"]
      let quote = ",2015-16,\"We count 3, and in all 43.\""
      try round(
        [
          "X1A,,Yes,43,3,40\(quote)", "X1B,,Yes,43,12,31\(quote)", "X1C,,Yes,50,20,30\(quote)",
          "X1D,,Yes,7,3,4\(quote)",
          "X1E,,Yes,4,4,0\(quote)", "X1G,,Yes,60,*,55\(quote)",
        ], "one.json")
      try run(["publish", "one.json"] + publish + ["one"])
      try round(
        [
          // Grows, becomes small, stays, one part changes, the total alone changes, is given after all.
          "X1A,,Yes,52,12,40\(quote)", "X1B,,Yes,34,3,31\(quote)", "X1C,,Yes,50,20,30\(quote)",
          "X1D,,Yes,8,4,4\(quote)",
          "X1E,,Yes,5,4,1\(quote)", "X1G,,Yes,60,5,55\(quote)",
        ], "two.json")
      try run(["publish", "two.json"] + publish + ["two", "--previous", "one"])
      // The first edition stays as it was, but for the notice that there is a newer one.
      let before = try LocalFiles.readText("\(folder)/one/index.html")
      let kept = try LocalFiles.readText("\(folder)/two/editions/1/index.html")
      #expect(kept.contains("This is edition 1. There is a newer one.") && kept.contains("href=\"../../index.html\""))
      let notice = kept.split(separator: "\n").filter { $0.contains("class=\"superseded\"") }
      #expect(kept.replacing(notice.first ?? "", with: "<!--superseded-->") == before)
      let page = try LocalFiles.readText("\(folder)/two/editions/1/organisations/X1A.html")
      #expect(page.contains("href=\"../../../index.html\""))
      #expect(try LocalFiles.readText("\(folder)/two/corrections.html").contains("href=\"editions/1/index.html\""))
      let attack = try TestSupport.run(
        "python3", ["\(OutputTests.scripts)/Site/attack.py", "one.json", "two.json", "two"], in: folder)
      #expect(attack.exitCode == 0, "\(attack.output) \(attack.errors)")
    }
  }
}
