extension MathFunction {
  /// The result for settled arguments.
  func apply(_ arguments: [Value]) -> Value {
    switch self {
    case .greatest: return extreme(arguments, .after)
    case .least: return extreme(arguments, .before)
    default: break
    }
    switch (arguments[0], arguments.count > 1 ? arguments[1] : nil) {
    case (.double(let value), nil): return double(value)
    case (.int(let value), nil): return integer(value)
    case (.uint(let value), nil): return unsigned(value)
    case (.int(let a), .int(let b)?):
      switch self {
      case .bitShiftLeft: return shift(by: b) { .int(Int64(bitPattern: UInt64(bitPattern: a) << $0)) }
      // Without regard to the sign, as CEL shifts.
      case .bitShiftRight: return shift(by: b) { .int(Int64(bitPattern: UInt64(bitPattern: a) >> $0)) }
      default: return bits(a, b).map { .int($0) } ?? .noOverload
      }
    case (.uint(let a), .int(let b)?):
      switch self {
      case .bitShiftLeft: return shift(by: b) { .uint(a << $0) }
      case .bitShiftRight: return shift(by: b) { .uint(a >> $0) }
      default: return .noOverload
      }
    case (.uint(let a), .uint(let b)?): return bits(a, b).map { .uint($0) } ?? .noOverload
    default: return .noOverload
    }
  }

  /// The first number that no other is further in a direction than.
  private func extreme(_ arguments: [Value], _ further: Value.Order) -> Value {
    var numbers = arguments
    if arguments.count == 1, case .list(let list) = arguments[0] { numbers = list.items }
    guard var best = numbers.first else { return .error("the list has no number") }
    for number in numbers {
      switch number {
      case .int, .uint, .double: if number.order(best) == further { best = number }
      default: return .noOverload
      }
    }
    return best
  }

  private func double(_ value: Double) -> Value {
    switch self {
    case .ceil: .double(value.rounded(.up))
    case .floor: .double(value.rounded(.down))
    case .round: .double(value.rounded(.toNearestOrAwayFromZero))
    case .trunc: .double(value.rounded(.towardZero))
    case .sqrt: .double(value.squareRoot())
    case .abs: .double(value.magnitude)
    case .sign: .double(value.isNaN ? value : value > 0 ? 1 : value < 0 ? -1 : 0)
    case .isNaN: .bool(value.isNaN)
    case .isInf: .bool(value.isInfinite)
    case .isFinite: .bool(value.isFinite)
    default: .noOverload
    }
  }

  private func integer(_ value: Int64) -> Value {
    switch self {
    case .abs:
      value == .min ? .error("the magnitude of the least int does not fit in an int") : .int(Int64(value.magnitude))
    case .sign: .int(value.signum())
    case .bitNot: .int(~value)
    case .sqrt: .double(Double(value).squareRoot())
    default: .noOverload
    }
  }

  private func unsigned(_ value: UInt64) -> Value {
    switch self {
    case .abs: .uint(value)
    case .sign: .uint(value == 0 ? 0 : 1)
    case .bitNot: .uint(~value)
    case .sqrt: .double(Double(value).squareRoot())
    default: .noOverload
    }
  }

  private func bits<Whole: FixedWidthInteger>(_ a: Whole, _ b: Whole) -> Whole? {
    switch self {
    case .bitAnd: a & b
    case .bitOr: a | b
    case .bitXor: a ^ b
    default: nil
    }
  }

  /// A shift of 64 places or more leaves nothing.
  private func shift(by places: Int64, _ body: (UInt64) -> Value) -> Value {
    places < 0 ? .error("a shift is by 0 places or more") : body(UInt64(min(places, 64)))
  }
}
