import AuditModel
import JSONDocument
import ModuleHost
import RulePacks

extension Catalogue {
  /// The version of the machine catalogue, `major.minor`.
  static let schemaVersion = "1.0"

  /// Everything about rule packs, check kinds and the host's own rules, by `rules/schemas/catalogue.schema.json`.
  ///
  /// - Parameters:
  ///   - names: names or folders of packs; all shipped ones when empty.
  ///   - modules: paths of modules beside the shipped ones.
  ///   - register: path of the register; the shipped one when nil.
  public static func json(
    _ names: [String], modules: [String], register: String?, toolVersion: String, _ installation: Installation
  ) throws(ConfigurationError) -> [UInt8] {
    let register = try self.register(register, installation)
    let host = try Tools.host(installation, modules: modules, register: register)
    let packs = try Tools.packs(
      names.isEmpty ? installation.packs() : names, installation, kinds: host.kinds, register: register)
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("schemaVersion", schemaVersion)
    writer.member("tool", "trustcheck")
    writer.member("toolVersion", toolVersion)
    writer.array("packs", packs) { PackJSON.write($1, to: &$0) }
    writer.key("intake")
    intake(to: &writer)
    writer.array("modules", host.modules) { writer, module in
      writer.beginObject()
      writer.member("name", module.name)
      writer.member("version", module.version)
      writer.member("summary", module.summary)
      writer.array("checkKinds", host.kinds.filter { $0.module == module.name }) { kind($1, to: &$0) }
      writer.endObject()
    }
    writer.endObject()
    return writer.finishedBytes()
  }

  private static func kind(_ kind: CheckKind, to writer: inout JSONWriter<Never>) {
    writer.beginObject()
    writer.member("name", kind.name)
    writer.member("summary", kind.summary)
    writer.member("reads", kind.reads.word)
    writer.member("answers", kind.answers.word)
    writer.member("judgesAtFinish", kind.judgesAtFinish)
    writer.member("classifies", kind.classifies)
    writer.member("message", kind.message)
    writer.strings("evidence", kind.evidence)
    writer.key("parameters")
    kind.writeParameters(to: &writer)
    writer.endObject()
  }

  private static func intake(to writer: inout JSONWriter<Never>) {
    writer.beginObject()
    writer.member("name", IntakeRules.packName)
    writer.array("rules", IntakeRules.all) { writer, rule in
      writer.beginObject()
      writer.member("id", rule.id)
      writer.member("summary", rule.summary)
      writer.member("why", rule.why)
      writer.fix(rule.fix)
      writer.member("dimension", rule.dimension.rawValue)
      writer.member("severity", rule.severity.rawValue)
      writer.member("mandatory", rule.isMandatory)
      writer.member("answers", rule.answers.word)
      writer.endObject()
    }
    writer.endObject()
  }
}
