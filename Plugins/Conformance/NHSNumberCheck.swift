import TrustCheckModuleKit

/// An NHS number has ten digits, and the last one checks the others.
struct NHSNumberCheck: BatchCheck {
  static let description = KindDescription(
    name: "conformance.nhs-number",
    summary: "The text is an NHS number: ten digits, the last of which checks the others.",
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["field"],"properties":{
        "field":{"type":"string","x-trustcheck":"field","x-types":["text"],"x-judges":["value"],
          "description":"The field."}}}
      """#,
    message: "This is no NHS number: it {problem}",
    examples: #"""
      [{"with":{"field":"nhs_number"},"means":"The number has ten digits, and its check digit is right."}]
      """#,
    evidence: ["problem"])

  private let field: Field

  init(_ binding: Binding) throws(ModuleFailure) {
    field = try binding.field("/field")
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) {
    let texts = batch.texts(of: field)
    verdicts.fail { !NHSNumber.isRight(texts[$0]) }
  }

  /// The number itself is never told.
  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) {
    let texts = batch.texts(of: field)
    let problem = texts.withBytes(of: row) { bytes -> String in
      for index in bytes.indices where bytes[index] &- 0x30 > 9 {
        return bytes[index] == 0x20 ? "has a space in it" : "has a character that is not a digit"
      }
      if bytes.count == 10 { return "has a wrong check digit" }
      return "has \(bytes.count) \(bytes.count == 1 ? "digit" : "digits"); a number has 10"
    }
    evidence.add("problem", problem)
  }
}

/// The check digit of NHS numbers.
///
/// Source: NHS Data Dictionary, "NHS NUMBER": weights 10 to 2 for the first nine digits; 11 less the remainder of their
/// sum by 11 is the tenth, 0 for 11, and a number for which it would be 10 is not given out. That is the same as: the sum
/// with weight 1 for the tenth is divisible by 11.
enum NHSNumber {
  static func isRight(_ text: TextView) -> Bool {
    guard text.count == 10 else { return false }
    // Two words at once instead of ten digits: eight digits, then two.
    let head = text.inlineHead ^ 0x3030_3030_3030_3030
    let tail = UInt64(text.inlineTail) ^ 0x3030
    let nibbles: UInt64 = 0x0F0F_0F0F_0F0F_0F0F
    guard ((head &+ 0x0606_0606_0606_0606) | head) & ~nibbles == 0, ((tail &+ 0x0606) | tail) & ~nibbles == 0 else {
      return false
    }
    // The digits at even places, then at odd ones, as four numbers of 16 bits; the product's highest holds the sum of
    // each times its weight.
    let bytes: UInt64 = 0x00FF_00FF_00FF_00FF
    let even = (head & bytes) &* (10 << 48 | 8 << 32 | 6 << 16 | 4)
    let odd = ((head >> 8) & bytes) &* (9 << 48 | 7 << 32 | 5 << 16 | 3)
    let sum = (even >> 48) + (odd >> 48) + (tail & 0xFF) * 2 + (tail >> 8)
    return sum % 11 == 0
  }
}
