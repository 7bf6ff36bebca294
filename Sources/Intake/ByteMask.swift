/// 64 bytes of text, to ask where certain bytes stand: bit n of an answer is byte n.
///
/// Sixteen bytes are compared at once; the flags are gathered by a multiplication, since Swift has no "move mask".
struct ByteMask {
  private let parts: (SIMD16<UInt8>, SIMD16<UInt8>, SIMD16<UInt8>, SIMD16<UInt8>)

  /// Reads all 64 bytes from `start` on.
  @unsafe @inline(__always)
  init(_ start: UnsafePointer<UInt8>) {
    let raw = unsafe UnsafeRawPointer(start)
    unsafe parts = (
      raw.loadUnaligned(as: SIMD16<UInt8>.self), raw.loadUnaligned(fromByteOffset: 16, as: SIMD16<UInt8>.self),
      raw.loadUnaligned(fromByteOffset: 32, as: SIMD16<UInt8>.self),
      raw.loadUnaligned(fromByteOffset: 48, as: SIMD16<UInt8>.self)
    )
  }

  /// True when `a` stands anywhere.
  @inline(__always)
  func holds(_ a: UInt8) -> Bool {
    let a = SIMD16<UInt8>(repeating: a)
    let flags = (parts.0 .== a) .| (parts.1 .== a) .| (parts.2 .== a) .| (parts.3 .== a)
    let words = unsafe unsafeBitCast(flags, to: SIMD2<UInt64>.self)
    return words[0] | words[1] != 0
  }

  /// Where `a` stands.
  @inline(__always)
  func positions(of a: UInt8) -> UInt64 {
    let a = SIMD16<UInt8>(repeating: a)
    return ByteMask.bits(parts.0 .== a) | ByteMask.bits(parts.1 .== a) << 16 | ByteMask.bits(parts.2 .== a) << 32
      | ByteMask.bits(parts.3 .== a) << 48
  }

  /// Where any of three bytes stands.
  @inline(__always)
  func positions(of a: UInt8, _ b: UInt8, _ c: UInt8) -> UInt64 {
    let a = SIMD16<UInt8>(repeating: a)
    let b = SIMD16<UInt8>(repeating: b)
    let c = SIMD16<UInt8>(repeating: c)
    let first = ByteMask.bits((parts.0 .== a) .| (parts.0 .== b) .| (parts.0 .== c))
    let second = ByteMask.bits((parts.1 .== a) .| (parts.1 .== b) .| (parts.1 .== c))
    let third = ByteMask.bits((parts.2 .== a) .| (parts.2 .== b) .| (parts.2 .== c))
    let fourth = ByteMask.bits((parts.3 .== a) .| (parts.3 .== b) .| (parts.3 .== c))
    return first | second << 16 | third << 32 | fourth << 48
  }

  @inline(__always)
  private static func bits(_ flags: SIMDMask<SIMD16<Int8>>) -> UInt64 {
    let words = unsafe unsafeBitCast(flags, to: SIMD2<UInt64>.self)
    return gathered(words[0] & 0x0101_0101_0101_0101) | gathered(words[1] & 0x0101_0101_0101_0101) << 8
  }

  /// The lowest bits of eight bytes side by side.
  ///
  /// The factor has a bit at 7, 14, … 56: bit 8i meets the one at 56 - 7i and lands at 56 + i, and no two sums meet.
  @inline(__always)
  private static func gathered(_ flags: UInt64) -> UInt64 { (flags &* 0x0102_0408_1020_4080) >> 56 }
}

extension UInt64 {
  /// Bit n is the exclusive or of bits 0 through n: with the places of quotes, where text is quoted.
  @inline(__always)
  var runningParity: UInt64 {
    var word = self
    word ^= word << 1
    word ^= word << 2
    word ^= word << 4
    word ^= word << 8
    word ^= word << 16
    word ^= word << 32
    return word
  }
}
