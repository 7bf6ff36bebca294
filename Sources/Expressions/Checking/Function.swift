/// A function of the language, whatever the types of its arguments.
enum Function: Sendable, Equatable {
  case size
  case contains
  case startsWith
  case endsWith
  case matches
  case lowerAscii
  case upperAscii
  case trim
  case charAt
  case indexOf
  case lastIndexOf
  case substring
  case replace
  case split
  case join
  case reverse
  case quote
  case format
  case toInt
  case toUint
  case toDouble
  case toString
  case toBytes
  case toBool
  case toDyn
  case toDate
  case toTimestamp
  case toDuration
  case typeOf
  case days
  case months
  case addDays
  case addMonths
  case financialYear
  case financialQuarter
  case financialPeriod
  case period
  case calendar(CalendarPart)
  case math(MathFunction)
  case optional(OptionalFunction)
  case register(RegisterQuestion)

  /// True for what looks for its second argument in its first.
  var isSearch: Bool {
    switch self {
    case .contains, .indexOf, .lastIndexOf, .replace, .split: true
    default: false
    }
  }
}

/// A part of a date, timestamp or duration, numbered as CEL numbers it.
enum CalendarPart: String, Sendable, CaseIterable {
  case fullYear = "getFullYear"
  /// From 0.
  case month = "getMonth"
  /// The day of the month from 1.
  case date = "getDate"
  /// From 0.
  case dayOfMonth = "getDayOfMonth"
  /// From 0, which is Sunday.
  case dayOfWeek = "getDayOfWeek"
  /// From 0.
  case dayOfYear = "getDayOfYear"
  case hours = "getHours"
  case minutes = "getMinutes"
  case seconds = "getSeconds"
  case milliseconds = "getMilliseconds"

  /// True when a day has none: a timestamp and a duration do.
  var isTimeOfDay: Bool {
    switch self {
    case .hours, .minutes, .seconds, .milliseconds: true
    default: false
    }
  }
}

/// A function of the `math` extension, by its name after the dot.
enum MathFunction: String, Sendable, CaseIterable {
  case greatest
  case least
  case ceil
  case floor
  case round
  case trunc
  case sqrt
  case abs
  case sign
  case isNaN
  case isInf
  case isFinite
  case bitAnd
  case bitOr
  case bitXor
  case bitNot
  case bitShiftLeft
  case bitShiftRight
}

/// A function of values that may be absent.
enum OptionalFunction: Sendable {
  case of
  case ofNonZeroValue
  case none
  case hasValue
  case value
  /// Its second argument is evaluated only when the first has no value; so is that of `orValue`.
  case or
  case orValue
  case unwrap
}

/// What the register of organisations can be asked as at a date (DESIGN 5).
enum RegisterQuestion: String, Sendable, CaseIterable {
  /// Whether the register knows the code at all.
  case isRegistered
  /// Whether the organisation was open on a day.
  case isOpen
  /// The codes of the organisations that had taken its place by a day.
  case successors
  /// Its name in the register.
  case registeredName
  /// Its nation in the register.
  case registeredNation
}
