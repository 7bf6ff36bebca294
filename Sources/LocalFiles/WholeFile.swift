import Glibc

/// A file that appears whole, at `commit`, or not at all.
///
/// It is written beside its place under another name and renamed. When the value goes away without a commit, the
/// written part is removed and what was there before stays. A link stays a link: what it leads to is written. Devices,
/// pipes and what stands below `/dev` and `/proc`, such as `/dev/stdout`, are written to directly.
public struct WholeFile: ~Copyable {
  public let path: String
  private let temporary: String?
  private var descriptor: Int32
  private var pending: [UInt8] = []

  public init(_ path: String) throws(FileError) {
    let name: String?
    let opened: Int32
    let kind = LocalFiles.kind(path)
    if kind == .folder { throw FileError(path: path, reason: "It is a folder, not a file") }
    let target = LocalFiles.realPath(path)
    if kind == .other || target.hasPrefix("/dev/") || path.hasPrefix("/dev/") || path.hasPrefix("/proc/") {
      name = nil
      opened = unsafe open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    } else {
      let beside = LocalFiles.besideName(target)
      name = beside
      opened = unsafe open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    }
    guard opened >= 0 else { throw FileError(path: path, reason: LocalFiles.lastReason()) }
    self.path = target
    temporary = name
    descriptor = opened
  }

  public mutating func write(_ bytes: [UInt8]) throws(FileError) {
    pending.append(contentsOf: bytes)
    if pending.count >= 1 << 16 { try flush() }
  }

  /// Makes the file appear under its name.
  public consuming func commit() throws(FileError) {
    try flush()
    let closed = close(descriptor)
    descriptor = -1
    guard closed == 0 else { throw FileError(path: path, reason: LocalFiles.lastReason()) }
    if let temporary, unsafe rename(temporary, path) != 0 {
      throw FileError(path: path, reason: LocalFiles.lastReason())
    }
  }

  private mutating func flush() throws(FileError) {
    var start = 0
    while start < pending.count {
      let written = unsafe pending.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress! + start, buffer.count - start)
      }
      if written < 0 && errno == EINTR { continue }
      guard written >= 0 else { throw FileError(path: path, reason: LocalFiles.lastReason()) }
      start += written
    }
    pending.removeAll(keepingCapacity: true)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if let temporary { unsafe unlink(temporary) }
  }
}
