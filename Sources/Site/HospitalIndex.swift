import AuditModel
import Register

/// The hospitals by which a reader finds an organisation.
struct HospitalIndex {
  /// In the order of names.
  private(set) var hospitals: [Hospital] = []
  /// Where the list comes from, with its date.
  private(set) var sources: [RegisterSource] = []

  struct Hospital {
    var name: String
    var postcode: String
    /// Codes of the round's organisations that run it or ran it.
    var organisations: [String]
    /// The organisation that runs it by the register, when that is none of them.
    var runBy: String?
  }

  /// - Parameter codes: of the organisations that the site shows.
  init(_ register: Register, _ sites: Sites, codes: Set<String>, asOf: CalendarDate) {
    let names = Dictionary(register.organisations.map { ($0.code, DisplayName.of($0.name)) }) { first, _ in first }
    let family = Family(register, codes)
    var usedSources: Set<String> = []
    for organisation in register.organisations {
      let relatives = codes.contains(organisation.code) ? [organisation.code] : family.relatives(of: organisation.code)
      guard !relatives.isEmpty else { continue }
      let own = sites.of(organisation.code).filter { $0.closed.map { $0 >= asOf } ?? true }
      var seen: Set<[String]> = []
      for site in own where HospitalIndex.isHospital(site) && seen.insert([site.name, site.postcode]).inserted {
        usedSources.insert(site.source)
        hospitals.append(
          Hospital(
            name: DisplayName.of(site.name), postcode: site.postcode, organisations: relatives,
            runBy: codes.contains(organisation.code) ? nil : names[organisation.code]))
      }
    }
    hospitals.sort { ($0.name, $0.postcode, $0.organisations) < ($1.name, $1.postcode, $1.organisations) }
    sources = register.sources.filter { usedSources.contains($0.id) }
  }

  func of(_ code: String) -> [Hospital] { hospitals.filter { $0.organisations.contains(code) } }

  /// True for a site that a list of hospitals gave coordinates to, and for one that is called a hospital. Registers have
  /// many more sites: clinics, wards, car parks.
  private static func isHospital(_ site: Site) -> Bool {
    let words = site.name.lowercased().split(separator: " ")
    let last = words.last ?? ""
    return site.coordinates != nil || ["hospital", "hospitals", "infirmary"].contains(last) || words.first == "ysbyty"
  }

  /// Who merged into whom.
  private struct Family {
    private let successors: [String: [String]]
    private let codes: Set<String>

    init(_ register: Register, _ codes: Set<String>) {
      successors = Dictionary(register.organisations.map { ($0.code, $0.successors.map(\.code)) }) { first, _ in first }
      self.codes = codes
    }

    /// The round's organisations that an organisation merged into, or that merged into it.
    func relatives(of code: String) -> [String] {
      let later = reached(from: code).intersection(codes)
      if !later.isEmpty { return later.sorted() }
      return codes.filter { reached(from: $0).contains(code) }.sorted()
    }

    private func reached(from code: String) -> Set<String> {
      var found: Set<String> = []
      var open = successors[code] ?? []
      while let next = open.popLast() {
        if found.insert(next).inserted { open += successors[next] ?? [] }
      }
      return found
    }
  }
}
private func < (a: (String, String, [String]), b: (String, String, [String])) -> Bool {
  if a.0 != b.0 { return a.0 < b.0 }
  if a.1 != b.1 { return a.1 < b.1 }
  return a.2.lexicographicallyPrecedes(b.2)
}
