extension Interpreter {
  /// Whether a map has a member; of an optional, whether its value does.
  static func hasMember(_ operand: Value, _ key: String) -> Value {
    switch operand {
    case .map(let map): .bool(map[.string(key)] != nil)
    case .optional(nil): .bool(false)
    case .optional(let value?): hasMember(value, key)
    default: .noOverload
    }
  }

  /// The member of a map; of an optional, an optional.
  static func member(of operand: Value, _ key: String) -> Value {
    if case .optional = operand { return optionalElement(of: operand, at: .string(key)) }
    return entry(of: operand, .string(key))
  }

  private static func entry(of map: Value, _ key: Value) -> Value {
    guard case .map(let map) = map else { return .noOverload }
    return map[key] ?? .error("there is no such key in the map")
  }

  static func element(of container: Value, at index: Value) -> Value {
    if case .optional = container { return optionalElement(of: container, at: index) }
    guard case .list(let list) = container else { return entry(of: container, index) }
    guard let position = position(index) else { return .noOverload }
    guard list.items.indices.contains(position) else {
      return .error("the index is outside the list of \(list.items.count)")
    }
    return list.items[position]
  }

  /// What stands at a key or an index, if anything does.
  static func optionalElement(of container: Value, at index: Value) -> Value {
    let found: Value?
    switch container {
    case .optional(nil): return .optional(nil)
    case .optional(let value?): return optionalElement(of: value, at: index)
    case .map(let map): found = map[index]
    case .list(let list):
      guard let position = position(index) else { return .noOverload }
      found = list.items.indices.contains(position) ? list.items[position] : nil
    default: return .noOverload
    }
    // What is optional already stays what it is.
    if case .optional? = found { return found! }
    return .optional(found)
  }

  /// The place that an index means; nil for what is no whole number.
  private static func position(_ index: Value) -> Int? {
    switch index {
    case .int(let value): Int(exactly: value)
    // One that does not fit is outside of every list.
    case .uint(let value): Int(exactly: value) ?? -1
    case .double(let value): Int(exactly: value)
    default: nil
    }
  }

  static func isIn(_ element: Value, _ container: Value) -> Value {
    switch container {
    case .list(let list): .bool(list.items.contains { $0.equals(element) })
    case .map(let map): .bool(map[element] != nil)
    default: .noOverload
    }
  }

  /// A list without the optional elements that have no value.
  static func sparseList(_ values: [Value], _ isOptional: [Bool]) -> Value {
    var items: [Value] = []
    for (value, isOptional) in zip(values, isOptional) {
      if !isOptional {
        items.append(value)
      } else {
        guard case .optional(let held) = value else { return .noOverload }
        if let held { items.append(held) }
      }
    }
    return .listed(items)
  }

  /// A map of keys and values in turn, without the optional ones that have no value.
  static func map(_ parts: [Value], _ isOptional: [Bool]) -> Value {
    var map = ValueMap()
    for (entry, isOptional) in isOptional.enumerated() {
      var value = parts[entry * 2 + 1]
      if isOptional {
        guard case .optional(let held) = value else { return .noOverload }
        guard let held else { continue }
        value = held
      }
      if let fault = fault(map.insert(parts[entry * 2], value)) { return fault }
    }
    return map.weight > Value.weightLimit ? .tooLarge : .map(map)
  }

  static func fault(_ insertion: ValueMap.Insertion) -> Value? {
    switch insertion {
    case .done: nil
    case .notAKey: .error("this cannot be the key of a map")
    case .repeated: .error("a key stands twice in the map")
    }
  }
}
