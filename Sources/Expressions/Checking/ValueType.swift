import AuditModel

/// The type of a part of an expression.
indirect enum ValueType: Equatable, Sendable {
  case null
  case bool
  case int
  case uint
  case double
  case string
  case bytes
  case date
  case timestamp
  case duration
  case period
  case list(ValueType)
  case map(ValueType, ValueType)
  /// The type of types.
  case type
  case optional(ValueType)
  /// A record of the nested batch.
  case record
  /// Known only when it is evaluated.
  case dyn

  init(_ type: FieldType) {
    self =
      switch type {
      case .text: .string
      case .integer: .int
      case .number: .double
      case .date: .date
      case .timestamp: .timestamp
      case .boolean: .bool
      case .period: .period
      }
  }

  /// The type in words, with CEL's name where that is another one.
  var words: String {
    switch self {
    case .null: "null"
    case .bool: "true or false (bool)"
    case .int: "a whole number (int)"
    case .uint: "a whole number without sign (uint)"
    case .double: "a number (double)"
    case .string: "text (string)"
    case .bytes: "bytes"
    case .date: "a date"
    case .timestamp: "a timestamp"
    case .duration: "a duration"
    case .period: "a period"
    case .type: "a type"
    case .optional: "an optional value"
    case .list(.dyn): "a list"
    case .list(.record): "a list of records"
    case .list(let element): "a list of \(element.name)"
    case .map: "a map"
    case .record: "a record"
    case .dyn: "a value of any type"
    }
  }

  /// CEL's name.
  var name: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .date: "date"
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .period: "period"
    case .type: "type"
    case .optional(let value): "optional(\(value.name))"
    case .list(let element): "list(\(element.name))"
    case .map(let key, let value): "map(\(key.name), \(value.name))"
    case .record: "record"
    case .dyn: "dyn"
    }
  }

  var isNumeric: Bool { self == .int || self == .uint || self == .double }

  /// Whether a value of this type may stand where `other` is asked for.
  func fits(_ other: ValueType) -> Bool {
    switch (self, other) {
    case (.dyn, _), (_, .dyn): true
    case (.list(let a), .list(let b)): a.fits(b)
    case (.map(let a, let b), .map(let c, let d)): a.fits(c) && b.fits(d)
    case (.optional(let a), .optional(let b)): a.fits(b)
    default: self == other
    }
  }

  /// The type of the value in an optional; of any other type itself.
  var unwrapped: ValueType {
    if case .optional(let value) = self { value } else { self }
  }

  /// Whether `==` makes sense between the two.
  func comparable(with other: ValueType) -> Bool {
    if isNumeric && other.isNumeric { return true }
    switch (self, other) {
    case (.record, _), (_, .record): return false
    case (.null, _), (_, .null): return self == other || self == .dyn || other == .dyn
    case (.list(let a), .list(let b)): return a.comparable(with: b)
    case (.map(let a, let b), .map(let c, let d)): return a.comparable(with: c) && b.comparable(with: d)
    case (.optional(let a), .optional(let b)): return a.comparable(with: b)
    default: return fits(other)
    }
  }

  /// Whether `<` makes sense between the two.
  func ordered(with other: ValueType) -> Bool {
    func hasOrder(_ type: ValueType) -> Bool {
      switch type {
      case .bool, .int, .uint, .double, .string, .bytes, .date, .timestamp, .duration, .dyn: true
      case .null, .period, .list, .map, .type, .optional, .record: false
      }
    }
    return hasOrder(self) && hasOrder(other) && comparable(with: other)
  }

  /// The type that holds values of both.
  func joined(with other: ValueType) -> ValueType {
    switch (self, other) {
    case (.list(let a), .list(let b)): .list(a.joined(with: b))
    case (.map(let a, let b), .map(let c, let d)): .map(a.joined(with: c), b.joined(with: d))
    case (.optional(let a), .optional(let b)): .optional(a.joined(with: b))
    default: self == other ? self : .dyn
    }
  }
}
