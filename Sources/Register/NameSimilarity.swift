internal import AuditModel

/// How alike two names are: the share of their words that they have in common, rare words counting more (by the inverse
/// square root of the number of names that have them), words with a slip of the pen or cut short counting four fifths.
struct NameSimilarity {
  private let words: [String]
  private let total: Double
  private let weights: [String: Double]
  /// For each word of the name, how like it each word of the register is, when at all.
  private let likeness: [[String: Double]]

  init(_ form: String, in index: NameIndex) {
    var counts: [String: Int] = [:]
    for form in index.forms.joined() {
      for word in Set(form.split(separator: " ").map(String.init)) { counts[word, default: 0] += 1 }
    }
    let weights = counts.mapValues { 1 / Double($0).squareRoot() }
    words = form.split(separator: " ").map(String.init)
    total = words.reduce(0) { $0 + (weights[$1] ?? 1) }
    likeness = words.map { word in
      var like: [String: Double] = [:]
      for other in weights.keys {
        let likeness = NameSimilarity.likeness(word, other)
        if likeness > 0 { like[other] = likeness }
      }
      return like
    }
    self.weights = weights
  }

  /// The likeness to another name in normal form, 0 to 1 to two decimals, and the words they share.
  func score(_ form: String) -> (score: Double, shared: [String]) {
    let others = form.split(separator: " ").map(String.init)
    var free = Set(others.indices)
    var common = 0.0
    var shared: [String] = []
    for (word, like) in zip(words, likeness) {
      var best: (index: Int, likeness: Double)?
      for index in others.indices where free.contains(index) {
        let here = like[others[index]] ?? 0
        if here > best?.likeness ?? 0 { best = (index, here) }
      }
      guard let best else { continue }
      free.remove(best.index)
      let other = others[best.index]
      common += best.likeness * ((weights[word] ?? weights[other] ?? 1) + (weights[other] ?? 1))
      if !NameSimilarity.fillers.contains(other) { shared.append(other) }
    }
    let whole = total + others.reduce(0) { $0 + (weights[$1] ?? 1) }
    guard whole > 0, !shared.isEmpty else { return (0, []) }
    return (min(1, (common / whole * 100).rounded() / 100), shared)
  }

  private static let fillers: Set<String> = ["and", "of", "the", "for", "in"]

  private static func likeness(_ a: String, _ b: String) -> Double {
    if a == b { return 1 }
    let short = min(a.utf8.count, b.utf8.count)
    if short >= 4, a.hasPrefix(b) || b.hasPrefix(a) { return 0.8 }
    let allowed = short >= 8 ? 2 : short >= 5 ? 1 : 0
    guard allowed > 0, abs(a.utf8.count - b.utf8.count) <= allowed else { return 0 }
    // One insertion, deletion or exchange changes at most two of the letters that occur.
    guard (letters(a) ^ letters(b)).nonzeroBitCount <= 2 * allowed else { return 0 }
    return Suggestion.distance(Array(a.utf8), Array(b.utf8)) <= allowed ? 0.8 : 0
  }

  /// A bit for each low five bits that a byte of the word has.
  private static func letters(_ word: String) -> UInt32 {
    word.utf8.reduce(0) { $0 | 1 << UInt32($1 & 31) }
  }
}

extension Register {
  /// At most this many organisations are offered, and none that is less alike.
  private static var greatestOffer: Int { 5 }
  private static var leastScore: Double { 0.4 }

  /// The organisations with the most similar names, best first, open ones before others, then by code.
  func similar(to form: String, at date: CalendarDate) -> [Offer] {
    let similarity = NameSimilarity(form, in: names)
    var found: [(index: Int, isOpen: Bool, score: Double, why: String)] = []
    for index in organisations.indices {
      let scores = names.forms[index].map { similarity.score($0) }
      guard let best = scores.max(by: { $0.score < $1.score }), best.score >= Self.leastScore else { continue }
      let words = best.shared.map { "\"\($0)\"" }.joined(separator: ", ")
      found.append(
        (index, state(at: index, on: date) == .open, best.score, "shares \(words)\(suffix(index, date))"))
    }
    found.sort { a, b in
      if a.score != b.score { return a.score > b.score }
      if a.isOpen != b.isOpen { return a.isOpen }
      return organisations[a.index].code < organisations[b.index].code
    }
    return found.prefix(Self.greatestOffer).map {
      Offer(organisation: organisations[$0.index], score: $0.score, why: $0.why)
    }
  }

  /// The likeness of a name in normal form to an organisation's known names.
  func similarity(of form: String, toOrganisation index: Int) -> Double {
    let similarity = NameSimilarity(form, in: names)
    return names.forms[index].map { similarity.score($0).score }.max() ?? 0
  }
}
