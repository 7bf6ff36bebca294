extension Interpreter {
  static func entry(of map: Value, _ key: Value) -> Value {
    guard case .map(let map) = map else { return .noOverload }
    return map[key] ?? .error("there is no such key in the map")
  }

  static func element(of container: Value, at index: Value) -> Value {
    guard case .list(let items) = container else { return entry(of: container, index) }
    let position: Int?
    switch index {
    case .int(let value): position = Int(exactly: value)
    case .uint(let value): position = Int(exactly: value)
    case .double(let value): position = Int(exactly: value)
    default: return .noOverload
    }
    guard let position, items.indices.contains(position) else {
      return .error("the index is outside the list of \(items.count)")
    }
    return items[position]
  }

  static func isIn(_ element: Value, _ container: Value) -> Value {
    switch container {
    case .list(let items): .bool(items.contains { $0.equals(element) })
    case .map(let map): .bool(map[element] != nil)
    default: .noOverload
    }
  }

  /// A map of keys and values in turn.
  static func map(_ parts: [Value]) -> Value {
    var map = ValueMap()
    for position in stride(from: 0, to: parts.count, by: 2) {
      switch parts[position] {
      case .bool, .int, .uint, .string:
        guard map.insert(parts[position], parts[position + 1]) else {
          return .error("a key stands twice in the map")
        }
      default: return .error("this cannot be the key of a map")
      }
    }
    return .map(map)
  }

  /// What a macro goes through. The records of a row are not made into a list first: there may be very many.
  private enum Elements {
    case list([Value])
    case records(Range<Int>)

    var count: Int {
      switch self {
      case .list(let items): items.count
      case .records(let rows): rows.count
      }
    }

    subscript(position: Int) -> Value {
      switch self {
      case .list(let items): items[position]
      case .records(let rows): .record(rows.lowerBound + position)
      }
    }
  }

  mutating func value(_ comprehension: Checked.Comprehension) -> Value {
    let items: Elements
    if case .records = comprehension.range.form {
      items = .records(recordRows)
    } else {
      switch value(comprehension.range) {
      case .list(let list): items = .list(list)
      case .map(let map): items = .list(map.entries.map(\.key))
      case .unknown: return .unknown
      case .error(let message): return .error(message)
      default: return .noOverload
      }
    }
    switch comprehension.kind {
    case .all: return quantified(comprehension, items, decidedBy: false)
    case .exists: return quantified(comprehension, items, decidedBy: true)
    case .existsOne: return existsOne(comprehension, items)
    case .map, .filter: return collected(comprehension, items)
    }
  }

  private mutating func quantified(
    _ comprehension: Checked.Comprehension, _ items: Elements, decidedBy decisive: Bool
  ) -> Value {
    guard let condition = comprehension.condition else { return .noOverload }
    var undecided = Undecided()
    for position in 0..<items.count {
      let item = items[position]
      bind(comprehension.variable, to: item)
      if undecided.meets(value(condition), decisive) { return .bool(decisive) }
    }
    return undecided.value ?? .bool(!decisive)
  }

  /// Every element counts: an unknown or an error among them is the result.
  private mutating func existsOne(_ comprehension: Checked.Comprehension, _ items: Elements) -> Value {
    guard let condition = comprehension.condition else { return .noOverload }
    var count = 0
    var obstacle = Obstacle()
    for position in 0..<items.count {
      let item = items[position]
      bind(comprehension.variable, to: item)
      switch value(condition) {
      case .bool(let holds): count += holds ? 1 : 0
      case let other: if obstacle.meets(other) { return .unknown }
      }
    }
    return obstacle.value ?? .bool(count == 1)
  }

  /// `map` and `filter`: as `existsOne` with unknowns and errors.
  private mutating func collected(_ comprehension: Checked.Comprehension, _ items: Elements) -> Value {
    var results: [Value] = []
    var obstacle = Obstacle()
    for position in 0..<items.count {
      let item = items[position]
      bind(comprehension.variable, to: item)
      var isWanted = true
      if let condition = comprehension.condition {
        switch value(condition) {
        case .bool(let holds): isWanted = holds
        case let other:
          if obstacle.meets(other) { return .unknown }
          isWanted = false
        }
      }
      guard isWanted else { continue }
      let result = comprehension.transform.map { value($0) } ?? item
      if result.isSettled {
        results.append(result)
      } else if obstacle.meets(result) {
        return .unknown
      }
    }
    return obstacle.value ?? .list(results)
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
