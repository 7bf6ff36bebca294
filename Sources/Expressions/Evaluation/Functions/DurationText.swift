/// Durations as CEL writes and reads them.
enum DurationText {
  /// Seconds with their fraction and an `s`, such as `6347s` or `-0.5s`.
  static func text(_ nanoseconds: Int64) -> String {
    let magnitude = nanoseconds.magnitude
    let second = UInt64(Timestamp.nanosecondsPerSecond)
    let fraction = Timestamp.fraction(Int64(magnitude % second))
    return "\(nanoseconds < 0 ? "-" : "")\(magnitude / second)\(fraction)s"
  }

  private static let units: [(name: [UInt8], nanoseconds: Int64)] = [
    (Array("ns".utf8), 1), (Array("us".utf8), 1000), (Array("µs".utf8), 1000), (Array("μs".utf8), 1000),
    (Array("ms".utf8), 1_000_000), (Array("s".utf8), 1_000_000_000), (Array("m".utf8), 60_000_000_000),
    (Array("h".utf8), 3_600_000_000_000),
  ]

  /// Nanoseconds of a text of numbers and units, such as `1h45m47s` or `-1.5h`; nil when it is none, or when it does
  /// not fit in 64 bits (292 years). What is less than a nanosecond is cut off.
  static func read(_ text: String) -> Int64? {
    var rest = Array(text.utf8)[...]
    var isNegative = false
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    if rest.elementsEqual([UInt8(ascii: "0")]) { return 0 }
    guard !rest.isEmpty else { return nil }
    var total: Int64 = 0
    while !rest.isEmpty {
      guard let part = part(&rest) else { return nil }
      // Held below 0, where there is room for the least number.
      let (sum, overflow) = total.subtractingReportingOverflow(part)
      guard !overflow else { return nil }
      total = sum
    }
    if isNegative { return total }
    return total == .min ? nil : -total
  }

  /// A number with its unit.
  private static func part(_ rest: inout ArraySlice<UInt8>) -> Int64? {
    let whole = rest.prefix { $0.isDigit }
    rest = rest[whole.endIndex...]
    var fraction: ArraySlice<UInt8> = []
    if rest.first == UInt8(ascii: ".") {
      fraction = rest.dropFirst().prefix { $0.isDigit }
      rest = rest[fraction.endIndex...]
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    let name = rest.prefix { !$0.isDigit && $0 != UInt8(ascii: ".") }
    guard let unit = units.first(where: { $0.name.elementsEqual(name) }) else { return nil }
    rest = rest[name.endIndex...]
    guard let count = Int64(whole.isEmpty ? "0" : String(decoding: whole, as: UTF8.self)) else { return nil }
    let (scaled, overflow) = count.multipliedReportingOverflow(by: unit.nanoseconds)
    guard !overflow else { return nil }
    var numerator: Int64 = 0
    var denominator: Int64 = 1
    for digit in fraction.prefix(15) {
      numerator = numerator * 10 + Int64(digit - 0x30)
      denominator *= 10
    }
    // Less than a unit, so that the quotient fits.
    let part = denominator.dividingFullWidth(numerator.multipliedFullWidth(by: unit.nanoseconds)).quotient
    let (sum, second) = scaled.addingReportingOverflow(part)
    return second ? nil : sum
  }
}
