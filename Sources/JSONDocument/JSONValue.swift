internal import CJansson

/// One value of a document; it keeps its document alive.
@safe public struct JSONValue: @unchecked Sendable {
  // Sendable: see JSONDocument.

  public enum Kind: Sendable {
    case object, array, string, integer, real, boolean, null

    /// The kind in words: "a string".
    public var words: String {
      switch self {
      case .object: "an object"
      case .array: "an array"
      case .string: "a string"
      case .integer: "an integer"
      case .real: "a decimal number"
      case .boolean: "true or false"
      case .null: "null"
      }
    }
  }

  /// How a value hangs on the one above it. jansson shares `true`, `false` and `null` between all documents, so that
  /// a value's address does not say where it stands.
  enum Slot {
    case root
    case element(Int)
    case member
  }

  public let document: JSONDocument
  let node: UnsafeMutablePointer<json_t>
  let parent: UnsafeMutablePointer<json_t>?
  /// The jansson iterator at the member that this value is, when `slot` is `member`.
  let iterator: UnsafeMutableRawPointer?
  let slot: Slot

  init(root document: JSONDocument) {
    self.document = document
    unsafe node = unsafe document.tree
    unsafe parent = nil
    unsafe iterator = nil
    slot = .root
  }

  private init(element index: Int, _ node: UnsafeMutablePointer<json_t>, of above: JSONValue) {
    document = above.document
    unsafe self.node = unsafe node
    unsafe parent = unsafe above.node
    unsafe iterator = nil
    slot = .element(index)
  }

  private init(memberAt iterator: UnsafeMutableRawPointer, of above: JSONValue) {
    document = above.document
    unsafe node = unsafe json_object_iter_value(iterator)
    unsafe parent = unsafe above.node
    unsafe self.iterator = unsafe iterator
    slot = .member
  }

  public var kind: Kind {
    switch unsafe node.pointee.type {
    case JSON_OBJECT: .object
    case JSON_ARRAY: .array
    case JSON_STRING: .string
    case JSON_INTEGER: .integer
    case JSON_REAL: .real
    case JSON_NULL: .null
    default: .boolean
    }
  }

  /// The number of members or elements; 0 for other kinds.
  public var count: Int {
    switch kind {
    case .object: unsafe json_object_size(node)
    case .array: unsafe json_array_size(node)
    default: 0
    }
  }

  /// The member with this key, or nil.
  public subscript(_ key: String) -> JSONValue? {
    guard kind == .object else { return nil }
    let stored = storedKey(key)
    guard !stored.utf8.contains(0), let found = unsafe json_object_iter_at(node, stored) else { return nil }
    return unsafe JSONValue(memberAt: found, of: self)
  }

  /// The element at this position (0-based), or nil.
  public subscript(_ index: Int) -> JSONValue? {
    guard kind == .array, index >= 0, let element = unsafe json_array_get(node, index) else { return nil }
    return unsafe JSONValue(element: index, element, of: self)
  }

  /// The members in text order; none for other kinds.
  public var members: [(key: String, value: JSONValue)] {
    guard kind == .object else { return [] }
    var members: [(key: String, value: JSONValue)] = []
    members.reserveCapacity(count)
    var next = unsafe json_object_iter(node)
    while let iterator = unsafe next {
      unsafe members.append((key(at: iterator), JSONValue(memberAt: iterator, of: self)))
      unsafe next = unsafe json_object_iter_next(node, iterator)
    }
    return members
  }

  /// The elements; none for other kinds.
  public var elements: [JSONValue] {
    (0..<(kind == .array ? count : 0)).compactMap { self[$0] }
  }

  public var string: String? {
    guard kind == .string, let start = unsafe json_string_value(node) else { return nil }
    let bytes = unsafe UnsafeBufferPointer(start: start, count: json_string_length(node))
    return unsafe bytes.withMemoryRebound(to: UInt8.self) { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// The UTF-8 bytes of a string.
  public var stringBytes: [UInt8]? {
    guard kind == .string, let start = unsafe json_string_value(node) else { return nil }
    let bytes = unsafe UnsafeBufferPointer(start: start, count: json_string_length(node))
    return unsafe bytes.withMemoryRebound(to: UInt8.self) { unsafe Array($0) }
  }

  /// The value of an integer; nil for a number written with a point or an exponent.
  public var integer: Int64? { kind == .integer ? unsafe Int64(json_integer_value(node)) : nil }

  /// The value of a number of either kind.
  public var double: Double? {
    kind == .integer || kind == .real ? unsafe json_number_value(node) : nil
  }

  public var boolean: Bool? { kind == .boolean ? unsafe node.pointee.type == JSON_TRUE : nil }

  public var isNull: Bool { kind == .null }

  /// True when both hold the same, whatever the order of members; 1 and 1.0 differ.
  public func hasSameContent(as other: JSONValue) -> Bool {
    // Each document has its own stand-in for U+0000, and only one that has it can differ by it.
    if document.nulStandIn != other.document.nulStandIn { return false }
    return unsafe json_equal(node, other.node) == 1
  }

  /// The key of a member; nil for the root and for elements.
  public var key: String? {
    guard let iterator = unsafe iterator else { return nil }
    return unsafe key(at: iterator)
  }

  private func key(at iterator: UnsafeMutableRawPointer) -> String {
    let stored = unsafe String(cString: json_object_iter_key(iterator))
    guard let standIn = document.nulStandIn else { return stored }
    var key = String.UnicodeScalarView()
    for scalar in stored.unicodeScalars { key.append(scalar == standIn ? "\0" : scalar) }
    return String(key)
  }

  /// The key as the tree has it.
  private func storedKey(_ key: String) -> String {
    guard let standIn = document.nulStandIn else { return key }
    var stored = String.UnicodeScalarView()
    for scalar in key.unicodeScalars { stored.append(scalar == "\0" ? standIn : scalar) }
    return String(stored)
  }
}
