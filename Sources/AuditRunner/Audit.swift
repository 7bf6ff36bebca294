public import AuditModel
import Intake
import LocalFiles
import ModuleHost
public import Register
import RulePacks

/// One audit from its request to its report.
public enum Audit {
  /// The number of processors this program may use.
  public static var processors: Int { Workers.processors }

  /// Audits what is asked for.
  ///
  /// - Throws: when the round, a pack, a module or the register is wrong; nothing was checked then. An input that
  ///   cannot be read and a module that fails at its work are problems of the report.
  public static func run(
    _ request: AuditRequest, _ installation: Installation
  ) throws(ConfigurationError) -> AuditResult {
    let tools = try Tools(request, installation)
    let round = request.round
    let asOf = request.asOf ?? round?.cutOff ?? tools.register.latestDate
    let levels = round?.levels ?? []
    try tools.check(levels)
    var sources = round?.submissions ?? []
    sources += request.paths.map { path in
      var source = SubmissionSource(path: path, name: SubmissionFiles.shownName(path))
      source.settings = request.settings
      return source
    }
    let found = SubmissionFiles.find(sources)
    try tools.check(found.files)
    try check(request, found.files)
    let state = RoundState(round: round, asOf: asOf)
    var builder = ReportBuilder(request: request, tools: tools, state: state, problems: found.problems)
    for pack in tools.packs {
      let run = PackRun(pack: pack, request: request, tools: tools, state: state, levels: levels, sources: found.files)
      builder.add(try run.run())
    }
    return builder.result()
  }
}

extension Audit {
  /// What is asked for alone is among the inputs, and nothing that is written would overwrite one.
  private static func check(_ request: AuditRequest, _ files: [SubmissionSource]) throws(ConfigurationError) {
    for path in request.only where !files.contains(where: { ReportFilter.matches($0.name, path) }) {
      throw ConfigurationError(
        "--only", "No input is \"\(path)\".", advice: "Name it as reports do: \(files.first?.name ?? "FILE").")
    }
    let inputs = Set(files.map { LocalFiles.realPath($0.path) })
    for path in request.outputs where LocalFiles.kind(path) == .file && inputs.contains(LocalFiles.realPath(path)) {
      throw ConfigurationError(
        "--output", "\"\(path)\" is one of the inputs and would be overwritten.", advice: "Give another name.")
    }
  }
}

/// What an audit works with: modules, packs and register, all of them loaded and found right.
struct Tools {
  let register: Register
  let registerFolder: String
  let host: ModuleHost
  let packs: [RulePack]
  /// The digests of the modules' files, in the order of `host.modules`; worked out while the audit runs.
  let moduleDigests: Later<[String]>

  init(_ request: AuditRequest, _ installation: Installation) throws(ConfigurationError) {
    let registerPath = request.register ?? request.round?.register ?? installation.register
    registerFolder = registerPath
    register = try Tools.register(registerPath)
    host = try Tools.host(installation, modules: request.modules, register: register)
    moduleDigests = Later { [paths = host.modules.map(\.path)] in paths.map { ReportBuilder.digest(ofFiles: [$0]) } }
    let names = request.packs.isEmpty ? request.round?.packs ?? [] : request.packs
    packs = try Tools.packs(names, installation, kinds: host.kinds, register: register)
  }

  static func register(_ path: String) throws(ConfigurationError) -> Register {
    do throws(RegisterError) {
      return try Register.load(path)
    } catch {
      throw ConfigurationError(error)
    }
  }

  /// The modules that are shipped, and others by their paths.
  static func host(
    _ installation: Installation, modules: [String], register: Register
  ) throws(ConfigurationError) -> ModuleHost {
    let host = ModuleHost(services: ModuleServices(register))
    let paths = Installation.builtInModules.map { "\(installation.modules)/\($0)" } + modules
    for path in paths {
      do throws(ModuleError) {
        try host.load(path)
      } catch {
        throw ConfigurationError(modules.contains(path) ? "--module" : "trustcheck", error.message)
      }
    }
    return host
  }

  static func packs(
    _ names: [String], _ installation: Installation, kinds: [CheckKind], register: Register
  ) throws(ConfigurationError) -> [RulePack] {
    var packs: [RulePack] = []
    var problems: [Problem] = []
    for name in names {
      let folder = try installation.pack(name)
      do throws(PackErrors) {
        let pack = try RulePack.load(folder, kinds: kinds, register: RegisterAnswers(register))
        if packs.contains(where: { $0.name == pack.name }) {
          throw PackErrors(pack.name, "The rule pack is named twice")
        }
        packs.append(pack)
      } catch {
        problems += error.problems
      }
    }
    if !problems.isEmpty { throw ConfigurationError(problems) }
    return packs
  }

  /// Every rule that a round re-levels is there.
  func check(_ levels: [LevelChange]) throws(ConfigurationError) {
    let known = packs.flatMap(\.allRules).flatMap { [$0.id] + $0.aliases } + IntakeRules.all.map(\.id)
    for level in levels where !known.contains(level.rule) {
      throw ConfigurationError(
        "round.json",
        "\"levels\" names the rule \"\(level.rule)\", and no rule pack of the round has it"
          + Suggestion.end(for: level.rule, among: known))
    }
  }

  /// Every column that a round maps is mapped to a field.
  func check(_ sources: [SubmissionSource]) throws(ConfigurationError) { try Tools.check(sources, packs) }

  static func check(_ sources: [SubmissionSource], _ packs: [RulePack]) throws(ConfigurationError) {
    let fields = packs.flatMap { $0.fields.map(\.name) }
    for source in sources {
      var mapped = source.settings.columns.compactMap { heading, target -> (heading: String, field: String)? in
        if case .field(let field) = target { (heading, field) } else { nil }
      }
      mapped.sort { $0.heading < $1.heading }
      if let wide = source.settings.wide { mapped.append(("the columns of periods", wide)) }
      for (heading, field) in mapped where !fields.contains(field) {
        throw ConfigurationError(
          "round.json",
          "The column \"\(heading)\" of \(source.name) is mapped to \"\(field)\", which is no field"
            + Suggestion.end(for: field, among: fields))
      }
    }
  }
}

extension Register {
  /// The latest day on which an organisation of the register opened or closed: the day an audit without a round and
  /// without `--as-of` speaks for.
  public var latestDate: CalendarDate {
    organisations.flatMap { [$0.opened, $0.closed] }.compactMap { $0 }.max() ?? CalendarDate(days: 0)
  }
}

extension ModuleServices {
  /// Look-ups in a register, without regard to the case of codes; what modules log is dropped.
  init(_ register: Register) {
    let answers = RegisterAnswers(register)
    self.init(
      lookUp: { code, day in
        guard let index = answers.index(code) else { return nil }
        let organisation = register.organisations[index]
        let state: FoundOrganisation.State =
          switch register.state(at: index, on: day) {
          case .open: .open
          case .notYetOpen: .notYetOpen
          case .closed: .closed
          case .superseded: .superseded
          }
        return FoundOrganisation(
          state: state, code: organisation.code, name: organisation.name, opened: organisation.opened,
          closed: organisation.closed, successors: organisation.successors.map(\.code))
      },
      knowsName: { code, name in
        answers.index(code).map { register.isKnownName(name, ofIndex: $0) } ?? false
      },
      log: { _, _ in })
  }
}
