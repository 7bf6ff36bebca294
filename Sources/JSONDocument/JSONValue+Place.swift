internal import CJansson

/// Where a value stands. Nothing of this is kept: each question walks the tree or the text again, so that documents
/// nobody asks about pay nothing.
extension JSONValue {
  /// The way from the root: the position of each member or element in the one above it, and its pointer step.
  private var path: [(ordinal: Int, step: String)] {
    guard let parent = unsafe parent else { return [] }
    var way = unsafe JSONValue.wayTo(parent, from: document.root) ?? []
    way.append(step)
    return way
  }

  private var step: (ordinal: Int, step: String) {
    switch slot {
    case .root: return (0, "")
    case .element(let index): return (index, String(index))
    case .member:
      var ordinal = 0
      if let parent = unsafe parent {
        var next = unsafe json_object_iter(parent)
        while let here = unsafe next, unsafe here != iterator {
          ordinal += 1
          unsafe next = unsafe json_object_iter_next(parent, here)
        }
      }
      return (ordinal, JSONPointer.escaped(key ?? ""))
    }
  }

  /// The way to a container, found by its address: containers are never shared.
  private static func wayTo(
    _ container: UnsafeMutablePointer<json_t>, from value: JSONValue
  ) -> [(ordinal: Int, step: String)]? {
    if unsafe value.node == container { return value.slot.isRoot ? [] : [value.step] }
    let below = value.kind == .object ? value.members.map(\.value) : value.elements
    for next in below where next.kind == .object || next.kind == .array {
      if let way = unsafe wayTo(container, from: next) { return value.slot.isRoot ? way : [value.step] + way }
    }
    return nil
  }

  /// The JSON Pointer (RFC 6901) of the value; empty for the root.
  ///
  /// - Complexity: O(values in the document).
  public var pointer: String { path.map { "/" + $0.step }.joined() }

  /// Where the value starts in the text.
  ///
  /// - Complexity: O(bytes of the text before it).
  public var place: JSONPlace {
    let text = JSONText(document.bytes)
    return text.place(at: text.locate(path.map(\.ordinal)).value)
  }

  /// The 1-based lines on which the elements of an array start; empty for other values.
  ///
  /// - Complexity: O(bytes of the text), for all of them together.
  public var linesOfElements: [Int] {
    guard kind == .array else { return [] }
    let text = JSONText(document.bytes)
    var at = text.afterSpace(text.locate(path.map(\.ordinal)).value + 1)
    var line = text.place(at: at).line
    var lines: [Int] = []
    lines.reserveCapacity(count)
    for _ in 0..<count {
      lines.append(line)
      // Over the element and its comma.
      let next = text.afterSpace(text.afterSpace(text.afterValue(at)) + 1)
      line += text.lineFeeds(in: at..<next)
      at = next
    }
    return lines
  }

  /// Where the value's key starts; the value's own place for the root and for elements.
  public var placeOfKey: JSONPlace {
    let text = JSONText(document.bytes)
    let found = text.locate(path.map(\.ordinal))
    return text.place(at: found.key ?? found.value)
  }

  /// An error at the value's place.
  public func error(_ message: String) -> JSONError {
    JSONError(file: document.name, place: place, message: message, pointer: pointer, source: document.bytes)
  }

  /// An error at the place of the value's key.
  public func errorAtKey(_ message: String) -> JSONError {
    JSONError(file: document.name, place: placeOfKey, message: message, pointer: pointer, source: document.bytes)
  }
}

extension JSONValue.Slot {
  var isRoot: Bool {
    if case .root = self { true } else { false }
  }
}
