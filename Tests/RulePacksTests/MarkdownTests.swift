import Testing

@testable import RulePacks

/// What a page is given is shown as it is.
@Suite("Markdown")
struct MarkdownTests {
  private func paragraph(_ words: Markdown.Inline) -> String {
    var page = Markdown()
    page.paragraph(words)
    return page.text
  }

  private func cell(_ words: Markdown.Inline) -> String {
    var page = Markdown()
    page.table(["A"], [[words]])
    return String(page.text.split(separator: "\n")[2])
  }

  @Test(arguments: [
    ("<5 | *", #"\<5 \| \*"#), ("a_b [c] `d`", #"a\_b \[c\] \`d\`"#), ("~30 & $1", #"\~30 \& \$1"#),
    (#"back\slash"#, #"back\\slash"#), ("two\nlines\r\nmore", "two lines more"), ("- no list", #"\- no list"#),
    ("# no heading", "\\# no heading"), ("1. no list", #"1\. no list"#), ("12) no list", #"12\) no list"#),
    ("2016 is a year", "2016 is a year"),
  ])
  func textIsNoMarkup(_ text: String, _ source: String) {
    #expect(paragraph(Markdown.Inline(text)) == source + "\n")
  }

  @Test(arguments: [
    ("a || b", "`a || b`"), ("a`b", "``a`b``"), ("`a", "`` `a ``"), (" a ", "`  a  `"), ("", "<code></code>"),
  ])
  func codeIsShownWhole(_ text: String, _ source: String) {
    #expect(paragraph(.code(text)) == source + "\n")
  }

  @Test(arguments: [
    ("a || b", #"| `a \|\| b` |"#), (#"\b(a|b)\b"#, #"| `\b(a\|b)\b` |"#),
    (#"a\|b"#, "| <code>a&#92;&#124;b</code> |"), (#"a\\|b"#, #"| `a\\\|b` |"#),
  ])
  func aPipeDoesNotEndTheCell(_ text: String, _ source: String) {
    #expect(cell(.code(text)) == source)
  }

  @Test func aFenceIsLongerThanTheOnesWithin() {
    var page = Markdown()
    page.code("```\nx", language: "cel")
    #expect(page.text == "````cel\n```\nx\n````\n")
  }

  @Test func shortRowsAreFilled() {
    var page = Markdown()
    page.table(["A", "B"], [["1"]], right: [1])
    #expect(page.text == "| A | B |\n| --- | ---: |\n| 1 | |\n")
  }

  @Test func headingsAreFoundByTheirLinks() {
    #expect(Markdown.anchor("data-collection/parts do_not") == "data-collectionparts-do_not")
  }
}
