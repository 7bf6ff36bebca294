import TestSupport

/// Generated values and texts.
enum RandomJSON {
  /// A string of characters that make trouble: escapes, controls, separators, every length of UTF-8.
  static func string(_ random: inout SplitMix) -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      let value: UInt32 =
        switch Int.random(in: 0..<6, using: &random) {
        case 0: .random(in: 0...0x1F, using: &random)
        case 1: [0x22, 0x5C, 0x2F, 0x7F, 0x2028, 0x2029, 0x2027, 0xFEFF, 0xE000].randomElement(using: &random) ?? 0
        case 2: .random(in: 0x80...0xFFFF, using: &random)
        case 3: .random(in: 0x10000...0x10FFFF, using: &random)
        default: .random(in: 0x20...0x7E, using: &random)
        }
      if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
    }
    return String(scalars)
  }

  /// A finite double of any size.
  static func double(_ random: inout SplitMix) -> Double {
    let value = Double(bitPattern: random.next())
    return value.isFinite ? value : 0.1
  }

  /// A text with spaces of every kind between its tokens.
  static func text(_ random: inout SplitMix, depth: Int = 0) -> String {
    func space(_ random: inout SplitMix) -> String {
      ["", "", "", " ", "\n", "\r\n", "\t "].randomElement(using: &random) ?? ""
    }
    switch Int.random(in: 0..<(depth > 3 ? 5 : 8), using: &random) {
    case 0: return "true"
    case 1: return Bool.random(using: &random) ? "null" : "false"
    case 2: return String(Int64(truncatingIfNeeded: random.next()))
    case 3: return double(&random).description
    case 4: return ["\"\"", "\"a[{\"", "\"é\\\"]\"", "\"\\\\\"", "\"\\u0000,\""].randomElement(using: &random) ?? ""
    case 5, 6:
      var parts: [String] = []
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        parts.append(space(&random) + text(&random, depth: depth + 1) + space(&random))
      }
      return "[" + space(&random) + parts.joined(separator: ",") + "]"
    default:
      var parts: [String] = []
      for index in 0..<Int.random(in: 0...4, using: &random) {
        let key = ["a", "}", "é:", "\\\"", "\\u0000"].randomElement(using: &random) ?? ""
        parts.append(
          "\(space(&random))\"\(key)\(index)\"\(space(&random)):\(space(&random))"
            + text(&random, depth: depth + 1) + space(&random))
      }
      return "{" + space(&random) + parts.joined(separator: ",") + "}"
    }
  }
}
