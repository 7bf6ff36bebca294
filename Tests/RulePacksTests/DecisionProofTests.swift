import TestSupport
import Testing

@testable import RulePacks

/// The proof of decision tables against counting every combination.
@Suite("Proof of decision tables")
struct DecisionProofTests {
  private struct Table {
    var sizes: [Int]
    /// Of every row, for each input the positions it takes.
    var rows: [[[Int]]]

    /// The rows (0-based) that take a combination.
    func takers(_ combination: [Int]) -> [Int] {
      rows.indices.filter { row in zip(rows[row], combination).allSatisfy { $0.contains($1) } }
    }

    /// Every combination that agrees with `words`, where nil is any.
    func combinations(_ words: [Int?]) -> [[Int]] {
      var result: [[Int]] = [[]]
      for (size, word) in zip(sizes, words) {
        result = result.flatMap { start in (word.map { [$0] } ?? Array(0..<size)).map { start + [$0] } }
      }
      return result
    }
  }

  /// A table that is unique by making: one box is cut into boxes again and again.
  private func uniqueTable(_ random: inout SplitMix) -> Table {
    let sizes = (0..<Int.random(in: 1...4, using: &random)).map { _ in Int.random(in: 1...4, using: &random) }
    var rows = [sizes.map { Array(0..<$0) }]
    for _ in 0..<Int.random(in: 0...8, using: &random) {
      let row = Int.random(in: rows.indices, using: &random)
      let input = Int.random(in: sizes.indices, using: &random)
      let words = rows[row][input].shuffled(using: &random)
      guard words.count > 1 else { continue }
      let cut = Int.random(in: 1..<words.count, using: &random)
      var other = rows[row]
      rows[row][input] = Array(words[..<cut])
      other[input] = Array(words[cut...])
      rows.append(other)
    }
    return Table(sizes: sizes, rows: rows.shuffled(using: &random))
  }

  @Test func uniqueTablesAreProvedAndTheirRowsCounted() {
    var random = SplitMix(seed: 1)
    for _ in 0..<400 {
      let table = uniqueTable(&random)
      let (proof, violations) = DecisionProof.prove(sizes: table.sizes, rows: table.rows)
      #expect(violations.isEmpty)
      #expect(proof.combinations == table.sizes.reduce(1, *))
      #expect(proof.taken == table.rows.map { $0.reduce(1) { $0 * $1.count } })
    }
  }

  @Test func whatIsToldOfOtherTablesIsTrueAndNoneIsPassed() {
    var random = SplitMix(seed: 2)
    var told = (leftOut: 0, takenTwice: 0)
    for _ in 0..<600 {
      var table = uniqueTable(&random)
      for _ in 0..<Int.random(in: 1...2, using: &random) { damage(&table, &random) }
      let all = table.combinations(table.sizes.map { _ in nil })
      let isUnique = all.allSatisfy { table.takers($0).count == 1 }
      let violations = DecisionProof.prove(sizes: table.sizes, rows: table.rows).violations
      #expect(isUnique == !violations.contains { if case .unreachable = $0 { false } else { true } })
      for violation in violations {
        switch violation {
        case .leftOut(let words):
          told.leftOut += 1
          #expect(table.combinations(words).allSatisfy { table.takers($0).isEmpty })
        case .takenTwice(let words, let first, let second):
          told.takenTwice += 1
          #expect(first < second)
          #expect(
            table.combinations(words).allSatisfy { combination in
              let takers = table.takers(combination)
              return takers.contains(first) && takers.contains(second)
            })
        case .unreachable(let row):
          #expect(isUnique && all.allSatisfy { !table.takers($0).contains(row) })
        }
      }
    }
    #expect(told.leftOut > 100 && told.takenTwice > 100)
  }

  private func damage(_ table: inout Table, _ random: inout SplitMix) {
    let row = Int.random(in: table.rows.indices, using: &random)
    let input = Int.random(in: table.sizes.indices, using: &random)
    let word = Int.random(in: 0..<table.sizes[input], using: &random)
    switch Int.random(in: 0..<3, using: &random) {
    case 0 where table.rows.count > 1: table.rows.remove(at: row)
    case 1: table.rows.append(table.rows[row])
    default:
      if let at = table.rows[row][input].firstIndex(of: word) {
        table.rows[row][input].remove(at: at)
      } else {
        table.rows[row][input].append(word)
      }
    }
  }

  @Test func aCombinationLeftOutIsNamed() {
    let violations = DecisionProof.prove(sizes: [2, 3], rows: [[[0], [0, 1, 2]], [[1], [0, 2]]]).violations
    #expect(violations == [.leftOut([1, 1])])
  }

  @Test func aCombinationTakenTwiceIsNamedWithItsRows() {
    let violations = DecisionProof.prove(sizes: [2, 3], rows: [[[0], [0, 1, 2]], [[0, 1], [1]], [[1], [0, 2]]])
      .violations
    #expect(violations == [.takenTwice([0, 1], first: 0, second: 1)])
  }

  @Test func aRowThatTakesNothingIsUnreachable() {
    let violations = DecisionProof.prove(sizes: [2], rows: [[[0, 1]], [[]]]).violations
    #expect(violations == [.unreachable(1)])
  }

  @Test func aTableWithoutRowsLeavesEverythingOut() {
    #expect(DecisionProof.prove(sizes: [2, 2], rows: []).violations == [.leftOut([nil, nil])])
  }

  @Test func rowsBeyondTheFirstMachineWordAreTold() {
    let rows = (0..<200).map { [[$0]] }
    let (proof, violations) = DecisionProof.prove(sizes: [200], rows: rows)
    #expect(violations.isEmpty && proof.taken == Array(repeating: 1, count: 200))
    #expect(
      DecisionProof.prove(sizes: [200], rows: rows + [[[199]]]).violations
        == [.takenTwice([199], first: 199, second: 200)])
  }
}
