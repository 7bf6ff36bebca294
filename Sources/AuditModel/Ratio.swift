/// An exact ratio of two whole numbers as it was written or counted; it is not reduced.
public struct Ratio: Hashable, Sendable, CustomStringConvertible {
  /// Not negative.
  public let numerator: Int
  /// At least 1.
  public let denominator: Int

  /// Nil when a number is negative or the denominator 0.
  public init?(_ numerator: Int, _ denominator: Int) {
    guard numerator >= 0, denominator > 0 else { return nil }
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Reads "2/3" or a whole number, of at most 9 digits each, so that nothing that is worked out from them overflows.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let areNumbers = parts.allSatisfy { part in
      (1...9).contains(part.utf8.count)
        && part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
    guard areNumbers, let numerator = Int(parts[0]), let denominator = Int(parts.count > 1 ? parts[1] : "1")
    else { return nil }
    self.init(numerator, denominator)
  }

  public static let zero = Ratio(0, 1)!

  /// "2/3"; a whole number alone.
  public var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }
}
