import Testing

@testable import Site

@Suite struct MarkSpreadingTests {
  private let box = DrawingBox(x: 0, y: 0, width: 600, height: 600)

  private func nearest(_ points: [DrawingPoint]) -> Double {
    var least = Double.infinity
    for a in points.indices {
      for b in points.indices where b > a { least = min(least, points[a].distance(to: points[b])) }
    }
    return least
  }

  @Test func marksAtOnePlacePart() {
    let spread = MarkSpreading.spread(
      Array(repeating: DrawingPoint(x: 300, y: 300), count: 30), distance: 17, in: box)
    #expect(nearest(spread) > 16.5)
    #expect(spread.allSatisfy(box.contains))
  }

  @Test func marksThatAreApartStay() {
    let places = [DrawingPoint(x: 10, y: 10), DrawingPoint(x: 100, y: 10), DrawingPoint(x: 10, y: 100)]
    #expect(MarkSpreading.spread(places, distance: 17, in: box) == places)
  }

  @Test func samePlacesGiveTheSameDrawing() {
    let places = (0..<60).map { DrawingPoint(x: Double($0 % 7) * 3 + 200, y: Double($0 % 11) * 2 + 200) }
    #expect(
      MarkSpreading.spread(places, distance: 17, in: box) == MarkSpreading.spread(places, distance: 17, in: box))
  }

  @Test func projectionKeepsNorthUpAndWestLeft() {
    let points = [
      Outline.Point(longitude: -5.5, latitude: 50), Outline.Point(longitude: 1.7, latitude: 52.6),
      Outline.Point(longitude: -2, latitude: 55.8),
    ]
    let projection = Projection(fitting: points, into: box)
    let drawn = points.map { projection($0) }
    #expect(drawn[2].y < drawn[1].y && drawn[1].y < drawn[0].y)
    #expect(drawn[0].x < drawn[2].x && drawn[2].x < drawn[1].x)
    #expect(drawn.allSatisfy { (-0.01...600.01).contains($0.x) && (-0.01...600.01).contains($0.y) })
    // A kilometre is as long across as along: one degree of latitude is 111.2 km, one of longitude at 52° 68.5 km.
    let a = projection(Outline.Point(longitude: -2, latitude: 52))
    let north = projection(Outline.Point(longitude: -2, latitude: 53)).distance(to: a)
    let east = projection(Outline.Point(longitude: -1, latitude: 52)).distance(to: a)
    #expect(abs(north / east - 111.2 / 68.5) < 0.01)
  }
}
