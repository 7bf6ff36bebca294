extension Interpreter {
  /// What a macro goes through. The records of a row are not made into a list first: there may be very many.
  private enum Elements {
    case list([Value])
    case map([(key: Value, value: Value)])
    case records(Range<Int>)

    var count: Int {
      switch self {
      case .list(let items): items.count
      case .map(let entries): entries.count
      case .records(let rows): rows.count
      }
    }

    /// What a macro's only name stands for: an element of a list, a key of a map.
    func single(_ position: Int) -> Value {
      switch self {
      case .list(let items): items[position]
      case .map(let entries): entries[position].key
      case .records(let rows): .record(rows.lowerBound + position)
      }
    }

    /// What two names stand for: index and element of a list, key and value of a map.
    func pair(_ position: Int) -> (Value, Value) {
      if case .map(let entries) = self { return entries[position] }
      return (.int(Int64(position)), single(position))
    }
  }

  mutating func value(_ comprehension: Checked.Comprehension) -> Value {
    let items: Elements
    if comprehension.range.isRecords {
      items = .records(recordRows)
    } else {
      switch value(comprehension.range) {
      case .list(let list): items = .list(list.items)
      case .map(let map): items = .map(map.entries)
      case .unknown: return .unknown
      case .error(let message): return .error(message)
      default: return .noOverload
      }
    }
    switch comprehension.kind {
    case .all: return quantified(comprehension, items, decidedBy: false)
    case .exists: return quantified(comprehension, items, decidedBy: true)
    case .existsOne: return existsOne(comprehension, items)
    case .map, .filter, .transformList: return collected(comprehension, items)
    case .transformMap: return transformedMap(comprehension, items)
    }
  }

  private mutating func bind(_ comprehension: Checked.Comprehension, _ items: Elements, _ position: Int) {
    guard let second = comprehension.second else {
      bind(comprehension.variable, to: items.single(position))
      return
    }
    let (first, element) = items.pair(position)
    bind(comprehension.variable, to: first)
    bind(second, to: element)
  }

  private mutating func quantified(
    _ comprehension: Checked.Comprehension, _ items: Elements, decidedBy decisive: Bool
  ) -> Value {
    guard let condition = comprehension.condition else { return .noOverload }
    var undecided = Undecided()
    for position in 0..<items.count where !isSpent {
      bind(comprehension, items, position)
      if undecided.meets(value(condition), decisive) { return .bool(decisive) }
    }
    return undecided.value ?? .bool(!decisive)
  }

  /// Every element counts: an unknown or an error among them is the result.
  private mutating func existsOne(_ comprehension: Checked.Comprehension, _ items: Elements) -> Value {
    guard let condition = comprehension.condition else { return .noOverload }
    var count = 0
    var obstacle = Obstacle()
    for position in 0..<items.count where !isSpent {
      bind(comprehension, items, position)
      switch value(condition) {
      case .bool(let holds): count += holds ? 1 : 0
      case let other: if obstacle.meets(other) { return .unknown }
      }
    }
    return obstacle.value ?? .bool(count == 1)
  }

  /// `map`, `filter` and `transformList`: as `existsOne` with unknowns and errors.
  private mutating func collected(_ comprehension: Checked.Comprehension, _ items: Elements) -> Value {
    var results: [Value] = []
    var weight = 0
    var obstacle = Obstacle()
    for position in 0..<items.count where !isSpent {
      guard let result = made(comprehension, items, position, &obstacle) else { continue }
      guard result.isSettled else { return .unknown }
      weight += result.weight
      if weight > Value.weightLimit { return .tooLarge }
      results.append(result)
    }
    return obstacle.value ?? .listed(results)
  }

  private mutating func transformedMap(_ comprehension: Checked.Comprehension, _ items: Elements) -> Value {
    var results = ValueMap()
    var obstacle = Obstacle()
    for position in 0..<items.count where !isSpent {
      guard let result = made(comprehension, items, position, &obstacle) else { continue }
      guard result.isSettled else { return .unknown }
      if let fault = Interpreter.fault(results.insert(items.pair(position).0, result)) { return fault }
      if results.weight > Value.weightLimit { return .tooLarge }
    }
    return obstacle.value ?? .map(results)
  }

  /// What a macro makes of an element; nil when it is not wanted or an error is noted, unknown when that is the result.
  private mutating func made(
    _ comprehension: Checked.Comprehension, _ items: Elements, _ position: Int, _ obstacle: inout Obstacle
  ) -> Value? {
    bind(comprehension, items, position)
    if let condition = comprehension.condition {
      switch value(condition) {
      case .bool(true): break
      case .bool(false): return nil
      case let other: return obstacle.meets(other) ? .unknown : nil
      }
    }
    let result = comprehension.transform.map { value($0) } ?? items.single(position)
    if result.isSettled { return result }
    return obstacle.meets(result) ? .unknown : nil
  }

  /// The first error of macros that absorb nothing.
  private struct Obstacle {
    private(set) var value: Value?

    /// Takes a value that is no answer; true when it is unknown, which beats every error.
    mutating func meets(_ other: Value) -> Bool {
      if other.isUnknown { return true }
      value = value ?? (other.isError ? other : .noOverload)
      return false
    }
  }
}
