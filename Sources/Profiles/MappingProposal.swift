import AuditModel
public import Intake
import JSONDocument

/// How the columns of a file might be mapped to the fields of a rule pack.
public struct MappingProposal: Sendable {
  public struct Entry: Sendable {
    public var sheet: String?
    /// 1-based.
    public var position: Int
    public var heading: String
    /// Letters as a sheet shows them, or the number among the paths of a document.
    public var place: String
    /// The field that is proposed; nil when none is like it.
    public var field: String?
    public var why: String
    /// True when it is recognised without a mapping.
    public var isKnown: Bool
    /// What it is called in the mapping.
    var key: String
  }

  public private(set) var entries: [Entry] = []
  /// Labels of fields that a file must have a column for, and for which none is proposed.
  public private(set) var missing: [String] = []
  private let profile: FileProfile
  private let pack: String

  /// Proposes by what headings are called and what stands below them.
  ///
  /// - Parameters:
  ///   - pack: the rule pack's name.
  ///   - plan: how its records are read.
  public init(_ profile: FileProfile, pack: String, plan: IntakePlan) {
    self.profile = profile
    self.pack = pack
    for table in profile.tables {
      var taken = Set(table.columns.compactMap { $0.field?.name })
      let headings = Dictionary(grouping: table.columns, by: \.heading)
      for column in table.columns {
        let isUnique = !column.heading.isEmpty && headings[column.heading]?.count == 1
        var entry = Entry(
          sheet: table.sheet, position: column.position, heading: column.heading,
          place: column.isLettered ? Finding.Place.letters(column.position) : "\(column.position)",
          field: column.field?.name, why: "its heading is known", isKnown: column.field != nil,
          key: isUnique ? column.heading : "#\(column.position)")
        if column.field == nil, let best = MappingProposal.best(column, among: plan.fields, taken: taken) {
          entry.field = best.field.name
          entry.why = "it is like \"\(best.heading)\", and its cells are of the field's type"
          taken.insert(best.field.name)
        } else if column.field == nil {
          entry.why = "no field is like it; it will be reported as unmapped"
        }
        entries.append(entry)
      }
    }
    let found = Set(entries.compactMap(\.field))
    missing = plan.fields.filter { !$0.isOptional && !found.contains($0.name) }.map(\.label)
  }

  /// The field whose name is most like a heading, if one is like enough and its type fits what stands in the column.
  private static func best(
    _ column: FileProfile.Column, among fields: [Field], taken: Set<String>
  ) -> (field: Field, heading: String)? {
    var best: (score: Double, field: Field, heading: String)?
    for field in fields where !taken.contains(field.name) && fits(column.statistics, field) {
      for heading in [field.label, field.name] + field.aliases {
        let score = likeness(column.heading, heading)
        if score > best?.score ?? 0.6 { best = (score, field, heading) }
      }
    }
    return best.map { ($0.field, $0.heading) }
  }

  private static func fits(_ statistics: ColumnStatistics, _ field: Field) -> Bool {
    if statistics.given == 0 { return true }
    let type = statistics.type
    switch field.type {
    case .text: return true
    case .integer: return type == .integer
    case .number: return type == .integer || type == .number
    case .date: return type == .date
    case .timestamp: return type == .date || type == .timestamp
    case .boolean: return type == .boolean || field.type == type
    case .period: return type == .period || type == .date || type == .text
    }
  }

  /// How much two headings have in common, from 0 to 1: the share of their words that are alike.
  static func likeness(_ a: String, _ b: String) -> Double {
    let (first, second) = (words(a), words(b))
    if first.isEmpty || second.isEmpty { return 0 }
    var left = second
    var common = 0.0
    for word in first {
      guard let index = left.firstIndex(where: { areAlike(word, $0) }) else { continue }
      left.remove(at: index)
      common += 1
    }
    return 2 * common / Double(first.count + second.count)
  }

  private static let fillers: Set<String> = ["of", "the", "a", "an", "in", "for", "no", "nos", "number", "nr", "num"]
  private static let ordinals = ["1st": "first", "2nd": "second", "3rd": "third"]

  private static func words(_ heading: String) -> [String] {
    let words = heading.lowercased().split { !$0.isLetter && !$0.isNumber }.map { ordinals[String($0)] ?? String($0) }
    let rest = words.filter { !fillers.contains($0) }
    return rest.isEmpty ? words : rest
  }

  /// The same word, one that is cut short, one with another ending, or one that is nearly spelt like it.
  private static func areAlike(_ a: String, _ b: String) -> Bool {
    if a == b { return true }
    let (short, long) = a.count < b.count ? (a, b) : (b, a)
    if short.count >= 3, long.hasPrefix(short) { return true }
    let stem = zip(a, b).prefix { $0 == $1 }.count
    if stem >= 5, stem * 5 >= long.count * 3 { return true }
    return short.count >= 4 && Suggestion.distance(Array(a), Array(b)) <= max(1, short.count / 5)
  }

  /// The mapping file, as JSON in UTF-8.
  public func json() -> [UInt8] {
    var writer = JSONWriter<Never>()
    writer.beginObject()
    writer.member("rules", pack)
    if profile.format == "CSV" {
      writer.member("encoding", profile.encoding)
      if let delimiter = profile.delimiter { writer.member("delimiter", delimiter) }
    }
    let sheets = profile.tables.compactMap(\.sheet)
    if !sheets.isEmpty {
      writer.key("sheets")
      writer.beginArray()
      for sheet in mapped(sheets) { writer.string(sheet) }
      writer.endArray()
    }
    if let row = profile.tables.first?.headerRow, profile.tables.count == 1 { writer.member("headerRow", row) }
    writer.key("columns")
    writer.beginObject()
    var written: Set<String> = []
    for entry in entries {
      guard let field = entry.field, written.insert(entry.key).inserted else { continue }
      writer.member(entry.key, field)
    }
    writer.endObject()
    writer.endObject()
    return writer.finishedBytes()
  }

  /// The sheets with the most columns that have a field.
  private func mapped(_ sheets: [String]) -> [String] {
    let counts = sheets.map { sheet in entries.count { $0.sheet == sheet && $0.field != nil } }
    let most = counts.max() ?? 0
    return zip(sheets, counts).filter { $0.1 == most }.map(\.0)
  }
}
