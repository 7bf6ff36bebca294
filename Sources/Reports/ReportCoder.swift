import AuditModel
import JSONDocument

/// Writes or reads one JSON object; the same calls serve both ways, so that what is written is what is read.
///
/// A nil value is an absent member. When reading, members that are not asked for are passed over: a later minor version
/// of the schema may have added them.
final class ReportCoder {
  private var writer: JSONWriter<Never>?
  private var object: JSONValue?

  init(writingTo style: JSONStyle) {
    writer = JSONWriter(style)
  }

  init(reading object: JSONValue) {
    self.object = object
  }

  var isReading: Bool { object != nil }

  /// What was written.
  consuming func bytes() -> [UInt8] {
    guard let writer = writer.take() else { return [] }
    return writer.finishedBytes()
  }

  /// What was written so far; nothing further is known of it.
  func take() -> [UInt8] { writer?.take() ?? [] }

  func endLine() { writer?.endLine() }

  func string(_ key: String, _ value: inout String) throws(JSONError) {
    if let object { value = try object.requiredString(key) } else { writer?.member(key, value) }
  }

  func string(_ key: String, _ value: inout String?) throws(JSONError) {
    if let object { value = try object.optionalString(key) } else if let value { writer?.member(key, value) }
  }

  func integer(_ key: String, _ value: inout Int) throws(JSONError) {
    if let object { value = Int(try object.requiredInteger(key)) } else { writer?.member(key, value) }
  }

  func integer(_ key: String, _ value: inout Int?) throws(JSONError) {
    if let object {
      value = try object.optionalInteger(key).map { Int($0) }
    } else if let value {
      writer?.member(key, value)
    }
  }

  func number(_ key: String, _ value: inout Double?) throws(JSONError) {
    if let object {
      value = try object[key]?.asDouble()
    } else if let value {
      writer?.member(key, value)
    }
  }

  func boolean(_ key: String, _ value: inout Bool) throws(JSONError) {
    if let object { value = try object.requiredBoolean(key) } else { writer?.member(key, value) }
  }

  func boolean(_ key: String, _ value: inout Bool?) throws(JSONError) {
    if let object { value = try object.optionalBoolean(key) } else if let value { writer?.member(key, value) }
  }

  func date(_ key: String, _ value: inout CalendarDate) throws(JSONError) {
    if let object { value = try object.requiredDate(key) } else { writer?.member(key, value.description) }
  }

  func date(_ key: String, _ value: inout CalendarDate?) throws(JSONError) {
    if let object { value = try object.optionalDate(key) } else if let value { writer?.member(key, value.description) }
  }

  /// A period as an object with `start` and `end`.
  func period(_ key: String, _ value: inout Period?) throws(JSONError) {
    if let object {
      guard let found = object[key] else { return }
      value = Period(start: try found.requiredDate("start"), end: try found.requiredDate("end"))
      if value == nil { throw found.error("The period ends before it starts") }
    } else if let value {
      writer?.key(key)
      writer?.beginObject()
      writer?.member("start", value.start.description)
      writer?.member("end", value.end.description)
      writer?.endObject()
    }
  }

  /// One word of a closed list.
  func word<Word: RawRepresentable & CaseIterable>(_ key: String, _ value: inout Word) throws(JSONError)
  where Word.RawValue == String {
    if let object { value = try object.requiredWord(key) } else { writer?.member(key, value.rawValue) }
  }

  func word<Word: RawRepresentable & CaseIterable>(_ key: String, _ value: inout Word?) throws(JSONError)
  where Word.RawValue == String {
    if let object { value = try object.optionalWord(key) } else if let value { writer?.member(key, value.rawValue) }
  }

  /// A member that is worked out from the others: written, and passed over when reading.
  func derived<Value: ReportCodable>(_ key: String, _ value: Value?) throws(JSONError) {
    guard !isReading, let value else { return }
    writer?.key(key)
    try write(value)
  }

  /// A text that is left out when it is empty.
  func presentString(_ key: String, _ value: inout String) throws(JSONError) {
    var present: String? = value.isEmpty ? nil : value
    try string(key, &present)
    value = present ?? ""
  }

  func strings(_ key: String, _ value: inout [String]) throws(JSONError) {
    if let object {
      value = try object.requiredStringArray(key)
    } else {
      writer?.key(key)
      writer?.beginArray()
      for element in value { writer?.string(element) }
      writer?.endArray()
    }
  }

