import LocalFiles
import TestSupport
import Testing

/// Every string of the suite of naughty strings comes in by every format and goes out by every one, and nothing of it is
/// lost, run or hidden.
@Suite(.enabled(if: TestSupport.shared != nil, "the shared folder is absent (TRUSTCHECK_SHARED)"))
struct NaughtyStringsTests {
  @Test func everyStringSurvives() throws {
    try TestSupport.withTemporaryFolder { folder in
      let strings = "\(TestSupport.shared ?? "")/conformance/naughty-strings/blns.json"
      let script = "\(TestSupport.repository)/Tests/AcceptanceTests/naughty-strings.py"
      let run = try TestSupport.run("python3", [script, strings, SampleRoundTests.program, folder], in: folder)
      #expect(run.exitCode == 0, "\(run.errors)")
      #expect(run.output.isEmpty, "\(run.output.prefix(2_000))")
    }
  }
}
