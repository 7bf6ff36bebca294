/// Writes the values of several fields one behind the other.
@safe
final class KeyWriter {
  private var base: UnsafeMutableRawPointer
  private var capacity = 256
  private var count = 0

  init() {
    unsafe base = .allocate(byteCount: capacity, alignment: 8)
  }

  deinit {
    unsafe base.deallocate()
  }

  func removeAll() {
    // A short key is read as whole words.
    unsafe base.storeBytes(of: 0, as: UInt64.self)
    unsafe base.storeBytes(of: 0, toByteOffset: 8, as: UInt64.self)
    count = 0
  }

  /// What was written; valid until the next change.
  var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: base, count: count) }

  /// The key when it has no more than 12 bytes.
  var shortKey: RecordKey? {
    if count > TextView.inlineCapacity { return nil }
    let first = unsafe base.load(as: UInt64.self)
    let second = unsafe base.load(fromByteOffset: 8, as: UInt64.self)
    return RecordKey(
      low: UInt64(count) | (first << 32), high: (first >> 32) | (second << 32))
  }

  /// A text with its length before it.
  func write(_ text: UnsafeRawBufferPointer) {
    reserve(text.count + 10)
    writeShort(UInt64(text.count))
    if let start = text.baseAddress {
      unsafe (base + count).copyMemory(from: start, byteCount: text.count)
    }
    count += text.count
  }

  /// A whole number, in fewer bytes the nearer it is to 0.
  func write(_ value: Int64) {
    reserve(10)
    writeShort(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  func write(word: UInt64) {
    reserve(8)
    unsafe (base + count).storeBytes(of: word.littleEndian, as: UInt64.self)
    count += 8
  }

  /// Seven bits a byte, the lowest first; the highest bit says that more follow (LEB128).
  private func writeShort(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      unsafe base.storeBytes(of: UInt8(truncatingIfNeeded: rest) | 0x80, toByteOffset: count, as: UInt8.self)
      count += 1
      rest >>= 7
    }
    unsafe base.storeBytes(of: UInt8(truncatingIfNeeded: rest), toByteOffset: count, as: UInt8.self)
    count += 1
  }

  private func reserve(_ more: Int) {
    if count + more <= capacity { return }
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
    unsafe larger.copyMemory(from: base, byteCount: count)
    unsafe base.deallocate()
    unsafe base = larger
  }
}
