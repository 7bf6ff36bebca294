import AuditModel

/// The map of a round: outlines, and a mark for every organisation, none over another.
struct SiteMap {
  let width = 640.0
  let height: Double
  /// The outlines, as paths in SVG's words.
  private(set) var shapes: [String] = []
  /// London, drawn larger; nil when no mark lies there.
  private(set) var inset: Inset?
  private(set) var marks: [Mark] = []
  /// Where the strip of marks begins whose place is not known; nil when every place is known.
  private(set) var stripTop: Double?

  struct Inset {
    var box: DrawingBox
    /// London's outline within the box.
    var shapes: [String]
    /// The box's place on the map.
    var place: DrawingBox
  }

  struct Mark {
    var organisation: SiteOrganisation
    var at: DrawingPoint
    /// Where it belongs, when it had to be moved away visibly.
    var home: DrawingPoint?
  }

  /// Half the width of a mark.
  static let markRadius = 7.5
  private static let distance = 17.0
  private static let margin = 14.0

  init(_ outline: Outline, _ organisations: [SiteOrganisation]) {
    let mapped = organisations.filter { $0.status.isMapped }
    let nations = Set(mapped.compactMap { $0.result.place?.nation })
    let wanted = nations.isEmpty || nations.isSubset(of: ["England"]) ? ["England"] : nations.union(["England"])
    let drawn = outline.shapes.filter { wanted.contains($0.nation) }
    let points = drawn.flatMap { $0.rings.flatMap { $0 } }
    let inner = DrawingBox(
      x: SiteMap.margin, y: SiteMap.margin, width: 640 - 2 * SiteMap.margin,
      height: Projection.height(of: points, width: 640 - 2 * SiteMap.margin))
    let projection = Projection(fitting: points, into: inner)
    shapes = drawn.map { SiteMap.path($0.rings, projection, tolerance: 0.8) }
    let mapBottom = inner.y + inner.height + SiteMap.margin

    let london = outline.shapes.first { $0.name == "London" && $0.nation == "England" }
    let home = mapped.map { $0.point.map { projection($0) } }
    let frame = london.map { SiteMap.frame($0.rings, projection) }
    let inLondon = mapped.indices.filter { index in
      guard let place = home[index], let frame else { return false }
      return frame.contains(place)
    }
    let elsewhere = mapped.indices.filter { home[$0] != nil && !inLondon.contains($0) }
    var at: [Int: DrawingPoint] = [:]
    SiteMap.place(elsewhere, home, in: inner, into: &at)
    if let london, let frame, !inLondon.isEmpty {
      // West of the Midlands is Wales, which is not drawn with England alone; east of Scotland is sea.
      let box =
        wanted == ["England"]
        ? DrawingBox(x: 14, y: inner.height * 0.36, width: 206, height: 190)
        : DrawingBox(x: 640 - 214, y: 40, width: 200, height: 176)
      let inBox = Projection(
        fitting: london.rings.flatMap { $0 },
        into: DrawingBox(x: box.x + 12, y: box.y + 28, width: box.width - 24, height: box.height - 40))
      inset = Inset(box: box, shapes: [SiteMap.path(london.rings, inBox, tolerance: 0.4)], place: frame)
      var homes = home
      for index in inLondon { homes[index] = mapped[index].point.map { inBox($0) } }
      let room = DrawingBox(x: box.x + 10, y: box.y + 30, width: box.width - 20, height: box.height - 40)
      SiteMap.place(inLondon, homes, in: room, into: &at)
      marks += inLondon.map { SiteMap.mark(mapped[$0], at[$0]!, homes[$0]!) }
    }
    marks += elsewhere.map { SiteMap.mark(mapped[$0], at[$0]!, home[$0]!) }

    let unknown = mapped.indices.filter { home[$0] == nil }
    if unknown.isEmpty {
      height = mapBottom
    } else {
      let columns = Int((640 - 2 * SiteMap.margin) / 20)
      stripTop = mapBottom + 4
      for (number, index) in unknown.enumerated() {
        let point = DrawingPoint(
          x: SiteMap.margin + 10 + Double(number % columns) * 20, y: mapBottom + 38 + Double(number / columns) * 20)
        marks.append(Mark(organisation: mapped[index], at: point, home: nil))
      }
      height = mapBottom + 56 + Double((unknown.count - 1) / columns) * 20
    }
    marks.sort { $0.organisation.name < $1.organisation.name }
  }

  private static func place(
    _ indices: [Int], _ home: [DrawingPoint?], in box: DrawingBox, into at: inout [Int: DrawingPoint]
  ) {
    let spread = MarkSpreading.spread(indices.map { home[$0]! }, distance: distance, in: box)
    for (index, point) in zip(indices, spread) { at[index] = point }
  }

  private static func mark(_ organisation: SiteOrganisation, _ at: DrawingPoint, _ home: DrawingPoint) -> Mark {
    Mark(organisation: organisation, at: at, home: at.distance(to: home) > markRadius ? home : nil)
  }

  private static func frame(_ rings: [[Outline.Point]], _ projection: Projection) -> DrawingBox {
    let points = rings.flatMap { $0 }.map { projection($0) }
    let (left, right) = (points.map(\.x).min() ?? 0, points.map(\.x).max() ?? 0)
    let (top, bottom) = (points.map(\.y).min() ?? 0, points.map(\.y).max() ?? 0)
    return DrawingBox(x: left, y: top, width: right - left, height: bottom - top)
  }

  // MARK: Paths

  /// Rings as a path of SVG with one decimal; points nearer to the last than the tolerance are left out.
  private static func path(_ rings: [[Outline.Point]], _ projection: Projection, tolerance: Double) -> String {
    var path = ""
    for ring in rings {
      var last: DrawingPoint?
      var isFirst = true
      for point in ring.map({ projection($0) }) {
        if let last, last.distance(to: point) < tolerance { continue }
        path += isFirst ? "M" : "L"
        path += "\(decimal(point.x)) \(decimal(point.y))"
        isFirst = false
        last = point
      }
      path += "Z"
    }
    return path
  }

  /// A number with one decimal, or none when it is nought.
  static func decimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let size = tenths.magnitude
    return size % 10 == 0 ? "\(sign)\(size / 10)" : "\(sign)\(size / 10).\(size % 10)"
  }
}
