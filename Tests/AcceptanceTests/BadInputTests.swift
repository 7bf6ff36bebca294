import LocalFiles
import TestSupport
import Testing

/// Files that no reader should choke on: each gets a clear message and exit code 3 in bounded memory and time, and what
/// stands beside it is audited.
@Suite struct BadInputTests {
  private static let files: [(name: String, words: String)] = [
    ("zip-bomb.xlsx", "no workbook of records does"), ("entity-bomb.xlsx", "it has a document type"),
    ("external-entity.xlsx", "it has a document type"), ("million-empty-rows.xlsx", "The sheet is empty."),
    ("16384-columns.xlsx", "The table has 16384 columns"), ("cyclic-merges.xlsx", "A1:B2 and B2:C3 overlap"),
    ("truncated.xlsx", "it may be cut off"), ("encrypted-entries.xlsx", "it may be protected by a password"),
    ("password.xlsx", "one with a password"), ("paper.xlsx", "It is a PDF."),
    ("claims-utf16.xml", "its encoding is UTF-16, and its bytes are no such text"),
    ("entity-bomb.xml", "it has a document type"),
    ("utf16-without-mark.csv", "the byte order mark that says so is missing"),
    ("turns-binary.csv", "turns-binary.csv row 1002: There is a NUL byte"),
    ("folder.csv", "The folder holds no submission."), ("pipe.csv", "It is a pipe, not a file."),
  ]

  /// More than a reader of a stream needs, and less than any of the files would fill.
  private static let memory = 160

  @Test(.timeLimit(.minutes(5))) func eachIsRefusedAndTheRestAudited() throws {
    try TestSupport.withTemporaryFolder { folder in
      let script = "\(TestSupport.repository)/Tests/AcceptanceTests/bad-inputs.py"
      let made = try TestSupport.run("python3", [script, folder], in: folder)
      try #require(made.exitCode == 0, "\(made.errors)")
      for (name, words) in BadInputTests.files {
        let run = try TestSupport.run(
          "python3",
          [
            script, folder, name, SampleRoundTests.program, "--rules", "cosd-breast", "--register",
            "\(SampleRoundTests.sample)/register",
          ], in: folder)
        try #require(run.exitCode == 0, "\(name): \(run.errors)")
        let lines = run.output.split(separator: "\n").map(String.init)
        let numbers = lines[0].split(separator: " ").compactMap { Int($0) }
        #expect(numbers[0] == 3, "\(name): exit \(numbers[0])")
        #expect(numbers[1] < BadInputTests.memory, "\(name): \(numbers[1]) MiB")
        #expect(run.output.contains(words), "\(name): \(run.output)")
        #expect(lines.last == "audited", "\(name): \(run.output)")
      }
    }
  }
}
