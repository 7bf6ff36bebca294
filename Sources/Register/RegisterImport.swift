internal import AuditModel
internal import LocalFiles

/// Makes the shipped register from the official files.
///
/// Everything is taken as the sources have it: no name gets a date, no successor is worked out, and coordinates that no
/// source has stay unknown. The same inputs give the same bytes.
public enum RegisterImport {
  /// A file and the id that `sources.csv` describes it under.
  public struct Input: Sendable {
    public var path: String
    public var source: String

    public init(_ path: String, source: String) {
      self.path = path
      self.source = source
    }
  }

  /// The files to read. Where several say the same, the first in a list counts.
  public struct Options: Sendable {
    /// ODS `etr` files (27 columns, no header), newest first: every row is an organisation.
    public var trusts: [Input] = []
    /// ODS trust-and-site files (27 columns, no header), newest first: a row is an organisation when it is one in
    /// `trusts` or when other rows' codes start with its code, and a site otherwise.
    public var trustsAndSites: [Input] = []
    /// Files with a header that give organisations' names by code.
    public var names: [Input] = []
    /// Files with a header that give coordinates by organisation code.
    public var coordinates: [Input] = []
    /// Files with a header that give sites with coordinates and the code of their organisation.
    public var sites: [Input] = []
    /// NHS England regions: `NHS_ENGLAND_REGION_CODE`, `NHS_ENGLAND_REGION_NAME`.
    public var regions: Input?
    /// Welsh boards: `health_board`, `ods_code`, `gss_code`.
    public var welshBoards: Input?
    /// Scottish boards: `gss_code`, `health_board`, `superseded_gss_code`.
    public var scottishBoards: Input?
    /// The folder with `successors.csv` and `sources.csv`, which people write.
    public var tables: String
    /// The folder to write to; it may be `tables`.
    public var output: String

    public init(tables: String, output: String) {
      self.tables = tables
      self.output = output
    }

    /// The files of the project's data folder (`data/SOURCES.md`) by their names there.
    public init(odsFolder folder: String, tables: String, output: String) {
      self.init(tables: tables, output: output)
      trusts = [Input("\(folder)/etr_2026.csv", source: "ods-etr-2026")]
      trustsAndSites = [Input("\(folder)/etrust_2018_trusts_and_sites.csv", source: "ods-etrust-2018")]
      names = [
        Input("\(folder)/trust_locations_2024.csv", source: "nhse-locations-2024"),
        Input("\(folder)/rcpch_trusts_2024.csv", source: "rcpch-2024"),
      ]
      coordinates = [Input("\(folder)/trust_locations_2024.csv", source: "nhse-locations-2024")]
      sites = [
        Input("\(folder)/rcpch_hospital_sites_2024.csv", source: "rcpch-2024"),
        Input("\(folder)/hospital_sites_nhs_2018_clean.csv", source: "nhs-choices-2018"),
      ]
      regions = Input("\(folder)/nhs_england_regions.csv", source: "rcpch-2024")
      welshBoards = Input("\(folder)/wales_local_health_boards.csv", source: "rcpch-2024")
      scottishBoards = Input("\(folder)/scotland_health_boards.csv", source: "gss-scotland-2019")
    }
  }

  /// Reads the inputs and writes `organisations.csv`, `sites.csv`, `ATTRIBUTION.md`, and copies of the tables when the
  /// output folder is another. The result is loaded once more before it counts.
  public static func run(_ options: Options) throws(RegisterError) -> ImportSummary {
    let successorsPath = "\(options.tables)/successors.csv"
    let sourcesPath = "\(options.tables)/sources.csv"
    let successorsBytes = try RegisterFiles.bytes(successorsPath)
    let sourcesBytes = try RegisterFiles.bytes(sourcesPath)
    let successors = try RegisterFiles.successors(successorsBytes, file: successorsPath)
    let sources = try RegisterFiles.sources(sourcesBytes, file: sourcesPath)

    var draft = RegisterDraft(sources: Set(sources.map(\.id)), sourcesPath: sourcesPath)
    if let regions = options.regions { try draft.readRegions(regions) }
    for input in options.trusts { try draft.readTrusts(input) }
    for input in options.trustsAndSites { try draft.readTrustsAndSites(input) }
    if let boards = options.welshBoards { try draft.readWelshBoards(boards) }
    if let boards = options.scottishBoards { try draft.readScottishBoards(boards) }
    for input in options.names { try draft.readNames(input) }
    for input in options.coordinates { try draft.readCoordinates(input) }
    for input in options.sites { try draft.readSites(input) }

    let sites = draft.finishedSites()
    let organisations = draft.finishedOrganisations(successors: successors)
    var files = [
      ("organisations.csv", RegisterFiles.text(organisations)), ("sites.csv", RegisterFiles.text(sites)),
      ("ATTRIBUTION.md", attribution(sources)),
    ]
    if options.output != options.tables {
      files.append(("successors.csv", String(decoding: successorsBytes, as: UTF8.self)))
      files.append(("sources.csv", String(decoding: sourcesBytes, as: UTF8.self)))
    }
    for organisation in organisations {
      // The signs that the names' column is built with.
      for name in organisation.names where name.name.contains("|") || name.name.contains("[") {
        throw RegisterError(
          file: name.sources.joined(separator: " "), message: "The name \"\(name.name)\" has a | or a [")
      }
    }
    // What was made must be a register before anything is written over an older one.
    _ = try Register(organisations)
    _ = try Sites(sites, file: nil)
    for code in successors.keys.sorted() where !organisations.contains(where: { $0.code == code }) {
      throw RegisterError(file: successorsPath, message: "The organisation \(code) is in none of the sources")
    }
    do {
      try LocalFiles.makeFolder(options.output)
      for (name, text) in files { try LocalFiles.write(text, to: "\(options.output)/\(name)") }
    } catch {
      throw RegisterError(file: error.path, message: error.reason)
    }
    return ImportSummary(
      organisations: organisations, sites: sites, sitesElsewhere: draft.sitesElsewhere,
      unknownRegions: draft.unknownRegions.sorted())
  }

  private static func attribution(_ sources: [RegisterSource]) -> String {
    var text = """
      # Where the register comes from

      `register import` made `organisations.csv` and `sites.csv` from the sources below; people keep `successors.csv`
      and `sources.csv`. Whoever passes the register on passes these statements on with it.

      """
    for source in sources {
      text += """

        ## \(source.id)

        \(source.title). \(source.publisher), \(source.vintage). Licence: \(source.licence).

        > \(source.attribution)

        """
    }
    return text
  }
}
