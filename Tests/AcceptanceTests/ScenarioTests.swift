import LocalFiles
import TestSupport
import Testing

@Suite struct ScenarioTests {
  static let folder = "\(TestSupport.repository)/Tests/AcceptanceTests/Scenarios"
  static let names = ((try? LocalFiles.list(folder)) ?? []).filter { $0.hasSuffix(".scenario") }
  static let rewrites = TestSupport.environment("TRUSTCHECK_REWRITE") != nil

  @Test func thereAreScenarios() {
    #expect(ScenarioTests.names.count >= 20)
  }

  @Test(arguments: [
    ("a|…|d", true), ("…", true), ("…|d", true), ("a|…", true), ("…|b|…|d", true), ("…|c|…|b|…", false),
    ("a|…|c", false),
    ("b|…", false), ("a|b|c|d", true), ("a|b", false), ("…|b|c|…|d|…", true), ("a|…|a|b|c|d", false),
  ])
  func dotsStandForAnyNumberOfLines(_ expected: String, _ matches: Bool) {
    let lines = expected.split(separator: "|").map(String.init)
    #expect(Scenario.matches(["a", "b", "c", "d"], lines[...]) == matches)
  }

  @Test(arguments: names)
  func programDoesWhatTheScenarioSays(_ name: String) throws {
    var scenario = try Scenario(path: "\(ScenarioTests.folder)/\(name)")
    #expect(!scenario.about.isEmpty, "\(name) does not say what it shows")
    try TestSupport.withTemporaryFolder { folder in
      for (index, item) in scenario.items.enumerated() {
        switch item {
        case .file(let path, let text):
          try LocalFiles.makeFolder(LocalFiles.folder(of: "\(folder)/\(path)"))
          try LocalFiles.write(text, to: "\(folder)/\(path)")
        case .copy(let from, let to):
          try ScenarioTests.copy("\(TestSupport.repository)/\(from)", to: "\(folder)/\(to)")
        case .large(let path, let bytes):
          let text = Array("Code,Q1\nX1B,\"".utf8) + [UInt8](repeating: 0x61, count: bytes) + Array("\"\n".utf8)
          try LocalFiles.write(text, to: "\(folder)/\(path)")
        case .compile(let source, let library):
          let header = "\(TestSupport.repository)/Sources/CTrustCheckModule/include"
          let build = try TestSupport.run(
            "cc", ["-shared", "-fPIC", "-I", header, "-o", library, "\(TestSupport.repository)/\(source)"], in: folder)
          #expect(build.exitCode == 0, "\(build.errors)")
        case .step(var step):
          let run = try TestSupport.run(
            "\(TestSupport.products)/trustcheck", step.arguments, in: folder,
            input: Array(step.input.map { $0 + "\n" }.joined().utf8))
          if ScenarioTests.rewrites {
            step.exitCode = run.exitCode
            step.output = ScenarioTests.rewritten(step.output, run.output)
            step.errors = ScenarioTests.rewritten(step.errors, run.errors)
            scenario.items[index] = .step(step)
            continue
          }
          let command = step.arguments.joined(separator: " ")
          #expect(run.exitCode == step.exitCode, "\(name): \(command)\n\(run.errors)")
          ScenarioTests.compare(run.output, step.output, "\(name): \(command): standard output")
          ScenarioTests.compare(run.errors, step.errors, "\(name): \(command): standard error")
        }
      }
    }
    if ScenarioTests.rewrites { try LocalFiles.write(scenario.text, to: scenario.path) }
  }

  private static func rewritten(_ expected: [String]?, _ text: String) -> [String]? {
    guard let expected else { return nil }
    return expected.contains("…") ? expected : lines(text)
  }

  private static func compare(_ text: String, _ expected: [String]?, _ what: String) {
    guard let expected else { return }
    let found = lines(text)
    #expect(Scenario.matches(found[...], expected[...]), "\(what) was:\n\(text)")
  }

  private static func lines(_ text: String) -> [String] {
    // By bytes, since a carriage return and a line feed are one character; carriage returns are not compared.
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
    }
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// Copies a file, or a folder with all in it.
  private static func copy(_ from: String, to: String) throws {
    guard LocalFiles.kind(from) == .folder else {
      try LocalFiles.makeFolder(LocalFiles.folder(of: to))
      return try LocalFiles.write(LocalFiles.read(from), to: to)
    }
    try LocalFiles.makeFolder(to)
    for name in try LocalFiles.list(from) { try copy("\(from)/\(name)", to: "\(to)/\(name)") }
  }
}

/// The guide to rounds shows what the program prints.
@Suite struct RoundGuideTests {
  @Test func guideShowsWhatTheScenarioProves() throws {
    let guide = try LocalFiles.readText("\(TestSupport.repository)/docs/rounds.md")
    let scenario = try Scenario(
      path: "\(TestSupport.repository)/Tests/AcceptanceTests/Scenarios/round-from-new-to-second-edition.scenario")
    var compared = 0
    for case .step(let step) in scenario.items {
      let command = step.arguments.map { $0.contains(" ") ? "\"\($0)\"" : $0 }.joined(separator: " ")
      let lines = ["$ trustcheck \(command)"] + (step.output ?? []) + (step.errors ?? [])
      #expect(guide.contains("```console\n\(lines.joined(separator: "\n"))\n```"), "\(command)")
      compared += 1
    }
    for case .file(let path, let text) in scenario.items {
      #expect(guide.contains("```csv\n# \(path)\n\(text)```"), "\(path)")
    }
    #expect(compared > 8)
  }
}
