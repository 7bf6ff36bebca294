public import AuditModel
import JSONDocument
import LocalFiles
import ModuleHost
import Register
import RulePacks

/// A new rule that passes its own test: its file, and its pack's when there is none yet.
public enum RuleScaffold {
  public struct Request: Sendable {
    /// `pack/rule-name`.
    public var id: String
    public var kind: String
    /// The field that the rule is about; the first that its check kind takes when nil.
    public var field: String?
    /// The type of that field, when the pack is new; one that the check kind takes when nil.
    public var type: FieldType?
    /// Parameters as a JSON object, beside those that are made up.
    public var with: String?
    public var severity: Severity
    /// The folder with the pack's folder.
    public var folder: String

    public init(
      id: String, kind: String, field: String?, type: FieldType?, with: String?, severity: Severity, folder: String
    ) {
      self.id = id
      self.kind = kind
      self.field = field
      self.type = type
      self.with = with
      self.severity = severity
      self.folder = folder
    }
  }

  public struct Result: Sendable {
    /// Paths written, new ones first.
    public var created: [String] = []
    public var changed: [String] = []
    public var packFolder = ""
  }

  /// Makes the rule, tests it and writes it; nothing is written when anything is wrong.
  public static func make(
    _ request: Request, modules: [String], register: String?, _ installation: Installation
  ) throws(ConfigurationError) -> Result {
    let parts = request.id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, parts.allSatisfy(PackName.isHyphenated) else {
      throw ConfigurationError(
        request.id, "A rule's id is the pack's name and the rule's, lower-case words joined by hyphens.",
        advice: "Such as clinic-nurses/count-missing.")
    }
    guard LocalFiles.kind(request.folder) == .folder else {
      throw ConfigurationError("--in", "There is no folder \"\(request.folder)\".")
    }
    let register = try Tools.register(register ?? installation.register)
    let host = try Tools.host(installation, modules: modules, register: register)
    guard let kind = host.kinds.first(where: { $0.name == request.kind }) else {
      throw ConfigurationError(
        "--check",
        "No module offers the check kind \"\(request.kind)\""
          + Suggestion.end(for: request.kind, among: host.kinds.map(\.name)),
        advice: "The command \"trustcheck modules list\" shows them all.")
    }
    guard !kind.classifies else {
      throw ConfigurationError("--check", "\(kind.name) belongs to a pack's status.json, and to no other rule.")
    }
    let draft = RuleDraft(
      request: request, pack: parts[0], name: parts[1], kind: kind, host: host, register: register)
    return try draft.make()
  }
}
