import AuditModel
import Columns
import LocalFiles
import ModuleHost
import TestSupport
import Testing

@Suite("The sample module and its documentation")
struct SampleModuleTests {
  private let source = "\(TestSupport.repository)/samples/modules/extra.c"

  private func documentation() throws -> [Substring] {
    try LocalFiles.readText("\(TestSupport.repository)/docs/modules.md").split(separator: "\n")
  }

  @Test func commandThatTheSampleStatesBuildsItWithoutWarnings() throws {
    let lines = try LocalFiles.readText(source).split(separator: "\n")
    let command = try #require(lines.first { $0.hasPrefix("//     cc ") }).dropFirst("//     ".count)
    #expect(try documentation().contains(command), "docs/modules.md states another command")
    try TestSupport.withTemporaryFolder { folder in
      let words = command.split(separator: " ").map { $0 == "extra.so" ? "\(folder)/extra.so" : String($0) }
      let run = try TestSupport.run(words[0], Array(words.dropFirst()) + ["-Werror"], in: TestSupport.repository)
      #expect(run.exitCode == 0, "\(run.errors)")
      let host = ModuleHost(services: .none)
      try host.load("\(folder)/extra.so")
      #expect(host.kinds.map(\.name) == ["extra.steady-count", "extra.text-cut-off"])
    }
  }

  @Test func textsAreMeasuredInCharacters() throws {
    let rule = try TestSupport.withTemporaryFolder { folder in
      let host = ModuleHost(services: .none)
      try host.load(try CModule.compile(source, to: "\(folder)/extra.so"))
      return try host.bind(
        "extra.text-cut-off",
        parameters: [
          RuleParameter(pointer: "/field", value: .fields([0])),
          RuleParameter(pointer: "/limit", value: .integer(14)),
        ])
    }
    let table = Table.answers(["exactly twelve", "Ärzte, Größen!", "twelve bytes", "", "ÄÄÄÄÄÄÄ"])
    let frame = rule.makeFrame()
    try rule.check(table.batch, state: nil, selected: table.all, frame: frame)
    #expect(frame.failed.positions == [0, 1] && frame.unknown.isEmpty)
    #expect(
      try rule.explain(table.batch, rows: [1], frame: frame) == [
        Explanation(row: 1, evidence: [Evidence(name: "limit", value: .integer(14))])
      ])
  }

  @Test func documentationListsEveryFieldOfTheHost() throws {
    let rows = try documentation().filter { $0.hasPrefix("| `") }
    for field in OrganisationFields.all {
      #expect(
        rows.contains { $0.hasPrefix("| `\(field.name)` | \(field.type.rawValue) |") }, "\(field.name) is not there")
    }
    let contact = try #require(rows.first { $0.hasPrefix("| `contact` |") })
    for word in OrganisationFields.Contact.allCases { #expect(contact.contains("`\(word.rawValue)`")) }
  }
}
