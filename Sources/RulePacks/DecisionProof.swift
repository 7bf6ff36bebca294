/// The proof that a decision table takes every combination of its inputs' words exactly once.
public struct DecisionProof: Hashable, Sendable {
  /// The number of combinations: the product of the inputs' words.
  public let combinations: Int
  /// Of every row, how many combinations it takes; never 0.
  public let taken: [Int]

  /// The greatest number of combinations a table may have.
  public static let limit = 50_000
  /// The greatest number of rows a table may have.
  static let rowLimit = 256

  /// A way in which a table is no unique table.
  enum Violation: Error, Equatable {
    /// Words of the inputs, nil for any, that no row takes.
    case leftOut([Int?])
    /// Words of the inputs, nil for any, that two rows (0-based) take.
    case takenTwice([Int?], first: Int, second: Int)
    /// A row (0-based) that takes no combination.
    case unreachable(Int)
  }

  /// Proves a table or says where it is not one.
  ///
  /// The combinations are a tree, one level an input. A branch is decided as soon as no row is left for it, or only
  /// rows that take all that lies below, so that the cost follows the table and not the product.
  ///
  /// Unreachable rows are told only of a table without other violations.
  ///
  /// - Parameters:
  ///   - sizes: how many words each input has.
  ///   - rows: of every row, for each input the positions of the words it takes.
  static func prove(sizes: [Int], rows: [[[Int]]]) -> (proof: DecisionProof, violations: [Violation]) {
    var walk = Walk(sizes: sizes, rows: rows)
    var below = 1
    for size in sizes.reversed() {
      walk.below.insert(below, at: 0)
      below *= size
    }
    walk.descend(level: 0, RowSet(count: rows.count), path: [])
    let unreachable = walk.violations.isEmpty ? rows.indices.filter { walk.taken[$0] == 0 } : []
    return (
      DecisionProof(combinations: below, taken: walk.taken),
      walk.violations + unreachable.map { Violation.unreachable($0) }
    )
  }

  /// Up to 256 rows.
  private struct RowSet {
    var bits: SIMD4<UInt64> = .zero

    init(count: Int) {
      for row in 0..<count { insert(row) }
    }

    init() {}

    mutating func insert(_ row: Int) { bits[row >> 6] |= 1 << UInt64(row & 63) }

    func intersection(_ other: RowSet) -> RowSet {
      var result = self
      result.bits = bits & other.bits
      return result
    }

    var isEmpty: Bool { bits == .zero }

    var first: Int {
      for word in 0..<4 where bits[word] != 0 { return word * 64 + bits[word].trailingZeroBitCount }
      return 0
    }

    /// The second row in it, or nil.
    var second: Int? {
      var rest = self
      let row = first
      rest.bits[row >> 6] &= ~(1 << UInt64(row & 63))
      return rest.isEmpty ? nil : rest.first
    }
  }

  private struct Walk {
    let sizes: [Int]
    /// By input and word, the rows that take it.
    var takers: [[RowSet]]
    /// By row, the first input from which on it takes every word.
    var openFrom: [Int]
    /// By level, the number of combinations under one word of that input.
    var below: [Int] = []
    var taken: [Int]
    var violations: [Violation] = []

    init(sizes: [Int], rows: [[[Int]]]) {
      self.sizes = sizes
      takers = sizes.map { Array(repeating: RowSet(), count: $0) }
      openFrom = []
      taken = rows.map { _ in 0 }
      for (index, row) in rows.enumerated() {
        var open = sizes.count
        for (input, words) in row.enumerated() {
          for word in words { takers[input][word].insert(index) }
        }
        while open > 0, Set(row[open - 1]).count == sizes[open - 1] { open -= 1 }
        openFrom.append(open)
      }
    }

    mutating func descend(level: Int, _ left: RowSet, path: [Int?]) {
      // More would help nobody.
      if violations.count >= 20 { return }
      let rest = [Int?](repeating: nil, count: sizes.count - level)
      if left.isEmpty {
        violations.append(.leftOut(path + rest))
        return
      }
      let first = left.first
      if let second = left.second {
        if openFrom[first] <= level && openFrom[second] <= level {
          violations.append(.takenTwice(path + rest, first: first, second: second))
          return
        }
      } else if openFrom[first] <= level {
        taken[first] += level == 0 ? sizes.reduce(1, *) : below[level - 1]
        return
      }
      for word in 0..<sizes[level] {
        descend(level: level + 1, left.intersection(takers[level][word]), path: path + [word])
      }
    }
  }
}
