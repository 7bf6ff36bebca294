import Glibc

/// A point of a drawing: x to the right, y downwards.
struct DrawingPoint: Hashable {
  var x: Double
  var y: Double

  func distance(to other: DrawingPoint) -> Double {
    let (dx, dy) = (x - other.x, y - other.y)
    return (dx * dx + dy * dy).squareRoot()
  }
}

/// Places on the ground as points of a drawing: the transverse Mercator projection of a sphere with the central
/// meridian 2° W, the one that maps of Great Britain use.
struct Projection {
  /// Drawing units a kilometre.
  let scale: Double
  /// What is added to move the drawing to its place.
  let offset: DrawingPoint

  private static let radius = 6371.0
  private static let meridian = -2.0

  /// Kilometres east of the central meridian and south of the equator.
  private static func kilometres(_ point: Outline.Point) -> DrawingPoint {
    let latitude = point.latitude * .pi / 180
    let longitude = (point.longitude - meridian) * .pi / 180
    let b = cos(latitude) * sin(longitude)
    return DrawingPoint(
      x: radius * 0.5 * log((1 + b) / (1 - b)), y: -radius * atan2(tan(latitude), cos(longitude)))
  }

  func callAsFunction(_ point: Outline.Point) -> DrawingPoint {
    let kilometres = Projection.kilometres(point)
    return DrawingPoint(x: kilometres.x * scale + offset.x, y: kilometres.y * scale + offset.y)
  }

  init(scale: Double, offset: DrawingPoint) {
    self.scale = scale
    self.offset = offset
  }

  /// Fits points into a box of a drawing, as large as they go, in its middle.
  init(fitting points: [Outline.Point], into box: DrawingBox) {
    let places = points.map(Projection.kilometres)
    let (left, right) = (places.map(\.x).min() ?? 0, places.map(\.x).max() ?? 1)
    let (top, bottom) = (places.map(\.y).min() ?? 0, places.map(\.y).max() ?? 1)
    scale = min(box.width / max(right - left, 1e-9), box.height / max(bottom - top, 1e-9))
    offset = DrawingPoint(
      x: box.x + (box.width - (right - left) * scale) / 2 - left * scale,
      y: box.y + (box.height - (bottom - top) * scale) / 2 - top * scale)
  }

  /// How high the points come out when they are drawn so wide.
  static func height(of points: [Outline.Point], width: Double) -> Double {
    let projection = Projection(
      fitting: points, into: DrawingBox(x: 0, y: 0, width: width, height: .greatestFiniteMagnitude / 4))
    let places = points.map { kilometres($0).y * projection.scale }
    return (places.max() ?? 0) - (places.min() ?? 0)
  }
}

struct DrawingBox {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  func contains(_ point: DrawingPoint) -> Bool {
    point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height
  }
}
