import JSONDocument

/// JSON that can be changed: what tests break files with.
indirect enum JSONTree {
  case object([(key: String, value: JSONTree)])
  case array([JSONTree])
  case string(String)
  /// A number, `true`, `false` or `null` as it is written.
  case plain(String)

  init(_ value: JSONValue) {
    switch value.kind {
    case .object: self = .object(value.members.map { ($0.key, JSONTree($0.value)) })
    case .array: self = .array(value.elements.map(JSONTree.init))
    case .string: self = .string(value.string ?? "")
    default:
      self = .plain(
        value.integer.map(String.init) ?? value.double.map(\.description) ?? value.boolean.map { "\($0)" } ?? "null")
    }
  }

  static func parse(_ text: String) throws -> JSONTree {
    JSONTree(try JSONDocument.parse(Array(text.utf8), name: "tree").root)
  }

  /// On one line.
  var text: String {
    switch self {
    case .object(let members):
      "{" + members.map { JSONTree.string($0.key).text + ":" + $0.value.text }.joined(separator: ",") + "}"
    case .array(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
    case .plain(let text): text
    case .string(let string):
      "\""
        + string.unicodeScalars.map { scalar in
          switch scalar {
          case "\"", "\\": "\\\(scalar)"
          case _ where scalar.value < 0x20: "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
          default: String(scalar)
          }
        }.joined() + "\""
    }
  }

  subscript(_ key: String) -> JSONTree? {
    get {
      guard case .object(let members) = self else { return nil }
      return members.first { $0.key == key }?.value
    }
    set {
      guard case .object(var members) = self else { return }
      let index = members.firstIndex { $0.key == key }
      if let index { members.remove(at: index) }
      if let newValue { members.insert((key, newValue), at: index ?? members.count) }
      self = .object(members)
    }
  }

  /// A way to break a file, with where it does in words.
  struct Broken {
    let place: String
    let tree: JSONTree
    /// True when one text was put for another, which only the reader may know to be wrong.
    let isOtherText: Bool
  }

  /// Everything that is broken by one change: each member left out, one added to each object, each value of another
  /// kind.
  func broken(at place: String = "") -> [Broken] {
    var result: [Broken] = []
    for value in ["7", "-1", "0.5", "true", "null", "\"\"", "\"x\"", "[]", "{}", "[7]", "{\"x\":7}"] {
      guard let tree = try? JSONTree.parse("[\(value)]"), case .array(let elements) = tree, text != value else {
        continue
      }
      var isOtherText = false
      if case .string = self, case .string = elements[0] { isOtherText = true }
      result.append(Broken(place: "\(place) = \(value)", tree: elements[0], isOtherText: isOtherText))
    }
    switch self {
    case .object(let members):
      for (index, member) in members.enumerated() {
        var others = members
        others.remove(at: index)
        result.append(Broken(place: "\(place) without \(member.key)", tree: .object(others), isOtherText: false))
        for inner in member.value.broken(at: "\(place)/\(member.key)") {
          var changed = members
          changed[index].value = inner.tree
          result.append(Broken(place: inner.place, tree: .object(changed), isOtherText: inner.isOtherText))
        }
      }
      result.append(
        Broken(place: "\(place) with zzz", tree: .object(members + [("zzz", .string("x"))]), isOtherText: false))
    case .array(let elements):
      // The first element stands for all of them.
      for inner in elements.first?.broken(at: "\(place)/0") ?? [] {
        result.append(
          Broken(
            place: inner.place, tree: .array([inner.tree] + elements.dropFirst()), isOtherText: inner.isOtherText))
      }
    case .string, .plain: break
    }
    return result
  }
}
