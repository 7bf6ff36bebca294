/// The syntax of JSON Pointers (RFC 6901).
public enum JSONPointer {
  /// A member's key as a step of a pointer, without the slash before it: `~` as `~0` and `/` as `~1`.
  public static func escaped(_ step: String) -> String {
    guard step.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return step }
    var result: [UInt8] = []
    for byte in step.utf8 {
      switch byte {
      case UInt8(ascii: "~"): result += Array("~0".utf8)
      case UInt8(ascii: "/"): result += Array("~1".utf8)
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
