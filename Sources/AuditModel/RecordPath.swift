/// Where a value stands in a record of XML or nested JSON.
///
/// Steps are divided by `/`: names of elements without prefixes, or keys of JSON with `/` written `~1` and `~` written
/// `~0` as in a JSON Pointer (RFC 6901). `Name[2]` is the second of the siblings of that name, or the second of a list.
/// A last step `@name` is an attribute. A path that begins with `/` goes from the root of the document, others go from
/// the record.
public struct RecordPath: Hashable, Sendable, CustomStringConvertible {
  /// The path as readers write it: `[1]` left out.
  public let text: String

  public init?(_ text: String) {
    var steps: [String] = []
    var rest = text[...]
    let isFromRoot = rest.first == "/"
    if isFromRoot { rest = rest.dropFirst() }
    let parts = rest.split(separator: "/", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if part.first == "@" {
        guard index == parts.count - 1, part.count > 1 else { return nil }
        steps.append(String(part))
        continue
      }
      guard let step = RecordPath.step(part) else { return nil }
      steps.append(step)
    }
    self.text = (isFromRoot ? "/" : "") + steps.joined(separator: "/")
  }

  public var description: String { text }

  /// True when it leads to an element or key, and not to an attribute.
  public var leadsToElement: Bool { text.split(separator: "/").last?.first != "@" }

  private static func step(_ part: Substring) -> String? {
    guard part.last == "]", let open = part.lastIndex(of: "[") else {
      return part.isEmpty || part.contains("@") ? nil : String(part)
    }
    let name = part[..<open]
    guard !name.isEmpty, let number = Int(part[part.index(after: open)...].dropLast()), number >= 1 else { return nil }
    return number == 1 ? String(name) : String(part)
  }
}

/// Where the records of a file stand: names from the root on, `/` between them.
public struct RecordPlaces: Hashable, Sendable {
  /// In XML, down to the element that is a record, such as `COSD/COSDRecord`; nil when the pack reads no XML.
  public var xml: [String]?
  /// In a JSON document, down to the list of records; nil for the usual places.
  public var json: [String]?

  public init(xml: [String]? = nil, json: [String]? = nil) {
    self.xml = xml
    self.json = json
  }
}

/// What a field's number is counted in where it is written with a percent sign.
public enum NumberUnit: String, CaseIterable, Sendable {
  /// `12%` is 12.
  case percent
  /// `12%` is 0.12.
  case ratio
}
