public import AuditModel
import Reports

/// Letters that remind organisations of a request.
public struct ReminderWriter {
  public struct Reminder {
    public var code: String
    public var name: String
    public var sent: CalendarDate
    public var due: CalendarDate
    /// True when it said that it has the request.
    public var isAcknowledged: Bool

    public init(code: String, name: String, sent: CalendarDate, due: CalendarDate, isAcknowledged: Bool) {
      self.code = code
      self.name = name
      self.sent = sent
      self.due = due
      self.isAcknowledged = isAcknowledged
    }
  }

  private let messages: Messages
  private let isSynthetic: Bool
  private let title: String
  private let question: [String]

  public init(_ messages: Messages, _ isSynthetic: Bool, _ title: String, _ question: [String]) {
    self.messages = messages
    self.isSynthetic = isSynthetic
    self.title = title
    self.question = question
  }

  /// A letter for each, as Markdown, under its code.
  public func letters(_ reminders: [Reminder]) -> [SiteFile] {
    reminders.map { reminder in
      let values: KeyValuePairs = ["sent": messages.date(reminder.sent), "due": messages.date(reminder.due)]
      var blocks = isSynthetic ? ["**SYNTHETIC** \(MarkdownText.escaped(messages("syntheticNotice")))"] : []
      blocks.append("# \(MarkdownText.escaped(messages("letterTitle", ["name": DisplayName.of(reminder.name)])))")
      blocks.append("*\(MarkdownText.escaped(title))*")
      blocks.append(MarkdownText.escaped(messages("letterGreeting")))
      blocks.append(
        MarkdownText.escaped(messages(reminder.isAcknowledged ? "reminderAcknowledged" : "reminderSent", values)))
      blocks += question.map { "> \(MarkdownText.escaped($0))" }
      blocks.append(MarkdownText.escaped(messages("reminderAsk")))
      blocks.append(MarkdownText.escaped(messages("letterClosing")))
      return SiteFile(
        path: "\(SiteOrganisation.fileName(reminder.code)).md",
        bytes: Array((blocks.joined(separator: "\n\n") + "\n").utf8))
    }
  }
}
