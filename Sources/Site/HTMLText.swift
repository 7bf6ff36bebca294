import Mustache

/// How values are escaped in pages.
///
/// By Unicode scalars, as browsers read. The library's own escaping goes by characters, and leaves a quote alone that
/// has an accent on it: it would end an attribute.
struct HTMLText: MustacheContentType {
  static let name = "TRUSTCHECK-HTML"

  func escapeText(_ text: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
