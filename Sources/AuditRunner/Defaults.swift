public import AuditModel
import JSONDocument
import LocalFiles

/// What `trustcheck.json` says for commands that do not say otherwise.
///
/// Paths in it are seen from its own folder. What the command line gives wins.
public struct Defaults: Sendable {
  public static let fileName = "trustcheck.json"

  /// Names or folders of rule packs.
  public var rules: [String] = []
  public var register: String?
  /// Paths of modules beside the shipped ones.
  public var modules: [String] = []
  /// The level of findings that ends with exit code 1; nil when not said.
  public var failOn: FailLevel?
  public var limit: Int?
  public var jobs: Int?

  public init() {}

  /// The defaults of a file; without one, of the nearest `trustcheck.json` in the working folder or above it, if any.
  public static func load(_ path: String?) throws(ConfigurationError) -> Defaults {
    guard let path = path ?? nearest() else { return Defaults() }
    do throws(JSONError) {
      return try Defaults(JSONDocument.read(path: path).root, folder: LocalFiles.folder(of: path))
    } catch {
      throw ConfigurationError([error.problem])
    }
  }

  private static func nearest() -> String? {
    var folder = LocalFiles.workingFolder
    while true {
      let path = folder == "/" ? "/\(fileName)" : "\(folder)/\(fileName)"
      if LocalFiles.kind(path) == .file { return path }
      if folder == "/" || folder.isEmpty { return nil }
      folder = LocalFiles.folder(of: folder)
    }
  }

  private init(_ root: JSONValue, folder: String) throws(JSONError) {
    try root.object(
      allowing: ["$schema", "rules", "register", "modules", "failOn", "limit", "jobs"], required: [])
    func resolved(_ path: String) -> String { LocalFiles.resolve(path, in: folder) }
    rules = (try root.optionalStringArray("rules") ?? []).map { $0.contains("/") ? resolved($0) : $0 }
    register = try root.optionalString("register").map(resolved)
    modules = (try root.optionalStringArray("modules") ?? []).map(resolved)
    failOn = try root.optionalWord("failOn")
    limit = try Defaults.number(root["limit"], least: 0)
    jobs = try Defaults.number(root["jobs"], least: 1)
  }

  private static func number(_ value: JSONValue?, least: Int64) throws(JSONError) -> Int? {
    guard let value else { return nil }
    let number = try value.asInteger()
    guard number >= least, number <= 1_000_000 else {
      throw value.error("Expected a number from \(least) to 1000000, found \(number)")
    }
    return Int(number)
  }
}

/// Which findings end an audit with exit code 1.
public enum FailLevel: String, CaseIterable, Sendable {
  case error, warning, info, never

  /// Findings of this severity and above; nil for none.
  public var severity: Severity? { Severity(rawValue: rawValue) }
}
