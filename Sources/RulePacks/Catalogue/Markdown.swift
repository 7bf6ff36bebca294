/// A text in GitHub's Markdown. What it is given is shown as it is: nothing in it is taken for markup.
public struct Markdown {
  private var blocks: [String] = []

  public init() {}

  /// The whole text, blocks parted by empty lines.
  public var text: String { blocks.joined(separator: "\n\n") + "\n" }

  /// What every page of the catalogue begins with: a comment that says where it comes from.
  public static let mark = "<!-- Made by \"trustcheck rules docs\": change the rule pack, not this page. -->"

  /// Begins a page of the catalogue.
  public mutating func begin() { blocks.append(Markdown.mark) }

  /// What is this project's own reading; nothing when it is empty.
  mutating func reading(_ words: String) {
    if !words.isEmpty { quote(.strong("This project's own reading.") + Inline(" " + words)) }
  }

  /// - Parameter level: 1 to 6.
  public mutating func heading(_ level: Int, _ words: Inline) {
    blocks.append("\(String(repeating: "#", count: level)) \(words.source)")
  }

  public mutating func paragraph(_ words: Inline) {
    blocks.append(words.sourceAtLineStart)
  }

  public mutating func quote(_ words: Inline) {
    blocks.append("> \(words.sourceAtLineStart)")
  }

  public mutating func list(_ items: [Inline]) {
    if !items.isEmpty { blocks.append(items.map { "- \($0.sourceAtLineStart)" }.joined(separator: "\n")) }
  }

  /// Text as it is, in a block of its own.
  ///
  /// - Parameter language: what it is written in, for colours.
  public mutating func code(_ text: String, language: String = "") {
    let fence = String(repeating: "`", count: max(3, Markdown.longestRun(of: "`", in: text) + 1))
    blocks.append("\(fence)\(language)\n\(text)\n\(fence)")
  }

  /// A table; rows that are short are filled with empty cells.
  ///
  /// - Parameter right: the columns (0-based) that stand at the right, such as counts.
  public mutating func table(_ header: [Inline], _ rows: [[Inline]], right: Set<Int> = []) {
    func line(_ cells: [String]) -> String {
      "|" + cells.map { $0.isEmpty ? " |" : " \($0) |" }.joined()
    }
    var lines = [line(header.map(\.cellSource))]
    lines.append(line(header.indices.map { right.contains($0) ? "---:" : "---" }))
    for row in rows { lines.append(line(header.indices.map { $0 < row.count ? row[$0].cellSource : "" })) }
    blocks.append(lines.joined(separator: "\n"))
  }

  /// Where a link to a heading leads, as GitHub names it: letters, digits, hyphens and underscores, in lower case.
  public static func anchor(_ heading: String) -> String {
    String(
      heading.lowercased().compactMap { character in
        character == " " ? "-" : character.isLetter || character.isNumber || "-_".contains(character) ? character : nil
      })
  }

  static func longestRun(of wanted: Character, in text: String) -> Int {
    var longest = 0
    var run = 0
    for character in text {
      run = character == wanted ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}

extension Markdown {
  /// Words within a line: plain text, code, links, joined with `+`.
  public struct Inline: ExpressibleByStringInterpolation, Sendable {
    fileprivate enum Piece: Sendable {
      case plain(String)
      case code(String)
      case strong(String)
      case link(String, target: String)
      case lineBreak
    }

    fileprivate var pieces: [Piece]

    /// Plain text.
    public init(stringLiteral text: String) { pieces = [.plain(text)] }

    /// Plain text.
    public init(_ text: String) { pieces = [.plain(text)] }

    fileprivate init(pieces: [Piece]) { self.pieces = pieces }

    public static func code(_ text: String) -> Inline { Inline(pieces: [.code(text)]) }
    public static func strong(_ text: String) -> Inline { Inline(pieces: [.strong(text)]) }

    /// - Parameter target: an address without spaces, such as `#anchor` or `page.md`.
    public static func link(_ text: String, to target: String) -> Inline {
      Inline(pieces: [.link(text, target: target)])
    }

    public static var lineBreak: Inline { Inline(pieces: [.lineBreak]) }

    public static func + (a: Inline, b: Inline) -> Inline { Inline(pieces: a.pieces + b.pieces) }

    /// Several, with the same between them.
    public static func joined(_ parts: [Inline], by separator: Inline) -> Inline {
      var result = Inline(pieces: [])
      for (index, part) in parts.enumerated() { result.pieces += (index == 0 ? [] : separator.pieces) + part.pieces }
      return result
    }

    fileprivate var source: String { pieces.map { Inline.source($0) }.joined() }

    /// The source with what would begin a list, a heading or a rule made plain.
    fileprivate var sourceAtLineStart: String {
      let source = source
      guard case .plain? = pieces.first, let first = source.first else { return source }
      if "#+-=".contains(first) { return "\\" + source }
      let digits = source.prefix { $0.isASCII && $0.isNumber }
      if !digits.isEmpty, let next = source.dropFirst(digits.count).first, ".)".contains(next) {
        return digits + "\\" + source.dropFirst(digits.count)
      }
      return source
    }

    /// The source for a cell of a table, where a pipe ends the cell even within code.
    fileprivate var cellSource: String {
      pieces.map { piece in
        guard case .code(let text) = piece, text.contains("|") else { return Inline.source(piece) }
        // A backslash keeps a pipe within the cell, unless it is taken for one that another backslash keeps plain.
        if Inline.hasPipeAfterOddBackslashes(text) { return "<code>\(Inline.entities(text))</code>" }
        return Inline.code(text.map { $0 == "|" ? "\\|" : String($0) }.joined())
      }.joined()
    }

    /// True when an odd number of backslashes stands before a pipe.
    private static func hasPipeAfterOddBackslashes(_ text: String) -> Bool {
      var backslashes = 0
      for character in text {
        if character == "|" && backslashes % 2 == 1 { return true }
        backslashes = character == "\\" ? backslashes + 1 : 0
      }
      return false
    }

    private static func source(_ piece: Piece) -> String {
      switch piece {
      case .plain(let text): escaped(text)
      case .code(let text): code(text)
      case .strong(let text): "**\(escaped(text))**"
      case .link(let text, let target): "[\(escaped(text))](\(target))"
      case .lineBreak: "<br>"
      }
    }

    private static func code(_ text: String) -> String {
      let text = oneLine(text)
      // A code span is never empty, and loses a space at either end.
      if text.isEmpty || text.allSatisfy({ $0 == " " }) { return "<code>\(entities(text))</code>" }
      let fence = String(repeating: "`", count: Markdown.longestRun(of: "`", in: text) + 1)
      let needsSpace = text.hasPrefix("`") || text.hasSuffix("`") || (text.hasPrefix(" ") && text.hasSuffix(" "))
      let space = needsSpace ? " " : ""
      return fence + space + text + space + fence
    }

    /// Plain text with a backslash before everything that could be markup.
    private static func escaped(_ text: String) -> String {
      var result = ""
      // By Unicode scalars: an asterisk with an accent on it is still one to Markdown.
      for scalar in oneLine(text).unicodeScalars {
        if "\\`*_[]<>|~&$".unicodeScalars.contains(scalar) { result.append("\\") }
        result.unicodeScalars.append(scalar)
      }
      return result
    }

    /// Text in which no character can be taken for markup.
    private static func entities(_ text: String) -> String {
      oneLine(text).unicodeScalars.map { scalar in
        let isPlain =
          scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || " .,:;-".unicodeScalars.contains(scalar)
        return isPlain ? String(scalar) : "&#\(scalar.value);"
      }.joined()
    }

    /// Line ends as spaces.
    private static func oneLine(_ text: String) -> String {
      String(text.map { $0.isNewline ? " " : $0 })
    }
  }
}
