extension Value {
  /// CEL's `==`: numbers of different types are equal when they are the same number, values of other different types
  /// are not equal.
  ///
  /// Both sides are settled.
  func equals(_ other: Value) -> Bool {
    switch (self, other) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
    case (.bytes(let a), .bytes(let b)): a == b
    case (.date(let a), .date(let b)): a == b
    case (.timestamp(let a), .timestamp(let b)): a == b
    case (.duration(let a), .duration(let b)): a == b
    case (.type(let a), .type(let b)): a == b
    case (.optional(let a), .optional(let b)):
      switch (a, b) {
      case (nil, nil): true
      case (let a?, let b?): a.equals(b)
      default: false
      }
    case (.period(let a, let b), .period(let c, let d)): a == c && b == d
    case (.list(let a), .list(let b)):
      a.items.count == b.items.count && zip(a.items, b.items).allSatisfy { $0.equals($1) }
    case (.map(let a), .map(let b)):
      a.entries.count == b.entries.count
        && a.entries.allSatisfy { entry in b[entry.key].map { $0.equals(entry.value) } ?? false }
    case (.int(let a), .int(let b)): a == b
    case (.double(let a), .double(let b)): a == b
    default: order(other) == .same
    }
  }

  enum Order {
    case before
    case same
    case after
    /// One side is not a number.
    case none
  }

  /// The order of two settled values; nil when their types have none.
  func order(_ other: Value) -> Order? {
    switch (self, other) {
    case (.int(let a), .int(let b)): Value.order(a, b)
    case (.uint(let a), .uint(let b)): Value.order(a, b)
    case (.double(let a), .double(let b)): Value.order(a, b)
    case (.int(let a), .uint(let b)): a < 0 ? .before : Value.order(UInt64(a), b)
    case (.uint(let a), .int(let b)): b < 0 ? .after : Value.order(a, UInt64(b))
    case (.int(let a), .double(let b)): Value.order(a, b)
    case (.double(let a), .int(let b)): Value.order(b, a).reversed
    case (.uint(let a), .double(let b)): Value.order(a, b)
    case (.double(let a), .uint(let b)): Value.order(b, a).reversed
    case (.bool(let a), .bool(let b)): a == b ? .same : (b ? .before : .after)
    case (.string(let a), .string(let b)): Value.order(a.utf8, b.utf8)
    case (.bytes(let a), .bytes(let b)): Value.order(a, b)
    case (.date(let a), .date(let b)): Value.order(a, b)
    case (.timestamp(let a), .timestamp(let b)):
      Value.order(
        a.seconds == b.seconds ? a.nanoseconds : a.seconds, a.seconds == b.seconds ? b.nanoseconds : b.seconds)
    case (.duration(let a), .duration(let b)): Value.order(a, b)
    default: nil
    }
  }

  private static func order<Element: Comparable>(_ a: Element, _ b: Element) -> Order {
    a < b ? .before : a == b ? .same : a > b ? .after : .none
  }

  private static func order(_ a: some Sequence<UInt8>, _ b: some Sequence<UInt8>) -> Order {
    a.elementsEqual(b) ? .same : a.lexicographicallyPrecedes(b) ? .before : .after
  }

  /// The order of a whole number and a double as CEL has it: a double outside the whole numbers is beyond all of them,
  /// and against any other the whole number is taken as the nearest double. So 2^63 - 1 and 2.0^63 are the same.
  @inline(__always)
  static func order<Whole: FixedWidthInteger>(_ a: Whole, _ b: Double) -> Order {
    if b < Double(Whole.min) { return .after }
    if b > Double(Whole.max) { return .before }
    return order(Double(a), b)
  }
}

extension Value.Order {
  var reversed: Value.Order {
    switch self {
    case .before: .after
    case .after: .before
    case .same, .none: self
    }
  }
}

extension ComparisonOperator {
  /// Compares settled values.
  func apply(_ a: Value, _ b: Value) -> Value {
    switch self {
    case .equal: .bool(a.equals(b))
    case .notEqual: .bool(!a.equals(b))
    default: a.order(b).map { .bool(holds($0)) } ?? .noOverload
    }
  }

  /// Whether it holds for two values in an order.
  @inline(__always)
  func holds(_ order: Value.Order) -> Bool {
    switch self {
    case .equal: order == .same
    case .notEqual: order != .same
    case .less: order == .before
    case .lessOrEqual: order == .before || order == .same
    case .greater: order == .after
    case .greaterOrEqual: order == .after || order == .same
    }
  }
}
