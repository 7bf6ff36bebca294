enum Windows1252 {
  /// Code points of bytes 0x80 to 0x9F by the WHATWG index; the five that are not assigned become U+FFFD.
  private static let upper: [UInt32] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD,
    0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0xFFFD, 0x017E, 0x0178,
  ]

  /// The code point of a byte.
  @inline(__always)
  static func scalar(_ byte: UInt8) -> UInt32 {
    byte &- 0x80 < 0x20 ? upper[Int(byte) - 0x80] : UInt32(byte)
  }

  /// The same text in UTF-8, and true when it has bytes that stand for no character.
  static func decoded(_ block: ByteBlock, _ range: Range<Int>) -> (block: ByteBlock, hasFault: Bool) {
    precondition(range.lowerBound >= 0 && range.upperBound <= block.count)
    // No character takes more than three bytes.
    let result = ByteBlock(capacity: range.count * 3)
    let source = unsafe block.base
    let target = unsafe result.base
    var count = 0
    var hasFault = false
    for index in range {
      let byte = unsafe source[index]
      if byte < 0x80 {
        unsafe target[count] = byte
        count += 1
        continue
      }
      let point = scalar(byte)
      hasFault = hasFault || point == 0xFFFD
      if point < 0x800 {
        unsafe target[count] = UInt8(0xC0 | point >> 6)
        unsafe target[count + 1] = UInt8(0x80 | point & 0x3F)
        count += 2
      } else {
        unsafe target[count] = UInt8(0xE0 | point >> 12)
        unsafe target[count + 1] = UInt8(0x80 | point >> 6 & 0x3F)
        unsafe target[count + 2] = UInt8(0x80 | point & 0x3F)
        count += 3
      }
    }
    result.count = count
    result.seal()
    return (result, hasFault)
  }
}
