/// Text for a terminal: wrapped, aligned, and with nothing in it that a terminal would act on.
public struct PlainText {
  public private(set) var text = ""
  public let width: Int
  public let usesColour: Bool

  public enum Style: String {
    case bold = "1"
    case faint = "2"
    case red = "31"
    case yellow = "33"
    case blue = "34"
  }

  public init(width: Int, usesColour: Bool = false) {
    self.width = max(40, width)
    self.usesColour = usesColour
  }

  public mutating func blankLine() {
    if !text.isEmpty && !text.hasSuffix("\n\n") { text += "\n" }
  }

  /// One line as it is, but for spaces at its end.
  public mutating func line(_ line: String, style: Style? = nil) {
    var end = line.endIndex
    while end > line.startIndex, line[line.index(before: end)] == " " { end = line.index(before: end) }
    text += styled(String(line[..<end]), style) + "\n"
  }

  /// Words broken into lines of the width; `first` begins the first line and the others are indented by its width.
  public mutating func paragraph(_ words: String, first: String = "", style: Style? = nil) {
    let indent = PlainText.columns(first)
    let room = max(20, width - indent)
    var isFirst = true
    for part in PlainText.wrap(PlainText.visible(words), room) {
      text += isFirst ? first : String(repeating: " ", count: indent)
      text += styled(part, style) + "\n"
      isFirst = false
    }
  }

  public func styled(_ words: String, _ style: Style?) -> String {
    guard usesColour, let style else { return words }
    return "\u{1B}[\(style.rawValue)m\(words)\u{1B}[0m"
  }

  /// `words` padded with spaces to at least `count` columns, at the right or the left.
  public static func padded(_ words: String, _ count: Int, right: Bool = false) -> String {
    let padding = String(repeating: " ", count: max(0, count - columns(words)))
    return right ? padding + words : words + padding
  }

  /// Breaks at spaces; a word longer than the room stands alone, cut where the room ends.
  ///
  /// - Parameter firstRoom: the room of the first line, when it is another.
  public static func wrap(_ words: String, _ otherRoom: Int, firstRoom: Int? = nil) -> [String] {
    var lines: [String] = []
    var room: Int { lines.isEmpty ? firstRoom ?? otherRoom : otherRoom }
    var line = ""
    var width = 0
    for word in words.split(separator: " ", omittingEmptySubsequences: true) {
      let wordWidth = columns(word)
      if width > 0 && width + 1 + wordWidth > room {
        lines.append(line)
        (line, width) = ("", 0)
      }
      if width > 0 { (line, width) = (line + " ", width + 1) }
      if wordWidth <= room {
        (line, width) = (line + word, width + wordWidth)
        continue
      }
      for character in word {
        let characterWidth = columns(of: character)
        if width + characterWidth > room {
          lines.append(line)
          (line, width) = ("", 0)
        }
        line.append(character)
        width += characterWidth
      }
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// Words broken into lines of a width.
  ///
  /// - Parameters:
  ///   - indent: spaces before every line but the first, and before it when `first` is empty.
  ///   - first: what begins the first line.
  public static func lines(_ words: String, width: Int, indent: Int = 0, first: String = "") -> [String] {
    let margin = String(repeating: " ", count: indent)
    let start = first.isEmpty ? margin : first
    var lines = wrap(visible(words), max(20, width - indent), firstRoom: max(20, width - columns(start)))
    for index in lines.indices { lines[index] = (index == 0 ? start : margin) + lines[index] }
    return lines
  }

  /// The text with control, direction and other invisible format characters written out as `\u{…}`.
  public static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\t" || scalar == "\r" {
        result += " "
      } else if isHidden(scalar) {
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The same with line feeds as they are.
  public static func visibleLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { visible(String($0)) }.joined(separator: "\n")
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
    default: false
    }
  }

  /// The width in columns, near enough: one a character, two for East Asian wide ones.
  public static func columns(_ text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + columns(of: $1) }
  }

  private static func columns(of character: Character) -> Int {
    let value = character.unicodeScalars.first!.value
    let isWide =
      (0x1100...0x115F).contains(value) || (0x2E80...0xA4CF).contains(value) || (0xAC00...0xD7A3).contains(value)
      || (0xF900...0xFAFF).contains(value) || (0xFF00...0xFF60).contains(value) || (0x1F300...0x1FAFF).contains(value)
    return isWide ? 2 : 1
  }
}
