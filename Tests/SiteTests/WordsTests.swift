import AuditModel
import JSONDocument
import LocalFiles
import TestSupport
import Testing

@testable import Site

@Suite struct WordsTests {
  private static let english = Result {
    try Messages.load("\(TestSupport.repository)/rules/site/messages/en.json")
  }

  @Test func valuesArePutInAndStayAsTheyAre() throws {
    let messages = try WordsTests.english.get()
    #expect(
      messages("whySettled", ["date": "{role}", "role": "lead"])
        == "Settled by a person on {role} (lead), on the organisation's own words.")
    #expect(messages("keyExcluded", count: 1).hasPrefix("1 organisation was"))
    #expect(messages("keyExcluded", count: 1_234).hasPrefix("1,234 organisations were"))
    #expect(messages.date(CalendarDate(iso: "2016-08-31")!) == "31 August 2016")
    #expect(messages.percent(Ratio(2, 3)) == "66.7 %")
    #expect(messages.percent(Ratio(1, 16)) == "6.3 %")
    #expect(messages.percent(nil) == "–")
  }

  @Test func aCatalogueThatIsNotWholeIsTold() throws {
    let english = try WordsTests.english.get()
    func fault(_ messages: String) throws -> String {
      try TestSupport.withTemporaryFolder { folder in
        try LocalFiles.write(
          "{\"language\": \"cy\", \"name\": \"Cymraeg\", \"messages\": {\(messages)}}", to: "\(folder)/cy.json")
        do {
          _ = try Messages.load("\(folder)/cy.json", complete: english)
          return ""
        } catch {
          return "\(error)"
        }
      }
    }
    #expect(try fault("\"skipToContent\": \"x\"").contains("is missing"))
    #expect(try fault("\"skipToContents\": \"x\"").contains("There is no message \"skipToContents\""))
    #expect(try fault("\"percent\": \"%\"").contains("Expected the values {number}"))
  }

  @Test(arguments: [
    ("MORVELTHORPE GENERAL HOSPITAL", "Morvelthorpe General Hospital"),
    ("ST ORRIN'S AND KESKBY NHS TRUST", "St Orrin's and Keskby NHS Trust"),
    ("THE ROYAL-UPPER (WEST) HOSPITAL", "The Royal-Upper (West) Hospital"),
    ("Already Written NHS Trust", "Already Written NHS Trust"), ("X1A", "X1A"),
  ]) func capitalsAreWrittenAsPeopleDo(_ name: String, _ shown: String) {
    #expect(DisplayName.of(name) == shown)
  }

  @Test func aCodeIsAStableFileName() {
    #expect(SiteOrganisation.fileName("X1A") == "X1A")
    #expect(SiteOrganisation.fileName("../a b") == "_2e_2e_2fa_20b")
    #expect(SiteOrganisation.fileName("_") != SiteOrganisation.fileName("/"))
  }

  @Test func whatActsOnAPageIsShownInstead() {
    let made = SafeText.made(["a": "x\u{202E}y\nz", "empty": "", "list": ["\u{1B}[0m"]] as [String: Any])
    let object = made as? [String: Any]
    #expect(object?["a"] as? String == "x\\u{202E}y\nz")
    #expect(object?["empty"] == nil)
    #expect(object?["list"] as? [String] == ["\\u{1B}[0m"])
  }
}
