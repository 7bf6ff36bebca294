import AuditModel
import RulePacks

/// What the records of one submission came to under one condition of a figure.
struct FigureTally: Sendable, Equatable {
  var counts = FigureCounts()
  /// Records that count and of which the condition cannot be told, by cause.
  var unknown: [NotEvaluatedCause: Int] = [:]
  /// Records of which it cannot be told whether they count at all, by cause.
  var open: [NotEvaluatedCause: Int] = [:]

  static func += (a: inout FigureTally, b: FigureTally) {
    a.counts += b.counts
    a.unknown.merge(b.unknown, uniquingKeysWith: +)
    a.open.merge(b.open, uniquingKeysWith: +)
  }
}

/// What the figures that count records came to in one part, or in all parts before.
struct FigureTallies: Sendable {
  /// By figure, condition and submission.
  private(set) var tallies: [[[FigureTally]]]
  /// By figure: the first error in file order.
  private(set) var failures: [String?]

  init(_ figures: [Figure]) {
    tallies = figures.map { figure in figure.conditions.map { _ in [] } }
    failures = figures.map { _ in nil }
  }

  /// Makes room for submissions that are new.
  mutating func extend(to submissions: Int) {
    for figure in tallies.indices {
      for condition in tallies[figure].indices {
        let missing = submissions - tallies[figure][condition].count
        if missing > 0 { tallies[figure][condition] += Array(repeating: FigureTally(), count: missing) }
      }
    }
  }

  mutating func add(_ figure: Int, _ condition: Int, _ submission: Int, _ change: (inout FigureTally) -> Void) {
    change(&tallies[figure][condition][submission])
  }

  /// Notes an error; only the first counts.
  mutating func fail(_ figure: Int, _ message: String) {
    if failures[figure] == nil { failures[figure] = message }
  }

  /// Adds what a later part came to.
  ///
  /// - Parameter map: the number here of every submission of the part; there is room for all of them.
  mutating func merge(_ part: FigureTallies, _ map: [Int]) {
    for figure in tallies.indices {
      if let failure = part.failures[figure] { fail(figure, failure) }
      for condition in tallies[figure].indices {
        for (local, tally) in part.tallies[figure][condition].enumerated() {
          tallies[figure][condition][map[local]] += tally
        }
      }
    }
  }
}
