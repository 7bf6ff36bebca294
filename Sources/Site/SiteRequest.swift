public import AuditModel
public import Register

/// What a site is made from.
public struct SiteRequest {
  /// The report as it was audited; the site is made from its public form.
  public var report: Report
  /// The register that the report was made with.
  public var register: Register
  public var sites: Sites
  public var outline: Outline
  public var messages: Messages
  /// Templates by name, and files that are copied as they are.
  public var theme: Theme
  /// The day the edition is stamped with.
  public var date: CalendarDate
  /// The edition before; nil for the first.
  public var previous: Edition?

  public init(
    report: Report, register: Register, sites: Sites, outline: Outline, messages: Messages, theme: Theme,
    date: CalendarDate, previous: Edition?
  ) {
    self.report = report
    self.register = register
    self.sites = sites
    self.outline = outline
    self.messages = messages
    self.theme = theme
    self.date = date
    self.previous = previous
  }
}

/// How a site looks: its templates and its fixed files.
public struct Theme: Sendable {
  /// The text of each template by its name.
  public var templates: [String: String]
  /// Files that are copied as they are, by path.
  public var files: [String: [UInt8]]

  public init(templates: [String: String], files: [String: [UInt8]]) {
    self.templates = templates
    self.files = files
  }
}

/// One file of a site.
public struct SiteFile: Sendable {
  /// Below the site's folder.
  public var path: String
  public var bytes: [UInt8]

  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// Why no site can be made.
public struct SiteError: Error, CustomStringConvertible {
  public let message: String
  /// What to do.
  public let advice: String

  init(_ message: String, advice: String = "") {
    self.message = message
    self.advice = advice
  }

  public var description: String { message }
}
