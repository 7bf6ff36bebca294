import LocalFiles
import TestSupport
import Testing

/// What the program finds in real waiting times, counted a second time by a script that never reads the rule pack.
@Suite struct WaitingTimesTests {
  private static let script = "\(TestSupport.repository)/Tests/Independent/breast_waiting_times.py"

  /// The real file; nil, and said so, where it or Python is absent.
  private static func realFile() throws -> String? {
    let path = "\(TestSupport.shared ?? "")/data/real/cwt/cwt_breast_by_provider_2023-10_to_2025-09.csv"
    guard LocalFiles.kind(path) == .file else {
      print("skipped: the real waiting times are not here (TRUSTCHECK_SHARED or ../shared)")
      return nil
    }
    let python = try TestSupport.run("python3", ["--version"], in: "/")
    if python.exitCode != 0 { print("skipped: there is no python3 to count with") }
    return python.exitCode == 0 ? path : nil
  }

  private static func expectAgreement(_ file: String, in folder: String) throws {
    let check = try TestSupport.run(
      SampleRoundTests.program,
      [
        "check", file, "--rules", "breast-waiting-times", "--fail-on", "never", "--format", "json", "--output",
        "\(folder)/report.json",
      ], in: folder)
    #expect(check.exitCode == 0, "\(check.errors)")
    let compare = try TestSupport.run("python3", [script, file, "\(folder)/report.json"], in: folder)
    #expect(compare.exitCode == 0, "\(compare.errors)")
    #expect(compare.output.contains("The report agrees on all 30 rules."))
  }

  @Test func realRowsAreJudgedAsTheScriptJudgesThem() throws {
    guard let file = try WaitingTimesTests.realFile() else { return }
    try TestSupport.withTemporaryFolder { try WaitingTimesTests.expectAgreement(file, in: $0) }
  }

  @Test func plantedFaultsAreAllFound() throws {
    guard let file = try WaitingTimesTests.realFile() else { return }
    try TestSupport.withTemporaryFolder { folder in
      let spoil = try TestSupport.run(
        "python3", [WaitingTimesTests.script, file, "--spoil", "\(folder)/spoilt.csv"], in: folder)
      #expect(spoil.exitCode == 0, "\(spoil.errors)")
      try WaitingTimesTests.expectAgreement("\(folder)/spoilt.csv", in: folder)
    }
  }
}
