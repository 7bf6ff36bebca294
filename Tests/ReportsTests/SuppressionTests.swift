import AuditModel
import TestSupport
import Testing

@testable import Reports

@Suite struct SuppressionTests {
  private let policy = DisclosurePolicy(
    smallest: 5, counts: ["t", "a", "b"], sums: [DisclosurePolicy.Sum(total: "t", parts: ["a", "b"])])

  private func counts(_ t: Int?, _ a: Int?, _ b: Int?) -> [String: Suppression.Count] {
    func count(_ number: Int?) -> Suppression.Count {
      number.map { Suppression.Count(kind: .value, range: $0...$0) } ?? Suppression.Count(kind: .blank)
    }
    return ["t": count(t), "a": count(a), "b": count(b)]
  }

  private func withheld(_ counts: [String: Suppression.Count]) -> Set<String> {
    Set(Suppression(policy: policy).guarded(counts).filter(\.value.isWithheld).keys)
  }

  @Test func aSmallCountTakesAnotherWithIt() {
    #expect(withheld(counts(43, 3, 40)) == ["a", "b"])
    #expect(withheld(counts(43, 20, 23)) == [])
    #expect(withheld(counts(3, 3, 0)) == ["t", "a"])
    #expect(withheld(counts(7, 3, 4)) == ["a", "b"])
    #expect(withheld(counts(40, 0, 40)) == [])
    #expect(withheld(counts(nil, 3, 40)) == ["a"])
    #expect(withheld(counts(44, 40, 4)) == ["a", "b"])
  }

  @Test func whatTheSenderSuppressedIsGuardedLikewise() {
    var given = counts(43, nil, 40)
    given["a"] = Suppression.Count(kind: .suppressed, range: 1...7)
    #expect(withheld(given) == ["a", "b"])
    given["a"] = Suppression.Count(kind: .suppressed, range: nil)
    #expect(withheld(given) == ["a", "b"])
  }

  @Test func nothingWithheldFollowsFromWhatIsShown() {
    // Every true triple up to 40, and what an attacker who knows the sums can make of what is shown.
    for a in 0...40 {
      for b in 0...40 {
        let guarded = Suppression(policy: policy).guarded(counts(a + b, a, b))
        let hidden = guarded.filter(\.value.isWithheld).keys.sorted()
        guard !hidden.isEmpty else {
          #expect(![a, b, a + b].contains { (1..<5).contains($0) })
          continue
        }
        var candidates: [String: Set<Int>] = [:]
        for x in 0...90 {
          for y in 0...90 {
            let guess = ["a": x, "b": y, "t": x + y]
            let fits = guarded.allSatisfy { field, count in
              count.isWithheld || count.range == guess[field]!...guess[field]!
            }
            if fits { for field in hidden { candidates[field, default: []].insert(guess[field]!) } }
          }
        }
        for field in hidden { #expect(candidates[field]!.count >= 3, "\(a) + \(b): \(field)") }
      }
    }
  }

  @Test func sumsThatShareACountAreGuardedTogether() {
    let chain = DisclosurePolicy(
      smallest: 5, counts: ["t", "a", "b", "u", "c"],
      sums: [.init(total: "t", parts: ["a", "b"]), .init(total: "u", parts: ["b", "c"])])
    let values = ["t": 43, "a": 3, "b": 40, "c": 10, "u": 50]
    let given = values.mapValues { Suppression.Count(kind: .value, range: $0...$0) }
    let hidden = Set(Suppression(policy: chain).guarded(given).filter(\.value.isWithheld).keys)
    // b goes with a, and c with b, for u would give b away.
    #expect(hidden == ["a", "b", "c"])
  }
}
