/// The key of a record in 16 bytes, laid out as a text's view: up to 12 bytes of it stand in the key itself.
///
/// A longer key has its length, 64 bits of its hash, and the offset of its bytes among those of its batch.
@usableFromInline
struct RecordKey: BitwiseCopyable, Sendable {
  /// Length in the low half; then the first four bytes, or the high half of the hash.
  let low: UInt64
  /// The rest; or the low half of the hash, and the offset above it.
  let high: UInt64

  init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// A key of eight bytes.
  init(word: UInt64) {
    low = 8 | (word << 32)
    high = word >> 32
  }

  /// A key of more than 12 bytes.
  init(_ bytes: UnsafeRawBufferPointer, offset: Int) {
    let hash = unsafe spread(bytes)
    low = UInt64(UInt32(bytes.count)) | (hash & 0xFFFF_FFFF_0000_0000)
    high = (hash & 0xFFFF_FFFF) | (UInt64(UInt32(offset)) << 32)
  }

  var count: Int { Int(UInt32(truncatingIfNeeded: low)) }
  var isInline: Bool { count <= TextView.inlineCapacity }
  var offset: Int { Int(high >> 32) }

  var hash: UInt64 {
    isInline ? spread(low, high) : (low & 0xFFFF_FFFF_0000_0000) | (high & 0xFFFF_FFFF)
  }

  /// Keys are spread over this many groups that are worked on one by one, so that a group fits a processor's cache.
  static let groupCount = 256

  var group: Int { Int(hash >> 56) }

  func moved(to offset: Int) -> RecordKey {
    RecordKey(low: low, high: (high & 0xFFFF_FFFF) | (UInt64(UInt32(offset)) << 32))
  }

  /// Whether two keys are equal; their long bytes are compared when their hashes are equal.
  @inline(__always)
  static func isEqual(_ a: RecordKey, _ aBytes: KeyBytes, _ b: RecordKey, _ bBytes: KeyBytes) -> Bool {
    if a.low != b.low { return false }
    if a.isInline { return a.high == b.high }
    guard UInt32(truncatingIfNeeded: a.high) == UInt32(truncatingIfNeeded: b.high) else { return false }
    return unsafe aBytes[a].elementsEqual(bBytes[b])
  }

  /// The key's bytes.
  func bytes(in long: KeyBytes) -> [UInt8] {
    if !isInline { return unsafe Array(long[self]) }
    return (0..<count).map { index in
      let word = index < 4 ? low >> 32 : high
      return UInt8(truncatingIfNeeded: word >> UInt64(index < 4 ? index * 8 : index * 8 - 32))
    }
  }
}

/// The bytes of keys of more than 12 bytes, one behind the other.
@safe
final class KeyBytes: @unchecked Sendable {
  private(set) var count = 0
  private var base: UnsafeMutableRawPointer
  private var capacity: Int

  init(capacity: Int = 0) {
    self.capacity = capacity
    unsafe base = .allocate(byteCount: capacity, alignment: 8)
  }

  deinit {
    unsafe base.deallocate()
  }

  /// The bytes of a key that is kept here.
  @inline(__always)
  @unsafe
  subscript(key: RecordKey) -> UnsafeRawBufferPointer {
    precondition(key.offset + key.count <= count)
    return unsafe UnsafeRawBufferPointer(start: base + key.offset, count: key.count)
  }

  var all: UnsafeMutableRawBufferPointer { unsafe UnsafeMutableRawBufferPointer(start: base, count: count) }

  func removeAll() {
    count = 0
  }

  /// Adds bytes behind the others, and gives their offset.
  func append(_ bytes: UnsafeRawBufferPointer) -> Int {
    if count + bytes.count > capacity {
      let larger = max(capacity * 2, count + bytes.count, 4096)
      let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 8)
      unsafe moved.copyMemory(from: base, byteCount: count)
      unsafe base.deallocate()
      unsafe base = moved
      capacity = larger
    }
    if let start = bytes.baseAddress { unsafe (base + count).copyMemory(from: start, byteCount: bytes.count) }
    defer { count += bytes.count }
    return count
  }

  /// Bytes that are still to be set.
  static func uninitialized(count: Int) -> KeyBytes {
    let bytes = KeyBytes(capacity: count)
    bytes.count = count
    return bytes
  }
}
