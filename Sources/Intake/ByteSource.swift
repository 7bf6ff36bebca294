import Glibc
import LocalFiles

/// The bytes of a file in order, each read once into buffers of the reader's own.
///
/// Files are never mapped into memory, so that one that shrinks while it is read ends the reading, not the program.
@safe
final class ByteSource {
  private let descriptor: Int32
  private let name: String
  private let onBytes: ((UnsafeRawBufferPointer) -> Void)?
  private let memory: [UInt8]
  /// The length of a regular file when it was opened; nil for pipes, devices and bytes at hand.
  private let length: Int?
  /// Bytes read so far.
  private(set) var position = 0
  private(set) var isAtEnd = false

  init(path: String, shownAs name: String, onBytes: ((UnsafeRawBufferPointer) -> Void)?) throws(IntakeError) {
    self.name = name
    unsafe self.onBytes = unsafe onBytes
    memory = []
    if LocalFiles.kind(path) == .folder {
      throw IntakeError(name, "It is a folder, not a file.", advice: "Name the files in it, or the folder alone.")
    }
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 {
      throw IntakeError(
        name, "It could not be opened: \(unsafe String(cString: strerror(errno))).",
        advice: "Check the path and that you may read the file.")
    }
    var status = stat()
    let isRegular = unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    length = isRegular ? Int(status.st_size) : nil
  }

  /// Bytes that are at hand.
  init(_ bytes: [UInt8], shownAs name: String) {
    self.name = name
    unsafe onBytes = nil
    descriptor = -1
    memory = bytes
    length = nil
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Appends up to `count` bytes to `block`; fewer only at the end of the file.
  func read(_ count: Int, into block: ByteBlock) throws(IntakeError) {
    block.reserve(block.count + count)
    defer { block.seal() }
    if descriptor < 0 {
      let taken = min(count, memory.count - position)
      unsafe memory.withUnsafeBytes { bytes in
        unsafe block.append(UnsafeRawBufferPointer(rebasing: bytes[position..<(position + taken)]))
      }
      position += taken
      isAtEnd = position == memory.count
      return
    }
    var missing = count
    while missing > 0 {
      let got = unsafe Glibc.read(descriptor, block.base + block.count, missing)
      if got < 0 && errno == EINTR { continue }
      if got < 0 {
        throw IntakeError(
          name, "It could not be read: \(unsafe String(cString: strerror(errno))).",
          advice: "Copy the file to this machine and try again.")
      }
      if got == 0 {
        isAtEnd = true
        if let length, position < length {
          throw IntakeError(
            name,
            "The file became shorter while it was read: \(length) bytes were expected and \(position) were there.",
            advice: "Wait until nothing writes to it, then try again.")
        }
        return
      }
      unsafe onBytes?(UnsafeRawBufferPointer(start: block.base + block.count, count: got))
      block.count += got
      position += got
      missing -= got
    }
  }

  /// Appends all that is left, up to `limit` bytes in `block`.
  func readAll(into block: ByteBlock, limit: Int) throws(IntakeError) {
    while !isAtEnd {
      try read(1 << 20, into: block)
      if block.count > limit {
        throw IntakeError(
          name, "The file is larger than \(limit >> 20) MiB.",
          advice: "Send the records as CSV, which may be of any size.")
      }
    }
  }

  /// Hands out the bytes up to `end` once more, from the first on; false when that cannot be done, as with a pipe.
  func readAgain(to end: Int, _ body: (UnsafeRawBufferPointer) -> Void) -> Bool {
    if descriptor < 0 {
      unsafe memory.withUnsafeBytes { unsafe body(UnsafeRawBufferPointer(rebasing: $0[..<min(end, $0.count)])) }
      return true
    }
    guard length != nil else { return false }
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    var offset = 0
    while offset < end {
      let wanted = min(chunk.count, end - offset)
      let got = unsafe chunk.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, wanted, off_t(offset)) }
      if got < 0 && errno == EINTR { continue }
      if got <= 0 { return false }
      unsafe chunk.withUnsafeBytes { unsafe body(UnsafeRawBufferPointer(rebasing: $0[..<got])) }
      offset += got
    }
    return true
  }
}
