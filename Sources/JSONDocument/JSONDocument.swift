internal import CJansson
internal import LocalFiles

/// A JSON text and the values in it, read by jansson.
///
/// What RFC 8259 leaves open is decided so:
/// - A byte order mark at the start is skipped (`hasByteOrderMark` says so); offsets count its three bytes.
/// - A key given twice in one object is an error at the second.
/// - An integer that does not fit 64 bits is an error, as is a number too large for a double. A number too small for a
///   double becomes 0.
/// - Half of a surrogate pair is an error, raw bytes that are not UTF-8 are one, and so is UTF-16.
/// - Any kind of value may stand at the top; U+0000 may stand in strings and in keys, as `\u0000`.
/// - Nesting is bounded by `JSONLimits.depth` before anything recurses.
///
/// The text is kept, so that the place of a value can be told when someone asks.
@safe public final class JSONDocument: @unchecked Sendable {
  // Sendable: the tree is never changed after it is built, and no reference count in it is touched until deinit.

  /// The file as it is shown to people.
  public let name: String
  /// The text as it was given.
  public let bytes: [UInt8]
  /// True when the text started with a byte order mark.
  public let hasByteOrderMark: Bool

  let tree: UnsafeMutablePointer<json_t>
  /// What stands for U+0000 in the tree's keys, since jansson refuses it there.
  let nulStandIn: Unicode.Scalar?

  private init(
    name: String, bytes: [UInt8], hasByteOrderMark: Bool, tree: UnsafeMutablePointer<json_t>,
    nulStandIn: Unicode.Scalar?
  ) {
    self.name = name
    self.bytes = bytes
    self.hasByteOrderMark = hasByteOrderMark
    unsafe self.tree = unsafe tree
    self.nulStandIn = nulStandIn
  }

  deinit {
    unsafe json_decref(tree)
  }

  /// The value at the top.
  public var root: JSONValue { JSONValue(root: self) }

  /// Reads a text.
  ///
  /// - Parameter name: the file as errors show it.
  public static func parse(
    _ bytes: [UInt8], name: String, limits: JSONLimits = JSONLimits()
  ) throws(JSONError) -> JSONDocument {
    if bytes.count > limits.bytes {
      throw JSONError(file: name, message: "It is larger than \(limits.bytes) bytes")
    }
    let text = JSONText(bytes)
    let survey = JSONSurvey(of: text, depth: limits.depth)
    if let deep = survey.tooDeep {
      throw JSONError(
        file: name, place: text.place(at: deep),
        message: "Objects and arrays are nested more than \(limits.depth) deep")
    }
    if survey.hasNulByte {
      throw explain(text, name: name, position: 0, said: "There is a NUL byte in the text")
    }
    var toParse = bytes
    var standIn: Unicode.Scalar?
    if survey.hasNulEscape, let chosen = NulInKeys(text) {
      standIn = chosen.standIn
      toParse = chosen.rewritten
    }
    let start = text.start
    var failure = json_error_t()
    let flags = Int(JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL)
    let tree = unsafe toParse.withUnsafeBytes { buffer -> UnsafeMutablePointer<json_t>? in
      // jansson takes no null buffer, not even an empty one.
      guard let base = buffer.baseAddress else { return nil }
      return unsafe json_loadb(
        base.assumingMemoryBound(to: CChar.self) + start, buffer.count - start, flags, &failure)
    }
    guard let tree = unsafe tree else {
      throw explain(text, name: name, position: start + Int(failure.position), said: words(of: &failure))
    }
    return unsafe JSONDocument(
      name: name, bytes: bytes, hasByteOrderMark: start > 0, tree: tree, nulStandIn: standIn)
  }

  /// Reads a file.
  ///
  /// - Parameter name: the file as errors show it; its path when nil.
  public static func read(
    path: String, shownAs name: String? = nil, limits: JSONLimits = JSONLimits()
  ) throws(JSONError) -> JSONDocument {
    let bytes: [UInt8]
    do {
      bytes = try LocalFiles.read(path, limit: limits.bytes)
    } catch {
      throw JSONError(file: name ?? path, message: error.reason)
    }
    return try parse(bytes, name: name ?? path, limits: limits)
  }

  /// The error for a text that jansson refused: in our words where we find the fault, in jansson's otherwise.
  private static func explain(_ text: JSONText, name: String, position: Int, said: String) -> JSONError {
    if let fault = JSONDiagnosis.fault(in: text) {
      return JSONError(file: name, place: text.place(at: fault.offset), message: fault.message, source: text.bytes)
    }
    return JSONError(
      file: name, place: text.place(at: min(position, text.bytes.count)), message: said, source: text.bytes)
  }

  private static func words(of failure: inout json_error_t) -> String {
    unsafe withUnsafeBytes(of: &failure.text) { buffer in
      unsafe String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
