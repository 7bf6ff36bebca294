import AuditModel

/// What a column of a file was taken for.
public struct ColumnMapping: Hashable, Sendable {
  /// 1-based.
  public let position: Int
  public let heading: String
  /// The position of the field; nil when it was taken for none.
  public internal(set) var field: Int?
  public let matchedBy: MatchedBy?
  /// True when its heading means a field for which a column to its left was taken; `field` is then nil.
  public let isRepeated: Bool
  /// The key in a JSON record or the path in an XML one, as a pointer shows it.
  var key: String
  /// True for a column of a workbook that has neither a heading nor anything below it.
  var isUnused = false

  init(
    position: Int, heading: String, field: Int? = nil, matchedBy: MatchedBy? = nil, isRepeated: Bool = false,
    key: String = ""
  ) {
    self.position = position
    self.heading = heading
    self.field = field
    self.matchedBy = matchedBy
    self.isRepeated = isRepeated
    self.key = key
  }

  public enum MatchedBy: String, Sendable {
    case name
    case label
    case alias
    /// The pack says where it stands in a record of XML or JSON.
    case path
    /// The round, the mapping file or the command line says so.
    case round
    /// Its heading is a period, and the table has a column for each.
    case period
    /// The round says that it is not wanted.
    case ignored
    /// It holds the sums of others.
    case total
  }
}

/// What a round or a mapping says a column is.
public enum ColumnTarget: Hashable, Sendable {
  case field(String)
  /// Not wanted.
  case ignored
}

/// Recognises the headings of a pack's fields.
struct HeadingIndex {
  private struct Match {
    var field: Int?
    var by: ColumnMapping.MatchedBy
  }

  private var exact: [String: Match] = [:]
  private var byPosition: [Int: Match] = [:]
  private var byPath: [String: Int] = [:]
  private let plan: IntakePlan

  /// - Parameter columns: by heading, or by `#` and a 1-based number or the letters of a column.
  init(_ plan: IntakePlan, columns: [String: ColumnTarget]) {
    self.plan = plan
    for (index, field) in plan.fields.enumerated() {
      for alias in field.aliases { exact[HeadingIndex.form(alias)] = Match(field: index, by: .alias) }
      for path in field.paths { byPath[path.text] = index }
    }
    for (index, field) in plan.fields.enumerated() {
      exact[HeadingIndex.form(field.label)] = Match(field: index, by: .label)
    }
    for (index, field) in plan.fields.enumerated() {
      exact[HeadingIndex.form(field.name)] = Match(field: index, by: .name)
    }
    for (heading, target) in columns {
      guard let match = match(target) else { continue }
      if let position = HeadingIndex.position(heading) {
        byPosition[position] = match
      } else {
        exact[HeadingIndex.form(heading)] = match
        byPath[heading] = match.field
      }
    }
  }

  private func match(_ target: ColumnTarget) -> Match? {
    switch target {
    case .ignored: return Match(field: nil, by: .ignored)
    case .field(let name):
      return plan.fields.firstIndex { $0.name == name }.map { Match(field: $0, by: .round) }
    }
  }

  /// The column that `#3` or `#C` stands for, 1-based.
  static func position(_ text: String) -> Int? {
    guard text.first == "#" else { return nil }
    let rest = text.dropFirst().uppercased()
    if let number = Int(rest) { return number >= 1 ? number : nil }
    guard !rest.isEmpty, rest.utf8.count <= 3, rest.utf8.allSatisfy({ $0 &- 0x41 < 26 }) else { return nil }
    return rest.utf8.reduce(0) { $0 * 26 + Int($1 - 0x40) }
  }

