import AuditModel

/// What a cell looks like, when nothing is known of its column.
public enum CellClass: String, CaseIterable, Sendable {
  case blank
  case integer
  case number
  case percent
  /// `<5`, `*` and the like.
  case suppressed
  /// `~30` and the like.
  case rounded
  case date
  /// A date in figures that can be read day first and month first.
  case ambiguousDate = "ambiguous date"
  case time = "date and time"
  case period
  case yesOrNo = "yes or no"
  case notKnown = "not known"
  case notApplicable = "not applicable"
  case text

  /// True for what no heading is.
  var isData: Bool {
    switch self {
    case .integer, .number, .percent, .suppressed, .rounded, .date, .ambiguousDate, .time, .yesOrNo: true
    case .blank, .period, .notKnown, .notApplicable, .text: false
    }
  }

  private static let notKnownWords: Set<String> = [
    "not known", "unknown", "not held", "not recorded", "not available", "not stated", "no data", "null", "#n/a", "nk",
    "n/k", "?", "not collected", "not given", "none held", "information not held", "data not held",
  ]
  private static let notApplicableWords: Set<String> = ["n/a", "na", "n.a.", "not applicable"]
  private static let yesOrNoWords = Set(Spellings.usualYes + Spellings.usualNo).subtracting(["1", "0", "t", "f"])

  /// Tells a cell by its text.
  public static func of(_ text: String) -> CellClass {
    let text = text.trimmed
    guard let first = text.utf8.first else { return .blank }
    if text.utf8.count > 40 { return .text }
    let word = text.lowercased()
    if ["-", "--", "–", "—", "."].contains(word) { return .blank }
    if notKnownWords.contains(word) { return .notKnown }
    if notApplicableWords.contains(word) { return .notApplicable }
    if yesOrNoWords.contains(word) { return .yesOrNo }
    if ["*", "**", "suppressed"].contains(word) { return .suppressed }
    let isDigit = first &- 0x30 < 10 || [UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ".")].contains(first)
    if isDigit, let number = number(text) {
      return number == number.rounded() && !text.contains(".") ? .integer : .number
    }
    if text.hasSuffix("%"), number(String(text.dropLast()).trimmed) != nil { return .percent }
    if first == UInt8(ascii: "<") || word.hasPrefix("≤"), number(String(text.drop { "<≤= ".contains($0) })) != nil {
      return .suppressed
    }
    for prefix in ["~", "≈", "approx.", "approx", "about", "circa"] where word.hasPrefix(prefix) {
      if number(String(word.dropFirst(prefix.count)).trimmed) != nil { return .rounded }
    }
    if DateText.date(text, order: nil) != nil { return .date }
    if !DateText.readings(of: text).isEmpty { return .ambiguousDate }
    if DateText.timestamp(text, order: nil) != nil { return .time }
    if DateText.period(text, order: nil) != nil { return .period }
    return .text
  }

  private static func number(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    return unsafe bytes.withUnsafeBufferPointer { unsafe NumberText.number($0)?.value }
  }
}
