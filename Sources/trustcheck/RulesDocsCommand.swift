import ArgumentParser
import AuditModel
import AuditRunner
import LocalFiles

struct RulesDocsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docs", abstract: "Writes the catalogue of rules in Markdown, one page a rule pack.",
    discussion: """
      Without packs the pages of all shipped ones are written, with one for the program's own rules and one that leads \
      to the others; pages of packs that are not there any more are removed.

      Exit codes: 0 the pages are written or, with --check, as they should be; 1 with --check, a page is missing, stale \
      or left over; 2 a pack or a module is wrong, or a page could not be written.
      """)

  @Argument(help: "Rule packs, by name or folder; all shipped ones when left out.")
  var packs: [String] = []

  @Option(help: "The folder for the pages; \"docs/rules\" in the repository of the shipped packs when left out.")
  var output: String?

  @Flag(help: "Writes nothing and says which pages are not as they should be.")
  var check = false

  @OptionGroup var options: RuleOptions

  func run() throws {
    let installation = try Installation.find()
    let folder = try output ?? standardFolder(installation)
    let pages = try CataloguePages(packs, modules: options.modules, register: options.register, installation)
    let shown = output ?? "docs/rules"
    guard check else {
      for difference in try pages.write(to: folder) {
        Terminal.write("\(difference.kind == .leftOver ? "removed" : "wrote  ")  \(shown)/\(difference.page)\n")
      }
      return
    }
    let differences = pages.differences(in: folder)
    for difference in differences {
      Terminal.write("\(shown)/\(difference.page) is \(difference.kind.rawValue)\n")
    }
    if differences.isEmpty { return }
    Terminal.say("trustcheck: The pages are renewed by: \(command)")
    Terminal.exit(.findings)
  }

  /// The command without `--check`.
  private var command: String {
    var words = ["trustcheck", "rules", "docs"] + packs
    for module in options.modules { words += ["--module", module] }
    if let register = options.register { words += ["--register", register] }
    if let output { words += ["--output", output] }
    return words.map { $0.contains(" ") ? "'\($0)'" : $0 }.joined(separator: " ")
  }

  /// The folder of the catalogue that is kept with the shipped packs.
  private func standardFolder(_ installation: Installation) throws -> String {
    let repository = LocalFiles.folder(of: installation.rules)
    let shipped = installation.packs()
    // A folder of the same name in the working folder goes before a shipped pack.
    let areShipped = packs.allSatisfy { shipped.contains($0) && LocalFiles.kind("\($0)/pack.json") != .file }
    guard areShipped, LocalFiles.kind("\(repository)/Package.swift") == .file else {
      throw ConfigurationError(
        "--output", "Where the pages go is not said.",
        advice: "Give a folder; only the pages of the shipped packs have one of their own, in the repository.")
    }
    return "\(repository)/docs/rules"
  }
}