  /// The columns of a header row; of two columns for one field the first is taken.
  ///
  /// - Parameter others: what the headings are called too, such as without the group they stand in.
  func map(_ headings: [String], others: [String?] = []) -> [ColumnMapping] {
    var taken = Set(byPosition.filter { $0.key <= headings.count }.compactMap(\.value.field))
    return headings.enumerated().map { index, heading in
      let shown = heading.trimmed
      let other = others.indices.contains(index) ? others[index] : nil
      let given = byPosition[index + 1]
      guard let match = given ?? match(heading) ?? other.flatMap(match) else {
        return ColumnMapping(position: index + 1, heading: shown)
      }
      if let field = match.field, given == nil, !taken.insert(field).inserted {
        return ColumnMapping(position: index + 1, heading: shown, isRepeated: true)
      }
      return ColumnMapping(position: index + 1, heading: shown, field: match.field, matchedBy: match.by)
    }
  }

  /// The column for a value that stands at a path of a record, `taken` being the fields that have one already.
  func map(path: String, position: Int, taken: inout Set<Int>) -> ColumnMapping {
    let shown = HeadingIndex.unescaped(path)
    var match = byPath[path].map { Match(field: $0, by: .path) }
    if match == nil { match = exact[HeadingIndex.form(shown)] }
    guard let match else { return ColumnMapping(position: position, heading: shown, key: path) }
    if let field = match.field, !taken.insert(field).inserted {
      return ColumnMapping(position: position, heading: shown, isRepeated: true, key: path)
    }
    return ColumnMapping(position: position, heading: shown, field: match.field, matchedBy: match.by, key: path)
  }

  /// A path as people read it.
  private static func unescaped(_ path: String) -> String {
    guard path.utf8.contains(UInt8(ascii: "~")) else { return path.trimmed }
    return path.split(separator: "~1", omittingEmptySubsequences: false).map { part in
      part.split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")
    }.joined(separator: "/").trimmed
  }

  /// The field that the pack says stands at a path.
  func field(ofPath path: String) -> Int? { byPath[path] }

  /// The field that stands at a path, be it by the pack's paths or by what it is called.
  func field(of path: String) -> Int? { byPath[path] ?? exact[HeadingIndex.form(HeadingIndex.unescaped(path))]?.field }

  /// True when a heading is one of a field's.
  func knows(_ heading: String) -> Bool { match(heading)?.field != nil }

  private func match(_ heading: String) -> Match? {
    let form = HeadingIndex.form(heading)
    if form.isEmpty { return nil }
    if let found = exact[form] { return found }
    let bare = HeadingIndex.form(HeadingIndex.withoutFootnote(heading))
    return bare.isEmpty ? nil : exact[bare]
  }

  /// Letters and digits in lower case, words apart by one space.
  static func form(_ heading: String) -> String {
    heading.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
  }

  private static let raised: Set<Character> = ["¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁰"]

  /// A heading without the mark of a footnote: "ODS code (1)", "Total [note 2]", "Total¹", "Total1", "Total *".
  static func withoutFootnote(_ heading: String) -> String {
    var text = Substring(heading.trimmed)
    for (open, close) in [("(", ")"), ("[", "]")] {
      guard text.hasSuffix(close), let start = text.range(of: open) else { continue }
      let inside = text[start.upperBound...].dropLast().lowercased()
      let words = inside.split { !$0.isLetter && !$0.isNumber }
      let isNote = words.allSatisfy { word in
        ["note", "notes", "footnote"].contains(String(word)) || word.allSatisfy(\.isNumber)
          || word.hasPrefix("note") && word.dropFirst(4).allSatisfy(\.isNumber)
      }
      if isNote, !words.isEmpty { return String(text[..<start.lowerBound]) }
    }
    while let last = text.last, raised.contains(last) || "*†‡".contains(last) || last == " " { text = text.dropLast() }
    if let last = text.last, last.isNumber, let before = text.dropLast().last, before.isLetter {
      text = text.dropLast()
    }
    return String(text)
  }
}

extension Substring {
  /// The last place of a text in this one.
  fileprivate func range(of text: String) -> Range<Index>? {
    indices.last { self[$0...].hasPrefix(text) }.map { $0..<index($0, offsetBy: text.count) }
  }
}
