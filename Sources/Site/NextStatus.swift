import AuditModel

/// What would move an organisation to its next status: the fewest facts of the decision table that would have to differ.
struct NextStatus {
  let criteria: StatusCriteria

  /// Facts that would differ together, and the status that would come of it.
  struct Way: Equatable {
    var status: Status
    var clauses: [String]
  }

  /// At most this many ways are given.
  static let limit = 3

  /// The status that comes next for one that is shown.
  static func target(of status: Status) -> Status? {
    switch status {
    case .notCollecting: .partiallyCollecting
    case .partiallyCollecting, .needsReview: .collecting
    case .collecting, .noResponse, .excluded, .awaiting: nil
    }
  }

  /// The ways with the fewest changes, in the order of the table; none when the facts that can change lead nowhere.
  func ways(from derived: DerivedStatus, to target: Status) -> [Way] {
    var words: [String: String] = [:]
    for fact in derived.facts { words[fact.name] = fact.word }
    guard criteria.inputs.allSatisfy({ words[$0.name] != nil }) else { return [] }
    let open = criteria.inputs.filter { !$0.isHostFact }
    for count in 1...max(1, open.count) {
      var ways: [Way] = []
      change(open[...], count, words, [], target, &ways)
      if !ways.isEmpty { return Array(ways.prefix(NextStatus.limit)) }
    }
    return []
  }

  private func change(
    _ inputs: ArraySlice<StatusCriteria.Input>, _ count: Int, _ words: [String: String], _ clauses: [String],
    _ target: Status, _ ways: inout [Way]
  ) {
    if count == 0 {
      if criteria.row(for: words)?.status == target { ways.append(Way(status: target, clauses: clauses)) }
      return
    }
    guard let input = inputs.first, inputs.count >= count else { return }
    let rest = inputs.dropFirst()
    for word in input.words where word.word != words[input.name] && !word.clause.isEmpty {
      var changed = words
      changed[input.name] = word.word
      change(rest, count - 1, changed, clauses + [word.clause], target, &ways)
    }
    change(rest, count, words, clauses, target, &ways)
  }
}
