import Glibc

/// Numbers as people write them.
enum NumberText {
  struct Reading: Equatable {
    var value: Double
    /// True when there are commas between thousands, a plus sign, leading zeros or an exponent, or no digit on one side
    /// of the point.
    var isTolerated = false
    var hasPoint = false
  }

  /// A decimal number: digits with an optional sign, thousands separated by commas in threes, an optional decimal part
  /// and an optional exponent. Nothing else may stand around it.
  static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Reading? {
    guard bytes.count > 0, bytes.count <= 40 else { return nil }
    var reading = Reading(value: 0)
    var index = 0
    let sign = unsafe bytes[0]
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { index = 1 }
    if sign == UInt8(ascii: "+") { reading.isTolerated = true }
    let start = index
    guard let whole = unsafe digits(bytes, &index, &reading) else { return nil }
    if whole.count > 1, unsafe bytes[start] == UInt8(ascii: "0") { reading.isTolerated = true }
    var mantissa = whole.value
    var count = whole.count
    var decimals = 0
    if index < bytes.count, unsafe bytes[index] == UInt8(ascii: ".") {
      reading.hasPoint = true
      index += 1
      while index < bytes.count, let digit = unsafe digit(bytes[index]) {
        if count < 19 { mantissa = mantissa &* 10 &+ digit }
        count += 1
        decimals += 1
        index += 1
      }
      if whole.count == 0 || decimals == 0 { reading.isTolerated = true }
    }
    guard count > 0 else { return nil }
    if index == bytes.count, mantissa < 1 << 53, count < 19, decimals <= 22 {
      // Both are exact, so the quotient is the nearest double (Clinger 1990).
      let value = Double(mantissa) / powersOfTen(decimals)
      reading.value = sign == UInt8(ascii: "-") ? -value : value
      return reading
    }
    if index < bytes.count {
      guard unsafe isExponent(bytes, index) else { return nil }
      reading.isTolerated = true
    }
    guard let value = unsafe slow(bytes) else { return nil }
    // Too small for a double is not nought.
    if value == 0, unsafe bytes[..<index].contains(where: { $0 &- 0x31 < 9 }) { return nil }
    reading.value = value
    return reading
  }

  /// The digits before the point.
  private static func digits(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ reading: inout Reading
  ) -> (value: UInt64, count: Int)? {
    var value: UInt64 = 0
    var count = 0
    var sinceComma = -1
    while index < bytes.count {
      if let digit = unsafe digit(bytes[index]) {
        if count < 19 { value = value &* 10 &+ digit }
        count += 1
        if sinceComma >= 0 { sinceComma += 1 }
      } else if unsafe bytes[index] == UInt8(ascii: ",") {
        guard sinceComma < 0 ? (1...3).contains(count) : sinceComma == 3 else { return nil }
        sinceComma = 0
        reading.isTolerated = true
      } else {
        break
      }
      index += 1
    }
    return sinceComma < 0 || sinceComma == 3 ? (value, count) : nil
  }

  @inline(__always)
  private static func digit(_ byte: UInt8) -> UInt64? { byte &- 0x30 < 10 ? UInt64(byte &- 0x30) : nil }

  private static func isExponent(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    guard unsafe bytes[start] | 0x20 == UInt8(ascii: "e") else { return false }
    var index = start + 1
    if index < bytes.count, unsafe bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") { index += 1 }
    guard index < bytes.count else { return false }
    while index < bytes.count {
      guard unsafe digit(bytes[index]) != nil else { return false }
      index += 1
    }
    return true
  }

  private static func powersOfTen(_ exponent: Int) -> Double {
    // Exact up to 10^22.
    var power = 1.0
    for _ in 0..<exponent { power *= 10 }
    return power
  }

  /// A number as plain digits, without an exponent wherever that is of a readable length.
  static func text(_ number: Double) -> String {
    let shortest = "\(number)"
    let parts = shortest.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]), (-20...25).contains(exponent) else { return shortest }
    let digits = parts[0].filter { $0 != "." && $0 != "-" }
    let sign = number < 0 ? "-" : ""
    if exponent < 0 { return "\(sign)0.\(String(repeating: "0", count: -exponent - 1))\(withoutZeros(digits))" }
    // A number without decimals: doubles of this size have none.
    let whole = withoutZeros(digits)
    return sign + whole + String(repeating: "0", count: exponent + 1 - whole.count)
  }

  private static func withoutZeros(_ digits: String) -> String {
    var digits = digits
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    return digits
  }

  /// Long numbers and those with an exponent; nil beyond the range of a double.
  private static func slow(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    let plain = unsafe String(decoding: bytes.filter { $0 != UInt8(ascii: ",") }, as: UTF8.self)
    let value = unsafe strtod(plain, nil)
    return value.isFinite ? value : nil
  }
}
