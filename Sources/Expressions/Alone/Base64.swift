/// Bytes in base64 (RFC 4648, section 4).
enum Base64 {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let word = (0..<3).reduce(0) { $0 << 8 | ($1 < group.count ? Int(group[start + $1]) : 0) }
      text += (0..<4).map { $0 <= group.count ? letters[word >> (18 - 6 * $0) & 63] : UInt8(ascii: "=") }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes, or nil when the text is not base64. The signs of equality at the end may be left out.
  static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var word = 0
    var bits = 0
    let digits = text.utf8.prefix { $0 != UInt8(ascii: "=") }
    for letter in digits {
      guard let value = letters.firstIndex(of: letter) else { return nil }
      word = (word << 6 | value) & 0xFFFF
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(word >> bits & 0xFF))
      }
    }
    let signs = text.utf8.count - digits.count
    guard digits.count % 4 != 1, signs == 0 || (digits.count + signs) % 4 == 0 else { return nil }
    return signs < 3 && text.utf8.suffix(signs).allSatisfy { $0 == UInt8(ascii: "=") } ? bytes : nil
  }
}
