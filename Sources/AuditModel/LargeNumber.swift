/// A whole number of any size, not negative: what sums of fractions with many denominators need to stay exact.
struct LargeNumber: Hashable, Comparable, Sendable {
  /// From the least to the greatest 32 bits, without zeros at the end.
  private var digits: [UInt32]

  /// - Precondition: `number` is not negative.
  init(_ number: Int) {
    precondition(number >= 0)
    digits = [UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: number >> 32)]
    trim()
  }

  private mutating func trim() {
    while digits.last == 0 { digits.removeLast() }
  }

  var isZero: Bool { digits.isEmpty }

  static func < (a: LargeNumber, b: LargeNumber) -> Bool {
    a.digits.count == b.digits.count
      ? a.digits.reversed().lexicographicallyPrecedes(b.digits.reversed()) : a.digits.count < b.digits.count
  }

  static func + (a: LargeNumber, b: LargeNumber) -> LargeNumber {
    var sum = a
    var carry: UInt64 = 0
    for index in 0..<max(a.digits.count, b.digits.count) {
      if index == sum.digits.count { sum.digits.append(0) }
      carry += UInt64(sum.digits[index]) + (index < b.digits.count ? UInt64(b.digits[index]) : 0)
      sum.digits[index] = UInt32(truncatingIfNeeded: carry)
      carry >>= 32
    }
    if carry > 0 { sum.digits.append(UInt32(carry)) }
    return sum
  }

  /// - Precondition: `b` is not the greater.
  static func - (a: LargeNumber, b: LargeNumber) -> LargeNumber {
    precondition(a >= b)
    var rest = a
    var borrowed: Int64 = 0
    for index in rest.digits.indices {
      var digit = Int64(rest.digits[index]) - borrowed - (index < b.digits.count ? Int64(b.digits[index]) : 0)
      borrowed = digit < 0 ? 1 : 0
      digit += borrowed << 32
      rest.digits[index] = UInt32(digit)
    }
    rest.trim()
    return rest
  }

  /// - Complexity: O(length × length).
  static func * (a: LargeNumber, b: LargeNumber) -> LargeNumber {
    var product = LargeNumber(0)
    product.digits = Array(repeating: 0, count: a.digits.count + b.digits.count)
    for (i, x) in a.digits.enumerated() {
      var carry: UInt64 = 0
      for (j, y) in b.digits.enumerated() {
        carry += UInt64(product.digits[i + j]) + UInt64(x) * UInt64(y)
        product.digits[i + j] = UInt32(truncatingIfNeeded: carry)
        carry >>= 32
      }
      product.digits[i + b.digits.count] = UInt32(carry)
    }
    product.trim()
    return product
  }

  /// How often `b` goes into `a`.
  ///
  /// - Precondition: `b` is not zero and the quotient is below 2^62.
  static func quotient(_ a: LargeNumber, _ b: LargeNumber) -> Int {
    precondition(!b.isZero)
    var result = 0
    for bit in (0..<62).reversed() where b * LargeNumber(result | 1 << bit) <= a { result |= 1 << bit }
    return result
  }
}
