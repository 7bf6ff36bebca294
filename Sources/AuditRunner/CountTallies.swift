import RulePacks

/// Where a record ends when people are counted; every record ends in exactly one place.
enum RecordPlace: Hashable, Sendable {
  case counted
  /// The pack's reason with this number holds.
  case leftOut(Int)
  case noPerson
  case noDate(NotEvaluatedCause)
  /// The period in this field lies only in part in the one counted.
  case straddles(Int)
  case unknown(NotEvaluatedCause)
  /// Whether the reason with this number holds cannot be told.
  case unknownReason(Int, NotEvaluatedCause)
  case outsidePeriod
  case noCount
  case noPeriod
}

/// Identifies a person within one run, and tells nothing of the person: 16 bytes of a SHA-256.
struct PersonDigest: Hashable, Sendable {
  let first: UInt64
  let second: UInt64
}

/// What the records of one person came to.
struct PersonMarks: Sendable, Equatable {
  /// By bit: the counts that the person is in.
  var counted: UInt16 = 0
  /// The counts that the person may be in.
  var open: UInt16 = 0
  /// Which of the pack's keys told the person.
  var key: UInt8

  mutating func formUnion(_ other: PersonMarks) {
    counted |= other.counted
    open |= other.open
  }
}

/// What the records of one submission come to.
struct CountTally: Sendable, Equatable {
  var places: [RecordPlace: Int] = [:]
  var people: [PersonDigest: PersonMarks] = [:]
  /// By count: records that count.
  var counted: [Int]
  /// By count: records that count or may count, and of which nothing tells whose they are.
  var nobodys: [Int]
  /// True when a record, whatever it is of, is dated in the period.
  var reachesPeriod = false

  init(counts: Int) {
    counted = Array(repeating: 0, count: counts)
    nobodys = counted
  }

  static func += (a: inout CountTally, b: CountTally) {
    a.places.merge(b.places, uniquingKeysWith: +)
    a.reachesPeriod = a.reachesPeriod || b.reachesPeriod
    for (person, marks) in b.people { a.people[person, default: marks].formUnion(marks) }
    for index in a.counted.indices {
      a.counted[index] += b.counted[index]
      a.nobodys[index] += b.nobodys[index]
    }
  }
}

/// What people were counted in one part, or in all parts before, by submission.
struct CountTallies: Sendable {
  private let counts: Int
  var tallies: [CountTally] = []

  init(_ plan: CountingPlan?) {
    counts = plan?.counts.counts.count ?? 0
  }

  /// Makes room for submissions that are new.
  mutating func extend(to submissions: Int) {
    let missing = submissions - tallies.count
    if missing > 0 { tallies += Array(repeating: CountTally(counts: counts), count: missing) }
  }

  /// Adds what a later part came to.
  ///
  /// - Parameter map: the number here of every submission of the part; there is room for all of them.
  mutating func merge(_ part: CountTallies, _ map: [Int]) {
    for (local, tally) in part.tallies.enumerated() { tallies[map[local]] += tally }
  }
}
