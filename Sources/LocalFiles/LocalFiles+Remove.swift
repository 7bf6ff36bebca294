import Glibc

extension LocalFiles {
  /// Removes a file.
  public static func remove(_ path: String) throws(FileError) {
    if unsafe unlink(path) != 0 { throw FileError(path: path, reason: lastReason()) }
  }
}
