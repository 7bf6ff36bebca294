import AuditModel
import Expressions
import Testing

@testable import RulePacks

@Suite("Loading a pack")
struct LoadingTests {
  private let pack: RulePack

  init() throws { pack = try SmallPack().load() }

  @Test func theHeadIsRead() {
    #expect(pack.name == "demo" && pack.version == "1.2.3" && pack.title == "A demonstration")
    #expect(pack.purpose == "To be loaded by tests." && pack.reading == "All of it.")
    #expect(pack.organisationCode == 0 && pack.organisationName == nil && pack.period == pack.position(of: "period"))
    #expect(pack.recordsPerOrganisation == .one && pack.recordKey == [1] && pack.totals == ["sum"])
    #expect(pack.requires == pack.requires.sorted() && pack.requires.count == 5)
    #expect(
      pack.files.map(\.path) == [
        "completeness/count-missing.json", "conformance/answer-not-in-list.json", "conformance/code-pattern.json",
        "consistency/part-above-total.json", "pack.json", "status.json",
      ])
  }

  @Test func fieldsHaveTheirCodesAndSpellings() throws {
    let collecting = try #require(pack.fields.first { $0.name == "collecting" })
    #expect(collecting.privacy == .public && collecting.codes.map(\.code) == ["yes", "no"])
    #expect(collecting.codes[0].spellings == ["y"] && collecting.codes[0].from == nil)
    #expect(collecting.codes[1].from?.description == "2015-01-01" && collecting.codes[1].retired == nil)
    #expect(pack.codeLists.map(\.name) == ["answers"] && pack.codeLists[0].codes == collecting.codes)
    let total = try #require(pack.fields.first { $0.name == "total" })
    // Kinds of spellings that a field leaves out are the pack's.
    #expect(total.spellings.notKnown == ["no idea"] && total.spellings.roundedBy == 2)
    #expect(total.spellings.suppressed == [SuppressedSpelling(text: "<5", low: 0, high: 4)])
    #expect(pack.fields[0].privacy == .internal && !pack.fields[0].isOptional && pack.fields[1].isOptional)
    #expect(pack.fields[0].aliases == ["ODS code"] && pack.fields[0].spellings.notKnown == ["not held"])
  }

  @Test func aRuleIsBoundOnceForEachOfItsFields() throws {
    let rule = try #require(pack.rule("demo/count-missing"))
    #expect(rule.bindings.map(\.field) == [pack.position(of: "total"), pack.position(of: "part")])
    #expect(rule.bindings.map(\.fields) == [[3], [4]] && rule.bindings[0].judges == [0b11_1111])
    #expect(
      rule.bindings[1].parameters == [
        RuleParameter(pointer: "/accept/0", value: .text("not-known")),
        RuleParameter(pointer: "/fields", value: .fields([0])),
      ])
    #expect(rule.appliesSource == "collecting == 'yes'" && rule.applies?.fieldsRead == [2])
    #expect(rule.settings.map(\.name) == ["accept.1", "fields"])
    #expect(rule.settings.map(\.value) == ["not-known", "total, part"])
  }

  @Test func aRuleSaysWhatItIs() throws {
    let rule = try #require(pack.rule("demo/count-missing"))
    #expect(rule.severity == .error && rule.isMandatory && !rule.isReading && rule.dimension == .completeness)
    #expect(rule.fix == [.dataOfficer: "Give both.", .reviewer: "Ask for both."])
    #expect(rule.message.source == "{field} is {found} {{in {period}}}")
    #expect(rule.file == "completeness/count-missing.json" && rule.source == "")
    let other = try #require(pack.rule("demo/answer-not-in-list"))
    #expect(other.severity == .info && other.isMandatory && other.isReading && other.source == "A letter.")
    // A rule without a message has that of its check kind.
    #expect(other.message.source == "It is at fault")
    #expect(try #require(pack.rule("demo/part-above-total")).isMandatory == false)
  }

  @Test func earlierNamesFindTheRule() {
    #expect(pack.rule("demo/count-left-out")?.id == "demo/count-missing")
    #expect(pack.rule("demo/count-left-in") == nil)
  }

  @Test func aRuleIsEnforcedFromItsFirstDayOn() throws {
    let rule = try #require(pack.rule("demo/count-missing"))
    #expect(rule.lifeCycle.stage(on: try #require(CalendarDate(iso: "2016-08-31"))) == .announced)
    #expect(rule.lifeCycle.stage(on: try #require(CalendarDate(iso: "2016-09-01"))) == .enforced)
    let limited = try SmallPack().replacing(
      #""from": "2016-09-01""#, by: #""from": "2016-09-01", "to": "2016-09-02""#,
      in: "completeness/count-missing.json"
    ).load().rule("demo/count-missing")
    #expect(try #require(limited).lifeCycle.stage(on: try #require(CalendarDate(iso: "2016-09-02"))) == .enforced)
    #expect(try #require(limited).lifeCycle.stage(on: try #require(CalendarDate(iso: "2016-09-03"))) == .retired)
  }

  @Test func aPatternIsBoundToItsField() throws {
    let binding = try #require(pack.rule("demo/code-pattern")?.bindings.first)
    #expect(binding.fields == [0] && binding.judges == [0b1] && binding.patterns.map(\.source) == ["[A-Z0-9]{3}"])
    #expect(
      binding.parameters == [
        RuleParameter(pointer: "/field", value: .fields([0])),
        RuleParameter(pointer: "/pattern", value: .pattern(source: "[A-Z0-9]{3}", index: 0, field: 0)),
      ])
  }

  /// What a finding points to is bound beside what the check kind reads.
  @Test func theFieldOfFindingsIsBoundAsWell() throws {
    let binding = try #require(pack.rule("demo/part-above-total")?.bindings.first)
    #expect(binding.field == 4 && binding.fields == [4])
    #expect(binding.expressions.count == 1 && binding.expressions[0].fieldsRead == [4, 3])
  }

  @Test func examplesAreReadWithTheirPlaces() throws {
    let rule = try #require(pack.rule("demo/answer-not-in-list"))
    #expect(rule.examples.map(\.isFailing) == [false, true])
    #expect(rule.examples[1].asOf?.description == "2016-08-31" && rule.examples[1].finds == [ExpectedFinding(row: 1)])
    #expect(rule.examples[1].line == 14 && rule.examples[1].pointer == "/examples/fail/0")
    #expect(try #require(pack.rule("demo/part-above-total")).examples[0].rows.count == 2)
  }

  @Test func theStatusTableIsReadAndProved() throws {
    let status = try #require(pack.status)
    #expect(status.rule.id == "demo/status" && status.rule.severity == .info && status.rule.isReading)
    #expect(pack.allRules.map(\.id).last == "demo/status" && pack.rules.count == 4)
    let table = status.table
    #expect(table.inputs.map(\.words) == [["yes", "no"], ["yes", "no", "nothing"], ["some", "none"]])
    #expect(table.inputs.map(\.isHostFact) == [true, false, false])
    #expect(table.proof.combinations == 12 && table.proof.taken == [6, 2, 2, 1, 1])
    #expect(table.row(for: ["yes", "yes", "some"]) == 5 && table.row(for: ["no", "nothing", "none"]) == 1)
    #expect(table.row(for: ["yes", "yes", "few"]) == nil && table.row(for: ["yes"]) == nil)
    #expect(status.examples[1].organisation == ["answered": "false", "records_received": "0"])
    #expect(status.examples[0].organisation["answered"] == "true" && status.examples[1].rows.isEmpty)
  }

  @Test func everyCombinationIsWalkedOnce() throws {
    let table = try #require(pack.status?.table)
    var seen: [[String]] = []
    var rows = [Int](repeating: 0, count: table.rows.count)
    table.forEachCombination { words, row in
      seen.append(words)
      rows[row - 1] += 1
    }
    #expect(seen.count == 12 && Set(seen).count == 12 && rows == table.proof.taken)
  }

  /// Factors of expressions over organisations: the host's fields, the pack's, and the list of records.
  @Test func statusExpressionsSeeTheHostsFieldsFirst() throws {
    let binding = try #require(pack.status?.rule.bindings.first)
    let collecting = OrganisationFields.all.count + 2
    #expect(binding.expressions.contains { $0.source == "collecting == 'yes'" && $0.fieldsRead == [collecting] })
    #expect(binding.parameters.contains { $0.pointer == "/facts/counts/cases/0/when" })
    #expect(binding.parameters.contains(RuleParameter(pointer: "/rules/0/when/answered/0", value: .text("no"))))
  }

  @Test func notesBesideTheRulesArePassedOver() throws {
    let pack = try SmallPack().adding("# Notes", as: "README.md").adding("Why", as: "consistency/notes.md").load()
    #expect(pack.files.count == 6)
  }

  @Test func aPackNeedsNoStatusTable() throws {
    var pack = try SmallPack().replacing(
      #", "consistency.assert",\#n    "status.decision-table""#, by: #", "consistency.assert""#, in: "pack.json")
    pack.files["status.json"] = nil
    #expect(try pack.load().status == nil)
  }
}
