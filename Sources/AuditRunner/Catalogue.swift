public import ModuleHost
public import Register
public import RulePacks

/// Packs, modules and registers for commands that audit nothing.
public enum Catalogue {
  /// Loads rule packs.
  ///
  /// - Parameters:
  ///   - names: names or folders; all shipped ones when empty.
  ///   - modules: paths of modules beside the shipped ones.
  ///   - register: path of the register; the shipped one when nil.
  public static func packs(
    _ names: [String], modules: [String], register: String?, _ installation: Installation
  ) throws(ConfigurationError) -> [RulePack] {
    let register = try self.register(register, installation)
    let host = try Tools.host(installation, modules: modules, register: register)
    return try Tools.packs(
      names.isEmpty ? installation.packs() : names, installation, kinds: host.kinds, register: register)
  }

  /// Loads the shipped modules and others by their paths.
  public static func modules(
    _ paths: [String], _ installation: Installation
  ) throws(ConfigurationError) -> ModuleHost {
    try Tools.host(installation, modules: paths, register: register(nil, installation))
  }

  /// Loads a register; the shipped one when `path` is nil.
  public static func register(_ path: String?, _ installation: Installation) throws(ConfigurationError) -> Register {
    try Tools.register(path ?? installation.register)
  }

  /// Loads the sites of a register.
  public static func sites(_ register: Register) throws(ConfigurationError) -> Sites {
    do throws(RegisterError) {
      return try register.loadSites()
    } catch {
      throw ConfigurationError(error)
    }
  }

  /// Makes a register from official files.
  public static func importRegister(_ options: RegisterImport.Options) throws(ConfigurationError) -> ImportSummary {
    do throws(RegisterError) {
      return try RegisterImport.run(options)
    } catch {
      throw ConfigurationError(error)
    }
  }
}

extension ConfigurationError {
  /// A register that could not be used, or a file that one is made from.
  init(_ error: RegisterError) {
    let line = error.line.map { ":\($0)" } ?? ""
    self.init(SubmissionFiles.shownName(error.file) + line, "\(error.message).")
  }
}
