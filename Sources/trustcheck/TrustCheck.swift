import ArgumentParser
import AuditRunner

/// What the program is called by.
let version = "0.1.0"

@main
struct TrustCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trustcheck",
    abstract: "Checks what hospital trusts send in about secondary breast cancer.",
    discussion: """
      Every submission is checked for completeness and consistency and put into a status; the report says what was \
      found, where, and what could not be checked.

      Exit codes: 0 nothing reaches the fail level; 1 findings at or above it; 2 the command, a rule pack or a module \
      is wrong and nothing was checked; 3 an input could not be read, or a fault while running.
      """,
    version: version,
    subcommands: [
      CheckCommand.self, RoundCommand.self, CountCommand.self, WhyCommand.self, RulesCommand.self, EvalCommand.self,
      RegisterCommand.self,
      ModulesCommand.self, ProfileCommand.self, MapCommand.self, PublishCommand.self, LettersCommand.self,
      FeedbackCommand.self,
    ])

  /// Runs the command; words that cannot be understood end with exit code 2.
  static func main() {
    Terminal.outliveReaders()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as ConfigurationError {
      for problem in error.problems { Terminal.say(problem) }
      Terminal.exit(.configuration)
    } catch let code as ExitCode {
      Terminal.exit(ProgramExit(rawValue: code.rawValue) ?? .fault)
    } catch {
      let text = fullMessage(for: error)
      if exitCode(for: error) == .success {
        Terminal.write(text + "\n")
        Terminal.exit(.clean)
      }
      Terminal.say(text)
      Terminal.exit(.configuration)
    }
    Terminal.exit(.clean)
  }
}

/// The program's exit codes.
enum ProgramExit: Int32 {
  case clean = 0
  case findings = 1
  case configuration = 2
  case fault = 3
}
