/// Text of a cell in Arrow's `utf8view` layout: 16 bytes, the text itself when it is short, a place otherwise.
///
/// Layout (little-endian): `length: Int32`, then either up to 12 bytes of text padded with zeros, or 4 bytes of prefix,
/// `buffer: Int32`, `offset: Int32`. Because short views are padded, equal short texts have equal words.
/// Source: Arrow columnar format, "Variable-size Binary View Layout".
@frozen
public struct TextView: BitwiseCopyable, Sendable {
  /// Length in the low half, the first four bytes of text in the high half.
  public let low: UInt64
  /// The rest of a short text, or buffer index (low half) and offset (high half).
  public let high: UInt64

  @inlinable
  public init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// The longest text that is held in the view itself, in bytes.
  @inlinable
  public static var inlineCapacity: Int { 12 }

  /// Length in bytes of UTF-8.
  @inlinable
  public var count: Int { Int(UInt32(truncatingIfNeeded: low)) }

  @inlinable
  public var isInline: Bool { count <= TextView.inlineCapacity }

  /// The first 8 bytes of an inline text as a little-endian word, zero-padded.
  @inlinable
  public var inlineHead: UInt64 { (low >> 32) | (high << 32) }

  /// Bytes 8..<12 of an inline text, zero-padded.
  @inlinable
  public var inlineTail: UInt32 { UInt32(truncatingIfNeeded: high >> 32) }

  /// The view of a text of at most 12 bytes; nil for a longer one.
  public init?(inline text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count <= TextView.inlineCapacity else { return nil }
    self.init(inline: bytes)
  }

  init(inline bytes: [UInt8]) {
    var head: UInt64 = 0
    var tail: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      if index < 4 { head |= UInt64(byte) << UInt64(index * 8) } else { tail |= UInt64(byte) << UInt64(index * 8 - 32) }
    }
    low = UInt64(bytes.count) | (head << 32)
    high = tail
  }
}
