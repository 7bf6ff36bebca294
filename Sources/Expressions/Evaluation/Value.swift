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
  /// Microseconds since 1970-01-01T00:00:00.
  case timestamp(Int64)
  /// First and last day, in days since 1970-01-01.
  case period(Int32, Int32)
  case list([Value])
  case map(ValueMap)
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
}

/// CEL's map: keys are bool, int, uint or string, and numbers that are equal are the same key.
struct ValueMap: Sendable {
  private(set) var entries: [(key: Value, value: Value)] = []
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

  /// Adds an entry; false when the key is there already or is no key.
  mutating func insert(_ key: Value, _ value: Value) -> Bool {
    guard let place = Key(key), positions[place] == nil else { return false }
    positions[place] = entries.count
    entries.append((key, value))
    return true
  }

  subscript(key: Value) -> Value? {
    Key(key).flatMap { positions[$0] }.map { entries[$0].value }
  }
}
