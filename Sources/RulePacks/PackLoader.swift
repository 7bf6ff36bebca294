public import AuditModel
public import Expressions
import JSONDocument
import LocalFiles

extension RulePack {
  /// Loads and checks a rule pack.
  ///
  /// Every rule is bound to its check kind and every expression compiled against the pack's fields; the decision table
  /// is proved. Nothing of a pack with an error is used.
  ///
  /// - Parameters:
  ///   - folder: the folder with its `pack.json`.
  ///   - kinds: the check kinds that the loaded modules offer.
  ///   - replacing: files that stand in for those of the folder, or beside them; with `pack.json` among them and no such
  ///     folder, they are all of the pack.
  ///   - register: what expressions look organisations up in; without one, those that do are errors.
  /// - Throws: every error that was found, at its place.
  public static func load(
    _ folder: String, kinds: [CheckKind], replacing files: [PackFile] = [], register: (any RegisterLookup)? = nil
  ) throws(PackErrors) -> RulePack {
    var loader = PackLoader(folder: folder, kinds: kinds, replacing: files, register: register)
    return try loader.load()
  }
}

private struct PackLoader {
  let folder: String
  let kinds: [CheckKind]
  let replacing: [PackFile]
  let register: (any RegisterLookup)?
  /// The folder's own name, with which errors name its files.
  let name: String
  let log = PackErrorLog()
  var files: [PackFile] = []

  init(folder: String, kinds: [CheckKind], replacing: [PackFile], register: (any RegisterLookup)?) {
    self.replacing = replacing
    self.folder = folder
    self.kinds = kinds
    self.register = register
    name = LocalFiles.name(of: folder)
  }

  mutating func load() throws(PackErrors) -> RulePack {
    readFiles()
    let documents = files.map { file in (file.path, parse(file)) }
    guard let packFile = documents.first(where: { $0.0 == "pack.json" }) else {
      log.add(file: "\(name)/pack.json", "There is no such file; every rule pack has one")
      throw PackErrors(errors: log.sorted)
    }
    let reader = PackHeadReader(folderName: name, kinds: kinds, log: log)
    guard let root = packFile.1?.root, let head = reader.read(root) else { throw PackErrors(errors: log.sorted) }
    let rules = RuleReader(
      head: head, records: RuleScope(.records, packFields: head.pack.fields, register: register),
      organisations: RuleScope(.organisations, packFields: head.pack.fields, register: register), log: log)
    var pack = head.pack
    for (path, document) in documents {
      guard let document, path != "pack.json" else { continue }
      if path == "status.json" {
        pack.status = StatusReader(rules: rules, log: log).table(document.root, file: path)
      } else if path == "figures.json" {
        let reader = FiguresReader(records: rules.records, organisations: rules.organisations, log: log)
        guard let contents = reader.contents(document.root) else { continue }
        (pack.figures, pack.figuresReading) = (contents.figures, contents.reading)
      } else if path == "counts.json" {
        pack.counts = CountsReader(records: rules.records, log: log).counts(document.root)
      } else if path == "dqmi.json" {
        pack.scoring = ScoringReader(records: rules.records, log: log).scoring(document.root)
      } else {
        pack.rules += rule(document.root, path: path, rules).map { [$0] } ?? []
      }
    }
    pack.rules.sort { $0.id < $1.id }
    pack.files = files
    checkNames(pack)
    checkRequirements(head, documents)
    guard log.errors.isEmpty else { throw PackErrors(errors: log.sorted) }
    return pack
  }

  private func parse(_ file: PackFile) -> JSONDocument? {
    do {
      return try JSONDocument.parse(file.bytes, name: "\(name)/\(file.path)")
    } catch {
      log.add(error)
      return nil
    }
  }

  private func rule(_ root: JSONValue, path: String, _ rules: RuleReader) -> Rule? {
    let parts = path.split(separator: "/")
    let ruleName = String(parts[1].dropLast(".json".count))
    if !PackName.isHyphenated(ruleName) {
      log.add(
        file: "\(name)/\(path)",
        "\"\(ruleName)\" is no rule name: a rule's file is named by lower-case words joined by hyphens")
    }
    return rules.rule(root, name: ruleName, folder: String(parts[0]), file: path)
  }

  // MARK: Files

  /// The files that stand beside the folders of rules.
  private static let files = ["pack.json", "status.json", "figures.json", "counts.json", "dqmi.json"]

  /// Reads the pack's own files and the rules in the folders of dimensions. Notes beside them are passed over.
  private mutating func readFiles() {
    let isNew = replacing.contains { $0.path == "pack.json" } && LocalFiles.kind(folder) != .folder
    for entry in isNew ? [] : list("") {
      if LocalFiles.kind("\(folder)/\(entry)") == .folder {
        if Dimension(rawValue: entry) == nil {
          let dimensions = Dimension.allCases.map(\.rawValue)
          log.add(
            file: "\(name)/\(entry)",
            "A folder of rules is named by their dimension" + Suggestion.question(for: entry, among: dimensions))
          continue
        }
        for file in list(entry) { read("\(entry)/\(file)", isExpected: file.hasSuffix(".json")) }
      } else {
        read(entry, isExpected: Self.files.contains(entry))
      }
    }
    files = files.filter { file in !replacing.contains { $0.path == file.path } }
    files += replacing
    files.sort { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) }
  }

  private func list(_ path: String) -> [String] {
    do {
      return try LocalFiles.list(path.isEmpty ? folder : "\(folder)/\(path)")
    } catch {
      log.add(file: path.isEmpty ? name : "\(name)/\(path)", error.reason)
      return []
    }
  }

  private mutating func read(_ path: String, isExpected: Bool) {
    if path.hasSuffix(".md") || path.split(separator: "/").last?.hasPrefix(".") == true { return }
    guard isExpected else {
      log.add(
        file: "\(name)/\(path)",
        "A pack holds \(Self.files.joined(separator: ", ")) and folders of rules in files that end in .json"
          + Suggestion.question(for: path, among: Self.files))
      return
    }
    guard LocalFiles.kind("\(folder)/\(path)") != .other else {
      log.add(file: "\(name)/\(path)", "It is a pipe or a device, and not a file")
      return
    }
    do {
      files.append(PackFile(path: path, bytes: try LocalFiles.read("\(folder)/\(path)")))
    } catch {
      log.add(file: "\(name)/\(path)", error.reason)
    }
  }

  // MARK: The pack as a whole

  /// Every id and alias stands for one rule.
  private func checkNames(_ pack: RulePack) {
    var owners: [String: String] = [:]
    for rule in pack.allRules {
      if let other = owners[rule.id] {
        log.add(file: "\(name)/\(rule.file)", "The id \"\(rule.id)\" is that of \(other) as well")
      }
      owners[rule.id] = rule.file
    }
    for rule in pack.allRules {
      for alias in rule.aliases {
        if let other = owners[alias] {
          log.add(file: "\(name)/\(rule.file)", "The alias \"\(alias)\" is a name of \(other) as well")
        }
        owners[alias] = rule.file
      }
    }
  }

  /// No check kind is required that no rule uses.
  private func checkRequirements(_ head: PackHeadReader.Head, _ documents: [(String, JSONDocument?)]) {
    let used = Set(documents.compactMap { $0.1?.root["check"]?.string })
    for (kind, value) in head.requirements where !used.contains(kind) {
      log.add(value.error("No rule of the pack uses the check kind \"\(kind)\""))
    }
  }
}
