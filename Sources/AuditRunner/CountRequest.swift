public import AuditModel
public import Intake

/// What is asked for when people are counted.
public struct CountRequest: Sendable {
  /// The version of the program, for the report.
  public var toolVersion = ""
  /// Files and folders beside those of the round.
  public var paths: [String] = []
  /// How these are to be read where their look does not say.
  public var settings = SourceSettings()
  public var round: Round?
  /// The name or path of the rule pack; the one of the round that counts people when nil.
  public var pack: String?
  /// Path of the register; the round's or the shipped one when nil.
  public var register: String?
  /// The period that is counted; the round's when nil.
  public var period: Period?
  /// A file with the answers that the counts are held against.
  public var against: String?
  /// A file that will be written; it may be no input.
  public var output: String?
  /// Threads.
  public var jobs = 1
  /// Called now and then with the records read so far, from any thread.
  public var progress: (@Sendable (_ rows: Int) -> Void)?
  /// Bytes of one part, for tests.
  var partBytes: Int?

  public init() {}
}
