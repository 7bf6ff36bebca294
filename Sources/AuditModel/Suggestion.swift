/// What a person who mistyped a word may have meant.
public enum Suggestion {
  /// The candidate nearest to a word, if one is near enough to be worth a "did you mean"; the first among equals.
  ///
  /// Letters' case counts nothing. Near enough is a third of the word's length in insertions, deletions, exchanges and
  /// swaps of neighbours, and at least one.
  public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(word.lowercased().unicodeScalars)
    let limit = max(1, wanted.count / 3)
    var best: (distance: Int, candidate: String)?
    for candidate in candidates {
      let other = Array(candidate.lowercased().unicodeScalars)
      guard abs(other.count - wanted.count) <= limit else { continue }
      let distance = distance(wanted, other)
      if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    return best?.candidate
  }

  /// `; did you mean "…"?`, or nothing when no candidate is near.
  public static func question(for word: String, among candidates: some Sequence<String>) -> String {
    nearest(to: word, among: candidates).map { "; did you mean \"\($0)\"?" } ?? ""
  }

  /// As `question`, with a full stop where there is none to ask: the end of a sentence.
  public static func end(for word: String, among candidates: some Sequence<String>) -> String {
    Problem.sentence(question(for: word, among: candidates))
  }

  /// The number of insertions, deletions, exchanges and swaps of neighbours between two words (the optimal string
  /// alignment distance).
  ///
  /// - Complexity: O(length × length).
  public static func distance<Element: Equatable>(_ a: [Element], _ b: [Element]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [Int](repeating: i, count: b.count + 1)
      for j in 1...b.count {
        row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { row[j] = min(row[j], beforeLast[j - 2] + 1) }
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
