extension ArithmeticOperator {
  /// Works out a result of settled values.
  func apply(_ a: Value, _ b: Value) -> Value {
    switch (a, b) {
    case (.int(let a), .int(let b)): whole(a, b).map { .int($0) } ?? fault(divisor: b)
    case (.uint(let a), .uint(let b)): whole(a, b).map { .uint($0) } ?? fault(divisor: b)
    case (.double(let a), .double(let b)): double(a, b).map { .double($0) } ?? .noOverload
    case (.string(let a), .string(let b)) where self == .add: .string(a + b)
    case (.bytes(let a), .bytes(let b)) where self == .add: .bytes(a + b)
    case (.list(let a), .list(let b)) where self == .add: .list(a + b)
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
