import LocalFiles
import TestSupport
import Testing

/// The sample rounds beside the first: what they must yield, and that no number of threads changes it.
@Suite struct OtherSampleTests {
  static let names = ["2016-nursing-care", "2016-signs-awareness"]
  private static let formats = ["text": "txt", "figures": "figures.csv"]

  private static func audit(_ name: String, _ options: [String]) throws -> [String: String] {
    try TestSupport.withTemporaryFolder { folder in
      var arguments = ["check", "--round", "round.json", "--fail-on", "never"]
      for (format, ending) in formats.sorted(by: { $0.key < $1.key }) {
        arguments += ["--format", format, "--output", "\(folder)/\(name).\(ending)"]
      }
      let sample = "\(TestSupport.repository)/samples/\(name)"
      let run = try TestSupport.run(SampleRoundTests.program, arguments + options, in: sample)
      try #require(run.exitCode == 0, "\(run.errors)")
      var outputs: [String: String] = [:]
      for file in try LocalFiles.list(folder) { outputs[file] = try LocalFiles.readText("\(folder)/\(file)") }
      return outputs
    }
  }

  @Test(arguments: names) func outputsAreTheCommittedOnesAtAnyNumberOfThreads(_ name: String) throws {
    let outputs = try OtherSampleTests.audit(name, ["--jobs", "1"])
    #expect(outputs.count == OtherSampleTests.formats.count)
    for (file, text) in outputs {
      let path = "\(SampleRoundTests.expected)/\(file)"
      if ScenarioTests.rewrites { try LocalFiles.write(text, to: path) }
      let isSame = try LocalFiles.readText(path) == text
      #expect(isSame, "\(file) differs; TRUSTCHECK_REWRITE=1 writes it anew")
      #expect(text.contains("SYNTHETIC"), "\(file)")
    }
    let others = try OtherSampleTests.audit(name, ["--jobs", "4"])
    #expect(others == outputs)
  }

  @Test(arguments: names) func textFitsATerminalOf80Columns(_ name: String) throws {
    let text = try LocalFiles.readText("\(SampleRoundTests.expected)/\(name).txt")
    for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }
}
