import AuditModel
import JSONDocument
import Register
import Reports

/// Puts together what the pages of a site say.
struct SiteBuilder {
  let request: SiteRequest
  /// As it may be made public.
  let report: Report
  let messages: Messages
  /// Those that are shown, in the order of their names.
  let organisations: [SiteOrganisation]
  private let byCode: [String: SiteOrganisation]
  let hospitals: HospitalIndex
  let history: [Edition.Stamp]

  init(_ request: SiteRequest) {
    self.request = request
    messages = request.messages
    report = PublicReport.make(request.report, earlier: request.previous.map { [$0.report] } ?? [])
    let hasStatuses = report.criteria != nil
    organisations = report.organisations.compactMap { SiteOrganisation($0, hasStatuses: hasStatuses) }
      .sorted { ($0.name, $0.code) < ($1.name, $1.code) }
    byCode = Dictionary(organisations.map { ($0.code, $0) }) { first, _ in first }
    hospitals = HospitalIndex(request.register, request.sites, codes: Set(byCode.keys), asOf: report.asOf)
    let earlier = request.previous?.history ?? []
    history = earlier + [Edition.Stamp(number: (earlier.last?.number ?? 0) + 1, date: request.date)]
  }

  var edition: Edition.Stamp { history[history.count - 1] }
  var hasOrganisations: Bool { !organisations.isEmpty }
  var mapped: [SiteOrganisation] { organisations.filter { $0.status.isMapped } }

  func organisation(_ code: String) -> SiteOrganisation? { byCode[code] }

  func statusWords(_ status: SiteStatus) -> String { messages(status.message) }

  /// The words of a status as reports name it.
  func statusWords(_ status: Status) -> String {
    SiteStatus(rawValue: status.rawValue).map { statusWords($0) } ?? status.words
  }

  /// What shows an organisation's status wherever it stands.
  func badge(_ status: SiteStatus) -> [String: Any] {
    ["status": status.rawValue, "statusWords": statusWords(status)]
  }

  // MARK: Pages

  func pages() -> [Page] {
    var pages = [
      page("index.html", "index", title: nil, "onIndex", indexContext()),
      page("methods.html", "methods", title: messages("navMethods"), "onMethods", methodsContext()),
      page("corrections.html", "corrections", title: messages("navCorrections"), "onCorrections", correctionsContext()),
      page("report.html", "report", title: messages("navReport"), "onReport", reportContext()),
    ]
    guard hasOrganisations else { return pages }
    pages.append(page("lists.html", "lists", title: messages("navLists"), "onLists", ["lists": lists()]))
    pages.append(
      page("hospitals.html", "hospitals", title: messages("navHospitals"), "onHospitals", hospitalsContext()))
    let next = report.criteria.map { NextStatus(criteria: $0) }
    for organisation in organisations {
      pages.append(
        page(organisation.page, "organisation", title: organisation.name, "", organisationContext(organisation, next)))
    }
    return pages
  }

  /// A page with what all pages have.
  private func page(
    _ path: String, _ template: String, title: String?, _ here: String, _ context: [String: Any]
  ) -> Page {
    let round = report.round!
    let publication = round.publication ?? Publication()
    let home = round.title
    var all: [String: Any] = [
      "language": messages.language, "m": messages.all, "root": path.contains("/") ? "../" : "", "homeTitle": home,
      "homeLabel": messages(hasOrganisations ? "navHome" : "navFigures"),
      "pageTitle": title.map { "\($0) – \(home)" } ?? home,
      "description": messages("description", ["title": home]), "hasOrganisations": hasOrganisations,
      "hasScripts": path == "index.html" && hasOrganisations, "synthetic": report.isSynthetic,
      "publisher": publication.publisher, "reason": publication.reason, "readings": readings,
      "contact": publication.contact, "contactLine": messages("footerContact", ["contact": publication.contact]),
      "editionLine": messages("edition", ["n": String(edition.number), "date": messages.date(edition.date)]),
      "attributions": attributions, "summary": summary,
    ]
    if !here.isEmpty { all[here] = true }
    all.merge(context) { _, specific in specific }
    return Page(path: path, template: template, context: all)
  }

  /// What in the packs is this project's own reading, once each.
  var readings: [String] {
    var readings: [String] = []
    for reading in report.packs.flatMap({ [$0.reading, $0.figuresReading] }) where !reading.isEmpty {
      let text = messages.text(reading)
      if !readings.contains(text) { readings.append(text) }
    }
    return readings
  }

  private var attributions: [String] {
    hasOrganisations
      ? [report.register?.attribution ?? "", request.outline.attribution].filter { !$0.isEmpty } : []
  }

  private var summary: String {
    guard hasOrganisations else {
      return messages("summaryNobody", ["n": messages.grouped(report.ofNobody?.records ?? 0)])
    }
    let asked = mapped
    return messages(
      "summaryOrganisations",
      [
        "asked": messages.grouped(asked.count),
        "answered": messages.grouped(asked.count { $0.result.records > 0 }),
        "date": messages.date(report.round?.cutOff ?? report.asOf),
      ])
  }

