import ArgumentParser
import AuditRunner
import LocalFiles
import Profiles
import RulePacks

struct MapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map", abstract: "Proposes which column of a file is which field of a rule pack.",
    discussion: """
      The mapping goes to standard output, or to a file (--output); what was found for each column is said on standard \
      error. Look it over, then name it in the round ("mapping") or on the command line (--mapping).
      """)

  @Argument(help: "The file.")
  var file: String

  @Option(help: "The rule pack whose fields are meant.")
  var rules: String

  @OptionGroup(title: "How the file is read")
  var reading: ReadingOptions

  @Option(help: "Where the mapping goes; standard output when left out.")
  var output: String?

  func run() throws {
    let profile = try FileProfile.read(file, rules: rules, reading)
    let pack = try Catalogue.packs([rules], modules: [], register: nil, Installation.find())[0]
    let proposal = MappingProposal(profile, pack: pack.name, plan: .init(pack))
    for entry in proposal.entries {
      let sheet = entry.sheet.map { "\($0)!" } ?? ""
      let heading = entry.heading.isEmpty ? "(no heading)" : "\"\(entry.heading)\""
      let field = entry.field.map { " → \($0)" } ?? ""
      Terminal.say("\(sheet)\(entry.place) \(heading)\(field): \(entry.why)")
    }
    if !proposal.missing.isEmpty {
      let labels = proposal.missing.map { "\"\($0)\"" }.joined(separator: ", ")
      Terminal.say("No column was found for \(labels).")
    }
    guard let output else { return Terminal.write(proposal.json()) }
    if LocalFiles.kind(output) != .missing, LocalFiles.realPath(output) == LocalFiles.realPath(file) {
      throw ConfigurationError("--output", "\"\(output)\" is the file itself.", advice: "Give another name.")
    }
    Output.write(proposal.json(), to: output)
    Terminal.say("created \(output)")
  }
}

extension PackDraft {
  /// Writes the draft into a folder that is not there yet.
  ///
  /// - Returns: the paths of the files.
  static func write(_ profile: FileProfile, to folder: String) throws -> [String] {
    if LocalFiles.kind(folder) != .missing {
      throw ConfigurationError("--draft", "There is a \"\(folder)\" already.", advice: "Name a new folder.")
    }
    let name = LocalFiles.name(of: folder)
    guard RulePack.isName(name) else {
      throw ConfigurationError(
        "--draft", "A folder of rules is named by lower-case words joined by hyphens, and \"\(name)\" is not.")
    }
    var created: [String] = []
    Output.writing { () throws(FileError) in
      for file in PackDraft(profile, name: name).files {
        try LocalFiles.makeFolder(LocalFiles.folder(of: "\(folder)/\(file.path)"))
        try LocalFiles.write(file.bytes, to: "\(folder)/\(file.path)")
        created.append("\(folder)/\(file.path)")
      }
    }
    return created
  }
}
