import AuditModel
import JSONDocument
import LocalFiles
import TestSupport
import Testing

@testable import RulePacks

/// What holds of every rule that is shipped, beyond what the loader asks of any pack.
@Suite("Shipped rule packs")
struct ShippedPackTests {
  private static let rules = "\(TestSupport.repository)/rules"

  static let names = ((try? LocalFiles.list(rules)) ?? []).filter {
    LocalFiles.kind("\(rules)/\($0)/pack.json") == .file
  }

  /// Every word that evidence may be called by, sorted; a new one is entered here once it is known to say something else.
  private static let evidence = [
    "at_least", "at_most", "basis", "blank", "code", "contact", "count", "day", "declared", "derived", "difference",
    "earlier", "earlier_value", "earliest", "expected", "fact/*", "first", "found", "given", "high", "invalid", "key",
    "later", "later_value", "latest", "list", "low", "missing", "name", "not_applicable", "not_known", "part", "parts",
    "pattern", "present", "problem", "rate", "reason", "records", "row", "status", "successors", "suppressed", "that",
    "total", "whole",
  ]

  private func load(_ name: String) throws -> RulePack {
    do {
      return try RulePack.load("\(Self.rules)/\(name)", kinds: BuiltInModules.kinds)
    } catch {
      Issue.record("\(error)")
      throw error
    }
  }

  @Test func theFlagshipIsAmongThem() {
    #expect(Self.names.contains("data-collection"))
  }

