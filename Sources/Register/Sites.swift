/// The sites of a register's organisations.
public struct Sites: Sendable {
  /// In file order.
  public let all: [Site]
  /// The path of the file that was read, for its digest; nil when the register has none.
  public let file: String?
  private let byOrganisation: [String: [Int]]
  private let byCode: [String: Int]

  init(_ sites: [Site], file: String?) throws(RegisterError) {
    var byOrganisation: [String: [Int]] = [:]
    var byCode: [String: Int] = [:]
    for (index, site) in sites.enumerated() {
      byOrganisation[site.organisation, default: []].append(index)
      if byCode.updateValue(index, forKey: site.code) != nil {
        throw RegisterError(file: file ?? "sites", message: "The site \"\(site.code)\" stands there twice")
      }
    }
    all = sites
    self.file = file
    self.byOrganisation = byOrganisation
    self.byCode = byCode
  }

  /// The sites of an organisation, whenever they were open.
  public func of(_ organisation: String) -> [Site] { (byOrganisation[organisation] ?? []).map { all[$0] } }

  /// The site with this code.
  public subscript(_ code: String) -> Site? { byCode[code].map { all[$0] } }
}

extension Register {
  /// Reads the sites; a register without `sites.csv` has none.
  public func loadSites() throws(RegisterError) -> Sites {
    guard RegisterFiles.exists(sitesPath) else { return try Sites([], file: nil) }
    return try Sites(try RegisterFiles.sites(try RegisterFiles.bytes(sitesPath), file: sitesPath), file: sitesPath)
  }
}
