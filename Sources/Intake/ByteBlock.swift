internal import Synchronization

/// Bytes in memory that is longer than they are on both sides, so that wide loads near the ends stay inside.
@safe
final class ByteBlock {
  private(set) var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  var count = 0

  /// Bytes that may be read before the first and past the last one.
  static let padding = 64

  init(capacity: Int = 0) {
    unsafe (base, self.capacity) = ByteBlock.allocate(capacity)
  }

  convenience init(_ bytes: [UInt8]) {
    self.init(capacity: bytes.count)
    append(bytes)
    seal()
  }

  deinit { unsafe ByteBlock.free(base, capacity) }

  /// Memory for at least so many bytes, and how many it is for.
  private static func allocate(_ capacity: Int) -> (UnsafeMutablePointer<UInt8>, Int) {
    if let spare = SpareMemory.take(capacity) { return unsafe (spare.pointer, spare.capacity) }
    let raw = UnsafeMutableRawPointer.allocate(byteCount: capacity + 2 * padding, alignment: 64)
    unsafe raw.initializeMemory(as: UInt8.self, repeating: 0, count: padding)
    return unsafe ((raw + padding).bindMemory(to: UInt8.self, capacity: capacity + padding), capacity)
  }

  private static func free(_ base: UnsafeMutablePointer<UInt8>, _ capacity: Int) {
    if unsafe SpareMemory.give(SpareMemory(pointer: base, capacity: capacity)) { return }
    unsafe UnsafeMutableRawPointer(base - padding).deallocate()
  }

  func reserve(_ wanted: Int) {
    guard wanted > capacity else { return }
    let (fresh, larger) = unsafe ByteBlock.allocate(max(wanted, capacity * 2))
    unsafe fresh.update(from: base, count: count)
    unsafe ByteBlock.free(base, capacity)
    unsafe base = unsafe fresh
    capacity = larger
  }

  /// Zeroes what may be read past the end.
  func seal() {
    unsafe UnsafeMutableRawPointer(base + count).initializeMemory(
      as: UInt8.self, repeating: 0, count: ByteBlock.padding)
  }

  func append(_ bytes: UnsafeRawBufferPointer) {
    reserve(count + bytes.count)
    if let start = bytes.baseAddress {
      unsafe UnsafeMutableRawPointer(base + count).copyMemory(from: start, byteCount: bytes.count)
    }
    count += bytes.count
  }

  func append(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { unsafe append($0) }
  }

  subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count)
    return unsafe base[index]
  }

  /// A copy of a range.
  func bytes(_ range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe Array(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
  }

  func begins(with bytes: [UInt8]) -> Bool {
    count >= bytes.count && self.bytes(0..<bytes.count) == bytes
  }

  var buffer: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: base, count: count) }

  func buffer(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(rebasing: buffer[range])
  }
}

/// The memory of a block that is free, kept for the next block of its size: the system would hand it out page by page,
/// zeroed anew, for every part of a file.
@safe
private struct SpareMemory: @unchecked Sendable {
  // Sendable: who holds it alone owns the memory.

  let pointer: UnsafeMutablePointer<UInt8>
  let capacity: Int

  /// Smaller blocks are not worth keeping, larger ones too dear.
  private static let sizes = (1 << 20)...(32 << 20)
  private static let most = 8
  private static let kept = Mutex<[SpareMemory]>([])

  static func take(_ capacity: Int) -> SpareMemory? {
    guard sizes.contains(capacity) else { return nil }
    return kept.withLock { kept in
      kept.firstIndex { $0.capacity >= capacity && $0.capacity <= capacity * 2 }.map { kept.remove(at: $0) }
    }
  }

  /// False when it is not kept, and the giver goes on owning it.
  static func give(_ memory: SpareMemory) -> Bool {
    guard sizes.contains(memory.capacity) else { return false }
    return kept.withLock { kept in
      if kept.count >= most { return false }
      kept.append(memory)
      return true
    }
  }
}