  @Test(arguments: names)
  func everyRuleIsDocumented(_ name: String) throws {
    for rule in try load(name).allRules {
      #expect(rule.id == "\(name)/" + (rule.file.split(separator: "/").last ?? "").dropLast(".json".count))
      for text in [rule.summary, rule.why] + rule.fix.values {
        #expect(text.hasSuffix(".") && text.count > 10, "\(rule.id): \(text)")
      }
      #expect(rule.summary.count <= 150, "\(rule.id): a summary is one sentence of at most 150 characters")
      #expect(rule.message.source.hasSuffix(".") || rule.message.placeholders.last == "reason", "\(rule.id)")
      #expect(
        rule.fix[.dataOfficer] != nil || rule.kind.reads == .organisations, "\(rule.id): no advice for data officers")
    }
  }

  @Test(arguments: names)
  func everyRuleHasExamplesOfBothKinds(_ name: String) throws {
    for rule in try load(name).rules {
      #expect(rule.examples.contains(where: \.isFailing) && rule.examples.contains { !$0.isFailing }, "\(rule.id)")
    }
  }

  /// Names say the problem: no rule is named as an order or as what ought to be.
  @Test(arguments: names)
  func namesSayTheProblem(_ name: String) throws {
    let fixes: Set = ["check", "ensure", "require", "must", "should", "valid", "correct", "given"]
    for rule in try load(name).rules {
      let words = rule.id.split(separator: "/")[1].split(separator: "-").map(String.init)
      #expect(fixes.isDisjoint(with: words), "\(rule.id)")
    }
  }

  @Test func evidenceNamesAreOneSortedVocabulary() {
    #expect(Self.evidence == Set(Self.evidence).sorted())
    for kind in BuiltInModules.kinds {
      #expect(kind.evidence == kind.evidence.sorted() && Set(kind.evidence).isSubset(of: Self.evidence), "\(kind.name)")
    }
  }

  @Test(arguments: names)
  func messagesUseTheVocabulary(_ name: String) throws {
    for rule in try load(name).allRules {
      let known = MessageTemplate.standardNames + Self.evidence
      #expect(rule.message.placeholders.allSatisfy(known.contains), "\(rule.id)")
    }
  }

  /// `rule.schema.json` completes the parameters of the built-in check kinds; each stands there as its module gives it.
  @Test func theRuleSchemaDescribesTheBuiltInKinds() throws {
    let path = "\(Self.rules)/schemas/rule.schema.json"
    let root = try JSONDocument.parse(try LocalFiles.read(path), name: path).root
    var described: [String: JSONValue] = [:]
    for branch in root["allOf"]?.elements ?? [] {
      let name = try #require(branch["if"]?["properties"]?["check"]?["const"]?.string)
      described[name] = try #require(branch["then"]?["properties"]?["with"])
    }
    let kinds = BuiltInModules.kinds.filter { !$0.classifies }
    #expect(described.keys.sorted() == kinds.map(\.name).sorted())
    for kind in kinds {
      guard case .object(let members) = kind.parameters, let schema = described[kind.name] else { continue }
      #expect((schema["properties"]?.members ?? []).map(\.key).sorted() == members.map(\.name), "\(kind.name)")
      #expect(
        (schema["required"]?.elements ?? []).compactMap(\.string).sorted()
          == members.filter(\.isRequired).map(\.name), "\(kind.name)")
    }
  }

  /// An editor finds the description of every file by its first key.
  @Test(arguments: names)
  func everyFilePointsToItsSchema(_ name: String) throws {
    for file in try load(name).files {
      let root = try JSONDocument.parse(file.bytes, name: file.path).root
      let schema =
        switch file.path {
        case "pack.json": "../schemas/pack.schema.json"
        case "status.json": "../schemas/status.schema.json"
        case "figures.json": "../schemas/figures.schema.json"
        case "counts.json": "../schemas/counts.schema.json"
        case "dqmi.json": "../schemas/dqmi.schema.json"
        default: "../../schemas/rule.schema.json"
        }
      #expect(root.members.first?.key == "$schema" && root["$schema"]?.string == schema, "\(file.path)")
    }
  }

  @Test(arguments: names)
  func descriptionsFitATerminal(_ name: String) throws {
    let pack = try load(name)
    let lines = RuleDescription().list(pack) + pack.allRules.flatMap { RuleDescription().text($0, of: pack) }
    for line in lines where line.count > 80 {
      #expect(line.split(separator: " ").contains { $0.count > 40 }, "\(line)")
    }
  }

  // MARK: data-collection

  @Test func theFlagshipHasTwentyFiveRulesAndMore() throws {
    let pack = try load("data-collection")
    #expect(pack.rules.count >= 25)
    #expect(pack.reading.contains("this project's reading") && pack.reading.contains("not the charity's"))
    #expect(try #require(pack.status).reading.contains("this project's reading"))
    #expect(pack.fields.allSatisfy { $0.privacy < .personal } && pack.recordsPerOrganisation == .one)
  }

  /// Fair by construction (DESIGN 8), over every combination of the facts.
  @Test func theStatusTableIsFair() throws {
    let table = try #require(load("data-collection").status).table
    #expect(table.inputs.filter(\.isHostFact).map(\.name) == ["answered", "contact", "duplicates"])
    func position(_ name: String) throws -> Int { try #require(table.inputs.firstIndex { $0.name == name }) }
    let (answered, contact) = (try position("answered"), try position("contact"))
    let (duplicates, says) = (try position("duplicates"), try position("says"))
    let (refuses, extrapolated) = (try position("refuses"), try position("extrapolated"))
    let counts = try position("counts")
    var unfair: [[String]] = []
    table.forEachCombination { words, row in
      let found = table.rows[row - 1]
      let isFair =
        switch found.status {
        case .notCollecting: words[answered] == "yes" && words[says] == "no" && words[refuses] == "no"
        case .noResponse: words[answered] == "no" && words[contact] == "sent"
        case .collecting: words[says] == "yes" && words[counts] == "both" && words[extrapolated] == "no"
        case .partiallyCollecting: found.basis != .none && ["yes", "partly"].contains(words[says])
        default: found.status == .needsReview
        }
      let staysOpen = words[answered] == "yes" && (words[duplicates] == "yes" || words[says] == "nothing clear")
      if !isFair || (staysOpen && found.status != .needsReview) { unfair.append(words) }
      // The word alone lowers nothing: what it changes, it changes to a review.
      var plain = words
      plain[extrapolated] = "no"
      if let other = table.row(for: plain), table.rows[other - 1] != found, found.status != .needsReview {
        unfair.append(words)
      }
    }
    #expect(unfair.isEmpty, "\(unfair.first ?? [])")
  }

  @Test func everyRowOfTheStatusTableHasAnExample() throws {
    let status = try #require(load("data-collection").status)
    let shown = Set(status.examples.compactMap(\.reason))
    #expect(status.table.rows.allSatisfy { shown.contains($0.reason) })
    #expect(status.table.rows.count == Set(status.table.rows.map(\.reason)).count)
    #expect(status.examples.allSatisfy { $0.basis != nil && $0.reason != nil })
  }

  /// 31 = 14 at first presentation + 12 after earlier breast cancer + 5 progressed, "extrapolated at MDT level".
  @Test func royalSurreysAnswerNeedsReview() throws {
    let status = try #require(load("data-collection").status)
    let examples = status.examples.filter { $0.rows.first?["answer_words"] == "This data is extrapolated at MDT level" }
    #expect(examples.count == 2 && examples.allSatisfy { $0.status == .needsReview })
    for row in examples.flatMap(\.rows) {
      #expect(row["total"] == "31" && row["first_presentation"] == "14" && row["progressed"] == "17")
      #expect(row["period"] == "April 2015 to March 2016")
    }
  }
}
