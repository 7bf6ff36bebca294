extension Overload {
  static let standard: [Overload] =
    [Parameter.type(.string), .type(.bytes), .anyList, .anyMap].flatMap { parameter in
      [false, true].map { generic("size", .size, isMember: $0, [parameter]) { _ in .int } }
    } + [
      member("contains", .contains, [.string, .string], .bool),
      member("startsWith", .startsWith, [.string, .string], .bool),
      member("endsWith", .endsWith, [.string, .string], .bool),
      member("matches", .matches, [.string, .string], .bool),
      global("matches", .matches, [.string, .string], .bool),
      global("type", .typeOf, [.dyn], .type),
      global("dyn", .toDyn, [.dyn], .dyn),
    ]

  private static func conversion(_ name: String, _ function: Function, _ from: [ValueType], _ to: ValueType)
    -> [Overload]
  {
    from.map { global(name, function, [$0], to) }
  }

  static let conversions: [Overload] =
    conversion("int", .toInt, [.int, .uint, .double, .string, .timestamp], .int)
    + conversion("uint", .toUint, [.int, .uint, .double, .string], .uint)
    + conversion("double", .toDouble, [.int, .uint, .double, .string], .double)
    + conversion(
      "string", .toString,
      [.string, .int, .uint, .double, .bool, .bytes, .date, .timestamp, .duration, .period, .type], .string)
    + conversion("bytes", .toBytes, [.string, .bytes], .bytes)
    + conversion("bool", .toBool, [.bool, .string], .bool)
    + conversion("date", .toDate, [.string, .date, .timestamp], .date)
    + conversion("timestamp", .toTimestamp, [.string, .int, .timestamp, .date], .timestamp)
    + conversion("duration", .toDuration, [.string, .duration], .duration)

  /// Parts of dates, timestamps and durations as CEL has them, and reckoning with dates and financial years, which is
  /// ours.
  static let calendar: [Overload] =
    CalendarPart.allCases.flatMap { part in
      let name = part.rawValue
      return (part.isTimeOfDay ? [ValueType.timestamp, .duration] : [.date, .timestamp]).map {
        member(name, .calendar(part), [$0], .int)
      } + [member(name, .calendar(part), [.timestamp, .string], .int)]
    } + [
      global("days", .days, [.date, .date], .int),
      global("months", .months, [.date, .date], .int),
      global("addDays", .addDays, [.date, .int], .date),
      global("addMonths", .addMonths, [.date, .int], .date),
      global("financialYear", .financialYear, [.date], .int),
      global("financialQuarter", .financialQuarter, [.date], .int),
      global("financialPeriod", .financialPeriod, [.int], .period),
      global("period", .period, [.date, .date], .period),
    ]

  /// CEL's `strings` extension.
  static let strings: [Overload] = [
    member("lowerAscii", .lowerAscii, [.string], .string),
    member("upperAscii", .upperAscii, [.string], .string),
    member("trim", .trim, [.string], .string),
    member("charAt", .charAt, [.string, .int], .string),
    member("indexOf", .indexOf, [.string, .string], .int),
    member("indexOf", .indexOf, [.string, .string, .int], .int),
    member("lastIndexOf", .lastIndexOf, [.string, .string], .int),
    member("lastIndexOf", .lastIndexOf, [.string, .string, .int], .int),
    member("substring", .substring, [.string, .int], .string),
    member("substring", .substring, [.string, .int, .int], .string),
    member("replace", .replace, [.string, .string, .string], .string),
    member("replace", .replace, [.string, .string, .string, .int], .string),
    member("split", .split, [.string, .string], .list(.string)),
    member("split", .split, [.string, .string, .int], .list(.string)),
    member("join", .join, [.list(.string)], .string),
    member("join", .join, [.list(.string), .string], .string),
    member("reverse", .reverse, [.string], .string),
    generic("format", .format, isMember: true, [.type(.string), .anyList]) { _ in .string },
    global("strings.quote", .quote, [.string], .string),
  ]

  /// CEL's `math` extension.
  static let mathematics: [Overload] = MathFunction.allCases.flatMap { function -> [Overload] in
    let name = "math.\(function.rawValue)"
    func own(_ types: [ValueType]) -> [Overload] { types.map { global(name, .math(function), [$0], $0) } }
    func pairs(_ second: ValueType? = nil) -> [Overload] {
      [.int, .uint].map { global(name, .math(function), [$0, second ?? $0], $0) }
    }
    switch function {
    case .greatest, .least:
      return [
        generic(name, .math(function), isMember: false, [.anyNumber], isVariadic: true) { types in
          types.dropFirst().allSatisfy { $0 == types[0] } ? types[0] : .dyn
        },
        generic(name, .math(function), isMember: false, [.anyList]) { types in
          if case .list(let element) = types[0] { element } else { .dyn }
        },
      ]
    case .ceil, .floor, .round, .trunc: return own([.double])
    case .sqrt: return [ValueType.int, .uint, .double].map { global(name, .math(function), [$0], .double) }
    case .abs, .sign: return own([.int, .uint, .double])
    case .isNaN, .isInf, .isFinite: return [global(name, .math(function), [.double], .bool)]
    case .bitAnd, .bitOr, .bitXor: return pairs()
    case .bitNot: return own([.int, .uint])
    case .bitShiftLeft, .bitShiftRight: return pairs(.int)
    }
  }

  /// CEL's optional values.
  static let optionals: [Overload] = [
    generic("optional.of", .optional(.of), isMember: false, [.type(.dyn)]) { .optional($0[0]) },
    generic("optional.ofNonZeroValue", .optional(.ofNonZeroValue), isMember: false, [.type(.dyn)]) {
      .optional($0[0])
    },
    global("optional.none", .optional(.none), [], .optional(.dyn)),
    generic("hasValue", .optional(.hasValue), isMember: true, [.anyOptional]) { _ in .bool },
    generic("value", .optional(.value), isMember: true, [.anyOptional]) { $0[0].unwrapped },
    generic("or", .optional(.or), isMember: true, [.anyOptional, .anyOptional]) { $0[0].joined(with: $0[1]) },
    generic("orValue", .optional(.orValue), isMember: true, [.anyOptional, .type(.dyn)]) {
      $0[0].unwrapped.joined(with: $0[1])
    },
    generic("optional.unwrap", .optional(.unwrap), isMember: false, [.anyList], unwrappedList),
    generic("unwrapOpt", .optional(.unwrap), isMember: true, [.anyList], unwrappedList),
  ]

  @Sendable
  private static func unwrappedList(_ types: [ValueType]) -> ValueType {
    if case .list(let element) = types[0] { .list(element.unwrapped) } else { .dyn }
  }

  /// What the register says of a code as at a date: ours.
  static let register: [Overload] = [
    global("isRegistered", .register(.isRegistered), [.string], .bool),
    global("isOpen", .register(.isOpen), [.string, .date], .bool),
    global("successors", .register(.successors), [.string, .date], .list(.string)),
    global("registeredName", .register(.registeredName), [.string], .optional(.string)),
    global("registeredNation", .register(.registeredNation), [.string], .optional(.string)),
  ]
}
