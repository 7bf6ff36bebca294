import Glibc

/// `text.format(list)` of CEL's `strings` extension.
enum Format {
  static func apply(_ arguments: [Value]) -> Value {
    guard case .string(let template) = arguments[0], case .list(let list) = arguments[1] else { return .noOverload }
    var result: [UInt8] = []
    var values = list.items[...]
    var rest = Array(template.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        result.append(byte)
        continue
      }
      if rest.first == UInt8(ascii: "%") {
        result.append(byte)
        rest.removeFirst()
        continue
      }
      guard let precision = precision(&rest), let clause = rest.popFirst() else {
        return .error("a % in the format is not followed by a clause such as s or .2f")
      }
      guard let value = values.popFirst() else { return .error("the format has more clauses than there are values") }
      guard let text = text(of: value, clause, precision) else {
        let letter = String(decoding: [clause], as: UTF8.self)
        return .error("%\(letter) does not take a value of type \(value.typeName), or is no clause")
      }
      result += text.utf8
      if result.count / 16 > Value.weightLimit { return .tooLarge }
    }
    return .string(String(decoding: result, as: UTF8.self))
  }

  /// The digits behind a point; 6 when there is no point, nil when there are no digits or too many.
  private static func precision(_ rest: inout ArraySlice<UInt8>) -> Int? {
    guard rest.first == UInt8(ascii: ".") else { return 6 }
    let digits = rest.dropFirst().prefix { $0.isDigit }
    rest = rest[digits.endIndex...]
    return Int(String(decoding: digits, as: UTF8.self)).flatMap { $0 <= 100 ? $0 : nil }
  }

  private static func text(of value: Value, _ clause: UInt8, _ precision: Int) -> String? {
    switch Character(Unicode.Scalar(clause)) {
    case "s": plain(value)
    case "d": decimal(value)
    case "f": number(value).map { fixed($0, precision, isScientific: false) }
    case "e": number(value).map { fixed($0, precision, isScientific: true) }
    case "b": if case .bool(let value) = value { value ? "1" : "0" } else { whole(value, radix: 2) }
    case "o": whole(value, radix: 8)
    case "x": hexadecimal(value, isUppercase: false)
    case "X": hexadecimal(value, isUppercase: true)
    default: nil
    }
  }

  /// A value as `%s` writes it; nil for what has no such form.
  static func plain(_ value: Value) -> String? {
    switch value {
    case .null: return "null"
    case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
    case .list(let list):
      let items = list.items.compactMap { plain($0) }
      return items.count == list.items.count ? "[\(items.joined(separator: ", "))]" : nil
    case .map(let map):
      var entries: [(key: String, value: String)] = []
      for (key, value) in map.entries {
        guard let key = plain(key), let value = plain(value) else { return nil }
        entries.append((key, value))
      }
      let sorted = entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      return "{\(sorted.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
    default:
      if case .string(let text) = Conversion.string(value) { return text }
      return nil
    }
  }

  private static func decimal(_ value: Value) -> String? {
    if case .double(let number) = value { return number.isFinite ? nil : Conversion.words(number) }
    return whole(value, radix: 10)
  }

  private static func whole(_ value: Value, radix: Int, isUppercase: Bool = false) -> String? {
    switch value {
    case .int(let value): String(value, radix: radix, uppercase: isUppercase)
    case .uint(let value): String(value, radix: radix, uppercase: isUppercase)
    default: nil
    }
  }

  private static func hexadecimal(_ value: Value, isUppercase: Bool) -> String? {
    let bytes: [UInt8]
    switch value {
    case .string(let text): bytes = Array(text.utf8)
    case .bytes(let given): bytes = given
    default: return whole(value, radix: 16, isUppercase: isUppercase)
    }
    return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: isUppercase) }.joined()
  }

  private static func number(_ value: Value) -> Double? {
    switch value {
    case .double(let value): value
    case .int(let value): Double(value)
    case .uint(let value): Double(value)
    default: nil
    }
  }

  /// Rounded to the nearest from the exact value, to even between two.
  private static func fixed(_ value: Double, _ precision: Int, isScientific: Bool) -> String {
    guard value.isFinite else { return Conversion.words(value) }
    // The greatest double has 309 digits before its point.
    var buffer = [CChar](repeating: 0, count: 512)
    let count = unsafe withVaList([Int32(precision), value]) { arguments in
      unsafe vsnprintf(&buffer, buffer.count, isScientific ? "%.*e" : "%.*f", arguments)
    }
    return String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
