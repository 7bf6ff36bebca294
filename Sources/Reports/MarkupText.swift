import TerminalText

/// Text in Markdown, with nothing in it that Markdown, HTML or a table would act on.
///
/// Everything goes by Unicode scalars, as readers of Markdown do: a pipe with an accent on it still ends a cell.
public enum MarkdownText {
  public static func escaped(_ text: String) -> String {
    var result = ""
    // Nothing but spaces, or digits after them, so far.
    var isStart = true
    var isNumber = false
    let scalars = Array(PlainText.visible(text).unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "{", "}", "[", "]", "|", "~": result += "\\\(scalar)"
      // What begins a heading or a list; between words it stays as it is.
      case "#", "+", "-", "=":
        result += isStart ? "\\\(scalar)" : String(scalar)
      case ".", ")":
        let endsNumber = isNumber && (index + 1 == scalars.count || scalars[index + 1] == " ")
        result += isStart || endsNumber ? "\\\(scalar)" : String(scalar)
      default: result.unicodeScalars.append(scalar)
      }
      isNumber = (isStart || isNumber) && ("0"..."9").contains(scalar)
      isStart = isStart && scalar == " "
    }
    return result
  }

  /// The same for a comment on GitHub, in which text also names nobody, no issue and no address: what would is parted
  /// by an empty comment.
  static func inComment(_ text: String) -> String {
    var result = ""
    var before: [Unicode.Scalar] = []
    for scalar in escaped(text).unicodeScalars {
      switch scalar {
      case "@", "#": result += "\(scalar)<!-- -->"
      case "/" where before.last == ":": result += "<!-- -->/"
      case "." where before.suffix(3).allSatisfy({ $0 == "w" || $0 == "W" }) && before.count >= 3:
        result += "<!-- -->."
      default: result.unicodeScalars.append(scalar)
      }
      before = Array(before.suffix(2)) + [scalar]
    }
    return result
  }
}

/// Text in the messages of SARIF 2.1.0.
enum SARIFText {
  /// Braces are doubled, since they stand for arguments (3.11.5); where brackets would make a link (3.11.6), they get
  /// backslashes.
  static func escaped(_ text: String) -> String { bracesDoubled(withoutLinks(PlainText.visible(text))) }

  static func bracesDoubled(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar == "{" || scalar == "}" { result.unicodeScalars.append(scalar) }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  private static func withoutLinks(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard zip(scalars, scalars.dropFirst()).contains(where: { $0 == "]" && $1 == "(" }) else { return text }
    var result = ""
    for scalar in scalars {
      if scalar == "[" || scalar == "]" || scalar == "\\" { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}

/// Text in XML 1.0: characters that no document may hold are shown written out.
enum XMLText {
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in PlainText.visible(text).unicodeScalars {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }
}
