/// How much a finding matters. The raw values are the words used in packs and reports.
public enum Severity: String, CaseIterable, Sendable, Comparable {
  case info
  case warning
  case error

  public static func < (a: Severity, b: Severity) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}

/// The side of data quality that a rule looks at.
public enum Dimension: String, CaseIterable, Sendable {
  case completeness
  case conformance
  case consistency
  case plausibility
  case timeliness
  case uniqueness
  case disclosure
  /// Which status an organisation falls into.
  case status
}

/// The people a rule's advice is for.
public enum Role: String, CaseIterable, Sendable {
  /// Prepares the return at an organisation.
  case dataOfficer = "data-officer"
  /// Judges the return for the round.
  case reviewer
}

/// Something other than the data that was wrong: the tool, a pack, a module or an input could not be used.
public struct Problem: Error, Hashable, Sendable {
  /// What it concerns, as shown to people: a file name with its place, a module, a rule.
  public var subject: String
  public var message: String
  /// What to do about it; empty when the message says enough.
  public var advice: String
  /// The line that it concerns, of a file in which people write no data.
  public var source: SourceLine?

  /// A line of a text, and a place in it.
  public struct SourceLine: Hashable, Sendable {
    public var text: String
    /// 1-based, in characters (Unicode scalars).
    public var column: Int

    public init(text: String, column: Int) {
      self.text = text
      self.column = column
    }
  }

  /// Words as a sentence: with a full stop, unless they end in one or in a question.
  public static func sentence(_ words: String) -> String {
    words.hasSuffix(".") || words.hasSuffix("?") ? words : words + "."
  }

  public init(subject: String, message: String, advice: String = "", source: SourceLine? = nil) {
    self.subject = subject
    self.message = message
    self.advice = advice
    self.source = source
  }
}

extension Problem: CustomStringConvertible {
  public var description: String {
    advice.isEmpty ? "\(subject): \(message)" : "\(subject): \(message) \(advice)"
  }
}
