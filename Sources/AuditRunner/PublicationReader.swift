import AuditModel
import JSONDocument

/// Reads what a round says about its page.
enum PublicationReader {
  static func read(_ value: JSONValue) throws(JSONError) -> Publication {
    try value.object(
      allowing: ["reason", "publisher", "contact", "actions", "letter", "stories", "reports"], required: [])
    return Publication(
      reason: try value.optionalText("reason") ?? "", publisher: try value.optionalText("publisher") ?? "",
      contact: try value.optionalText("contact") ?? "", actions: try links(value, "actions"),
      letter: try value.optionalText("letter") ?? "", stories: try links(value, "stories"),
      reports: try links(value, "reports"))
  }

  private static func links(_ value: JSONValue, _ key: String) throws(JSONError) -> [Publication.Link] {
    var links: [Publication.Link] = []
    for element in try value.optionalArray(key) ?? [] {
      try element.object(allowing: [], required: ["title", "address"])
      let address = try element.requiredText("address")
      guard address.hasPrefix("https://") || address.hasPrefix("mailto:") else {
        throw (element["address"] ?? element).error(
          "Expected an address that begins with https:// or mailto:, found \"\(address)\"")
      }
      links.append(Publication.Link(title: try element.requiredText("title"), address: address))
    }
    return links
  }
}
