public import AuditModel
import JSONDocument
import Mustache
import Reports

/// A static site of a round: no server, no network, no script needed to read it.
public enum SitePublisher {
  /// The files of a site, in the order of their paths; those of earlier editions are among them.
  ///
  /// - Throws: when the report may not be published as it is.
  public static func make(_ request: SiteRequest) throws(SiteError) -> [SiteFile] {
    try refuse(request)
    let builder = SiteBuilder(request)
    try builder.refuseUnexplainedChanges()
    let renderer = try PageRenderer(request.theme)
    var files = request.theme.files.map { SiteFile(path: $0.key, bytes: $0.value) }
    for page in builder.pages() { files.append(try renderer.render(page)) }
    files += builder.data()
    if let previous = request.previous { files += previous.archived(request.messages) }
    files.append(
      Edition.stampFile(round: request.report.round?.name ?? "", history: builder.history))
    return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// Organisations that were not told of their result: their codes. None when the round asked none.
  public static func untold(_ report: Report) -> [String] {
    report.organisations.filter { $0.isAsked && !$0.contacts.contains { $0.kind == ContactEntry.told } }.map(\.code)
  }

  private static func refuse(_ request: SiteRequest) throws(SiteError) {
    try refuse(request.report)
    guard let previous = request.previous else { return }
    let round = request.report.round?.name ?? ""
    if previous.round != round {
      throw SiteError(
        "The edition before is of the round \"\(previous.round)\", and the report of \"\(round)\".",
        advice: "Name the folder of the same round's edition.")
    }
    if request.date < previous.date {
      throw SiteError(
        "The edition before is of \(previous.date), and this one of \(request.date), which is earlier.",
        advice: "Give the day of this edition with --date.")
    }
  }

  /// Throws when nothing may be published of a report, whatever else is given.
  public static func refuse(_ report: Report) throws(SiteError) {
    guard let round = report.round else {
      throw SiteError(
        "The report is of no round.", advice: "Make it with: trustcheck check --round ROUND.json --format json.")
    }
    if round.isOpen {
      let end = round.cutOff.map { "until \($0)" } ?? ""
      throw SiteError(
        "The round is still open \(end): silence does not count yet, so nothing can be published.",
        advice: "Publish when the cut-off has passed.")
    }
    if report.isPublic {
      throw SiteError(
        "The report was made with --public, and the page of an edition is made from the whole one.",
        advice: "Make it again without --public; publish withholds what may not be made public.")
    }
    if !report.only.isEmpty {
      throw SiteError("The report is of some inputs only.", advice: "Make it again without --only.")
    }
    if let problem = report.problems.first {
      throw SiteError(
        "The audit met \(report.problems.count == 1 ? "a problem" : "\(report.problems.count) problems"), so the page "
          + "could be wrong. The first: \(problem)",
        advice: "Mend what could not be read or evaluated, and make the report again.")
    }
  }
}

/// A page before it is rendered.
struct Page {
  var path: String
  var template: String
  var context: [String: Any]
}

/// Renders pages from templates, which escape every value.
struct PageRenderer {
  private let library: MustacheLibrary

  init(_ theme: Theme) throws(SiteError) {
    MustacheContentTypes.register(HTMLText(), named: HTMLText.name)
    var templates: [String: MustacheTemplate] = [:]
    for (name, text) in theme.templates {
      do {
        // A template that another one takes in begins anew with the library's own escaping.
        templates[name] = try MustacheTemplate(string: "{{% CONTENT_TYPE:\(HTMLText.name)}}\(text)")
      } catch {
        throw SiteError("The template \(name).mustache cannot be read: \(error)")
      }
    }
    library = MustacheLibrary(templates: templates)
  }

  func render(_ page: Page) throws(SiteError) -> SiteFile {
    guard let text = library.render(SafeText.made(page.context), withTemplate: page.template) else {
      throw SiteError("The theme has no template \(page.template).mustache.")
    }
    return SiteFile(path: page.path, bytes: Array(text.utf8))
  }
}
