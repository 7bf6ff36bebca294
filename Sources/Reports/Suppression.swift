import AuditModel

/// Withholds small counts of people, and others with them, so that none can be worked out (DESIGN 10).
///
/// What is withheld for being small and what is withheld to guard it look the same.
struct Suppression {
  let policy: DisclosurePolicy

  /// A count of one organisation.
  struct Count: Equatable {
    var kind: CellKind
    var range: ClosedRange<Int>?
    var isWithheld = false

    /// True when there is a number to guard.
    var isNumber: Bool { kind == .value || kind == .suppressed }
  }

  /// True for a count that is too small to be shown, or that its sender suppressed.
  func isSmall(_ count: Count) -> Bool {
    guard count.isNumber else { return false }
    guard count.kind == .value, let range = count.range else { return true }
    return range != 0...0 && range.lowerBound < policy.smallest
  }

  /// Marks what is to be withheld among the counts of one organisation, by field.
  ///
  /// - Parameter withheld: what is to be withheld whatever it is.
  func guarded(_ counts: [String: Count], alsoWithholding withheld: Set<String> = []) -> [String: Count] {
    var counts = counts
    for field in policy.counts {
      guard let count = counts[field], count.isNumber else { continue }
      counts[field]?.isWithheld = isSmall(count) || withheld.contains(field)
    }
    // A count can stand in several sums: what is withheld for one of them can bare another.
    var changes = true
    while changes {
      changes = false
      for sum in policy.sums where guardSum(sum, &counts) { changes = true }
    }
    return counts
  }

  /// Withholds one count more when the only one that is withheld could be worked out from the others.
  private func guardSum(_ sum: DisclosurePolicy.Sum, _ counts: inout [String: Count]) -> Bool {
    let fields = [sum.total] + sum.parts
    let withheld = fields.filter { counts[$0]?.isWithheld == true }
    guard withheld.count == 1, fields.allSatisfy({ counts[$0]?.isNumber == true }) else { return false }
    let shown = fields.filter { !withheld.contains($0) }
    // The least count that is not nought, a part before the total; nought when there is nothing else.
    let order = sum.parts.filter(shown.contains) + [sum.total].filter(shown.contains)
    let least = order.enumerated().min { a, b in rank(counts[a.element], a.offset) < rank(counts[b.element], b.offset) }
    guard let least else { return false }
    counts[least.element]?.isWithheld = true
    return true
  }

  private func rank(_ count: Count?, _ offset: Int) -> (Int, Int) {
    let value = count?.range?.lowerBound ?? 0
    return (value == 0 ? Int.max : value, offset)
  }
}
