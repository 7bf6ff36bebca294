/// A module that could not be used, or that failed at its work.
public struct ModuleError: Error, Equatable, Sendable, CustomStringConvertible {
  /// In plain English: which module, kind and rule, what was found, what was expected.
  public let message: String

  public init(_ message: String) {
    self.message = message
  }

  public var description: String { message }
}