  /// Counts by word: `{"passed": 3}`; words that count nothing are left out.
  func counts<Word: RawRepresentable & CaseIterable & Hashable>(
    _ key: String, _ value: inout [Word: Int]
  ) throws(JSONError) where Word.RawValue == String {
    if let object {
      let found = try object.requiredObject(key)
      for word in Word.allCases { value[word] = try found.optionalInteger(word.rawValue).map { Int($0) } }
    } else {
      writer?.key(key)
      writer?.beginObject()
      for word in Word.allCases {
        if let count = value[word], count > 0 { writer?.member(word.rawValue, count) }
      }
      writer?.endObject()
    }
  }

  /// Texts by word.
  func texts<Word: RawRepresentable & CaseIterable & Hashable>(
    _ key: String, _ value: inout [Word: String]
  ) throws(JSONError) where Word.RawValue == String {
    if let object {
      let found = try object.requiredObject(key)
      for word in Word.allCases { value[word] = try found.optionalString(word.rawValue) }
    } else {
      writer?.key(key)
      writer?.beginObject()
      for word in Word.allCases {
        if let text = value[word] { writer?.member(word.rawValue, text) }
      }
      writer?.endObject()
    }
  }

  func object<Value: ReportCodable>(_ key: String, _ value: inout Value) throws(JSONError) {
    if let object {
      value = try Value.read(object.requiredObject(key))
    } else {
      writer?.key(key)
      try write(value)
    }
  }

  func object<Value: ReportCodable>(_ key: String, _ value: inout Value?) throws(JSONError) {
    if let object {
      guard let found = try object.optionalObject(key) else { return }
      value = try Value.read(found)
    } else if let value {
      writer?.key(key)
      try write(value)
    }
  }

  func list<Value: ReportCodable>(_ key: String, _ value: inout [Value]) throws(JSONError) {
    if let object {
      value = []
      for element in try object.requiredArray(key) { value.append(try Value.read(element)) }
    } else {
      writer?.key(key)
      writer?.beginArray()
      for element in value { try write(element) }
      writer?.endArray()
    }
  }

  /// An exact ratio as text: "2/3".
  func ratio(_ key: String, _ value: inout Ratio) throws(JSONError) {
    if let object {
      let text = try object.requiredString(key)
      guard let ratio = Ratio(text) else {
        throw (object[key] ?? object).error("Expected a fraction such as \"2/3\", found \"\(text)\"")
      }
      value = ratio
    } else {
      writer?.member(key, value.description)
    }
  }

  func ratio(_ key: String, _ value: inout Ratio?) throws(JSONError) {
    if isReading ? object?[key] == nil : value == nil { return }
    var ratio = value ?? .zero
    try self.ratio(key, &ratio)
    value = ratio
  }

  /// A list that reports of earlier minor versions of the schema do not have.
  func addedList<Value: ReportCodable>(_ key: String, _ value: inout [Value]) throws(JSONError) {
    if let object, object[key] == nil { return }
    try list(key, &value)
  }

  /// A list that is left out when it is empty.
  func presentList<Value: ReportCodable>(_ key: String, _ value: inout [Value]) throws(JSONError) {
    if isReading ? object?[key] == nil : value.isEmpty { return }
    try list(key, &value)
  }

  /// Named values whose type is the JSON type; a date is its text, a hidden one null.
  func evidence(_ key: String, _ value: inout [Finding.Evidence]) throws(JSONError) {
    if let object {
      value = []
      for (name, found) in try object.requiredObject(key).members {
        let read: EvidenceValue =
          switch found.kind {
          case .integer: .integer(try found.asInteger())
          case .real: .number(try found.asDouble())
          case .null: .hidden
          default: .text(try found.asString())
          }
        value.append(Finding.Evidence(name: name, value: read))
      }
    } else {
      writer?.key(key)
      writer?.beginObject()
      for item in value {
        switch item.value {
        case .text(let text): writer?.member(item.name, text)
        case .integer(let number): writer?.member(item.name, number)
        case .number(let number): writer?.member(item.name, number)
        case .date(let date): writer?.member(item.name, date.description)
        case .hidden:
          writer?.key(item.name)
          writer?.null()
        }
      }
      writer?.endObject()
    }
  }

  /// Writes one whole object.
  func write<Value: ReportCodable>(_ value: Value) throws(JSONError) {
    var copy = value
    writer?.beginObject()
    try copy.code(self)
    writer?.endObject()
  }
}

/// A part of the report that has a form in JSON.
protocol ReportCodable {
  /// Something to read into.
  static var blank: Self { get }

  /// Names every member once, in the order written.
  mutating func code(_ coder: ReportCoder) throws(JSONError)
}

extension ReportCodable {
  static func read(_ value: JSONValue) throws(JSONError) -> Self {
    var result = Self.blank
    try result.code(ReportCoder(reading: try value.expect(.object)))
    return result
  }
}
