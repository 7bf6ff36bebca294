import ArgumentParser

struct RoundCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "round", abstract: "Runs a round: its files, the sheet for answers, who is due when.",
    subcommands: [RoundNewCommand.self, RoundTemplateCommand.self, RoundChaseCommand.self])
}
