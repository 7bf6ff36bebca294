import Testing

@testable import RulePacks

@Suite("Rules described for people")
struct RuleDescriptionTests {
  private let pack: RulePack

  init() throws { pack = try SmallPack().load() }

  private func text(_ id: String, width: Int = 80) throws -> String {
    RuleDescription(width: width).text(try #require(pack.rule(id)), of: pack).joined(separator: "\n")
  }

  @Test func aRuleIsExplainedInFull() throws {
    #expect(
      try text("demo/count-missing") == """
        demo/count-missing

        Both counts are given.

        Why
          One alone says little.

        What to do
          data-officer: Give both.
          reviewer: Ask for both.

        How it is checked
          severity: error, mandatory
          dimension: completeness
          life cycle: enforced from 2016-09-01
          applies: collecting == 'yes'
          check: completeness.required (completeness)
            accept.1: not-known
            fields: total, part
          message: {field} is {found} {{in {period}}}
          earlier names: demo/count-left-out

        Passes
          - collecting "yes", part "<5", total "3"

        Finds fault with
          - collecting "y", total "3"
              found: part
        """)
  }

  @Test func aReadingAndItsSourceAreTold() throws {
    let text = try text("demo/answer-not-in-list")
    #expect(text.contains("\nThis rule is this project's own reading, not the charity's or the NHS's.\n"))
    #expect(text.contains("  severity: info, mandatory\n") && text.contains("\n  source: A letter.\n"))
    #expect(text.contains("found: record 1"))
  }

  @Test func recordsOfAnExampleStandUnderOneAnother() throws {
    let text = try text("demo/part-above-total")
    #expect(text.contains("  - part \"3\", total \"3\"\n    total \"3\"\n"))
    #expect(text.hasSuffix("      found: part, \"4 is above the total.\""))
  }

  @Test func theStatusIsShownAsItsTable() throws {
    let text = try text("demo/status")
    #expect(
      text.contains(
        """
        Facts
          answered: Whether anything was received from the organisation. (given by the
            host) yes | no
          says: What it says. yes | no | nothing
          counts: Whether it counts. some | none

        Decision table, 12 combinations, each taken by exactly one row
          1. answered no
              -> no-response: Silence.
          2. answered yes; says no
              -> not-collecting (practice): It says so.
        """))
    #expect(text.hasSuffix("\n\nA guess."))
    #expect(!text.contains("facts.says.cases"))
  }

  @Test func thePackIsListedByDimension() {
    #expect(
      RuleDescription().list(pack).joined(separator: "\n") == """
        A demonstration (demo 1.2.3)
        To be loaded by tests.
          This project's own reading: All of it.

        completeness
          error    demo/count-missing
                   Both counts are given. [enforced from 2016-09-01]

        conformance
          info     demo/answer-not-in-list
                   The answer is in the list. [our reading]
          warning  demo/code-pattern
                   The code has three characters.

        consistency
          error    demo/part-above-total
                   The part is not above the total.

        status
          info     demo/status
                   Each gets a status. [our reading]
        """)
  }

  @Test(arguments: [40, 60, 100])
  func linesStayWithinTheWidth(_ width: Int) throws {
    let description = RuleDescription(width: width)
    let lines = description.list(pack) + pack.allRules.flatMap { description.text($0, of: pack) }
    // A single word that is longer than the line is not broken.
    for line in lines where line.count > width {
      #expect(line.split(separator: " ").contains { $0.count > width / 2 }, "\(line)")
    }
  }
}
