/// A ratio of whole numbers that stays exact through sums and products, and is rounded once when it is shown.
public struct ExactRatio: Sendable {
  private var numerator: LargeNumber
  private var denominator: LargeNumber

  public static var zero: ExactRatio { ExactRatio(0) }
  public static var one: ExactRatio { ExactRatio(1) }

  private init(_ numerator: LargeNumber, _ denominator: LargeNumber) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// - Precondition: the number is not negative.
  public init(_ number: Int) {
    self.init(LargeNumber(number), LargeNumber(1))
  }

  public init(_ ratio: Ratio) {
    self.init(LargeNumber(ratio.numerator), LargeNumber(ratio.denominator))
  }

  public static func + (a: ExactRatio, b: ExactRatio) -> ExactRatio {
    if a.denominator == b.denominator { return ExactRatio(a.numerator + b.numerator, a.denominator) }
    return ExactRatio(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
  }

  /// The difference, or 0 when it would be negative.
  public static func - (a: ExactRatio, b: ExactRatio) -> ExactRatio {
    let (from, taken) = (a.numerator * b.denominator, b.numerator * a.denominator)
    return from <= taken ? .zero : ExactRatio(from - taken, a.denominator * b.denominator)
  }

  public static func * (a: ExactRatio, b: ExactRatio) -> ExactRatio {
    ExactRatio(a.numerator * b.numerator, a.denominator * b.denominator)
  }

  /// Divided by a whole number above 0.
  public static func / (a: ExactRatio, b: Int) -> ExactRatio {
    precondition(b > 0)
    return ExactRatio(a.numerator, a.denominator * LargeNumber(b))
  }

  /// The mean; nil of nothing.
  public static func mean(_ ratios: [ExactRatio]) -> ExactRatio? {
    ratios.isEmpty ? nil : ratios.reduce(.zero, +) / ratios.count
  }

  /// So many times the ratio, rounded to a whole number, half up.
  ///
  /// - Precondition: the result is below 2^62.
  public func rounded(times scale: Int) -> Int {
    let two = LargeNumber(2)
    return LargeNumber.quotient(numerator * LargeNumber(scale) * two + denominator, denominator * two)
  }

  /// True when the ratio is a whole number.
  public var isWhole: Bool {
    let whole = LargeNumber(LargeNumber.quotient(numerator, denominator))
    return whole * denominator == numerator
  }
}

extension ExactRatio: Comparable {
  public static func == (a: ExactRatio, b: ExactRatio) -> Bool {
    a.numerator * b.denominator == b.numerator * a.denominator
  }

  public static func < (a: ExactRatio, b: ExactRatio) -> Bool {
    a.numerator * b.denominator < b.numerator * a.denominator
  }
}
