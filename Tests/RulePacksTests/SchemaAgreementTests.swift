import AuditModel
import JSONDocument
import LocalFiles
import TestSupport
import Testing

@testable import RulePacks

/// A broken file of a pack is refused both by the reader and by the schema with which an editor checks it.
@Suite("The reader and the schemas of pack files")
struct SchemaAgreementTests {
  /// The file that a case breaks, and the pack it stands in.
  private struct Base {
    let schema: String
    let pack: String
    let path: String
    let tree: JSONTree
    /// The files beside it.
    let others: [PackFile]

    /// All ways to break it; of a shipped rule, only what its check kind is given.
    func broken() -> [JSONTree.Broken] {
      let all = tree.broken()
      return pack == "demo" ? all : all.filter { $0.place.hasPrefix("/with") }
    }
  }

  @Test func soundFilesAreAcceptedByBoth() throws {
    for (schema, bases) in try Self.basesBySchema() {
      for base in bases { #expect(Self.readerErrors(base, base.tree.text).isEmpty, "\(base.pack)/\(base.path)") }
      guard let refused = try Self.refused(schema, bases.map(\.tree.text)) else { return }
      for (base, isRefused) in zip(bases, refused) { #expect(!isRefused, "\(base.pack)/\(base.path)") }
    }
  }

  /// Every member left out, one added everywhere, every value of another kind: what the schema refuses, the reader
  /// refuses, and the other way round but for what no schema can know.
  @Test func filesThatAreBrokenAnywhereAreRefusedByBothOrNeither() throws {
    for (schema, bases) in try Self.basesBySchema() {
      let cases = bases.flatMap { base in base.broken().map { (base: base, broken: $0) } }
      #expect(cases.count > 100, "\(schema)")
      guard let refused = try Self.refused(schema, cases.map(\.broken.tree.text)) else { return }
      for ((base, broken), isRefused) in zip(cases, refused) {
        let errors = Self.readerErrors(base, broken.tree.text)
        let place = "\(base.pack)/\(base.path) \(broken.place)"
        if isRefused {
          #expect(!errors.isEmpty, "the reader accepts \(place)")
        } else if !broken.isOtherText {
          let others = errors.map(\.message).filter { message in !Self.beyondSchemas.contains { message.contains($0) } }
          #expect(others.isEmpty, "the schema accepts \(place): \(others.first ?? "")")
        }
      }
    }
  }

  /// What an error says that is about more than the form of one file: names that stand for something elsewhere, and what
  /// follows from several values together.
  private static let beyondSchemas = [
    "\"low\" is above \"high\"", "The example has no record", "The pack has no code list", "There is no fact",
    // A cell of an example is named by a field.
    "Unknown key \"zzz\"; the keys are \"code\", \"reference\"", "both take the combination",
    "There is no count",
  ]

  // MARK: Reading

  /// The errors that the reader has for a file.
  private static func readerErrors(_ base: Base, _ text: String) -> [JSONError] {
    do {
      _ = try RulePack.load(
        "/nowhere/\(base.pack)", kinds: BuiltInModules.kinds,
        replacing: base.others + [PackFile(path: base.path, bytes: Array(text.utf8))])
      return []
    } catch {
      return error.errors.filter { $0.file == "\(base.pack)/\(base.path)" }
    }
  }

  private static let check = """
    import json, sys
    from jsonschema import Draft202012Validator, FormatChecker
    validator = Draft202012Validator(json.load(open(sys.argv[1])), format_checker=FormatChecker())
    for line in open(sys.argv[2]):
        print("accepted" if validator.is_valid(json.loads(line)) else "refused")
    """

  /// Of every document, whether the schema refuses it; nil, and said so, where the validator is missing.
  private static func refused(_ schema: String, _ documents: [String]) throws -> [Bool]? {
    try TestSupport.withTemporaryFolder { folder in
      let has = try TestSupport.run("python3", ["-c", "import jsonschema"], in: folder)
      guard has.exitCode == 0 else {
        print("skipped: python3 has no jsonschema (Debian's python3-jsonschema)")
        return nil
      }
      try LocalFiles.write(check, to: "\(folder)/check.py")
      try LocalFiles.write(documents.map { $0 + "\n" }.joined(), to: "\(folder)/documents.jsonl")
      let path = "\(TestSupport.repository)/rules/schemas/\(schema).schema.json"
      let run = try TestSupport.run("python3", ["check.py", path, "documents.jsonl"], in: folder)
      try #require(run.exitCode == 0, "\(run.errors)")
      let words = run.output.split(separator: "\n")
      try #require(words.count == documents.count)
      return words.map { $0 == "refused" }
    }
  }

  // MARK: Files to break

  private static func basesBySchema() throws -> [(String, [Base])] {
    Dictionary(grouping: try smallPack() + shippedRules(), by: \.schema).sorted { $0.key < $1.key }
  }

  /// The files of the small pack, each with what it needs beside it.
  private static func smallPack() throws -> [Base] {
    var bases: [Base] = []
    let files = SmallPack.sound.merging([
      "figures.json": FiguresReadingTests.sound, "counts.json": CountsReadingTests.sound,
    ]) { old, _ in old }
    for (path, schema) in [
      ("pack.json", "pack"), ("completeness/count-missing.json", "rule"),
      ("conformance/answer-not-in-list.json", "rule"),
      ("status.json", "status"), ("figures.json", "figures"), ("counts.json", "counts"),
    ] {
      let text = try #require(files[path])
      var others =
        path == "pack.json"
        ? files.filter { !["figures.json", "counts.json"].contains($0.key) } : files.filter { $0.key == "pack.json" }
      others[path] = nil
      bases.append(
        try base("demo", path, schema, text, others.map { PackFile(path: $0.key, bytes: Array($0.value.utf8)) }))
    }
    let pack = PackFile(path: "pack.json", bytes: Array((files["pack.json"] ?? "").utf8))
    for text in ScoringReadingTests.full { bases.append(try base("demo", "dqmi.json", "dqmi", text, [pack])) }
    return bases
  }

  /// Of every check kind, a shipped rule that uses it.
  private static func shippedRules() throws -> [Base] {
    var bases: [String: Base] = [:]
    let folders = ShippedPackTests.names.map { "rules/\($0)" } + ["Benchmarks/rules/bench"]
    for folder in folders.map({ "\(TestSupport.repository)/\($0)" }) {
      let packFile = PackFile(path: "pack.json", bytes: try LocalFiles.read("\(folder)/pack.json"))
      for dimension in Dimension.allCases.map(\.rawValue) where LocalFiles.kind("\(folder)/\(dimension)") == .folder {
        for name in try LocalFiles.list("\(folder)/\(dimension)") {
          let text = try LocalFiles.readText("\(folder)/\(dimension)/\(name)")
          let rule = try base(LocalFiles.name(of: folder), "\(dimension)/\(name)", "rule", text, [packFile])
          if let check = rule.tree["check"]?.text, bases[check] == nil { bases[check] = rule }
        }
      }
    }
    return bases.sorted { $0.key < $1.key }.map(\.value)
  }

  private static func base(
    _ pack: String, _ path: String, _ schema: String, _ text: String, _ others: [PackFile]
  ) throws -> Base {
    Base(schema: schema, pack: pack, path: path, tree: try JSONTree.parse(text), others: others)
  }
}
