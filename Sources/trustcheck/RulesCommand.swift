import ArgumentParser
import AuditModel
import AuditRunner
import JSONDocument
import Reports
import RulePacks

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Lists, explains, tests, proves, makes and documents rules.",
    subcommands: [
      RulesListCommand.self, RulesExplainCommand.self, RulesTestCommand.self, RulesVerifyCommand.self,
      RulesNewCommand.self, RulesDocsCommand.self,
    ])
}

/// Where rules and modules come from, for the commands about rules.
struct RuleOptions: ParsableArguments {
  @Option(name: .customLong("module"), help: "A rule module beside the shipped ones. May repeat.")
  var modules: [String] = []

  @Option(help: "The register to look organisations up in; the shipped one when left out.")
  var register: String?

  func catalogue(_ names: [String]) throws -> [RulePack] {
    try Catalogue.packs(names, modules: modules, register: register, Installation.find())
  }
}

struct RulesListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the rules of rule packs.")

  @Argument(help: "Rule packs, by name or folder; all shipped ones when left out.")
  var packs: [String] = []

  @Option(help: "How the list is written: text, or json for the machine catalogue with everything there is to know.")
  var format = RulesListFormat.text

  @OptionGroup var options: RuleOptions

  func run() throws {
    if format == .json {
      return Terminal.write(
        try Catalogue.json(
          packs, modules: options.modules, register: options.register, toolVersion: version, Installation.find()))
    }
    let description = RuleDescription(width: Terminal.width)
    var lines = packs.isEmpty ? description.listOfHostRules() : []
    for pack in try options.catalogue(packs) { lines += (lines.isEmpty ? [] : [""]) + description.list(pack) }
    Terminal.write(lines.joined(separator: "\n") + "\n")
  }
}

enum RulesListFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json
}

struct RulesExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explains a rule: what, why, what to do, how it is checked, examples.")

  @Argument(help: "The rule's id, such as data-collection/parts-do-not-add-up.")
  var id: String

  @Option(name: .customLong("rules"), help: "The rule pack's folder, when it is not a shipped one.")
  var pack: String?

  @OptionGroup var options: RuleOptions

  func run() throws {
    let description = RuleDescription(width: Terminal.width)
    if let rule = IntakeRules.all.first(where: { $0.id == id }) {
      Terminal.write(description.text(rule).joined(separator: "\n") + "\n")
      return
    }
    let packs = try options.catalogue(pack.map { [$0] } ?? [])
    for pack in packs {
      if let rule = pack.rule(id) {
        Terminal.write(description.text(rule, of: pack).joined(separator: "\n") + "\n")
        return
      }
    }
    let known = packs.flatMap(\.allRules).map(\.id) + IntakeRules.all.map(\.id)
    throw ConfigurationError(
      id, "There is no rule by this id" + Suggestion.end(for: id, among: known),
      advice: "The command \"trustcheck rules list\" shows them all.")
  }
}

struct RulesTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Runs the examples of rules, exact both ways.",
    discussion: "Exit codes: 0 every example comes out as it says; 1 some do not; 2 a pack or a module is wrong.")

  @Argument(help: "Rule packs, by name or folder; all shipped ones when left out.")
  var packs: [String] = []

  @Flag(help: "Breaks every rule in every way and lists the changes that its examples do not notice.")
  var mutate = false

  @OptionGroup var options: RuleOptions

  func run() throws {
    if mutate { return try runMutants() }
    let tests = try PackTest.run(packs, modules: options.modules, register: options.register, Installation.find())
    var hasFailed = false
    for test in tests {
      for failure in test.failures {
        hasFailed = true
        Terminal.write("\(failure.place): \(failure.rule)\n")
        for line in failure.differences { Terminal.write("  \(line)\n") }
      }
      let outcome = test.failures.isEmpty ? "all as they say" : "\(test.failures.count) not as they say"
      Terminal.write(
        "\(test.pack): \(Shares.count(test.rules, "rule")), \(Shares.count(test.examples, "example")), \(outcome)\n")
    }
    if hasFailed { Terminal.exit(.findings) }
  }
}
