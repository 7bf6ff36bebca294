import ArgumentParser
import AuditModel
import AuditRunner
import LocalFiles

struct RulesNewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Makes a rule that passes its own test, and its pack when there is none.",
    discussion: """
      The rule's file gets its parameters and one example that passes and one that fails, found by trying; what it says \
      is for you to write. Nothing that is there is overwritten.

      Exit codes: 0 the rule is there and its test passes; 2 something is wrong, and nothing was written.
      """)

  @Argument(help: "The rule's id: the pack and the rule's name, such as clinic-nurses/count-missing.")
  var id: String

  @Option(help: "The check kind; \"trustcheck modules list\" shows them.")
  var check = "completeness.required"

  @Option(help: "The field that the rule is about.")
  var field: String?

  @Option(help: "The type of that field, when the pack is new: text, integer, number, date, boolean or period.")
  var type: String?

  @Option(help: "Parameters of the check kind as a JSON object, such as '{\"atLeast\": 0}'.")
  var with: String?

  @Option(help: "error, warning or info.")
  var severity = "warning"

  @Option(
    name: .customLong("in"), help: "The folder with the packs; \"rules\" when there is one here, else this folder.")
  var folder: String?

  @OptionGroup var options: RuleOptions

  func run() throws {
    let result = try RuleScaffold.make(
      RuleScaffold.Request(
        id: id, kind: check, field: field, type: try type.map { try word($0, "--type") }, with: with,
        severity: try word(severity, "--severity"),
        folder: folder ?? (LocalFiles.kind("rules") == .folder ? "rules" : ".")),
      modules: options.modules, register: options.register, Installation.find())
    for path in result.created { Terminal.write("wrote    \(path)\n") }
    for path in result.changed { Terminal.write("changed  \(path)\n") }
    let shown = result.packFolder.contains("/") ? result.packFolder : "./\(result.packFolder)"
    var lines = ["", "Its two examples come out as they say. Next:"]
    lines += Terminal.lines(
      "In that file, say what holds when all is well (\"summary\"), why it matters (\"why\") and what to do (\"fix\"), and"
        + " change the examples to what people really send.", indent: 5, first: "  1. ")
    lines += ["  2. trustcheck rules test \(shown)", "  3. trustcheck check FILE --rules \(shown)"]
    Terminal.write(lines.joined(separator: "\n") + "\n")
  }

  private func word<Word: RawRepresentable & CaseIterable>(_ text: String, _ option: String) throws -> Word
  where Word.RawValue == String {
    if let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
    throw ConfigurationError(option, "Expected one of \(words), found \"\(text)\".")
  }
}
