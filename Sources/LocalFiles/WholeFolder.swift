import Glibc

/// A folder that appears whole, at `commit`, or not at all.
///
/// It is filled beside its place under another name and renamed. When the value goes away without a commit, what was
/// written is removed. A folder that is there already must be empty.
public struct WholeFolder: ~Copyable {
  public let path: String
  private let temporary: String
  private var isCommitted = false
  private var folders: Set<String>
  private var files: [String] = []

  public init(_ path: String) throws(FileError) {
    var trimmed = path
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    switch LocalFiles.kind(trimmed) {
    case .missing: break
    case .folder:
      if !(try LocalFiles.list(trimmed)).isEmpty {
        throw FileError(path: path, reason: "The folder is not empty; name a new one")
      }
    case .file, .other: throw FileError(path: path, reason: "It is a file, not a folder")
    }
    let beside = LocalFiles.besideName(trimmed)
    try LocalFiles.makeFolder(LocalFiles.folder(of: trimmed))
    if unsafe mkdir(beside, 0o777) != 0 { throw FileError(path: path, reason: LocalFiles.lastReason()) }
    self.path = trimmed
    temporary = beside
    folders = [beside]
  }

  /// Writes a file below the folder.
  ///
  /// - Parameter name: its path from the folder, divided by `/`.
  public mutating func write(_ bytes: [UInt8], to name: String) throws(FileError) {
    let file = "\(temporary)/\(name)"
    var folder = LocalFiles.folder(of: file)
    var missing: [String] = []
    while !folders.contains(folder) {
      missing.append(folder)
      folder = LocalFiles.folder(of: folder)
    }
    for folder in missing.reversed() {
      if unsafe mkdir(folder, 0o777) != 0 { throw FileError(path: "\(path)/\(name)", reason: LocalFiles.lastReason()) }
      folders.insert(folder)
    }
    files.append(file)
    do {
      try LocalFiles.write(bytes, to: file)
    } catch {
      throw FileError(path: "\(path)/\(name)", reason: error.reason)
    }
  }

  /// Makes the folder appear under its name.
  public consuming func commit() throws(FileError) {
    // An empty folder gives way to the new one; one that was filled meanwhile does not.
    if unsafe rename(temporary, path) != 0 { throw FileError(path: path, reason: LocalFiles.lastReason()) }
    isCommitted = true
  }

  deinit {
    if isCommitted { return }
    for file in files { unsafe unlink(file) }
    for folder in folders.sorted(by: { $0.utf8.count > $1.utf8.count }) { unsafe rmdir(folder) }
  }
}
