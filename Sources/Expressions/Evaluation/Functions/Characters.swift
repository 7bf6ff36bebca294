/// A text by its code points, whose places are 0-based, as CEL's `strings` extension counts them.
struct Characters {
  private let scalars: [Unicode.Scalar]

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
  }

  private static func outOfRange(_ place: Int64) -> Value { .error("the place \(place) is outside the text") }

  /// The character at a place; nothing just behind the last.
  func character(at place: Int64) -> Value {
    guard let position = Int(exactly: place), (0...scalars.count).contains(position) else {
      return Characters.outOfRange(place)
    }
    return .string(position == scalars.count ? "" : String(Character(scalars[position])))
  }

  /// What stands from one place up to another, or to the end.
  func part(from start: Int64, to end: Int64?) -> Value {
    guard let first = Int(exactly: start), (0...scalars.count).contains(first) else {
      return Characters.outOfRange(start)
    }
    let end = end ?? Int64(scalars.count)
    guard let last = Int(exactly: end), (0...scalars.count).contains(last) else { return Characters.outOfRange(end) }
    guard first <= last else { return .error("the part from \(first) to \(last) ends before it starts") }
    return .string(Characters.text(scalars[first..<last]))
  }

  /// The first place of a part from a place on; -1 when there is none.
  func index(of part: Characters, from start: Int64?) -> Value {
    let start = start ?? 0
    guard let first = Int(exactly: start), (0...scalars.count).contains(first) else {
      return Characters.outOfRange(start)
    }
    let last = scalars.count - part.scalars.count
    guard first <= last else { return .int(-1) }
    return .int(Int64((first...last).first { stands(part, at: $0) } ?? -1))
  }

  /// The last place of a part that is not behind a place; -1 when there is none.
  func lastIndex(of part: Characters, from start: Int64?) -> Value {
    let start = start ?? Int64(scalars.count)
    guard let limit = Int(exactly: start), (0...scalars.count).contains(limit) else {
      return Characters.outOfRange(start)
    }
    let last = min(limit, scalars.count - part.scalars.count)
    guard last >= 0 else { return .int(-1) }
    return .int(Int64((0...last).last { stands(part, at: $0) } ?? -1))
  }

  private func stands(_ part: Characters, at place: Int) -> Bool {
    scalars[place..<(place + part.scalars.count)].elementsEqual(part.scalars)
  }

  static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}
