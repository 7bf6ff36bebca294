import ArgumentParser
import AuditRunner
import LocalFiles
import Profiles

struct ProfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile", abstract: "Says what is in a file, before any rule is held to it.",
    discussion: """
      How the file is written, its sheets and headers, and of every column its type, how much of it is filled and what \
      its cells look like. Values are shown only of columns that the rule pack (--rules) knows as public; of all others \
      shapes such as A9A and 99/99/9999.
      """)

  @Argument(help: "The file.")
  var file: String

  @Option(help: "The rule pack whose fields the columns may be.")
  var rules: String?

  @OptionGroup(title: "How the file is read")
  var reading: ReadingOptions

  @Option(help: "text or json.")
  var format: ProfileFormat = .text

  @Option(help: "Write the draft of a rule pack for this file to a new folder.")
  var draft: String?

  enum ProfileFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

  func run() throws {
    let profile = try FileProfile.read(file, rules: rules, reading)
    if let draft {
      let created = try PackDraft.write(profile, to: draft)
      for path in created { Terminal.say("created \(path)") }
    }
    switch format {
    case .text:
      Terminal.write(
        Array(ProfileText.render(profile, width: Terminal.width, usesColour: Terminal.usesColour).utf8))
    case .json: Terminal.write(ProfileJSON.render(profile))
    }
  }
}

extension FileProfile {
  /// Reads the file of a command.
  static func read(_ file: String, rules: String?, _ reading: ReadingOptions) throws -> FileProfile {
    var request = AuditRequest()
    request.paths = [file]
    try reading.apply(to: &request)
    let installation = try Installation.find()
    let pack = try rules.map { try Catalogue.packs([$0], modules: [], register: nil, installation)[0] }
    do {
      return try FileProfile.read(
        path: file, name: LocalFiles.name(of: file), settings: request.settings, pack: pack.map { .init($0) })
    } catch {
      Terminal.say("trustcheck: \(error)")
      Terminal.exit(.fault)
    }
  }
}
