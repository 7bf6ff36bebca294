import AuditModel
import Testing

@testable import Site

@Suite struct NextStatusTests {
  private let criteria = StatusCriteria(
    pack: "p", summary: "", why: "",
    inputs: [
      .init(
        name: "answered", summary: "", isHostFact: true,
        words: [.init(word: "yes", clause: ""), .init(word: "no", clause: "")]),
      .init(
        name: "says", summary: "", isHostFact: false,
        words: [.init(word: "yes", clause: "it says yes"), .init(word: "no", clause: "it says no")]),
      .init(
        name: "counts", summary: "", isHostFact: false,
        words: [
          .init(word: "both", clause: "it gives both"), .init(word: "one", clause: "it gives one"),
          .init(word: "odd", clause: ""),
        ]),
    ],
    rows: [
      .init(when: [.init(input: "answered", words: ["no"])], status: .noResponse, basis: .none, reason: ""),
      .init(
        when: [.init(input: "answered", words: ["yes"]), .init(input: "says", words: ["no"])], status: .notCollecting,
        basis: .practice, reason: ""),
      .init(
        when: [
          .init(input: "answered", words: ["yes"]), .init(input: "says", words: ["yes"]),
          .init(input: "counts", words: ["both"]),
        ], status: .collecting, basis: .practice, reason: ""),
      .init(
        when: [
          .init(input: "answered", words: ["yes"]), .init(input: "says", words: ["yes"]),
          .init(input: "counts", words: ["one", "odd"]),
        ], status: .partiallyCollecting, basis: .reply, reason: ""),
    ])

  private func derived(_ status: Status, _ says: String, _ counts: String) -> DerivedStatus {
    DerivedStatus(
      status: status, basis: .none, reason: "", row: nil,
      facts: [("answered", "yes"), ("says", says), ("counts", counts)].map {
        DerivedStatus.Fact(name: $0.0, word: $0.1, cells: [])
      })
  }

  @Test func theFewestChangesAreNamed() {
    let next = NextStatus(criteria: criteria)
    #expect(
      next.ways(from: derived(.partiallyCollecting, "yes", "one"), to: .collecting)
        == [.init(status: .collecting, clauses: ["it gives both"])])
    #expect(
      next.ways(from: derived(.notCollecting, "no", "one"), to: .partiallyCollecting)
        == [.init(status: .partiallyCollecting, clauses: ["it says yes"])])
    #expect(
      next.ways(from: derived(.notCollecting, "no", "one"), to: .collecting)
        == [.init(status: .collecting, clauses: ["it says yes", "it gives both"])])
  }

  @Test func whatHasNoWordsIsNotNamed() {
    // Only the word "odd", for which the pack has no clause, would do.
    var criteria = criteria
    criteria.rows[3].when[2].words = ["odd"]
    #expect(
      NextStatus(criteria: criteria).ways(from: derived(.collecting, "yes", "both"), to: .partiallyCollecting).isEmpty)
  }

  @Test func silenceAndTheHighestStatusHaveNoNext() {
    #expect(NextStatus.target(of: .collecting) == nil)
    #expect(NextStatus.target(of: .noResponse) == nil)
    #expect(NextStatus.target(of: .needsReview) == .collecting)
  }
}
