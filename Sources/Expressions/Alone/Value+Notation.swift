import AuditModel
import JSONDocument

/// The notation of CEL's conformance suite, which is protobuf's JSON of `cel.expr.Value`: an object with one member that
/// says what the value is.
extension Value {
  private enum Notation: String, CaseIterable {
    case null = "null_value"
    case bool = "bool_value"
    case int = "int64_value"
    case uint = "uint64_value"
    case double = "double_value"
    case string = "string_value"
    case bytes = "bytes_value"
    case list = "list_value"
    case map = "map_value"
    case type = "type_value"
    case timestamp = "timestamp_value"
    case duration = "duration_value"
    // What CEL's suite has no notation for.
    case date = "date_value"
    case period = "period_value"
    case optional = "optional_value"
  }

  /// Reads a value in the notation.
  init(notation json: JSONValue) throws(JSONError) {
    try json.object(allowing: Notation.allCases.map(\.rawValue))
    guard let (key, content) = json.members.first, json.count == 1, let notation = Notation(rawValue: key) else {
      throw json.error("Expected one member that says what the value is, such as {\"int64_value\": \"3\"}")
    }
    switch notation {
    case .null: self = .null
    case .bool: self = .bool(try content.asBoolean())
    case .int: self = .int(try Value.whole(content))
    case .uint: self = .uint(try Value.whole(content))
    case .double: self = .double(try Value.double(content))
    case .string: self = .string(try content.asString())
    case .bytes:
      guard let bytes = Base64.decode(try content.asString()) else {
        throw content.error("Expected bytes in base64")
      }
      self = .bytes(bytes)
    case .list:
      try content.object(allowing: ["values"])
      var items: [Value] = []
      for item in try content.optionalArray("values") ?? [] { items.append(try Value(notation: item)) }
      self = .list(ValueList(items))
    case .map: self = try Value.map(content)
    case .type: self = .type(try content.asString())
    case .timestamp:
      guard let time = Timestamp(try content.asString()) else {
        throw content.error("Expected a timestamp such as \"2009-02-13T23:31:30Z\"")
      }
      self = .timestamp(time)
    case .duration:
      guard let duration = DurationText.read(try content.asString()) else {
        throw content.error("Expected a duration such as \"3600s\"")
      }
      self = .duration(duration)
    case .date: self = .date(try content.asDate().days)
    case .period:
      try content.object(allowing: [], required: ["start", "end"])
      self = .period(try content.requiredDate("start").days, try content.requiredDate("end").days)
    case .optional:
      try content.object(allowing: ["value"])
      let held = content["value"]
      self = .optional(try held.map { value throws(JSONError) in try Value(notation: value) })
    }
  }

  /// A whole number: protobuf writes those of 64 bits as text.
  private static func whole<Whole: FixedWidthInteger>(_ json: JSONValue) throws(JSONError) -> Whole {
    let value = json.string.map { Whole($0) } ?? json.integer.flatMap { Whole(exactly: $0) }
    guard let value else { throw json.error("Expected a whole number from \(Whole.min) to \(Whole.max)") }
    return value
  }

  private static func double(_ json: JSONValue) throws(JSONError) -> Double {
    switch json.string {
    case nil: return try json.asDouble()
    case "NaN": return .nan
    case "Infinity": return .infinity
    case "-Infinity": return -.infinity
    case let text?:
      guard let value = Double(text) else {
        throw json.error("Expected a number, \"NaN\", \"Infinity\" or \"-Infinity\"")
      }
      return value
    }
  }

  private static func map(_ json: JSONValue) throws(JSONError) -> Value {
    try json.object(allowing: ["entries"])
    var map = ValueMap()
    for entry in try json.optionalArray("entries") ?? [] {
      try entry.object(allowing: [], required: ["key", "value"])
      let inserted = map.insert(
        try Value(notation: entry.required("key")), try Value(notation: entry.required("value")))
      if case .error(let message)? = Interpreter.fault(inserted) {
        throw entry.error(Problem.sentence(message.prefix(1).uppercased() + message.dropFirst()))
      }
    }
    return .map(map)
  }

  /// Writes the value in the notation; the entries of a map by key.
  ///
  /// - Precondition: the value is settled.
  func write<Failure: Error>(to writer: inout JSONWriter<Failure>) throws(Failure) {
    try writer.beginObject()
    switch self {
    case .null:
      try writer.key(Notation.null.rawValue)
      try writer.null()
    case .bool(let value): try writer.member(Notation.bool.rawValue, value)
    case .int(let value): try writer.member(Notation.int.rawValue, String(value))
    case .uint(let value): try writer.member(Notation.uint.rawValue, String(value))
    case .double(let value):
      if value.isFinite {
        try writer.member(Notation.double.rawValue, value)
      } else {
        try writer.member(Notation.double.rawValue, Conversion.words(value))
      }
    case .string(let text): try writer.member(Notation.string.rawValue, text)
    case .bytes(let bytes): try writer.member(Notation.bytes.rawValue, Base64.encode(bytes))
    case .type(let name): try writer.member(Notation.type.rawValue, name)
    case .timestamp(let time): try writer.member(Notation.timestamp.rawValue, time.text)
    case .duration(let duration): try writer.member(Notation.duration.rawValue, DurationText.text(duration))
    case .date(let day): try writer.member(Notation.date.rawValue, CalendarDate(days: day).description)
    case .period(let start, let end):
      try writer.key(Notation.period.rawValue)
      try writer.beginObject()
      try writer.member("start", CalendarDate(days: start).description)
      try writer.member("end", CalendarDate(days: end).description)
      try writer.endObject()
    case .list(let list): try write(list, to: &writer)
    case .map(let map): try write(map, to: &writer)
    case .optional(let held):
      try writer.key(Notation.optional.rawValue)
      try writer.beginObject()
      if let held {
        try writer.key("value")
        try held.write(to: &writer)
      }
      try writer.endObject()
    case .record, .unknown, .error: preconditionFailure("only settled values are written")
    }
    try writer.endObject()
  }

  // As protobuf does, nothing stands for no elements.
  private func write<Failure: Error>(_ list: ValueList, to writer: inout JSONWriter<Failure>) throws(Failure) {
    try writer.key(Notation.list.rawValue)
    try writer.beginObject()
    if !list.items.isEmpty {
      try writer.key("values")
      try writer.beginArray()
      for item in list.items { try item.write(to: &writer) }
      try writer.endArray()
    }
    try writer.endObject()
  }

  private func write<Failure: Error>(_ map: ValueMap, to writer: inout JSONWriter<Failure>) throws(Failure) {
    try writer.key(Notation.map.rawValue)
    try writer.beginObject()
    if !map.entries.isEmpty {
      try writer.key("entries")
      try writer.beginArray()
      for (key, value) in map.sorted {
        try writer.beginObject()
        try writer.key("key")
        try key.write(to: &writer)
        try writer.key("value")
        try value.write(to: &writer)
        try writer.endObject()
      }
      try writer.endArray()
    }
    try writer.endObject()
  }
}
