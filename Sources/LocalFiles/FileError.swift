/// A file or folder that could not be read or written.
public struct FileError: Error, Equatable, CustomStringConvertible {
  /// As it was given.
  public let path: String
  /// In words: "No such file or directory".
  public let reason: String

  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  public var description: String { "\(path): \(reason)" }
}
