import Testing

@testable import Site

@Suite struct HTMLTextTests {
  @Test func whatActsIsEscapedAlsoWithAnAccentOnIt() {
    #expect(HTMLText().escapeText("<&>\"'") == "&lt;&amp;&gt;&quot;&#39;")
    let escaped = HTMLText().escapeText("\"\u{301} onclick='\u{301}x'<\u{301}>")
    #expect(!escaped.unicodeScalars.contains { "\"'<>".unicodeScalars.contains($0) }, "\(escaped)")
  }

  @Test func templatesAndThoseTheyTakeInEscapeAlike() throws {
    let theme = Theme(
      templates: [
        "page": "<a title=\"{{text}}\">{{> part}}</a>{{#list}}<b title=\"{{.}}\"></b>{{/list}}",
        "part": "<i title=\"{{text}}\"></i>",
      ], files: [:])
    let text = "x\"\u{301} onclick=\"y"
    let page = Page(path: "page.html", template: "page", context: ["text": text, "list": [text]])
    let bytes = try PageRenderer(theme).render(page).bytes
    // The three attributes alone have quotes.
    #expect(bytes.count { $0 == UInt8(ascii: "\"") } == 6, "\(String(decoding: bytes, as: UTF8.self))")
  }
}
