import Glibc
import LocalFiles

/// The bytes of a file in order, each read once into buffers of the reader's own.
///
/// Files are never mapped into memory, so that one that shrinks while it is read ends early instead of ending the
/// program.
@safe
final class ByteSource {
  private let descriptor: Int32
  private let name: String
  private let onBytes: ((UnsafeRawBufferPointer) -> Void)?
  private var memory: [UInt8]?
  private var memoryOffset = 0
  private(set) var isAtEnd = false

  init(path: String, shownAs name: String, onBytes: ((UnsafeRawBufferPointer) -> Void)?) throws(IntakeError) {
    self.name = name
    unsafe self.onBytes = unsafe onBytes
    if LocalFiles.kind(path) == .folder {
      throw IntakeError(name, "It is a folder, not a file.", advice: "Name the files in it, or the folder alone.")
    }
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 {
      throw IntakeError(name, "It could not be opened: \(unsafe String(cString: strerror(errno))).")
    }
  }

  /// Bytes that are at hand.
  init(_ bytes: [UInt8], shownAs name: String) {
    self.name = name
    unsafe onBytes = nil
    descriptor = -1
    memory = bytes
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Appends up to `count` bytes to `block`; fewer only at the end of the file.
  func read(_ count: Int, into block: ByteBlock) throws(IntakeError) {
    block.reserve(block.count + count)
    if let memory {
      let taken = min(count, memory.count - memoryOffset)
      unsafe memory.withUnsafeBytes { bytes in
        unsafe block.append(UnsafeRawBufferPointer(rebasing: bytes[memoryOffset..<(memoryOffset + taken)]))
      }
      memoryOffset += taken
      isAtEnd = memoryOffset == memory.count
      return
    }
    var missing = count
    while missing > 0 {
      let got = unsafe Glibc.read(descriptor, block.base + block.count, missing)
      if got < 0 && errno == EINTR { continue }
      if got < 0 {
        throw IntakeError(name, "It could not be read: \(unsafe String(cString: strerror(errno))).")
      }
      if got == 0 {
        isAtEnd = true
        return
      }
      unsafe onBytes?(UnsafeRawBufferPointer(start: block.base + block.count, count: got))
      block.count += got
      missing -= got
    }
  }
}

/// Bytes in memory that is longer than they are, so that wide loads near the end stay inside.
@safe
final class ByteBlock {
  private(set) var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  var count = 0

  /// Bytes that may be read past the end.
  static let padding = 64

  init(capacity: Int = 0) {
    self.capacity = capacity
    unsafe base = ByteBlock.allocate(capacity)
  }

  deinit { unsafe UnsafeMutableRawPointer(base).deallocate() }

  private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<UInt8> {
    let raw = UnsafeMutableRawPointer.allocate(byteCount: capacity + padding, alignment: 64)
    unsafe (raw + capacity).initializeMemory(as: UInt8.self, repeating: 0, count: padding)
    return unsafe raw.bindMemory(to: UInt8.self, capacity: capacity + padding)
  }

  func reserve(_ wanted: Int) {
    guard wanted > capacity else { return }
    let larger = max(wanted, capacity * 2)
    let fresh = unsafe ByteBlock.allocate(larger)
    unsafe fresh.update(from: base, count: count)
    unsafe UnsafeMutableRawPointer(base).deallocate()
    unsafe base = unsafe fresh
    capacity = larger
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

  func append(_ byte: UInt8) {
    reserve(count + 1)
    unsafe base[count] = byte
    count += 1
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

  var buffer: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: base, count: count) }
}
