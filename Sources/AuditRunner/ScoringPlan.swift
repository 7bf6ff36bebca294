import AuditModel
import RulePacks

/// How submissions are scored in one run.
struct ScoringPlan: Sendable {
  let scoring: Scoring
  /// The months of the round's period; nil when coverage is not told.
  let months: ClosedRange<Int>?

  init(_ scoring: Scoring, period: Period?) {
    self.scoring = scoring
    months =
      scoring.coverage == nil ? nil : period.map { Month.number($0.start)...Month.number($0.end) }
  }
}

/// Months as numbers that follow each other.
enum Month {
  static func number(_ day: CalendarDate) -> Int {
    let (year, month, _) = day.parts
    return year * 12 + month - 1
  }

  /// As `CCYY-MM`.
  static func words(_ number: Int) -> String { period(number)?.description ?? "" }

  static func period(_ number: Int) -> Period? { Period(year: number / 12, month: number % 12 + 1) }
}

/// What the items of one submission come to.
struct ScoreTally: Sendable, Equatable {
  /// In the order of the pack.
  var items: [Item]
  /// Months of the round's period that records name.
  var months: Set<Int> = []

  struct Item: Sendable, Equatable {
    var records = 0
    var validAndComplete = 0
    var defaults = 0
    var untold = 0
  }

  init(items: Int) {
    self.items = Array(repeating: Item(), count: items)
  }

  static func += (a: inout ScoreTally, b: ScoreTally) {
    for index in a.items.indices {
      a.items[index].records += b.items[index].records
      a.items[index].validAndComplete += b.items[index].validAndComplete
      a.items[index].defaults += b.items[index].defaults
      a.items[index].untold += b.items[index].untold
    }
    a.months.formUnion(b.months)
  }
}

/// What submissions score in one part, or in all parts before.
struct ScoreTallies: Sendable {
  private let items: Int
  /// By submission.
  var tallies: [ScoreTally] = []
  /// By item: the first error in file order.
  private(set) var failures: [String?]

  init(_ plan: ScoringPlan?) {
    items = plan?.scoring.items.count ?? 0
    failures = Array(repeating: nil, count: items)
  }

  /// Makes room for submissions that are new.
  mutating func extend(to submissions: Int) {
    let missing = submissions - tallies.count
    if missing > 0 { tallies += Array(repeating: ScoreTally(items: items), count: missing) }
  }

  /// Notes an error; only the first of an item counts.
  mutating func fail(_ item: Int, _ message: String) {
    if failures[item] == nil { failures[item] = message }
  }

  /// Adds what a later part came to.
  ///
  /// - Parameter map: the number here of every submission of the part; there is room for all of them.
  mutating func merge(_ part: ScoreTallies, _ map: [Int]) {
    for (item, failure) in part.failures.enumerated() {
      if let failure { fail(item, failure) }
    }
    for (local, tally) in part.tallies.enumerated() { tallies[map[local]] += tally }
  }
}
