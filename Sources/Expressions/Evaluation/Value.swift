import AuditModel

/// What a part of an expression comes to.
///
/// *unknown* and *error* are values too: they pass through operators by rules of their own (DESIGN 5).
enum Value: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case string(String)
  case bytes([UInt8])
  /// Days since 1970-01-01.
  case date(Int32)
  case timestamp(Timestamp)
  /// Nanoseconds.
  case duration(Int64)
  /// First and last day, in days since 1970-01-01.
  case period(Int32, Int32)
  case list(ValueList)
  case map(ValueMap)
  /// A type, by CEL's name.
  case type(String)
  /// A value that may be absent.
  indirect case optional(Value?)
  /// A record, by its row in the nested batch.
  case record(Int)
  /// Comes of a cell without a value.
  case unknown
  case error(String)

  var isUnknown: Bool { if case .unknown = self { true } else { false } }
  var isError: Bool { if case .error = self { true } else { false } }

  /// A value that is known and no error.
  var isSettled: Bool { !isUnknown && !isError }

  static let noOverload = Value.error("the operator or function does not take values of these types")

  /// How much there is to go through when it is compared or written: 1 for a number, more for what is long or has parts.
  ///
  /// - Complexity: O(1).
  var weight: Int {
    switch self {
    case .string(let text): 1 + text.utf8.count / 16
    case .bytes(let bytes): 1 + bytes.count / 16
    case .list(let items): items.weight
    case .map(let map): map.weight
    case .optional(let value): 1 + (value?.weight ?? 0)
    default: 1
    }
  }

  /// The greatest weight of a value that an expression may make. Parts that are the same list count each time, since
  /// comparing goes through them each time.
  static let weightLimit = 1 << 22

  /// A list, or an error when it would be too large.
  static func listed(_ items: [Value]) -> Value {
    let list = ValueList(items)
    return list.weight > weightLimit ? tooLarge : .list(list)
  }

  /// A text, or an error when it would be too large.
  static func text(_ text: String) -> Value {
    text.utf8.count / 16 > weightLimit ? tooLarge : .string(text)
  }

  static let tooLarge = Value.error("the value would be too large")

  /// True for null, false, numbers that are 0, and what is empty.
  var isZero: Bool {
    switch self {
    case .null: true
    case .bool(let value): !value
    case .int(let value): value == 0
    case .uint(let value): value == 0
    case .double(let value): value == 0
    case .string(let text): text.isEmpty
    case .bytes(let bytes): bytes.isEmpty
    case .duration(let value): value == 0
    case .list(let items): items.items.isEmpty
    case .map(let map): map.entries.isEmpty
    case .optional(let value): value == nil
    case .timestamp, .date, .period, .type, .record, .unknown, .error: false
    }
  }

  /// CEL's name of its type.
  var typeName: String {
    switch self {
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .date: "date"
    case .timestamp: "google.protobuf.Timestamp"
    case .duration: "google.protobuf.Duration"
    case .period: "period"
    case .list: "list"
    case .map: "map"
    case .type: "type"
    case .optional: "optional_type"
    case .record: "record"
    case .unknown: "unknown"
    case .error: "error"
    }
  }
}

/// A list and its weight.
struct ValueList: Sendable {
  let items: [Value]
  let weight: Int

  init(_ items: [Value]) {
    self.items = items
    weight = items.reduce(1) { $0 &+ $1.weight }
  }
}

/// CEL's map: keys are bool, int, uint or string, and numbers that are equal are the same key.
struct ValueMap: Sendable {
  /// In the order in which they were inserted.
  private(set) var entries: [(key: Value, value: Value)] = []
  private(set) var weight = 1
  private var positions: [Key: Int] = [:]

  private enum Key: Hashable {
    case bool(Bool)
    case int(Int64)
    /// Above every int.
    case large(UInt64)
    /// UTF-8, since Swift holds different spellings of a character equal and CEL does not.
    case string([UInt8])

    init?(_ value: Value) {
      switch value {
      case .bool(let value): self = .bool(value)
      case .int(let value): self = .int(value)
      case .uint(let value): self = Int64(exactly: value).map { .int($0) } ?? .large(value)
      case .double(let value):
        if let whole = Int64(exactly: value) {
          self = .int(whole)
        } else if let whole = UInt64(exactly: value) {
          self = .large(whole)
        } else {
          return nil
        }
      case .string(let value): self = .string(Array(value.utf8))
      default: return nil
      }
    }
  }

  enum Insertion {
    case done
    case notAKey
    case repeated
  }

  /// Adds an entry; the key must be of a type that keys have, and new.
  mutating func insert(_ key: Value, _ value: Value) -> Insertion {
    switch key {
    case .bool, .int, .uint, .string: break
    default: return .notAKey
    }
    guard let place = Key(key) else { return .notAKey }
    guard positions[place] == nil else { return .repeated }
    positions[place] = entries.count
    entries.append((key, value))
    weight = weight &+ key.weight &+ value.weight
    return .done
  }

  subscript(key: Value) -> Value? {
    Key(key).flatMap { positions[$0] }.map { entries[$0].value }
  }

  /// The entries by key: truth values, then numbers, then text.
  var sorted: [(key: Value, value: Value)] {
    func rank(_ key: Value) -> Int {
      switch key {
      case .bool: 0
      case .string: 2
      default: 1
      }
    }
    return entries.sorted { a, b in
      let (first, second) = (rank(a.key), rank(b.key))
      return first == second ? a.key.order(b.key) == .before : first < second
    }
  }
}
