import ArgumentParser
import AuditModel
import AuditRunner
import RulePacks

struct RulesVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Proves the decision tables of rule packs and prints the proof.",
    discussion: """
      A table is proved when every combination of its inputs' words is taken by exactly one row and no row is out of \
      reach. A combination that is left out or taken twice is printed as a row to paste.

      Exit codes: 0 every table is proved; 2 one is not, or a pack is wrong.
      """)

  @Argument(help: "Rule packs, by name or folder; all shipped ones when left out.")
  var packs: [String] = []

  @Flag(help: "Prints every combination with the row that takes it, as CSV; of one pack.")
  var combinations = false

  @OptionGroup var options: RuleOptions

  func run() throws {
    let packs = try options.catalogue(packs)
    if combinations {
      let proofs = packs.compactMap { ProofDescription($0) }
      guard proofs.count == 1 else {
        throw ConfigurationError(
          "--combinations", "\(proofs.count) of these packs have a decision table.",
          advice: "Name one rule pack that has one.")
      }
      var text = ""
      proofs[0].forEachCombination { text += $0 + "\n" }
      return Terminal.write(text)
    }
    var lines: [String] = []
    for pack in packs {
      if !lines.isEmpty { lines.append("") }
      lines += ProofDescription(pack)?.text(width: Terminal.width) ?? ["\(pack.name) has no decision table."]
    }
    Terminal.write(lines.joined(separator: "\n") + "\n")
  }
}
