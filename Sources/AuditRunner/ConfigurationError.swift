public import AuditModel

/// The command, the round, a pack or a module is wrong, and nothing was checked.
public struct ConfigurationError: Error, Sendable {
  /// At least one; in the order found.
  public var problems: [Problem]

  public init(_ problems: [Problem]) {
    self.problems = problems
  }

  public init(_ subject: String, _ message: String, advice: String = "") {
    problems = [Problem(subject: subject, message: message, advice: advice)]
  }
}
