public import AuditModel

/// Typed reading of objects. Every error stands at its place and says what was expected and what was found; `null` is
/// never taken for an absent member.
extension JSONValue {
  /// Checks that the value is an object with these keys: an unknown key is an error that suggests the nearest known
  /// one, and so is a required key that is missing.
  ///
  /// - Parameters:
  ///   - allowing: the keys that may be there, beside the required ones.
  ///   - required: the keys that must be there.
  /// - Returns: the value itself.
  @discardableResult
  public func object(allowing: [String], required: [String] = []) throws(JSONError) -> JSONValue {
    try expect(.object)
    for (key, value) in members where !allowing.contains(key) && !required.contains(key) {
      let known = required + allowing
      let question = Suggestion.question(for: key, among: known)
      let keys = known.map { "\"\($0)\"" }.joined(separator: ", ")
      throw value.errorAtKey("Unknown key \"\(key)\"" + (question.isEmpty ? "; the keys are \(keys)" : question))
    }
    for key in required where self[key] == nil { throw missing(key) }
    return self
  }

  /// A member that must be there, of any kind.
  public func required(_ key: String) throws(JSONError) -> JSONValue {
    try expect(.object)
    guard let value = self[key] else { throw missing(key) }
    return value
  }

  public func requiredString(_ key: String) throws(JSONError) -> String { try required(key).asString() }
  public func requiredInteger(_ key: String) throws(JSONError) -> Int64 { try required(key).asInteger() }
  public func requiredDouble(_ key: String) throws(JSONError) -> Double { try required(key).asDouble() }
  public func requiredBoolean(_ key: String) throws(JSONError) -> Bool { try required(key).asBoolean() }
  public func requiredDate(_ key: String) throws(JSONError) -> CalendarDate { try required(key).asDate() }
  public func requiredArray(_ key: String) throws(JSONError) -> [JSONValue] { try required(key).asArray() }
  public func requiredStringArray(_ key: String) throws(JSONError) -> [String] { try required(key).asStringArray() }
  public func requiredObject(_ key: String) throws(JSONError) -> JSONValue { try required(key).expect(.object) }

  public func optionalString(_ key: String) throws(JSONError) -> String? { try self[key]?.asString() }
  public func optionalInteger(_ key: String) throws(JSONError) -> Int64? { try self[key]?.asInteger() }
  public func optionalDouble(_ key: String) throws(JSONError) -> Double? { try self[key]?.asDouble() }
  public func optionalBoolean(_ key: String) throws(JSONError) -> Bool? { try self[key]?.asBoolean() }
  public func optionalDate(_ key: String) throws(JSONError) -> CalendarDate? { try self[key]?.asDate() }
  public func optionalArray(_ key: String) throws(JSONError) -> [JSONValue]? { try self[key]?.asArray() }
  public func optionalStringArray(_ key: String) throws(JSONError) -> [String]? { try self[key]?.asStringArray() }
  public func optionalObject(_ key: String) throws(JSONError) -> JSONValue? { try self[key]?.expect(.object) }

  /// A string that says something.
  public func requiredText(_ key: String) throws(JSONError) -> String { try required(key).asText() }
  public func optionalText(_ key: String) throws(JSONError) -> String? { try self[key]?.asText() }

  /// A member that is one of an enumeration's words.
  public func requiredWord<Word: RawRepresentable & CaseIterable>(
    _ key: String, of type: Word.Type = Word.self
  ) throws(JSONError) -> Word where Word.RawValue == String {
    try required(key).asWord()
  }

  /// A member that is one of an enumeration's words, if it is there.
  public func optionalWord<Word: RawRepresentable & CaseIterable>(
    _ key: String, of type: Word.Type = Word.self
  ) throws(JSONError) -> Word? where Word.RawValue == String {
    try self[key]?.asWord()
  }
}

/// Typed reading of single values.
extension JSONValue {
  @discardableResult
  public func expect(_ kind: Kind) throws(JSONError) -> JSONValue {
    guard self.kind == kind else { throw unexpected(kind.words) }
    return self
  }

  public func asString() throws(JSONError) -> String {
    guard let string else { throw unexpected("a string") }
    return string
  }

  /// A string that is not empty.
  public func asText() throws(JSONError) -> String {
    let text = try asString()
    if text.isEmpty { throw error("The text is empty") }
    return text
  }

  public func asInteger() throws(JSONError) -> Int64 {
    guard let integer else { throw unexpected("an integer") }
    return integer
  }

  /// A number of either kind.
  public func asDouble() throws(JSONError) -> Double {
    guard let double else { throw unexpected("a number") }
    return double
  }

  public func asBoolean() throws(JSONError) -> Bool {
    guard let boolean else { throw unexpected("true or false") }
    return boolean
  }

  /// A string that is a date written `CCYY-MM-DD`.
  public func asDate() throws(JSONError) -> CalendarDate {
    guard let string else { throw unexpected("a date written \"CCYY-MM-DD\"") }
    guard let date = CalendarDate(iso: string) else {
      throw error("Expected a date written \"CCYY-MM-DD\", found \"\(string)\"")
    }
    return date
  }

  public func asArray() throws(JSONError) -> [JSONValue] { try expect(.array).elements }

  public func asStringArray() throws(JSONError) -> [String] {
    var strings: [String] = []
    for element in try asArray() { strings.append(try element.asString()) }
    return strings
  }

  /// A string that is one of an enumeration's words; another is an error that lists them.
  public func asWord<Word: RawRepresentable & CaseIterable>(
    of type: Word.Type = Word.self
  ) throws(JSONError) -> Word where Word.RawValue == String {
    let found = try asString()
    guard let word = Word(rawValue: found) else {
      let known = Word.allCases.map(\.rawValue)
      let question = Suggestion.question(for: found, among: known)
      let words = known.map { "\"\($0)\"" }.joined(separator: ", ")
      throw error("Expected one of \(words), found \"\(found)\"\(question)")
    }
    return word
  }

  /// An error here: something was expected and another kind of value was found.
  public func unexpected(_ expected: String) -> JSONError { error("Expected \(expected), found \(kind.words)") }

  private func missing(_ key: String) -> JSONError { error("The key \"\(key)\" is missing") }
}
