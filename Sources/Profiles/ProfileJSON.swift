import AuditModel
import Intake
import JSONDocument

/// A profile for programs.
public enum ProfileJSON {
  private static let shown = 20

  /// The whole profile as a JSON document in UTF-8.
  public static func render(_ profile: FileProfile) -> [UInt8] {
    var writer = JSONWriter<Never>()
    writer.beginObject()
    writer.member("file", profile.name)
    writer.member("format", profile.format)
    writer.member("encoding", profile.encoding)
    if let delimiter = profile.delimiter { writer.member("delimiter", delimiter) }
    writer.key("decisions")
    writer.beginArray()
    for decision in profile.decisions {
      writer.beginObject()
      writer.member("subject", decision.subject.rawValue)
      writer.member("value", decision.value)
      writer.member("why", decision.why)
      writer.endObject()
    }
    writer.endArray()
    writer.key("notes")
    writer.beginArray()
    for note in profile.notes {
      writer.beginObject()
      writer.member("kind", note.kind)
      writer.member("words", note.words)
      writer.member("count", note.count)
      writer.endObject()
    }
    writer.endArray()
    writer.key("tables")
    writer.beginArray()
    for table in profile.tables { write(table, &writer) }
    writer.endArray()
    writer.endObject()
    return writer.finishedBytes()
  }

  private static func write(_ table: FileProfile.Table, _ writer: inout JSONWriter<Never>) {
    writer.beginObject()
    if let sheet = table.sheet { writer.member("sheet", sheet) }
    if let row = table.headerRow { writer.member("headerRow", row) }
    writer.member("records", table.records)
    writer.key("columns")
    writer.beginArray()
    for column in table.columns {
      writer.beginObject()
      writer.member("position", column.position)
      writer.member("heading", column.heading)
      if let field = column.field { writer.member("field", field.name) }
      writer.member("type", column.statistics.type.rawValue)
      writer.member("filled", column.statistics.given)
      writer.member("different", column.statistics.values.keys.count { !$0.isEmpty })
      writer.member("differentIsAtLeast", column.statistics.hasMoreValues)
      writer.member("longest", column.statistics.longest)
      writer.key("cells")
      writer.beginObject()
      for kind in CellClass.allCases {
        if let count = column.statistics.classes[kind] { writer.member(kind.rawValue, count) }
      }
      writer.endObject()
      let counts = column.showsValues ? column.statistics.values : column.statistics.shapes
      writer.key(column.showsValues ? "values" : "shapes")
      writer.beginArray()
      for item in ColumnStatistics.most(counts.filter { !$0.key.isEmpty }, shown) {
        writer.beginObject()
        writer.member("text", item.text)
        writer.member("count", item.count)
        writer.endObject()
      }
      writer.endArray()
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }
}
