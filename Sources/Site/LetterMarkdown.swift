import Reports

/// A letter's Markdown, from the same context as its HTML.
enum LetterMarkdown {
  static func render(_ context: [String: Any], _ messages: Messages) -> String {
    func text(_ key: String) -> String { MarkdownText.escaped(context[key] as? String ?? "") }
    func texts(_ key: String) -> [String] { (context[key] as? [String] ?? []).map(MarkdownText.escaped) }
    func flag(_ key: String) -> Bool { context[key] as? Bool ?? false }
    var blocks: [String] = []
    if flag("synthetic") { blocks.append("**SYNTHETIC** \(text("syntheticNotice"))") }
    blocks.append("# \(text("title"))")
    blocks.append("*\(text("about"))*")
    blocks.append(text("greeting"))
    blocks.append(text("opening"))
    blocks += texts("question").map { "> \($0)" }
    if let first = texts("status").first {
      blocks.append("**\(first)**")
      blocks += texts("status").dropFirst()
    }
    if flag("hasFindings") {
      blocks.append("## \(text("findingsTitle"))")
      blocks.append(texts("findings").map { "- \($0)" }.joined(separator: "\n"))
      if !text("more").isEmpty { blocks.append(text("more")) }
    }
    if flag("hasWays") {
      blocks.append("## \(text("waysTitle"))")
      blocks.append(texts("ways").map { "- \($0)" }.joined(separator: "\n"))
    }
    blocks.append("## \(text("rightTitle"))")
    blocks += texts("right")
    blocks += texts("readings")
    blocks.append(text("closing"))
    if !text("sender").isEmpty { blocks.append(text("sender")) }
    return blocks.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }
}
