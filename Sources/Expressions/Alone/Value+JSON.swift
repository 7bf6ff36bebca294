import JSONDocument

extension Value {
  /// A JSON value as it is: whole numbers are ints, other numbers doubles, objects maps.
  init(json: JSONValue) throws(JSONError) {
    switch json.kind {
    case .null: self = .null
    case .boolean: self = .bool(try json.asBoolean())
    case .integer: self = .int(try json.asInteger())
    case .real: self = .double(try json.asDouble())
    case .string: self = .string(try json.asString())
    case .array:
      var items: [Value] = []
      for element in json.elements { items.append(try Value(json: element)) }
      self = .list(ValueList(items))
    case .object:
      var map = ValueMap()
      for (key, value) in json.members { _ = map.insert(.string(key), try Value(json: value)) }
      self = .map(map)
    }
  }
}

extension ValueType {
  /// The type of a settled value; what its parts do not share is left open.
  init(of value: Value) {
    func shared(_ values: [Value]) -> ValueType {
      guard let first = values.first else { return .dyn }
      return values.dropFirst().reduce(ValueType(of: first)) { $0.joined(with: ValueType(of: $1)) }
    }
    self =
      switch value {
      case .bool: .bool
      case .int: .int
      case .uint: .uint
      case .double: .double
      case .string: .string
      case .bytes: .bytes
      case .date: .date
      case .timestamp: .timestamp
      case .duration: .duration
      case .period: .period
      case .type: .type
      case .list(let list): .list(shared(list.items))
      case .map(let map): .map(shared(map.entries.map(\.key)), shared(map.entries.map(\.value)))
      case .optional(let held): .optional(held.map { ValueType(of: $0) } ?? .dyn)
      // Null is a value of any type that may be absent.
      case .null, .record, .unknown, .error: .dyn
      }
  }
}
