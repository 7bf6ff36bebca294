extension Function {
  /// The result for settled arguments, as many as the function takes.
  func apply(_ arguments: [Value]) -> Value {
    switch self {
    case .math(let function): function.apply(arguments)
    case .optional(let function): function.apply(arguments)
    case .format: Format.apply(arguments)
    case .days, .months, .addDays, .addMonths, .financialYear, .financialQuarter, .financialPeriod, .period:
      reckon(arguments)
    case .calendar(let part): Function.calendar(part, arguments)
    case .toInt: Conversion.int(arguments[0])
    case .toUint: Conversion.uint(arguments[0])
    case .toDouble: Conversion.double(arguments[0])
    case .toString: Conversion.string(arguments[0])
    case .toBytes: Conversion.bytes(arguments[0])
    case .toBool: Conversion.bool(arguments[0])
    case .toDate: Conversion.date(arguments[0])
    case .toTimestamp: Conversion.timestamp(arguments[0])
    case .toDuration: Conversion.duration(arguments[0])
    case .toDyn: arguments[0]
    case .typeOf: .type(arguments[0].typeName)
    case .size: Function.size(arguments[0])
    default: text(arguments)
    }
  }

  private static func size(_ value: Value) -> Value {
    switch value {
    case .string(let text): .int(Int64(text.unicodeScalars.count))
    case .bytes(let bytes): .int(Int64(bytes.count))
    case .list(let list): .int(Int64(list.items.count))
    case .map(let map): .int(Int64(map.entries.count))
    default: .noOverload
    }
  }

  /// A part of a date, a timestamp or a duration; of a timestamp in the time zone named, or in UTC.
  private static func calendar(_ part: CalendarPart, _ arguments: [Value]) -> Value {
    switch (arguments[0], arguments.count > 1 ? arguments[1] : nil) {
    case (.date(let day), nil) where !part.isTimeOfDay: return .int(Calendar.part(part, of: day))
    case (.duration(let duration), nil):
      return Calendar.part(part, ofDuration: duration).map { .int($0) } ?? .noOverload
    case (.timestamp(let time), nil): return .int(Calendar.part(part, of: time, offset: 0))
    case (.timestamp(let time), .string(let zone)?):
      guard let offset = TimeZones.offset(zone, at: time) else { return .error("there is no such time zone") }
      return .int(Calendar.part(part, of: time, offset: offset))
    default: return .noOverload
    }
  }

  /// Dates and financial years.
  private func reckon(_ arguments: [Value]) -> Value {
    let outside = Value.error("the date is outside the years 1 to 9999")
    switch (self, arguments[0], arguments.count > 1 ? arguments[1] : .null) {
    case (.days, .date(let from), .date(let to)): return .int(Calendar.days(from: from, to: to))
    case (.months, .date(let from), .date(let to)): return .int(Calendar.months(from: from, to: to))
    case (.addDays, .date(let day), .int(let days)):
      return Calendar.adding(days: days, to: day).map { .date($0) } ?? outside
    case (.addMonths, .date(let day), .int(let months)):
      return Calendar.adding(months: months, to: day).map { .date($0) } ?? outside
    case (.financialYear, .date(let day), _): return .int(Calendar.financialYear(of: day))
    case (.financialQuarter, .date(let day), _): return .int(Calendar.financialQuarter(of: day))
    case (.financialPeriod, .int(let year), _):
      return Calendar.financialPeriod(year).map { .period($0.0, $0.1) } ?? outside
    case (.period, .date(let start), .date(let end)):
      return start <= end ? .period(start, end) : .error("the period ends before it starts")
    default: return .noOverload
    }
  }

  /// Functions of text and of lists of text.
  private func text(_ arguments: [Value]) -> Value {
    if case .list(let list) = arguments[0] { return Function.texts(self, list, arguments.dropFirst()) }
    guard case .string(let text) = arguments[0] else { return .noOverload }
    switch (self, arguments.count) {
    case (.lowerAscii, 1): return .string(Text.mapped(text, \.lowercasedASCII))
    case (.upperAscii, 1): return .string(Text.mapped(text, \.uppercasedASCII))
    case (.trim, 1): return .string(Text.trimmed(text))
    case (.reverse, 1): return .string(Text.reversed(text))
    case (.quote, 1): return .text(Text.quoted(text))
    default: break
    }
    // The rest takes a text or a place, and then numbers.
    let other: String? = if case .string(let other) = arguments[1] { other } else { nil }
    let numbers = arguments.dropFirst().compactMap { if case .int(let value) = $0 { value } else { nil } }
    switch (self, arguments.count, other) {
    case (.contains, 2, let part?): return .bool(Text.contains(text, part))
    case (.startsWith, 2, let part?): return .bool(text.utf8.starts(with: part.utf8))
    case (.endsWith, 2, let part?):
      return .bool(text.utf8.count >= part.utf8.count && text.utf8.suffix(part.utf8.count).elementsEqual(part.utf8))
    case (.matches, 2, let pattern?): return Text.matches(text, pattern)
    case (.charAt, 2, nil) where numbers.count == 1: return Characters(text).character(at: numbers[0])
    case (.substring, _, nil) where numbers.count == arguments.count - 1:
      return Characters(text).part(from: numbers[0], to: numbers.count > 1 ? numbers[1] : nil)
    case (.indexOf, _, let part?) where numbers.count == arguments.count - 2:
      return Characters(text).index(of: Characters(part), from: numbers.first)
    case (.lastIndexOf, _, let part?) where numbers.count == arguments.count - 2:
      return Characters(text).lastIndex(of: Characters(part), from: numbers.first)
    case (.split, _, let separator?) where numbers.count == arguments.count - 2:
      return Text.split(text, separator, limit: numbers.first)
    case (.replace, _, let old?) where numbers.count == arguments.count - 3:
      guard case .string(let new) = arguments[2] else { return .noOverload }
      return Text.replaced(text, old, new, limit: numbers.first)
    default: return .noOverload
    }
  }

  private static func texts(_ function: Function, _ list: ValueList, _ rest: ArraySlice<Value>) -> Value {
    guard function == .join else { return .noOverload }
    var texts: [String] = []
    for item in list.items {
      guard case .string(let text) = item else { return .noOverload }
      texts.append(text)
    }
    switch rest.first {
    case nil: return Text.joined(texts, "")
    case .string(let separator)?: return Text.joined(texts, separator)
    default: return .noOverload
    }
  }
}

