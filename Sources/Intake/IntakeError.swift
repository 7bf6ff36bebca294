/// A file that could not be read as a submission.
public struct IntakeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file as it is shown, with its place where there is one: "answers.csv row 3".
  public let subject: String
  /// What is wrong, with what was found and expected.
  public let message: String
  /// What to do about it.
  public let advice: String

  public init(_ subject: String, _ message: String, advice: String = "") {
    self.subject = subject
    self.message = message
    self.advice = advice
  }

  public var description: String { "\(subject): \(message)" + (advice.isEmpty ? "" : " \(advice)") }
}
