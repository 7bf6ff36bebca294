/// Text of a cell in Arrow's `utf8view` layout: 16 bytes, the text itself when it is short, a place otherwise.
///
/// Layout (little-endian): `length: Int32`, then either up to 12 bytes of text padded with zeros, or 4 bytes of prefix,
/// `buffer: Int32`, `offset: Int32`. Because short views are padded, equal short texts have equal words.
/// Source: Arrow columnar format, "Variable-size Binary View Layout".
@frozen
public struct TextView: BitwiseCopyable, Sendable {
  /// Length in the low half, the first four bytes of text in the high half.
  public var low: UInt64
  /// The rest of a short text, or buffer index (low half) and offset (high half).
  public var high: UInt64

  @inlinable
  public init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// The empty text.
  @inlinable
  public static var empty: TextView { TextView(low: 0, high: 0) }

  /// The longest text that is held in the view itself, in bytes.
  @inlinable
  public static var inlineCapacity: Int { 12 }

  /// Length in bytes of UTF-8.
  @inlinable
  public var count: Int { Int(UInt32(truncatingIfNeeded: low)) }

  @inlinable
  public var isInline: Bool { count <= TextView.inlineCapacity }

  /// Which text buffer a long text is in.
  @inlinable
  public var buffer: Int { Int(UInt32(truncatingIfNeeded: high)) }

  /// Where in that buffer a long text begins, 0-based.
  @inlinable
  public var offset: Int { Int(high >> 32) }

  /// A view of `count` bytes at `base + offset`, where `base` is text buffer number `buffer`.
  ///
  /// Reads only the bytes of the text.
  @inlinable
  @unsafe
  public init(base: UnsafePointer<UInt8>, offset: Int, count: Int, buffer: Int) {
    let start = unsafe UnsafeRawPointer(base + offset)
    if count <= TextView.inlineCapacity {
      // Two overlapping wide loads for most lengths instead of a loop over bytes.
      var first: UInt64 = 0
      var second: UInt64 = 0
      if count >= 8 {
        unsafe first = start.loadUnaligned(as: UInt64.self)
        let tail = unsafe start.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
        // Bytes 8..<count are the last count-8 bytes of `tail`.
        second = UInt64(tail) >> UInt64((12 - count) * 8)
      } else if count >= 4 {
        let head = unsafe start.loadUnaligned(as: UInt32.self)
        let tail = unsafe start.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
        first = UInt64(head) | (UInt64(tail) << UInt64((count - 4) * 8))
      } else if count > 0 {
        let a = unsafe UInt64(start.loadUnaligned(as: UInt8.self))
        let b = unsafe UInt64(start.loadUnaligned(fromByteOffset: count >> 1, as: UInt8.self))
        let c = unsafe UInt64(start.loadUnaligned(fromByteOffset: count - 1, as: UInt8.self))
        first = a | (b << UInt64((count >> 1) * 8)) | (c << UInt64((count - 1) * 8))
      }
      low = UInt64(UInt32(truncatingIfNeeded: count)) | (first << 32)
      high = (first >> 32) | (second << 32)
    } else {
      let prefix = unsafe start.loadUnaligned(as: UInt32.self)
      low = UInt64(UInt32(truncatingIfNeeded: count)) | (UInt64(prefix) << 32)
      high = UInt64(UInt32(truncatingIfNeeded: buffer)) | (UInt64(UInt32(truncatingIfNeeded: offset)) << 32)
    }
  }

  /// A view of a text; one too long to be held in the view is added to `bytes`, which is text buffer `buffer`.
  public init(_ text: String, buffer: Int, appendingTo bytes: inout [UInt8]) {
    let utf8 = Array(text.utf8)
    let offset = bytes.count
    if utf8.count > TextView.inlineCapacity { bytes += utf8 }
    let view = unsafe utf8.withUnsafeBufferPointer { source -> TextView in
      guard let base = source.baseAddress else { return .empty }
      return unsafe TextView(base: base, offset: 0, count: utf8.count, buffer: buffer)
    }
    low = view.low
    high = view.isInline ? view.high : (view.high & 0xFFFF_FFFF) | (UInt64(UInt32(offset)) << 32)
  }

  /// The first 8 bytes of an inline text as a little-endian word, zero-padded.
  @inlinable
  public var inlineHead: UInt64 { (low >> 32) | (high << 32) }

  /// Bytes 8..<12 of an inline text, zero-padded.
  @inlinable
  public var inlineTail: UInt32 { UInt32(truncatingIfNeeded: high >> 32) }
}