extension OptionalFunction {
  func apply(_ arguments: [Value]) -> Value {
    switch self {
    case .none: return .optional(nil)
    case .of: return .optional(arguments[0])
    case .ofNonZeroValue: return .optional(arguments[0].isZero ? nil : arguments[0])
    case .hasValue:
      guard case .optional(let value) = arguments[0] else { return .noOverload }
      return .bool(value != nil)
    case .value:
      guard case .optional(let value) = arguments[0] else { return .noOverload }
      return value ?? .error("the optional has no value")
    case .unwrap:
      guard case .list(let list) = arguments[0] else { return .noOverload }
      return Interpreter.sparseList(list.items, list.items.map { _ in true })
    case .or, .orValue:
      // They do not always evaluate what they are given, so the interpreter has a way of its own.
      return .noOverload
    }
  }
}

extension RegisterQuestion {
  /// What the register says, for settled arguments.
  func ask(_ register: any RegisterLookup, _ arguments: [Value]) -> Value {
    guard case .string(let code) = arguments[0] else { return .noOverload }
    switch (self, arguments.count > 1 ? arguments[1] : nil) {
    case (.isRegistered, _): return .bool(register.isRegistered(code: code))
    case (.registeredName, _): return .optional(register.name(code: code).map { .string($0) })
    case (.registeredNation, _): return .optional(register.nation(code: code).map { .string($0) })
    case (.isOpen, .date(let day)?):
      return register.isOpen(code: code, on: day).map { .bool($0) } ?? .unknown
    case (.successors, .date(let day)?):
      return register.successors(code: code, on: day).map { .listed($0.map { .string($0) }) } ?? .unknown
    default: return .noOverload
    }
  }
}
