import ArgumentParser
import AuditModel
import AuditRunner
import Register

struct RegisterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "register", abstract: "Makes, searches and shows the register of organisations.",
    subcommands: [
      RegisterImportCommand.self, RegisterOutlineCommand.self, RegisterMatchCommand.self, RegisterShowCommand.self,
    ])
}

/// Which register, as at which day.
struct RegisterOptions: ParsableArguments {
  @Option(help: "The register: its folder; the shipped one when left out.")
  var register: String?

  @Option(help: "The day to look up at, CCYY-MM-DD; the register's latest when left out.")
  var asOf: String?

  func load() throws -> (Register, CalendarDate) {
    let register = try Catalogue.register(register, Installation.find())
    guard let asOf else { return (register, register.latestDate) }
    guard let date = CalendarDate(iso: asOf) else {
      throw ConfigurationError("--as-of", "\"\(asOf)\" is no date; expected CCYY-MM-DD.")
    }
    return (register, date)
  }
}

struct RegisterMatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "match", abstract: "Finds the organisations that names mean.",
    discussion: """
      Only what is certain is taken; the rest is offered with a score from 0 to 100. Exit codes: 0 every name was \
      matched; 1 some were not.
      """)

  @Argument(help: "Names, each in quotes.")
  var names: [String]

  @OptionGroup var options: RegisterOptions

  func run() throws {
    let (register, date) = try options.load()
    Terminal.write(register.notice)
    var hasUnmatched = false
    for name in names {
      let match = register.match(name: name, at: date)
      hasUnmatched = hasUnmatched || match.organisation == nil
      Terminal.write("\"\(name)\"\n")
      for line in match.lines(at: date) { Terminal.write("  \(line)\n") }
    }
    if hasUnmatched { Terminal.exit(.findings) }
  }
}

struct RegisterShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows what the register knows of a code.")

  @Argument(help: "The organisation's code.")
  var code: String

  @OptionGroup var options: RegisterOptions

  func run() throws {
    let (register, date) = try options.load()
    guard let index = register.index(ofCode: code.uppercased().utf8) else {
      Terminal.say(
        "trustcheck: \(code) is not in this register. It can be right all the same: the register holds NHS trusts and "
          + "boards, not independent providers.")
      Terminal.exit(.findings)
    }
    Terminal.write(register.notice)
    let sites = try Catalogue.sites(register).of(register.organisations[index].code)
    let lines = register.organisations[index].lines(register.lookUp(index: index, at: date), at: date, sites: sites)
    Terminal.write(lines.joined(separator: "\n") + "\n")
  }
}

struct RegisterImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Makes the register from the files of the Organisation Data Service.",
    discussion: """
      The folder of --tables holds what people keep: successors.csv and sources.csv, which names every source. A file \
      is given as SOURCE=PATH, SOURCE being its id there. --ods takes a folder with all files under the names of the \
      project's data folder.
      """)

  @Option(help: "The folder with successors.csv and sources.csv.")
  var tables: String

  @Option(help: "The folder to write the register to.")
  var output: String

  @Option(help: "A folder with all files, instead of the options below.")
  var ods: String?

  @Option(name: .customLong("trusts"), help: "ODS etr file, 27 columns without header. May repeat, newest first.")
  var trusts: [String] = []

  @Option(
    name: .customLong("trusts-and-sites"),
    help: "ODS file of trusts and their sites, 27 columns without header. May repeat, newest first.")
  var trustsAndSites: [String] = []

  @Option(name: .customLong("names"), help: "Names by code, with a header. May repeat.")
  var names: [String] = []

  @Option(name: .customLong("coordinates"), help: "Coordinates by code, with a header. May repeat.")
  var coordinates: [String] = []

  @Option(name: .customLong("sites"), help: "Sites with coordinates, with a header. May repeat.")
  var sites: [String] = []

  @Option(help: "NHS England regions by code.")
  var regions: String?

  @Option(help: "Welsh local health boards.")
  var welshBoards: String?

  @Option(help: "Scottish health boards.")
  var scottishBoards: String?

  func run() throws {
    var options = RegisterImport.Options(tables: tables, output: output)
    if let ods { options = RegisterImport.Options(odsFolder: ods, tables: tables, output: output) }
    options.trusts += try trusts.map(input)
    options.trustsAndSites += try trustsAndSites.map(input)
    options.names += try names.map(input)
    options.coordinates += try coordinates.map(input)
    options.sites += try sites.map(input)
    if let regions { options.regions = try input(regions) }
    if let welshBoards { options.welshBoards = try input(welshBoards) }
    if let scottishBoards { options.scottishBoards = try input(scottishBoards) }
    if options.trusts.isEmpty && options.trustsAndSites.isEmpty {
      throw ConfigurationError(
        "register import", "There is nothing to import.", advice: "Give --ods FOLDER, or --trusts SOURCE=FILE.")
    }
    let summary = try Catalogue.importRegister(options)
    Terminal.write(summary.lines.joined(separator: "\n") + "\n")
  }

  private func input(_ text: String) throws -> RegisterImport.Input {
    guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
      throw ConfigurationError("register import", "\"\(text)\" is no SOURCE=FILE.")
    }
    return RegisterImport.Input(String(text[text.index(after: sign)...]), source: String(text[..<sign]))
  }
}
