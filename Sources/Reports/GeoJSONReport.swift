public import AuditModel
import JSONDocument

/// The organisations of a round by status, as GeoJSON (RFC 7946).
///
/// One feature an organisation that was asked; its geometry is null where the register knows no place.
public enum GeoJSONReport {
  public static func render(_ report: Report) -> [UInt8] {
    var writer = JSONWriter<Never>(.pretty)
    writer.beginObject()
    writer.member("type", "FeatureCollection")
    if report.isSynthetic { writer.member("synthetic", true) }
    let notes = report.packs.map(\.reading).filter { !$0.isEmpty } + [report.register?.attribution ?? ""]
    writer.member("note", notes.filter { !$0.isEmpty }.joined(separator: " "))
    writer.key("features")
    writer.beginArray()
    for organisation in report.organisations where organisation.isAsked { write(organisation, report, &writer) }
    writer.endArray()
    writer.endObject()
    return writer.finishedBytes()
  }

  private static func write(_ organisation: OrganisationResult, _ report: Report, _ writer: inout JSONWriter<Never>) {
    writer.beginObject()
    writer.member("type", "Feature")
    writer.member("id", organisation.code)
    writer.key("geometry")
    if let latitude = organisation.place?.latitude, let longitude = organisation.place?.longitude {
      writer.beginObject()
      writer.member("type", "Point")
      writer.key("coordinates")
      writer.beginArray()
      writer.double(longitude)
      writer.double(latitude)
      writer.endArray()
      writer.endObject()
    } else {
      writer.null()
    }
    writer.key("properties")
    writer.beginObject()
    writer.member("code", organisation.code)
    writer.member("name", organisation.name)
    if let place = organisation.place {
      writer.member("nation", place.nation)
      writer.member("region", place.region)
    }
    if let status = organisation.status {
      writer.member("status", status.rawValue)
      writer.member("statusWords", status.words)
    }
    if let derived = organisation.derived { writer.member("reason", derived.reason) }
    writer.member("answered", organisation.records > 0)
    writer.member("dateReceived", organisation.dateReceived)
    if report.isSynthetic { writer.member("synthetic", true) }
    writer.endObject()
    writer.endObject()
  }
}
