/// A register, or a file that one is made from, that could not be used.
public struct RegisterError: Error, Equatable, CustomStringConvertible {
  public let file: String
  /// 1-based; nil when the file as a whole could not be used.
  public let line: Int?
  /// What is wrong, for people.
  public let message: String

  public init(file: String, line: Int? = nil, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  /// `file:line: message`.
  public var description: String { file + (line.map { ":\($0)" } ?? "") + ": " + message }
}
