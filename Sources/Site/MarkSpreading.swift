/// Moves marks apart that would overlap, as little as is needed.
enum MarkSpreading {
  /// - Parameters:
  ///   - places: where the marks belong.
  ///   - distance: the least distance between two of them.
  ///   - box: what they stay in.
  /// - Returns: where to draw them, in the same order; the same for the same places.
  static func spread(_ places: [DrawingPoint], distance: Double, in box: DrawingBox) -> [DrawingPoint] {
    var points = places
    for step in 0..<600 {
      // First they are drawn back to where they belong, then only apart.
      if step < 400 {
        for index in points.indices {
          points[index].x += (places[index].x - points[index].x) * 0.04
          points[index].y += (places[index].y - points[index].y) * 0.04
        }
      }
      var moved = false
      for a in points.indices {
        for b in points.indices where b > a && push(&points, a, b, distance) { moved = true }
      }
      for index in points.indices {
        points[index].x = min(max(points[index].x, box.x), box.x + box.width)
        points[index].y = min(max(points[index].y, box.y), box.y + box.height)
      }
      if step >= 400 && !moved { break }
    }
    return points
  }

  private static func push(_ points: inout [DrawingPoint], _ a: Int, _ b: Int, _ distance: Double) -> Bool {
    let gap = points[a].distance(to: points[b])
    guard gap < distance - 0.01 else { return false }
    // Marks at one place part in a direction that depends on their number alone.
    let turn = Double((a * 7 + b * 13) % 16)
    var dx = gap > 1e-6 ? (points[b].x - points[a].x) / gap : turn / 8 - 1
    var dy = gap > 1e-6 ? (points[b].y - points[a].y) / gap : 1 - abs(turn / 8 - 1)
    if gap <= 1e-6 {
      let length = max((dx * dx + dy * dy).squareRoot(), 1e-6)
      dx /= length
      dy /= length
    }
    let half = (distance - gap) / 2
    points[a].x -= dx * half
    points[a].y -= dy * half
    points[b].x += dx * half
    points[b].y += dy * half
    return true
  }
}
