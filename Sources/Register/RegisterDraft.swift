internal import AuditModel

/// A register under way: what the sources read so far say of each code.
struct RegisterDraft {
  struct DraftOrganisation {
    var names: [KnownName]
    var opened: CalendarDate?
    var closed: CalendarDate?
    var nation = ""
    var region = ""
    var kind: String
    var town = ""
    var postcode = ""
    var coordinates: Coordinates?
    var otherCodes: [String] = []
    var source: String
  }

  struct DraftSite {
    var name: String
    /// The code of its organisation as a source states it, or nil to go by the site's own code.
    var organisation: String?
    var opened: CalendarDate?
    var closed: CalendarDate?
    var postcode: String
    var coordinates: Coordinates?
    var source: String
  }

  private(set) var organisations: [String: DraftOrganisation] = [:]
  private var sites: [String: DraftSite] = [:]
  /// The coordinates of the first site at each postcode, from the row that has both.
  private var postcodes: [String: Coordinates] = [:]
  private(set) var regionNames: [String: String] = [:]
  /// Region codes that the regions' table has not, of organisations that are open.
  private(set) var unknownRegions: Set<String> = []
  /// How many sites belong to organisations outside the register.
  private(set) var sitesElsewhere = 0

  private let sources: Set<String>
  private let sourcesPath: String

  init(sources: Set<String>, sourcesPath: String) {
    self.sources = sources
    self.sourcesPath = sourcesPath
  }

  mutating func setRegion(_ code: String, _ name: String) { regionNames[code] = name }

  /// Checks that an input's source is described.
  func checkSource(_ input: RegisterImport.Input) throws(RegisterError) {
    guard sources.contains(input.source) else {
      throw RegisterError(file: sourcesPath, message: "The source \"\(input.source)\" of \(input.path) is missing")
    }
  }

  /// Adds an organisation, or what an older source says of one that is there: another name.
  mutating func add(_ code: String, _ organisation: DraftOrganisation) {
    guard organisations[code] != nil else {
      organisations[code] = organisation
      return
    }
    for name in organisation.names { addName(name.name, to: code, source: organisation.source) }
  }

  /// Adds a known name, unless it is there but for case; then its source is noted.
  mutating func addName(_ name: String, to code: String, source: String) {
    guard var names = organisations[code]?.names else { return }
    if let place = names.firstIndex(where: { $0.name.uppercased() == name.uppercased() }) {
      if !names[place].sources.contains(source) {
        names[place] = KnownName(name: names[place].name, sources: names[place].sources + [source])
      }
    } else {
      names.append(KnownName(name: name, sources: [source]))
    }
    organisations[code]?.names = names
  }

  /// Sets coordinates where none are known yet.
  mutating func addCoordinates(_ coordinates: Coordinates, to code: String) {
    if organisations[code]?.coordinates == nil { organisations[code]?.coordinates = coordinates }
  }

  /// Notes the region code of an open organisation that the regions' table does not have.
  mutating func noteUnknownRegion(_ code: String) { unknownRegions.insert(code) }

  /// Adds a site, or to one that is there the coordinates and the organisation that it lacks.
  mutating func add(site code: String, _ site: DraftSite) {
    if let coordinates = site.coordinates, !site.postcode.isEmpty, postcodes[site.postcode] == nil {
      postcodes[site.postcode] = coordinates
    }
    guard var known = sites[code] else {
      sites[code] = site
      return
    }
    if known.coordinates == nil { known.coordinates = site.coordinates }
    if known.organisation == nil { known.organisation = site.organisation }
    sites[code] = known
  }

  /// The sites of the register's organisations, by code.
  ///
  /// The organisation is the one stated; otherwise the one whose code the site's code starts with, as the NHS Data
  /// Dictionary's coding frames have it for codes given out before October 2020.
  mutating func finishedSites() -> [Site] {
    var finished: [Site] = []
    sitesElsewhere = 0
    for (code, site) in sites.sorted(by: { $0.key < $1.key }) {
      let owner = site.organisation.flatMap { organisations[$0] == nil ? nil : $0 } ?? prefixOwner(of: code)
      guard let owner else {
        sitesElsewhere += 1
        continue
      }
      finished.append(
        Site(
          code: code, name: site.name, organisation: owner, opened: site.opened, closed: site.closed,
          postcode: site.postcode, coordinates: site.coordinates, source: site.source))
    }
    return finished
  }

  private func prefixOwner(of code: String) -> String? {
    var prefix = code
    while prefix.count > 3 {
      prefix.removeLast()
      if organisations[prefix] != nil { return prefix }
    }
    return nil
  }

  /// The organisations by code. One without coordinates gets those of a site at its own postcode.
  func finishedOrganisations(successors: [String: [Successor]]) -> [Organisation] {
    organisations.sorted { $0.key < $1.key }.map { code, draft in
      Organisation(
        code: code, otherCodes: draft.otherCodes, names: draft.names, opened: draft.opened, closed: draft.closed,
        successors: successors[code] ?? [], nation: draft.nation, region: draft.region, kind: draft.kind,
        town: draft.town, postcode: draft.postcode,
        coordinates: draft.coordinates ?? postcodes[draft.postcode],
        source: draft.source)
    }
  }
}