  // MARK: The first page

  private func indexContext() -> [String: Any] {
    var context: [String: Any] = [
      "hasFigures": !report.figures.isEmpty, "figures": figures(), "downloads": downloads,
      "methodsLink": messages(report.criteria == nil ? "navMethods" : "figuresMethods"),
    ]
    context.merge(actContext()) { first, _ in first }
    guard hasOrganisations else { return context }
    context.merge(mapContext()) { first, _ in first }
    context["key"] = key()
    let excluded = organisations.count { $0.status == .excluded }
    context["excludedLine"] = excluded > 0 ? messages("keyExcluded", count: excluded) : ""
    context["searchHelp"] = vintages.isEmpty ? messages("searchHelpPlain") : messages("searchHelp", ["date": vintages])
    context["organisations"] = mapped.map(row)
    return context
  }

  /// The entries of the key, with their counts.
  func key() -> [[String: Any]] {
    SiteStatus.allCases.filter { $0.isMapped }.compactMap { status in
      let count = mapped.count { $0.status == status }
      // The four statuses of the map stand in the key even when nothing has them.
      let always = report.criteria != nil && Status.mapped.contains { $0.rawValue == status.rawValue }
      guard count > 0 || always else { return nil }
      return ["status": status.rawValue, "words": statusWords(status), "count": messages.grouped(count)]
    }
  }

  private func row(_ organisation: SiteOrganisation) -> [String: Any] {
    var row: [String: Any] = badge(organisation.status)
    row["code"] = organisation.code
    row["name"] = organisation.name
    row["page"] = organisation.page
    row["region"] = organisation.region
    row["why"] = why(organisation)
    row["quote"] = quote(organisation)
    row["declared"] = declared(organisation).map { messages("declaredDifferent", ["words": $0]) } ?? ""
    row["date"] = messages.date(organisation.result.dateReceived)
    row["isoDate"] = organisation.result.dateReceived
    row["order"] = String(SiteStatus.allCases.firstIndex(of: organisation.status) ?? 0)
    return row
  }

  func settled(_ organisation: SiteOrganisation) -> Decision? {
    organisation.result.decision.flatMap { $0.void == nil ? $0 : nil }
  }

  func why(_ organisation: SiteOrganisation) -> String {
    if let exclusion = organisation.result.exclusion { return exclusion }
    if let decision = settled(organisation) {
      return messages("whySettled", ["date": messages.date(decision.date), "role": decision.role])
    }
    return messages.text(organisation.result.derived?.reason ?? "")
  }

  /// The organisation's words that a person chose to publish.
  func quote(_ organisation: SiteOrganisation) -> String {
    settled(organisation)?.words ?? organisation.result.evidence
  }

  /// What it says of itself, when that is another status than the one shown.
  func declared(_ organisation: SiteOrganisation) -> String? {
    guard let declared = organisation.result.declared, declared != organisation.status.rawValue else { return nil }
    return Status(rawValue: declared).map { statusWords($0) } ?? declared
  }

  /// Stories, reports and what a reader can do.
  func actContext() -> [String: Any] {
    guard let publication = report.round?.publication else { return [:] }
    func links(_ links: [Publication.Link]) -> [[String: Any]] {
      links.map { ["title": $0.title, "address": $0.address] }
    }
    let hasLetter = !publication.letter.isEmpty && hasOrganisations
    return [
      "hasAct": !publication.actions.isEmpty || hasLetter || !publication.stories.isEmpty
        || !publication.reports.isEmpty,
      "actions": links(publication.actions), "hasLetter": hasLetter, "hasStories": !publication.stories.isEmpty,
      "stories": links(publication.stories), "hasReports": !publication.reports.isEmpty,
      "reports": links(publication.reports),
    ]
  }

  private var downloads: [[String: Any]] {
    var downloads = [("downloads/round.json", "downloadJSON"), ("downloads/figures.csv", "downloadFigures")]
    if hasOrganisations {
      downloads.insert(("downloads/organisations.csv", "downloadCSV"), at: 1)
      downloads.append(("downloads/organisations.geojson", "downloadGeoJSON"))
    }
    return downloads.map { ["address": $0.0, "words": messages($0.1)] }
  }

  /// The files for machines.
  func data() -> [SiteFile] {
    var files = [
      SiteFile(path: Edition.reportPath, bytes: JSONReport.render(report)),
      SiteFile(path: "downloads/figures.csv", bytes: Array(FiguresReport.render(report).utf8)),
    ]
    guard hasOrganisations else { return files }
    files.append(SiteFile(path: "downloads/organisations.csv", bytes: Array(StatusesReport.render(report).utf8)))
    files.append(SiteFile(path: "downloads/organisations.geojson", bytes: GeoJSONReport.render(report)))
    files.append(SiteFile(path: "hospitals.js", bytes: hospitalScript()))
    return files
  }
}
