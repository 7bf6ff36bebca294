import JSONDocument

extension JSONValue {
  /// An error at a position in a string's content, where that stands in the file.
  ///
  /// - Parameter utf8Offset: 0-based, in UTF-8 bytes of the decoded string.
  func error(inString utf8Offset: Int, _ message: String) -> JSONError {
    let place = place
    let bytes = document.bytes
    var at = place.offset
    guard kind == .string, at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { return error(message) }
    at += 1
    var decoded = 0
    while decoded < utf8Offset, at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
      guard bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count else {
        at += 1
        decoded += 1
        continue
      }
      guard bytes[at + 1] == UInt8(ascii: "u") else {
        at += 2
        decoded += 1
        continue
      }
      let unit = UInt32(String(decoding: bytes[at + 2..<min(at + 6, bytes.count)], as: UTF8.self), radix: 16) ?? 0
      switch unit {
      case ..<0x80:
        decoded += 1
        at += 6
      case ..<0x800:
        decoded += 2
        at += 6
      case 0xD800...0xDBFF:
        // The first half of a pair; the second follows.
        decoded += 4
        at += 12
      default:
        decoded += 3
        at += 6
      }
    }
    // A JSON string stands on one line.
    let before = bytes[place.offset..<min(at, bytes.count)]
    let column = place.column + before.count { $0 & 0xC0 != 0x80 }
    return JSONError(
      file: document.name, place: JSONPlace(line: place.line, column: column, offset: at), message: message,
      pointer: pointer, source: bytes)
  }
}
