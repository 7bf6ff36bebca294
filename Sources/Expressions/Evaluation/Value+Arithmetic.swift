extension ArithmeticOperator {
  /// Works out a result of settled values.
  func apply(_ a: Value, _ b: Value) -> Value {
    switch (a, b) {
    case (.int(let a), .int(let b)): whole(a, b).map { .int($0) } ?? fault(divisor: b)
    case (.uint(let a), .uint(let b)): whole(a, b).map { .uint($0) } ?? fault(divisor: b)
    case (.double(let a), .double(let b)): double(a, b).map { .double($0) } ?? .noOverload
    case (.string(let a), .string(let b)) where self == .add: .text(a + b)
    case (.bytes(let a), .bytes(let b)) where self == .add: .bytes(a + b)
    case (.list(let a), .list(let b)) where self == .add: .listed(a.items + b.items)
    default: time(a, b)
    }
  }

  /// Sums and differences of timestamps and durations.
  private func time(_ a: Value, _ b: Value) -> Value {
    switch (self, a, b) {
    case (.add, .duration(let a), .duration(let b)):
      whole(a, b).map { .duration($0) } ?? Value.durationOutOfRange
    case (.subtract, .duration(let a), .duration(let b)):
      whole(a, b).map { .duration($0) } ?? Value.durationOutOfRange
    case (.add, .timestamp(let time), .duration(let duration)), (.add, .duration(let duration), .timestamp(let time)):
      time.adding(duration).map { .timestamp($0) } ?? Value.timestampOutOfRange
    case (.subtract, .timestamp(let time), .duration(let duration)):
      // The least duration has no opposite, and no timestamp is that far from another.
      (duration == .min ? nil : time.adding(-duration)).map { .timestamp($0) } ?? Value.timestampOutOfRange
    case (.subtract, .timestamp(let a), .timestamp(let b)):
      a.duration(since: b).map { .duration($0) } ?? Value.durationOutOfRange
    default: .noOverload
    }
  }

  private func fault<Whole: FixedWidthInteger>(divisor: Whole) -> Value {
    let divides = self == .divide || self == .remainder
    return .error(
      divides && divisor == 0
        ? "division by zero" : "the result of \(rawValue) does not fit in a whole number of 64 bits")
  }

  /// The result, or nil when there is none that fits.
  @inline(__always)
  func whole<Whole: FixedWidthInteger>(_ a: Whole, _ b: Whole) -> Whole? {
    let (result, failed): (Whole, Bool) =
      switch self {
      case .add: a.addingReportingOverflow(b)
      case .subtract: a.subtractingReportingOverflow(b)
      case .multiply: a.multipliedReportingOverflow(by: b)
      case .divide: a.dividedReportingOverflow(by: b)
      case .remainder: a.remainderReportingOverflow(dividingBy: b)
      }
    return failed ? nil : result
  }

  /// The result; nil for the remainder, which doubles do not have in CEL.
  @inline(__always)
  func double(_ a: Double, _ b: Double) -> Double? {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .remainder: nil
    }
  }
}

extension Value {
  static let timestampOutOfRange = Value.error("the timestamp is outside the years 1 to 9999")
  static let durationOutOfRange = Value.error("the duration is longer than 292 years")
}
