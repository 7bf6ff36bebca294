/// Finding what somebody may have meant.
public enum Suggestion {
  /// The nearest of `names` to a word, or nil when none is near.
  ///
  /// Near is at most a third of the word's length in edits (insert, delete, replace, swap), at least one.
  public static func nearest(to word: String, among names: some Sequence<String>) -> String? {
    let wanted = Array(word.lowercased().utf8)
    guard !wanted.isEmpty, wanted.count <= 100 else { return nil }
    var best: (distance: Int, name: String)?
    for name in names {
      let bytes = Array(name.lowercased().utf8)
      guard abs(bytes.count - wanted.count) <= wanted.count else { continue }
      let distance = edits(wanted, bytes)
      if distance < (best?.distance ?? .max) { best = (distance, name) }
    }
    guard let best, best.distance <= max(1, wanted.count / 3) else { return nil }
    return best.name
  }

  /// Optimal string alignment distance.
  private static func edits(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
        row.append(cost)
      }
      before = last
      last = row
    }
    return last[b.count]
  }
}
