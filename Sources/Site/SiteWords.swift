import AuditModel
import Reports
import TerminalText

/// How dates, shares and shown texts are put into a language.
extension Messages {
  /// "31 August 2016".
  func date(_ date: CalendarDate) -> String {
    let parts = date.description.split(separator: "-")
    guard parts.count == 3, let month = Int(parts[1]), let day = Int(parts[2]) else { return date.description }
    return self("date", ["day": String(day), "month": self("month\(month)"), "year": String(parts[0])])
  }

  /// A date given as text; the text itself when it is none.
  func date(_ text: String) -> String { CalendarDate(iso: text).map { date($0) } ?? text }

  /// A percentage with one decimal, rounded once from the exact ratio, half up.
  func percent(_ ratio: Ratio?) -> String {
    guard let ratio else { return self("noShare") }
    let number = Shares.perCent(ratio, group: self("numberGroup"), point: self("numberPoint"))
    return self("percent", ["number": number])
  }
}

/// Makes texts safe to show: what a terminal or a page would act on is shown instead.
enum SafeText {
  /// The same nested dictionaries and lists with every text in it made visible; line ends stay. Empty texts go, so that
  /// a template's section for one is left out.
  static func made(_ value: Any) -> Any {
    switch value {
    case let text as String: PlainText.visibleLines(text)
    case let list as [Any]: list.map(made)
    case let object as [String: Any]: object.filter { ($0.value as? String)?.isEmpty != true }.mapValues(made)
    default: value
    }
  }
}
