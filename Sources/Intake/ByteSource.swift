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
  /// The length of a regular file when it was opened; nil for pipes and bytes at hand.
  private let length: Int?
  /// Bytes of the file read so far.
  private var filePosition = 0
  private var isFileAtEnd = false
  /// What turns the file's bytes into those that are handed out; nil when they are handed out as they stand.
  private var decoding: Decoding?
  /// Bytes handed out so far: those of the file, or what they were decoded to.
  var position: Int { decoding?.position ?? filePosition }
  var isAtEnd: Bool { decoding?.isAtEnd ?? isFileAtEnd }

  private struct Decoding {
    /// As it began, for reading again, and where in the file.
    let first: TextDecoder
    let start: Int
    var decoder: TextDecoder
    var raw = ByteBlock()
    var position = 0
    var isAtEnd = false
  }

  init(path: String, shownAs name: String, onBytes: ((UnsafeRawBufferPointer) -> Void)?) throws(IntakeError) {
    self.name = name
    unsafe self.onBytes = unsafe onBytes
    memory = []
    if LocalFiles.kind(path) == .folder {
      throw IntakeError(name, "It is a folder, not a file.", advice: "Name the files in it, or the folder alone.")
    }
    try ByteSource.refuseSpecial(path, name)
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

  /// Opening a pipe waits for a writer that may never come, and a device may never end; what comes to this program by
  /// its own open descriptors does neither.
  private static func refuseSpecial(_ path: String, _ name: String) throws(IntakeError) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return }
    let isOwn = ["/dev/stdin", "/dev/fd/", "/proc/self/fd/"].contains { path.hasPrefix($0) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFIFO where isOwn: return
    case S_IFIFO:
      throw IntakeError(name, "It is a pipe, not a file.", advice: "Save what comes out of it as a file first.")
    default:
      throw IntakeError(name, "It is a device, not a file.", advice: "Name the file that holds the answer.")
    }
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

  /// Appends up to `count` bytes to `block`; fewer only at the end of the file, and some more when they are decoded.
  func read(_ count: Int, into block: ByteBlock) throws(IntakeError) {
    guard decoding != nil else { return try readFile(count, into: block) }
    let end = block.count + count
    defer { block.seal() }
    while block.count < end, !decoding!.isAtEnd {
      decoding!.raw.count = 0
      try readFile(max(end - block.count, 1 << 12), into: decoding!.raw)
      unsafe decode(decoding!.raw.buffer, into: block)
    }
  }

  /// Decodes what follows; the bytes that were handed out from `start` on are decoded first.
  ///
  /// - Parameter block: all bytes that were read so far; afterwards what they were decoded to.
  func decode(_ decoder: TextDecoder, from start: Int, _ block: ByteBlock) -> ByteBlock {
    precondition(decoding == nil && block.count == filePosition)
    decoding = Decoding(first: decoder, start: start, decoder: decoder)
    let result = ByteBlock()
    unsafe decode(block.buffer(start..<block.count), into: result)
    result.seal()
    return result
  }

  private func decode(_ bytes: UnsafeRawBufferPointer, into block: ByteBlock) {
    let before = block.count
    unsafe decoding!.decoder.decode(bytes, into: block, isLast: isFileAtEnd)
    decoding!.position += block.count - before
    decoding!.isAtEnd = isFileAtEnd
  }

  private func readFile(_ count: Int, into block: ByteBlock) throws(IntakeError) {
    block.reserve(block.count + count)
    defer { block.seal() }
    if descriptor < 0 {
      let taken = min(count, memory.count - filePosition)
      unsafe memory.withUnsafeBytes { bytes in
        unsafe block.append(UnsafeRawBufferPointer(rebasing: bytes[filePosition..<(filePosition + taken)]))
      }
      filePosition += taken
      isFileAtEnd = filePosition == memory.count
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
        isFileAtEnd = true
        if let length, filePosition < length {
          throw IntakeError(
            name,
            "The file became shorter while it was read: \(length) bytes were expected and \(filePosition) were there.",
            advice: "Wait until nothing writes to it, then try again.")
        }
        return
      }
      unsafe onBytes?(UnsafeRawBufferPointer(start: block.base + block.count, count: got))
      block.count += got
      filePosition += got
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
    guard let decoding else { return unsafe readFileAgain(from: 0, to: end, body) }
    var decoder = decoding.first
    let block = ByteBlock()
    var left = end
    return unsafe readFileAgain(from: decoding.start, to: filePosition) { bytes in
      block.count = 0
      unsafe decoder.decode(bytes, into: block, isLast: false)
      unsafe body(block.buffer(0..<min(left, block.count)))
      left -= min(left, block.count)
    }
  }

  private func readFileAgain(from start: Int, to end: Int, _ body: (UnsafeRawBufferPointer) -> Void) -> Bool {
    if descriptor < 0 {
      let stop = max(start, min(end, memory.count))
      unsafe memory.withUnsafeBytes { unsafe body(UnsafeRawBufferPointer(rebasing: $0[start..<stop])) }
      return true
    }
    guard length != nil else { return false }
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    var offset = start
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

  // MARK: Reading in any order

  /// What a reader that goes to and fro in the file works on.
  enum Store {
    /// A descriptor of its own, which the reader closes.
    case file(Int32)
    case bytes(ByteBlock)
  }

  /// The whole file for a reader that goes to and fro in it, once every byte of it was seen.
  ///
  /// - Parameters:
  ///   - block: what was read so far, from the first byte on.
  ///   - limit: the most that is kept in memory of what comes over a pipe.
  func store(_ block: ByteBlock, limit: Int) throws(IntakeError) -> Store {
    guard length != nil else {
      try readAll(into: block, limit: limit)
      return .bytes(block)
    }
    let passed = ByteBlock()
    while !isFileAtEnd {
      passed.count = 0
      try readFile(1 << 20, into: passed)
    }
    let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    if own < 0 {
      throw IntakeError(name, "It could not be opened: \(unsafe String(cString: strerror(errno))).")
    }
    return .file(own)
  }
}
