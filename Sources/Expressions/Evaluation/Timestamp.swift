import AuditModel

/// A moment, in nanoseconds: CEL's timestamp, from the year 1 to the end of the year 9999.
struct Timestamp: Hashable, Sendable {
  /// Since 1970-01-01T00:00:00Z, rounded down.
  let seconds: Int64
  /// 0 to 999,999,999, after the second.
  let nanoseconds: Int64

  private static let first: Int64 = -62_135_596_800
  private static let last: Int64 = 253_402_300_799
  static let nanosecondsPerSecond: Int64 = 1_000_000_000
  private static let secondsPerDay: Int64 = 86_400

  /// A moment, or nil when it is outside the years 1 to 9999. Nanoseconds may be any number.
  init?(seconds: Int64, nanoseconds: Int64 = 0) {
    let (carried, rest) = nanoseconds.dividedRoundingDown(by: Timestamp.nanosecondsPerSecond)
    let (sum, overflow) = seconds.addingReportingOverflow(carried)
    guard !overflow, sum >= Timestamp.first, sum <= Timestamp.last else { return nil }
    self.seconds = sum
    self.nanoseconds = rest
  }

  /// The beginning of a day.
  init(day: Int32) {
    seconds = Int64(day) * Timestamp.secondsPerDay
    nanoseconds = 0
  }

  /// A moment as columns hold it.
  init(microseconds: Int64) {
    let (seconds, rest) = microseconds.dividedRoundingDown(by: 1_000_000)
    self.seconds = seconds
    nanoseconds = rest * 1000
  }

  /// Microseconds since 1970-01-01T00:00:00Z, when it is a whole number of them.
  var microseconds: Int64? {
    nanoseconds % 1000 == 0 ? seconds * 1_000_000 + nanoseconds / 1000 : nil
  }

  /// The day, in days since 1970-01-01.
  var day: Int32 { Int32(seconds.dividedRoundingDown(by: Timestamp.secondsPerDay).quotient) }

  /// Seconds since the day began.
  var secondOfDay: Int64 { seconds.dividedRoundingDown(by: Timestamp.secondsPerDay).remainder }

  /// The moment a number of nanoseconds later, or nil when it is outside the years 1 to 9999.
  func adding(_ duration: Int64) -> Timestamp? {
    let (seconds, rest) = duration.dividedRoundingDown(by: Timestamp.nanosecondsPerSecond)
    return Timestamp(seconds: self.seconds + seconds, nanoseconds: nanoseconds + rest)
  }

  /// The nanoseconds since another moment, or nil when they do not fit in 64 bits (292 years).
  func duration(since other: Timestamp) -> Int64? {
    let (scaled, overflow) = (seconds - other.seconds)
      .multipliedReportingOverflow(by: Timestamp.nanosecondsPerSecond)
    let (sum, second) = scaled.addingReportingOverflow(nanoseconds - other.nanoseconds)
    return overflow || second ? nil : sum
  }

  /// As RFC 3339 writes it, in UTC, with no more digits of the second than there are.
  var text: String {
    let clock = [secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60].map { $0.padded(2) }
    return "\(CalendarDate(days: day))T\(clock.joined(separator: ":"))\(Timestamp.fraction(nanoseconds))Z"
  }

  /// The digits after the point of a second without noughts at the end, and the point; nothing for 0.
  static func fraction(_ nanoseconds: Int64) -> String {
    guard nanoseconds != 0 else { return "" }
    var digits = nanoseconds.padded(9)
    while digits.hasSuffix("0") { digits.removeLast() }
    return "." + digits
  }

  /// Reads a timestamp as RFC 3339 writes it, such as `2016-09-01T12:30:00Z`, with up to nine digits of the second.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, let date = CalendarDate(iso: String(decoding: bytes[..<10], as: UTF8.self)),
      bytes[10] | 0x20 == UInt8(ascii: "t"), let clock = ClockText.seconds(bytes[11..<19])
    else { return nil }
    var rest = bytes[19...]
    var fraction: Int64 = 0
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { $0.isDigit }
      guard !digits.isEmpty, digits.count <= 9 else { return nil }
      for position in 0..<9 {
        fraction = fraction * 10 + (position < digits.count ? Int64(digits[digits.startIndex + position] - 0x30) : 0)
      }
      rest = rest[digits.endIndex...]
    }
    guard let zone = rest.first else { return nil }
    var offset: Int64 = 0
    if zone | 0x20 == UInt8(ascii: "z") {
      guard rest.count == 1 else { return nil }
    } else {
      guard zone == UInt8(ascii: "+") || zone == UInt8(ascii: "-"), let given = ClockText.offset(rest) else {
        return nil
      }
      offset = given
    }
    self.init(seconds: Int64(date.days) * Timestamp.secondsPerDay + clock - offset, nanoseconds: fraction)
  }
}

/// Times of day and offsets in digits.
enum ClockText {
  /// Seconds of `hh:mm:ss`.
  static func seconds(_ bytes: ArraySlice<UInt8>) -> Int64? { read(bytes, parts: 3) }

  /// Seconds east of Greenwich of `hh:mm`, with or without a sign before it.
  static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
    guard let first = bytes.first else { return nil }
    let isSigned = first == UInt8(ascii: "+") || first == UInt8(ascii: "-")
    let minutes = read(isSigned ? bytes.dropFirst() : bytes, parts: 2)
    return minutes.map { (first == UInt8(ascii: "-") ? -$0 : $0) * 60 }
  }

  private static func read(_ bytes: ArraySlice<UInt8>, parts count: Int) -> Int64? {
    let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == count else { return nil }
    var total: Int64 = 0
    for (part, limit) in zip(parts, [Int64(24), 60, 60]) {
      guard part.count == 2, part.allSatisfy(\.isDigit) else { return nil }
      let value = Int64(part[part.startIndex] - 0x30) * 10 + Int64(part[part.startIndex + 1] - 0x30)
      guard value < limit else { return nil }
      total = total * 60 + value
    }
    return total
  }
}

extension Int64 {
  /// Quotient and remainder with a remainder that is never negative; the divisor is above 0.
  func dividedRoundingDown(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  /// With noughts before it up to a width.
  func padded(_ width: Int) -> String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }
}
