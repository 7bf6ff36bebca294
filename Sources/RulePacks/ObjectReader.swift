import AuditModel
import JSONDocument

/// Reads the members of an object and notes every error on the way: what is missing or wrong reads as nil.
struct ObjectReader {
  let value: JSONValue
  let log: PackErrorLog

  /// Nil, and an error noted, when the value is no object. Unknown and missing keys are noted.
  init?(_ value: JSONValue, allowing: [String], required: [String] = [], log: PackErrorLog) {
    self.value = value
    self.log = log
    guard value.kind == .object else {
      log.add(value.unexpected("an object"))
      return nil
    }
    let known = required + allowing
    for (key, member) in value.members where !known.contains(key) {
      let question = Suggestion.question(for: key, among: known)
      let keys = known.map { "\"\($0)\"" }.joined(separator: ", ")
      log.add(member.errorAtKey("Unknown key \"\(key)\"" + (question.isEmpty ? "; the keys are \(keys)" : question)))
    }
    for key in required where value[key] == nil { log.add(value.error("The key \"\(key)\" is missing")) }
  }

  subscript(_ key: String) -> JSONValue? { value[key] }

  /// A string; an empty one is an error unless `mayBeEmpty`.
  func string(_ key: String, mayBeEmpty: Bool = false) -> String? {
    guard let member = value[key] else { return nil }
    do {
      let text = try member.asString()
      if text.isEmpty && !mayBeEmpty {
        log.add(member.error("The text is empty"))
        return nil
      }
      return text
    } catch {
      log.add(error)
      return nil
    }
  }

  func boolean(_ key: String) -> Bool? {
    do { return try value.optionalBoolean(key) } catch { return noted(error) }
  }

  func double(_ key: String) -> Double? {
    do { return try value.optionalDouble(key) } catch { return noted(error) }
  }

  func integer(_ key: String) -> Int64? {
    do { return try value.optionalInteger(key) } catch { return noted(error) }
  }

  func date(_ key: String) -> CalendarDate? {
    do { return try value.optionalDate(key) } catch { return noted(error) }
  }

  func word<Word: RawRepresentable & CaseIterable>(_ key: String, of type: Word.Type = Word.self) -> Word?
  where Word.RawValue == String {
    do { return try value.optionalWord(key, of: type) } catch { return noted(error) }
  }

  /// The elements of an array; none when it is missing or no array.
  func array(_ key: String) -> [JSONValue] {
    do { return try value.optionalArray(key) ?? [] } catch { return noted(error) ?? [] }
  }

  /// The members of an object whose keys are the author's.
  func members(_ key: String) -> [(key: String, value: JSONValue)] {
    do { return try value.optionalObject(key)?.members ?? [] } catch { return noted(error) ?? [] }
  }

  /// The strings of an array, each with its value; one given twice is an error.
  func strings(_ key: String) -> [(text: String, value: JSONValue)] {
    var result: [(text: String, value: JSONValue)] = []
    var seen: Set<String> = []
    for element in array(key) {
      do {
        let text = try element.asString()
        if seen.insert(text).inserted {
          result.append((text, element))
        } else {
          log.add(element.error("\"\(text)\" is listed twice"))
        }
      } catch {
        log.add(error)
      }
    }
    return result
  }

  private func noted<Value>(_ error: JSONError) -> Value? {
    log.add(error)
    return nil
  }
}

/// Names that packs give.
public enum PackName {
  /// True for lower-case words joined by hyphens, such as `both-counts-given`.
  public static func isHyphenated(_ name: String) -> Bool {
    var isWordStart = true
    for (index, byte) in name.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): isWordStart = false
      case UInt8(ascii: "0")...UInt8(ascii: "9") where index > 0: isWordStart = false
      case UInt8(ascii: "-") where !isWordStart: isWordStart = true
      default: return false
      }
    }
    return !isWordStart
  }

  /// True for a CEL identifier that is no reserved word (cel-spec, "Syntax").
  public static func isIdentifier(_ name: String) -> Bool {
    guard !reservedWords.contains(name), let first = name.utf8.first else { return false }
    func isLetter(_ byte: UInt8) -> Bool {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        || byte == UInt8(ascii: "_")
    }
    return isLetter(first)
      && name.utf8.allSatisfy { isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  private static let reservedWords: Set<String> = [
    "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop",
    "namespace", "null", "package", "return", "true", "var", "void", "while",
  ]
}
