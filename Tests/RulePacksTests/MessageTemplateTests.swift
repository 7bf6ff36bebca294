import Testing

@testable import RulePacks

@Suite("Messages with placeholders")
struct MessageTemplateTests {
  @Test func placeholdersAreFilledInAndBracesKept() throws {
    let template = try MessageTemplate("{{{value}}} of {field} is not {expected}; ä")
    #expect(template.placeholders == ["value", "field", "expected"])
    #expect(template.render { $0 == "expected" ? nil : "<\($0)>" } == "{<value>} of <field> is not not given; ä")
  }

  @Test func textWithoutPlaceholdersStandsAsItIs() throws {
    let template = try MessageTemplate("Nothing to fill in")
    #expect(template.placeholders.isEmpty && template.render { _ in nil } == "Nothing to fill in")
    #expect(try MessageTemplate("").render { _ in nil } == "")
  }

  @Test(arguments: [
    ("é {", "The placeholder that opens here is not closed by '}'", 3),
    ("a } b", "There is a '}' without a '{' before it; write \"}}\" for the character", 2),
    ("{}", "The placeholder is empty", 0),
  ])
  func faultsAreToldAtTheirPlace(_ source: String, _ message: String, _ offset: Int) {
    #expect {
      try MessageTemplate(source)
    } throws: { error in
      (error as? MessageTemplate.Fault).map { $0.message == message && $0.offset == offset } ?? false
    }
  }
}
