import AuditModel
import Glibc
import LocalFiles

/// Where the program's own files are: rule packs, register, modules.
public struct Installation: Sendable {
  /// The folder with the shipped rule packs.
  public let rules: String
  /// The folder with the shipped modules.
  public let modules: String

  public init(rules: String, modules: String) {
    self.rules = rules
    self.modules = modules
  }

  /// The modules that are shipped with the program, by file name.
  public static let builtInModules = [
    "libCompleteness.so", "libConformance.so", "libConsistency.so", "libStatusClassification.so",
  ]

  /// Looks beside the executable for the modules, and there or in the folders above for `rules`.
  public static func find() throws(ConfigurationError) -> Installation {
    let folder = LocalFiles.folder(of: executable())
    var above = folder
    while LocalFiles.kind("\(above)/rules/schemas") != .folder {
      let next = LocalFiles.folder(of: above)
      if next == above || above == "." {
        throw ConfigurationError(
          "rules", "The folder \"rules\" with the shipped rule packs is not beside the program.",
          advice: "Install the program together with it.")
      }
      above = next
    }
    return Installation(rules: "\(above)/rules", modules: folder)
  }

  private static func executable() -> String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      unsafe readlink("/proc/self/exe", bytes.baseAddress!.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }

  /// The folder of a rule pack, given by name or by path.
  public func pack(_ name: String) throws(ConfigurationError) -> String {
    if LocalFiles.kind("\(name)/pack.json") == .file { return name }
    if !name.contains("/") && LocalFiles.kind("\(rules)/\(name)/pack.json") == .file { return "\(rules)/\(name)" }
    let question = Suggestion.nearest(to: name, among: packs()).map { " Did you mean \"\($0)\"?" } ?? ""
    throw ConfigurationError(
      name, "There is no rule pack by this name, and no folder with a pack.json by this path.\(question)",
      advice: "The shipped packs are \(packs().joined(separator: ", ")).")
  }

  /// The names of the shipped packs.
  public func packs() -> [String] {
    ((try? LocalFiles.list(rules)) ?? []).filter { LocalFiles.kind("\(rules)/\($0)/pack.json") == .file }
  }

  /// The dated list of bank holidays.
  public var bankHolidays: String { "\(rules)/calendar/bank-holidays.csv" }

  /// The folder of the shipped register.
  public var register: String { "\(rules)/register" }
}
