import Glibc

/// Reading and writing of files by path.
public enum LocalFiles {
  public enum Kind: Equatable, Sendable {
    case file, folder
    /// A pipe, a socket or a device.
    case other
    case missing
  }

  public static func kind(_ path: String) -> Kind {
    var info = stat()
    guard unsafe stat(path, &info) == 0 else { return .missing }
    switch info.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  /// All bytes of a file.
  ///
  /// - Parameter limit: the greatest size in bytes that is read; a larger file is an error.
  public static func read(_ path: String, limit: Int = .max) throws(FileError) -> [UInt8] {
    if kind(path) == .folder { throw FileError(path: path, reason: "It is a folder, not a file") }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, reason: lastReason()) }
    defer { close(descriptor) }
    var info = stat()
    let size = unsafe fstat(descriptor, &info) == 0 ? Int(info.st_size) : 0
    // One byte past the known size, so that the end is seen without another large part.
    var step = min(max(size + 1, 1 << 12), max(limit, 1 << 12))
    var bytes: [UInt8] = []
    while true {
      var got = 0
      let part = unsafe [UInt8](unsafeUninitializedCapacity: step) { buffer, count in
        got = unsafe Glibc.read(descriptor, buffer.baseAddress!, buffer.count)
        count = max(0, got)
      }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw FileError(path: path, reason: lastReason()) }
      if bytes.isEmpty { bytes = part } else { bytes.append(contentsOf: part) }
      guard bytes.count <= limit else {
        throw FileError(path: path, reason: "It is larger than \(limit) bytes")
      }
      if got == 0 { return bytes }
      step = max(1 << 16, bytes.count)
    }
  }

  /// All of a UTF-8 text file.
  public static func readText(_ path: String) throws(FileError) -> String {
    let bytes = try read(path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FileError(path: path, reason: "It is not UTF-8 text")
    }
    return text
  }

  /// The names in a folder, in byte order, without `.` and `..`.
  public static func list(_ path: String) throws(FileError) -> [String] {
    guard let folder = unsafe opendir(path) else { throw FileError(path: path, reason: lastReason()) }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  /// Makes a folder and the folders above it.
  public static func makeFolder(_ path: String) throws(FileError) {
    if path.isEmpty || kind(path) == .folder { return }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try makeFolder(String(path[..<slash]))
    }
    if unsafe mkdir(path, 0o777) != 0 && errno != EEXIST {
      throw FileError(path: path, reason: lastReason())
    }
  }

  /// Writes a whole file, or leaves what was there untouched.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    var file = try WholeFile(path)
    try file.write(bytes)
    try file.commit()
  }

  public static func write(_ text: String, to path: String) throws(FileError) {
    try write(Array(text.utf8), to: path)
  }

  /// Where a path leads when links are followed, as an absolute path; the path itself when nothing is there.
  public static func realPath(_ path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// The folder that relative paths are seen from, as an absolute path; `.` when it cannot be told.
  public static var workingFolder: String {
    guard let path = unsafe getcwd(nil, 0) else { return "." }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  /// The last part of a path.
  public static func name(of path: String) -> String {
    String(path.split(separator: "/", omittingEmptySubsequences: true).last ?? "")
  }

  /// The folder of a path: `.` when it has none.
  public static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// `path` seen from `folder`, unless it is absolute.
  public static func resolve(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") || folder == "." ? path : "\(folder)/\(path)"
  }

  static func lastReason() -> String {
    unsafe String(cString: strerror(errno))
  }
}
