public import JSONDocument
import LocalFiles

/// The simplified outline of a country's regions, for maps.
///
/// Its own form is a JSON object with `title`, `source`, `attribution` and `shapes`; a shape has `name`, `nation` and
/// `rings`, each a flat list of longitudes and latitudes in turn, in thousandths of a degree (WGS 84).
public struct Outline: Sendable {
  public var source: String
  /// What a map drawn from it must say.
  public var attribution: String
  public var shapes: [Shape]

  public struct Shape: Sendable {
    public var name: String
    public var nation: String
    public var rings: [[Point]]
  }

  /// A place in degrees.
  public struct Point: Hashable, Sendable {
    public var longitude: Double
    public var latitude: Double

    public init(longitude: Double, latitude: Double) {
      self.longitude = longitude
      self.latitude = latitude
    }
  }

  public init(source: String, attribution: String, shapes: [Shape]) {
    self.source = source
    self.attribution = attribution
    self.shapes = shapes
  }

  /// Reads an outline in its own form.
  public static func load(_ path: String) throws(JSONError) -> Outline {
    let root = try JSONDocument.read(path: path).root
    var outline = Outline(
      source: try root.requiredText("source"), attribution: try root.requiredText("attribution"), shapes: [])
    for value in try root.requiredArray("shapes") {
      var shape = Shape(name: try value.requiredText("name"), nation: try value.requiredText("nation"), rings: [])
      for ring in try value.requiredArray("rings") {
        let numbers = try ring.elements.map { value throws(JSONError) in Double(try value.asInteger()) / 1000 }
        if numbers.count < 6 || numbers.count % 2 != 0 {
          throw ring.error("Expected at least three longitudes and latitudes in turn, found \(numbers.count) numbers")
        }
        shape.rings.append(
          stride(from: 0, to: numbers.count, by: 2).map {
            Point(longitude: numbers[$0], latitude: numbers[$0 + 1])
          })
      }
      outline.shapes.append(shape)
    }
    return outline
  }

  /// Adds the shapes of a GeoJSON file of electoral regions (properties `EER13CD` and `EER13NM`) that are not there
  /// yet.
  public mutating func add(_ document: JSONDocument) throws(JSONError) {
    for feature in try document.root.requiredArray("features") {
      let properties = try feature.requiredObject("properties")
      let code = try properties.requiredText("EER13CD")
      let name = try properties.requiredText("EER13NM")
      if shapes.contains(where: { $0.name == name }) { continue }
      guard let nation = ["E": "England", "S": "Scotland", "W": "Wales"][String(code.prefix(1))] else {
        throw properties.error("The code \"\(code)\" is of no nation; expected one that begins with E, S or W")
      }
      let geometry = try feature.requiredObject("geometry")
      let coordinates = try geometry.requiredArray("coordinates")
      let kind = try geometry.requiredText("type")
      var polygons: [[JSONValue]] = []
      switch kind {
      case "Polygon": polygons = [coordinates]
      case "MultiPolygon":
        for polygon in coordinates { polygons.append(try polygon.expect(.array).elements) }
      default: throw geometry.error("Expected a Polygon or a MultiPolygon, found \(kind)")
      }
      var shape = Shape(name: name, nation: nation, rings: [])
      for ring in polygons.flatMap({ $0 }) {
        var points: [Point] = []
        for pair in try ring.expect(.array).elements {
          let numbers = try pair.expect(.array).elements
          guard numbers.count >= 2 else { throw pair.error("Expected a longitude and a latitude") }
          points.append(Point(longitude: try numbers[0].asDouble(), latitude: try numbers[1].asDouble()))
        }
        if points.count > 1, points.first == points.last { points.removeLast() }
        if points.count >= 3 { shape.rings.append(points) }
      }
      shapes.append(shape)
    }
  }

  /// The outline in its own form.
  public func json() -> [UInt8] {
    func thousandths(_ degrees: Double) -> Int { Int((degrees * 1000).rounded()) }
    var writer = JSONWriter<Never>(.compact)
    writer.beginObject()
    writer.member("source", source)
    writer.member("attribution", attribution)
    writer.key("shapes")
    writer.beginArray()
    for shape in shapes {
      writer.beginObject()
      writer.member("name", shape.name)
      writer.member("nation", shape.nation)
      writer.key("rings")
      writer.beginArray()
      for ring in shape.rings {
        writer.beginArray()
        for point in ring {
          writer.integer(thousandths(point.longitude))
          writer.integer(thousandths(point.latitude))
        }
        writer.endArray()
      }
      writer.endArray()
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    return writer.finishedBytes()
  }
}
