import AuditModel
import Intake
import JSONDocument

/// The draft of a rule pack for a file: its columns as fields, and a rule for each column that has a type.
public struct PackDraft: Sendable {
  /// The files of the pack by their paths in its folder.
  public let files: [(path: String, bytes: [UInt8])]

  private struct DraftField {
    var name: String
    var label: String
    var type: FieldType
    var heading: String
  }

  /// - Parameter name: the pack's, which is that of its folder: lower-case words joined by hyphens.
  public init(_ profile: FileProfile, name: String) {
    var fields: [DraftField] = []
    for table in profile.tables {
      for column in table.columns where !fields.contains(where: { $0.heading == column.heading }) {
        let heading = column.heading.isEmpty ? "column \(column.position)" : column.heading
        let base = PackDraft.identifier(heading, position: column.position)
        var name = base
        var number = 2
        while fields.contains(where: { $0.name == name }) {
          name = "\(base)_\(number)"
          number += 1
        }
        fields.append(DraftField(name: name, label: heading, type: column.statistics.type, heading: column.heading))
      }
    }
    var seen: Set<String> = []
    // Two headings that differ in nothing but marks would mean two fields.
    fields = fields.filter { seen.insert($0.label.lowercased().filter { $0.isLetter || $0.isNumber }).inserted }
    let typed = fields.filter { $0.type != .text }
    var files = [("pack.json", PackDraft.pack(name, profile.name, fields, hasRules: !typed.isEmpty))]
    for field in typed {
      let rule = field.name.replacing("_", with: "-").lowercased()
      files.append(("conformance/\(rule)-not-readable.json", PackDraft.rule(field)))
    }
    self.files = files.map { (path: $0.0, bytes: $0.1) }
  }

  private static let taken: Set<String> = [
    "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop",
    "namespace", "null", "package", "return", "true", "var", "void", "while", "records",
  ]

  private static func identifier(_ heading: String, position: Int) -> String {
    let words = heading.lowercased().unicodeScalars.split { scalar in
      !(scalar.isASCII && (Character(scalar).isLetter || Character(scalar).isNumber))
    }
    let name = words.map { String(String.UnicodeScalarView($0)) }.joined(separator: "_")
    if name.isEmpty { return "column_\(position)" }
    let isTaken = taken.contains(name) || OrganisationFields.position(of: name) != nil
    return name.first!.isNumber || isTaken ? "field_\(name)" : name
  }

  private static func pack(_ name: String, _ file: String, _ fields: [DraftField], hasRules: Bool) -> [UInt8] {
    var writer = JSONWriter<Never>()
    writer.beginObject()
    writer.member("name", name)
    writer.member("version", "0.1.0")
    writer.member("title", "Draft for \(file)")
    writer.member("purpose", "To be written: what records of this kind are for, and what is judged of them.")
    writer.key("requires")
    writer.beginArray()
    if hasRules { writer.string("conformance.type") }
    writer.endArray()
    writer.member("recordsPerOrganisation", "many")
    writer.key("fields")
    writer.beginArray()
    for field in fields {
      writer.beginObject()
      writer.member("name", field.name)
      writer.member("label", field.label)
      writer.member("type", field.type.rawValue)
      // Nobody said yet that it is not.
      writer.member("privacy", "personal")
      writer.member("summary", "To be written.")
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    return writer.finishedBytes()
  }

  private static func rule(_ field: DraftField) -> [UInt8] {
    var writer = JSONWriter<Never>()
    writer.beginObject()
    writer.member("summary", "\"\(field.label)\" can be read.")
    writer.member("why", "What cannot be read is not counted and not compared.")
    writer.key("fix")
    writer.beginObject()
    writer.member("data-officer", "Correct what stands in \"\(field.label)\".")
    writer.endObject()
    writer.member("dimension", "conformance")
    writer.member("severity", "error")
    writer.member("check", "conformance.type")
    writer.key("with")
    writer.beginObject()
    writer.member("field", field.name)
    writer.endObject()
    writer.member("message", "\"{found}\" is not {expected}.")
    writer.key("examples")
    writer.beginObject()
    writer.key("pass")
    writer.beginArray()
    example(field, PackDraft.right[field.type]!, &writer)
    writer.endArray()
    writer.key("fail")
    writer.beginArray()
    example(field, "something else", finds: true, &writer)
    writer.endArray()
    writer.endObject()
    writer.endObject()
    return writer.finishedBytes()
  }

  private static let right: [FieldType: String] = [
    .integer: "12", .number: "0.5", .date: "2018-04-30", .timestamp: "2018-04-30T12:00:00", .boolean: "yes",
    .period: "2018-04", .text: "x",
  ]

  private static func example(
    _ field: DraftField, _ text: String, finds: Bool = false, _ writer: inout JSONWriter<Never>
  ) {
    writer.beginObject()
    writer.key("row")
    writer.beginObject()
    writer.member(field.name, text)
    writer.endObject()
    if finds {
      writer.key("finds")
      writer.beginArray()
      writer.beginObject()
      writer.member("field", field.name)
      writer.endObject()
      writer.endArray()
    }
    writer.endObject()
  }
}
