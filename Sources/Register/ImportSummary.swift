/// What an import found, and what the sources leave open.
public struct ImportSummary: Sendable {
  public let organisations: Int
  /// How many have a close date.
  public let closed: Int
  public let sites: Int
  /// Sites of organisations outside the register; they are left out.
  public let sitesElsewhere: Int
  /// Organisations without coordinates: code and name.
  public let unknownCoordinates: [String]
  /// Closed organisations without a known successor: code, name and close date.
  public let closedWithoutSuccessor: [String]
  /// Organisations with more than one known name: code and names, newest source first. The sources give no dates.
  public let severalNames: [String]
  /// Region codes of open organisations that the regions' table does not have.
  public let unknownRegions: [String]

  init(organisations: [Organisation], sites: [Site], sitesElsewhere: Int, unknownRegions: [String]) {
    self.organisations = organisations.count
    closed = organisations.count { $0.closed != nil }
    self.sites = sites.count
    self.sitesElsewhere = sitesElsewhere
    self.unknownRegions = unknownRegions
    unknownCoordinates = organisations.filter { $0.coordinates == nil }.map { "\($0.code) \($0.name)" }
    closedWithoutSuccessor = organisations.compactMap { organisation in
      guard let closed = organisation.closed, organisation.successors.isEmpty else { return nil }
      return "\(organisation.code) \(organisation.name), closed on \(closed)"
    }
    severalNames = organisations.filter { $0.names.count > 1 }.map { organisation in
      "\(organisation.code) " + organisation.names.map(\.name).joined(separator: "; also ")
    }
  }

  /// The summary for people, a line each.
  public var lines: [String] {
    var lines = [
      "\(organisations) organisations, \(closed) of them closed; \(sites) sites.",
      "\(sitesElsewhere) sites of organisations outside the register were left out.",
    ]
    func add(_ heading: String, _ items: [String]) {
      lines.append("\(heading): \(items.isEmpty ? "none" : String(items.count))")
      lines += items.map { "  \($0)" }
    }
    add("Coordinates not known", unknownCoordinates)
    add("Closed, and no source states a successor", closedWithoutSuccessor)
    add("Several known names (the sources give no dates)", severalNames)
    if !unknownRegions.isEmpty { add("Region codes not in the table", unknownRegions) }
    return lines
  }
}
