/// Names brought to a form in which spellings that certainly mean the same are equal.
enum NameForm {
  /// Without white space of any kind at either end.
  static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isSpace($0) }),
      let last = scalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    if first == scalars.startIndex, scalars.index(after: last) == scalars.endIndex { return text }
    return String(scalars[first...last])
  }

  /// The words of a name: small letters, no punctuation, spaces of every kind alike, `&` as `and`, `Saint` as `st`, and
  /// without the words that say what kind of body it is: NHS, Foundation, Trust, FT, Health Board, a leading The.
  static func words(_ name: String) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    func end() {
      if !word.isEmpty { words.append(String(word)) }
      word = String.UnicodeScalarView()
    }
    for scalar in name.unicodeScalars {
      if scalar.value < 0x80 {
        switch scalar {
        case "a"..."z", "0"..."9": word.append(scalar)
        case "A"..."Z": word.append(Unicode.Scalar(UInt8(scalar.value) | 0x20))
        case "'", "`": continue
        case "&", "+":
          end()
          words.append("and")
        default: end()
        }
      } else if isApostrophe(scalar) {
        continue
      } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        word.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      } else if !isInvisible(scalar) {
        end()
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
    var at = words.first == "the" ? 1 : 0
    while at < words.count {
      if let length = kinds.first(where: { words[at...].starts(with: $0) })?.count {
        at += length
      } else {
        kept.append(words[at])
        at += 1
      }
    }
    return kept.isEmpty ? words : kept
  }

  private static let kinds: [[String]] = [
    ["national", "health", "service"], ["local", "health", "board"], ["health", "board"], ["foundation", "trust"],
    ["nhs"], ["nhsft"], ["nhst"], ["foundation"], ["trust"], ["ft"],
  ]

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
