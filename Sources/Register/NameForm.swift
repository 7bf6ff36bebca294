/// Names brought to a form in which spellings that certainly mean the same are equal.
enum NameForm {
  /// Without white space of any kind at either end.
  static func trimmed(_ text: String) -> String {
    // Nearly every text begins and ends with a plain character.
    guard let firstByte = text.utf8.first, let lastByte = text.utf8.last else { return text }
    if isPlain(firstByte) && isPlain(lastByte) { return text }
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isSpace($0) }),
      let last = scalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(scalars[first...last])
  }

  /// The words of a name: small letters, no punctuation, spaces of every kind alike, `&` as `and`, `Saint` as `st`, and
  /// without the words that say what kind of body it is: NHS, Foundation, Trust, FT, Health Board, a leading The.
  static func words(_ name: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    func end() {
      if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
      word.removeAll(keepingCapacity: true)
    }
    for scalar in name.unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9": word.append(UInt8(scalar.value))
      case "A"..."Z": word.append(UInt8(scalar.value) | 0x20)
      case "'", "`": continue
      case "&", "+":
        end()
        words.append("and")
      case "\0"..."\u{7F}": end()
      default:
        if isApostrophe(scalar) || isInvisible(scalar) {
          continue
        } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
          word.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
        } else {
          end()
        }
      }
    }
    end()
    return withoutKind(words.map { $0 == "saint" ? "st" : $0 })
  }

  /// The words as one text.
  static func normalised(_ name: String) -> String { words(name).joined(separator: " ") }

  /// Removes what says the kind of body, unless nothing else is there.
  private static func withoutKind(_ words: [String]) -> [String] {
    var kept: [String] = []
    kept.reserveCapacity(words.count)
    var at = words.first == "the" ? 1 : 0
    while at < words.count {
      switch words[at] {
      case "nhs", "nhsft", "nhst", "foundation", "trust", "ft":
        at += 1
      case "national" where words[at...].starts(with: ["national", "health", "service"]),
        "local" where words[at...].starts(with: ["local", "health", "board"]):
        at += 3
      case "health" where words[at...].starts(with: ["health", "board"]):
        at += 2
      default:
        kept.append(words[at])
        at += 1
      }
    }
    return kept.isEmpty ? words : kept
  }

  private static func isPlain(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || isInvisible(scalar)
  }

  /// Zero-width characters, soft hyphens and byte order marks.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .format
  }

  private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool {
    ["\u{2019}", "\u{2018}", "\u{02BC}", "\u{B4}"].contains(scalar)
  }
}
