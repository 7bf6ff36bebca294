/// How much a module may hand over before it counts as flooding; far above what any honest module gives.
enum Limits {
  static let kindsOfAModule = 1_000
  static let namesOfEvidence = 1_000
  /// Bytes of a name, a version or the name of a piece of evidence.
  static let name = 200
  /// Bytes of a summary or a message.
  static let sentence = 10_000
  /// Bytes of a JSON text.
  static let json = 1 << 20
  /// Bytes of what a module says when it fails.
  static let error = 2_048
  /// Bytes of one message to the log, and messages of one rule.
  static let logMessage = 4_096
  static let logMessages = 100
  /// Pieces of evidence for one row or verdict.
  static let evidenceOfOne = 1_000
  /// Bytes of one piece of evidence.
  static let evidenceText = 1 << 20
  /// Bytes of evidence in one call.
  static let evidenceOfACall = 1 << 30
  static let judgements = 50_000_000
  /// Bytes of a saved state.
  static let savedState = 1 << 30
}
