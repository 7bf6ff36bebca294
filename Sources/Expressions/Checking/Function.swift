/// A function of the language, whatever the types of its arguments.
enum Function: Sendable {
  case size
  case contains
  case startsWith
  case endsWith
  case matches
  case lowerAscii
  case upperAscii
  case trim
  case toInt
  case toUint
  case toDouble
  case toString
  case toBytes
  case toBool
  case toDyn
  case toDate
  case toTimestamp
  case days
  case months
  case financialYear
  case calendar(CalendarPart)
}

/// A part of a date or timestamp, numbered as CEL numbers it.
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

  /// True when only a timestamp has it.
  var isTimeOfDay: Bool {
    switch self {
    case .hours, .minutes, .seconds, .milliseconds: true
    default: false
    }
  }
}

/// One way to call a function.
struct Overload: Sendable {
  let name: String
  let function: Function
  /// True when the first parameter stands before the dot.
  let isMember: Bool
  let parameters: [Parameter]
  let result: ValueType

  /// What an argument may be.
  enum Parameter: Sendable {
    case type(ValueType)
    case anyList
    case anyMap

    func takes(_ type: ValueType) -> Bool {
      switch (self, type) {
      case (_, .dyn), (.anyList, .list), (.anyMap, .map): true
      case (.type(let wanted), _): type.fits(wanted)
      default: false
      }
    }

    /// The type's name, for messages.
    var name: String {
      switch self {
      case .type(let type): type.name
      case .anyList: "list"
      case .anyMap: "map"
      }
    }
  }

  private static func global(
    _ name: String, _ function: Function, _ parameters: [ValueType], _ result: ValueType
  ) -> Overload {
    Overload(name: name, function: function, isMember: false, parameters: parameters.map { .type($0) }, result: result)
  }

  private static func member(
    _ name: String, _ function: Function, _ parameters: [ValueType], _ result: ValueType
  ) -> Overload {
    Overload(name: name, function: function, isMember: true, parameters: parameters.map { .type($0) }, result: result)
  }

  private static func conversion(_ name: String, _ function: Function, _ from: [ValueType], _ to: ValueType)
    -> [Overload]
  {
    from.map { global(name, function, [$0], to) }
  }

  /// Every way to call every function.
  static let all: [Overload] =
    [Parameter.type(.string), .type(.bytes), .anyList, .anyMap].flatMap { parameter in
      [false, true].map {
        Overload(name: "size", function: .size, isMember: $0, parameters: [parameter], result: .int)
      }
    } + [
      member("contains", .contains, [.string, .string], .bool),
      member("startsWith", .startsWith, [.string, .string], .bool),
      member("endsWith", .endsWith, [.string, .string], .bool),
      member("matches", .matches, [.string, .string], .bool),
      global("matches", .matches, [.string, .string], .bool),
      member("lowerAscii", .lowerAscii, [.string], .string),
      member("upperAscii", .upperAscii, [.string], .string),
      member("trim", .trim, [.string], .string),
      global("days", .days, [.date, .date], .int),
      global("months", .months, [.date, .date], .int),
      global("financialYear", .financialYear, [.date], .int),
      global("dyn", .toDyn, [.dyn], .dyn),
    ] + conversion("int", .toInt, [.int, .uint, .double, .string, .timestamp], .int)
    + conversion("uint", .toUint, [.int, .uint, .double, .string], .uint)
    + conversion("double", .toDouble, [.int, .uint, .double, .string], .double)
    + conversion(
      "string", .toString, [.string, .int, .uint, .double, .bool, .bytes, .date, .timestamp, .period], .string)
    + conversion("bytes", .toBytes, [.string, .bytes], .bytes)
    + conversion("bool", .toBool, [.bool, .string], .bool)
    + conversion("date", .toDate, [.string, .date, .timestamp], .date)
    + conversion("timestamp", .toTimestamp, [.string, .timestamp, .date], .timestamp)
    + CalendarPart.allCases.flatMap { part in
      (part.isTimeOfDay ? [ValueType.timestamp] : [.date, .timestamp]).map {
        member(part.rawValue, .calendar(part), [$0], .int)
      }
    }

  static let byName = Dictionary(grouping: all, by: \.name)

  /// How it is called, for messages.
  var usage: String {
    let names = parameters.map(\.name)
    return isMember
      ? "\(names[0]).\(name)(\(names.dropFirst().joined(separator: ", ")))"
      : "\(name)(\(names.joined(separator: ", ")))"
  }
}
