internal import AuditModel
internal import LocalFiles

/// The files of a register: reading and writing of their rows.
enum RegisterFiles {
  static let organisationColumns = [
    "code", "names", "opened", "closed", "nation", "region", "kind", "town", "postcode", "latitude", "longitude",
    "coordinates_source", "other_codes", "source",
  ]
  static let siteColumns = [
    "code", "name", "organisation", "opened", "closed", "postcode", "latitude", "longitude", "coordinates_source",
    "source",
  ]

  static func exists(_ path: String) -> Bool { LocalFiles.kind(path) == .file }

  static func bytes(_ path: String) throws(RegisterError) -> [UInt8] {
    do {
      return try LocalFiles.read(path, limit: 1 << 28)
    } catch {
      throw RegisterError(file: path, message: error.reason)
    }
  }

  static func organisations(
    _ bytes: [UInt8], file: String, successors: [String: [Successor]]
  ) throws(RegisterError) -> [Organisation] {
    var rows = try HeadedRows(bytes, file: file, required: ["code", "names"])
    for column in rows.columns.keys.sorted() where !organisationColumns.contains(column) {
      let question = Suggestion.question(for: column, among: organisationColumns)
      throw RegisterError(file: file, line: 1, message: "Unknown column \"\(column)\"\(question)")
    }
    var organisations: [Organisation] = []
    var sourceLists: [Substring: [String]] = [:]
    while let row = try rows.next() {
      let code = row["code"]
      let names = try names(row, sourceLists: &sourceLists)
      let opened = try date(row, "opened")
      let closed = try date(row, "closed")
      if let opened, let closed, closed < opened { throw row.error("\(code) closed on \(closed), before it opened") }
      organisations.append(
        Organisation(
          code: code, otherCodes: row["other_codes"].utf8.split(separator: 0x20).map { String(Substring($0)) },
          names: names,
          opened: opened, closed: closed, successors: successors[code] ?? [], nation: row["nation"],
          region: row["region"], kind: row["kind"], town: row["town"], postcode: row["postcode"],
          coordinates: try coordinates(row), source: row["source"]))
    }
    if organisations.isEmpty { throw RegisterError(file: file, message: "There is no organisation in it") }
    return organisations
  }

  static func sites(_ bytes: [UInt8], file: String) throws(RegisterError) -> [Site] {
    var rows = try HeadedRows(bytes, file: file, required: ["code", "name", "organisation"])
    var sites: [Site] = []
    while let row = try rows.next() {
      sites.append(
        Site(
          code: row["code"], name: row["name"], organisation: row["organisation"], opened: try date(row, "opened"),
          closed: try date(row, "closed"), postcode: row["postcode"], coordinates: try coordinates(row),
          source: row["source"]))
    }
    return sites
  }

  /// The successors of each code, in file order.
  static func successors(_ bytes: [UInt8], file: String) throws(RegisterError) -> [String: [Successor]] {
    var rows = try HeadedRows(bytes, file: file, required: ["code", "successor", "date", "source"])
    var successors: [String: [Successor]] = [:]
    while let row = try rows.next() {
      if row["code"].isEmpty || row["successor"].isEmpty { throw row.error("A code and its successor are expected") }
      if row["source"].isEmpty { throw row.error("The source that states the successor is expected") }
      successors[row["code"], default: []].append(
        Successor(code: row["successor"], date: try date(row, "date"), source: row["source"]))
    }
    return successors
  }

  static func sources(_ bytes: [UInt8], file: String) throws(RegisterError) -> [RegisterSource] {
    var rows = try HeadedRows(
      bytes, file: file, required: ["id", "title", "publisher", "vintage", "licence", "attribution"])
    var sources: [RegisterSource] = []
    while let row = try rows.next() {
      sources.append(
        RegisterSource(
          id: row["id"], title: row["title"], publisher: row["publisher"], vintage: row["vintage"],
          licence: row["licence"], attribution: row["attribution"]))
    }
    return sources
  }

  /// `NAME [source source]|NAME [source]`; a name without brackets is from the row's source.
  ///
  /// - Parameter sourceLists: the lists met so far, of which there are few.
  private static func names(
    _ row: HeadedRows.Row, sourceLists: inout [Substring: [String]]
  ) throws(RegisterError) -> [KnownName] {
    var names: [KnownName] = []
    let own = row["source"]
    for part in row["names"].utf8.split(separator: UInt8(ascii: "|")) {
      var name = Substring(part)
      var sources = own.isEmpty ? [] : [own]
      if part.last == UInt8(ascii: "]"), let open = part.lastIndex(of: UInt8(ascii: "[")) {
        name = Substring(part[..<open])
        let list = Substring(part[part.index(after: open)...].dropLast())
        sources = sourceLists[list] ?? list.utf8.split(separator: 0x20).map { String(Substring($0)) }
        sourceLists[list] = sources
      }
      let trimmed = NameForm.trimmed(String(name))
      if !trimmed.isEmpty { names.append(KnownName(name: trimmed, sources: sources)) }
    }
    guard !names.isEmpty else { throw row.error("The organisation \(row["code"]) has no name") }
    return names
  }

  private static func date(_ row: HeadedRows.Row, _ column: String) throws(RegisterError) -> CalendarDate? {
    let text = row[column]
    if text.isEmpty { return nil }
    guard let date = CalendarDate(iso: text) else {
      throw row.error("Expected a date CCYY-MM-DD or nothing under \"\(column)\", found \"\(text)\"")
    }
    return date
  }

  private static func coordinates(_ row: HeadedRows.Row) throws(RegisterError) -> Coordinates? {
    let latitude = row["latitude"]
    let longitude = row["longitude"]
    if latitude.isEmpty && longitude.isEmpty { return nil }
    guard let north = Double(latitude), let east = Double(longitude), abs(north) <= 90, abs(east) <= 180 else {
      throw row.error("Expected a latitude and a longitude in degrees, found \"\(latitude)\" and \"\(longitude)\"")
    }
    return Coordinates(latitude: north, longitude: east, source: row["coordinates_source"])
  }

  static func text(_ organisations: [Organisation]) -> String {
    var text = line(organisationColumns)
    for organisation in organisations {
      let names = organisation.names.map { "\($0.name) [\($0.sources.joined(separator: " "))]" }
      text += line([
        organisation.code, names.joined(separator: "|"), organisation.opened?.description ?? "",
        organisation.closed?.description ?? "", organisation.nation, organisation.region, organisation.kind,
        organisation.town, organisation.postcode, degrees(organisation.coordinates?.latitude),
        degrees(organisation.coordinates?.longitude), organisation.coordinates?.source ?? "",
        organisation.otherCodes.joined(separator: " "), organisation.source,
      ])
    }
    return text
  }

  static func text(_ sites: [Site]) -> String {
    var text = line(siteColumns)
    for site in sites {
      text += line([
        site.code, site.name, site.organisation, site.opened?.description ?? "", site.closed?.description ?? "",
        site.postcode, degrees(site.coordinates?.latitude), degrees(site.coordinates?.longitude),
        site.coordinates?.source ?? "", site.source,
      ])
    }
    return text
  }

  private static func line(_ cells: [String]) -> String { CSVLine.text(cells) + "\n" }

  /// Degrees with exactly three decimals.
  private static func degrees(_ value: Double?) -> String {
    guard let value else { return "" }
    let thousandths = Int((abs(value) * 1000).rounded())
    let decimals = String(thousandths % 1000)
    let sign = value < 0 && thousandths > 0 ? "-" : ""
    return "\(sign)\(thousandths / 1000)." + String(repeating: "0", count: 3 - decimals.count) + decimals
  }
}
