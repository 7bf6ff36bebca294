import AuditModel
import Testing

@Suite("Suggestions")
struct SuggestionTests {
  @Test func nearestCandidateIsSuggestedAndFarOnesAreNot() {
    let known = ["summary", "severity", "applies", "check"]
    #expect(Suggestion.nearest(to: "sumary", among: known) == "summary")
    #expect(Suggestion.nearest(to: "Severety", among: known) == "severity")
    #expect(Suggestion.nearest(to: "cehck", among: known) == "check")
    #expect(Suggestion.nearest(to: "colour", among: known) == nil)
    #expect(Suggestion.nearest(to: "x", among: []) == nil)
    #expect(Suggestion.question(for: "aplies", among: known) == "; did you mean \"applies\"?")
    #expect(Suggestion.question(for: "colour", among: known) == "")
  }

  @Test func firstAmongEquallyNearCandidatesIsSuggested() {
    #expect(Suggestion.nearest(to: "ab", among: ["ax", "ay"]) == "ax")
  }

  @Test func distanceCountsInsertionsDeletionsExchangesAndSwaps() {
    func distance(_ a: String, _ b: String) -> Int { Suggestion.distance(Array(a), Array(b)) }
    #expect(distance("", "") == 0 && distance("", "abc") == 3 && distance("abc", "") == 3)
    #expect(distance("kitten", "sitting") == 3)
    #expect(distance("ab", "ba") == 1 && distance("abc", "acb") == 1)
    #expect(distance("trust", "trust") == 0)
  }
}
