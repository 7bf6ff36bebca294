import TerminalText

/// Text in Markdown, with nothing in it that Markdown, HTML or a table would act on.
public enum MarkdownText {
  public static func escaped(_ text: String) -> String {
    var result = ""
    for character in PlainText.visible(text) {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "#", "+", "-", ".", "!", "|", "~", "@", ":":
        // Only what begins something; a full stop or a hyphen between letters stays as it is.
        result += "-.:()+!#".contains(character) && !result.isEmpty ? String(character) : "\\\(character)"
      default: result.append(character)
      }
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
