import ArgumentParser
import AuditModel
import AuditRunner
import ModuleHost

struct ModulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "modules", abstract: "Shows rule modules.", subcommands: [ModulesListCommand.self])
}

struct ModulesListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the loaded modules and the check kinds they offer.")

  @Option(name: .customLong("module"), help: "A rule module beside the shipped ones. May repeat.")
  var modules: [String] = []

  func run() throws {
    let host = try Catalogue.modules(modules, Installation.find())
    var lines: [String] = []
    for module in host.modules {
      if !lines.isEmpty { lines.append("") }
      lines.append("\(module.name) \(module.version): \(module.summary)")
      for kind in host.kinds where kind.module == module.name {
        lines.append("  \(kind.name)")
        lines += Terminal.lines(kind.summary, indent: 4)
        let parameters = kind.parameters.words
        if !parameters.isEmpty { lines += Terminal.lines("with: \(parameters)", indent: 4) }
      }
    }
    Terminal.write(lines.joined(separator: "\n") + "\n")
  }
}

extension ParameterSchema {
  /// The names of an object's members, optional ones in brackets.
  fileprivate var words: String {
    guard case .object(let members) = self else { return "" }
    return members.map { $0.isRequired ? $0.name : "[\($0.name)]" }.joined(separator: ", ")
  }
}
