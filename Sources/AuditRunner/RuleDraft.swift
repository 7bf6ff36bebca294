import AuditModel
import JSONDocument
import LocalFiles
import ModuleHost
import Register
import RulePacks

/// A rule that is being made up: its parameters, then examples of its own that tell right from wrong.
struct RuleDraft {
  let request: RuleScaffold.Request
  /// The pack's name.
  let pack: String
  /// The rule's name without its pack.
  let name: String
  let kind: CheckKind
  let host: ModuleHost
  let register: Register

  private var folder: String { request.folder == "." ? pack : "\(request.folder)/\(pack)" }

  /// The folder of the rule's file: the kind's own dimension, when it is one.
  private var dimension: Dimension {
    kind.name.split(separator: ".").first.flatMap { Dimension(rawValue: String($0)) } ?? .plausibility
  }

  /// The type of a new pack's field: a whole number, where the kind takes one.
  private var type: FieldType {
    if let type = request.type { return type }
    guard case .object(let members) = kind.parameters else { return .integer }
    for member in members where member.isRequired {
      switch member.schema {
      case .field(let tag), .fields(let tag), .each(let tag):
        if let first = tag.types.first, !tag.types.contains(.integer) { return first }
      default: continue
      }
    }
    return .integer
  }

  private var file: String { "\(dimension.rawValue)/\(name).json" }

  func make() throws(ConfigurationError) -> RuleScaffold.Result {
    let path = "\(folder)/\(file)"
    if LocalFiles.kind(path) != .missing {
      throw ConfigurationError(path, "There is a rule by this id already.", advice: "Give another name.")
    }
    let packBytes = try packFile()
    // A kind may be required only when a rule uses it, and there is none yet.
    let pack = try load(packBytes.isNew ? [newPack(requires: [])] : [])
    let scope = kind.reads == .records ? pack.fields : OrganisationFields.all + pack.fields
    let parameters = try ParameterGuess(
      kind: kind, fields: scope, codeLists: pack.codeLists.map(\.name), request: request)
    // The bounds and lists that a kind can do without, where it cannot do without all of them.
    var failure: ConfigurationError?
    for with in [parameters.required, parameters.all] {
      do throws(ConfigurationError) {
        return try write(with, packBytes)
      } catch {
        failure = failure ?? error
      }
    }
    throw failure!
  }

