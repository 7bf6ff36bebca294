import Glibc

extension LocalFiles {
  /// Removes a file.
  public static func remove(_ path: String) throws(FileError) {
    if unsafe unlink(path) != 0 { throw FileError(path: path, reason: lastReason()) }
  }

  /// Gives a file another name; what stood there is replaced.
  public static func move(_ path: String, to other: String) throws(FileError) {
    if unsafe rename(path, other) != 0 { throw FileError(path: other, reason: lastReason()) }
  }

  /// A name beside a path for a file that is not finished.
  public static func besideName(_ path: String) -> String { "\(path).part-\(getpid())" }
}