  private func write(_ with: String, _ packFile: PackText) throws(ConfigurationError) -> RuleScaffold.Result {
    let bare = text(with, pass: #"{ "row": {} }"#, fail: #"{ "row": {}, "finds": [{}] }"#)
    let pack = try load([packFile.file, PackFile(path: file, bytes: Array(bare.utf8))])
    guard let rule = pack.rule(request.id) else { throw ConfigurationError(request.id, "The rule was not read.") }
    let search = ExampleSearch(rule: rule, tester: RuleTester(pack: pack, host: host, register: register))
    let found = try search.run()
    let whole = text(with, pass: found.pass, fail: found.fail)
    let finished = PackFile(path: file, bytes: Array(whole.utf8))
    let tested = try load([packFile.file, finished])
    var alone = tested
    alone.rules = tested.rules.filter { $0.id == request.id }
    alone.status = nil
    let test = try RuleTester(pack: alone, host: host, register: register).run()
    if let failure = test.failures.first {
      throw ConfigurationError(failure.place, failure.differences.joined(separator: "; ") + ".")
    }
    var result = RuleScaffold.Result(packFolder: folder)
    do throws(FileError) {
      try LocalFiles.makeFolder("\(folder)/\(dimension.rawValue)")
      try LocalFiles.write(finished.bytes, to: "\(folder)/\(file)")
      if packFile.isChanged || packFile.isNew { try LocalFiles.write(packFile.file.bytes, to: "\(folder)/pack.json") }
    } catch {
      throw ConfigurationError(error.path, error.reason + ".")
    }
    result.created = (packFile.isNew ? ["\(folder)/pack.json"] : []) + ["\(folder)/\(file)"]
    if packFile.isChanged { result.changed = ["\(folder)/pack.json"] }
    return result
  }

  private func load(_ files: [PackFile]) throws(ConfigurationError) -> RulePack {
    do throws(PackErrors) {
      return try RulePack.load(folder, kinds: host.kinds, replacing: files, register: RegisterAnswers(register))
    } catch {
      throw ConfigurationError(error.problems)
    }
  }

  // MARK: The files

  private struct PackText {
    var file: PackFile
    var isNew = false
    var isChanged = false
  }

  /// The pack's head: as it is, with the check kind among those it requires, or new.
  private func packFile() throws(ConfigurationError) -> PackText {
    let path = "\(folder)/pack.json"
    guard LocalFiles.kind(path) == .file else {
      if LocalFiles.kind(folder) != .missing {
        throw ConfigurationError(folder, "There is something by this name, and no pack.json in it.")
      }
      return PackText(file: newPack(requires: [kind.name]), isNew: true)
    }
    do {
      let root = try JSONDocument.read(path: path).root
      var bytes = root.document.bytes
      let requires = try root.requiredArray("requires")
      if requires.contains(where: { $0.string == kind.name }) {
        return PackText(file: PackFile(path: "pack.json", bytes: bytes))
      }
      let place = try root.required("requires").place.offset + 1
      bytes.insert(contentsOf: Array((quoted(kind.name) + (requires.isEmpty ? "" : ", ")).utf8), at: place)
      return PackText(file: PackFile(path: "pack.json", bytes: bytes), isChanged: true)
    } catch {
      throw ConfigurationError([error.problem])
    }
  }

  private func schema(_ name: String, depth: Int) -> String {
    guard LocalFiles.kind("\(request.folder)/schemas/\(name)") == .file else { return "" }
    return "\n  \"$schema\": \(quoted(String(repeating: "../", count: depth) + "schemas/" + name)),"
  }

  private func newPack(requires: [String]) -> PackFile {
    let field = request.field ?? "total"
    let code =
      field == "organisation_code"
      ? ""
      : """

          {
            "name": "organisation_code",
            "label": "organisation code",
            "type": "text",
            "privacy": "public",
            "summary": "The code of the organisation that sent the record.",
            "aliases": ["Code"]
          },
      """
    let text = """
      {\(schema("pack.schema.json", depth: 1))
        "name": \(quoted(pack)),
        "version": "0.1.0",
        "title": \(quoted(pack.split(separator: "-").joined(separator: " ").capitalisedFirst)),
        "purpose": "Say what the pack judges, and for whom.",
        "requires": [\(requires.map(quoted).joined(separator: ", "))],
        "organisation": { "code": "organisation_code" },
        "recordsPerOrganisation": "one",
        "spellings": { "notKnown": ["not known", "not held"] },
        "fields": [\(code)
          {
            "name": \(quoted(field)),
            "label": \(quoted(field.split(separator: "_").joined(separator: " "))),
            "type": \(quoted((field == "organisation_code" ? FieldType.text : type).rawValue)),
            "privacy": "public",
            "summary": "Say what stands in it."
          }
        ]
      }

      """
    return PackFile(path: "pack.json", bytes: Array(text.utf8))
  }

  private func text(_ with: String, pass: String, fail: String) -> String {
    """
    {\(schema("rule.schema.json", depth: 2))
      "summary": \(quoted(kind.summary)),
      "why": "Say why it matters to whoever reads the finding.",
      "fix": { "data-officer": "Say what to do about it." },
      "dimension": \(quoted(dimension.rawValue)),
      "severity": \(quoted(request.severity.rawValue)),
      "check": \(quoted(kind.name)),
      "with": \(with),
      "message": \(quoted(kind.message)),
      "examples": {
        "pass": [\(pass)],
        "fail": [\(fail)]
      }
    }

    """
  }
}

/// A text as JSON has it, in quotes.
func quoted(_ text: String) -> String {
  var writer = JSONWriter<Never>(.compact)
  writer.string(text)
  return String(decoding: writer.finishedBytes().dropLast(), as: UTF8.self)
}

extension String {
  fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
