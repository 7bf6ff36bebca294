internal import AuditModel

/// Reading of the official layouts.
extension RegisterDraft {
  /// One row of the ODS layout of 27 columns without header.
  private struct OfficialRow {
    let code: String
    let name: String
    let region: String
    let town: String
    let postcode: String
    let opened: CalendarDate?
    let closed: CalendarDate?
    /// The letter of the former government office region; `W` is Wales.
    let officeRegion: String
  }

  private func officialRows(_ input: RegisterImport.Input) throws(RegisterError) -> [OfficialRow] {
    try checkSource(input)
    var reader = DelimitedRows(try RegisterFiles.bytes(input.path), file: input.path)
    var rows: [OfficialRow] = []
    var codes: Set<String> = []
    while let row = try reader.next() {
      func error(_ message: String) -> RegisterError {
        RegisterError(file: input.path, line: row.line, message: message)
      }
      func date(_ column: Int, _ what: String) throws(RegisterError) -> CalendarDate? {
        let text = NameForm.trimmed(row.cells[column])
        if text.isEmpty { return nil }
        let digits = Array(text)
        guard digits.count == 8,
          let date = CalendarDate(
            iso: String(digits[0..<4]) + "-" + String(digits[4..<6]) + "-" + String(digits[6..<8]))
        else { throw error("Expected the \(what) date as CCYYMMDD or nothing, found \"\(text)\"") }
        return date
      }
      guard row.cells.count == 27 else {
        throw error("The row has \(row.cells.count) cells; the ODS layout has 27 columns")
      }
      let code = NameForm.trimmed(row.cells[0])
      let name = NameForm.trimmed(row.cells[1])
      guard !code.isEmpty, !name.isEmpty else { throw error("A code and a name are expected in the first two cells") }
      guard codes.insert(code).inserted else { throw error("The code \(code) stands there twice") }
      rows.append(
        OfficialRow(
          code: code, name: name, region: NameForm.trimmed(row.cells[2]), town: NameForm.trimmed(row.cells[7]),
          postcode: NameForm.trimmed(row.cells[9]), opened: try date(10, "open"), closed: try date(11, "close"),
          officeRegion: NameForm.trimmed(row.cells[23])))
    }
    return rows
  }

  private mutating func addTrust(_ row: OfficialRow, source: String) {
    let isWelsh = row.officeRegion == "W"
    if !isWelsh, regionNames[row.region] == nil, organisations[row.code] == nil, row.closed == nil {
      noteUnknownRegion(row.region)
    }
    add(
      row.code,
      DraftOrganisation(
        names: [KnownName(name: row.name, sources: [source])], opened: row.opened, closed: row.closed,
        nation: isWelsh ? "Wales" : row.officeRegion.isEmpty ? "" : "England",
        region: isWelsh ? "" : regionNames[row.region] ?? "", kind: "nhs-trust", town: row.town,
        postcode: row.postcode, source: source))
  }

  mutating func readTrusts(_ input: RegisterImport.Input) throws(RegisterError) {
    for row in try officialRows(input) { addTrust(row, source: input.source) }
  }

  mutating func readTrustsAndSites(_ input: RegisterImport.Input) throws(RegisterError) {
    let rows = try officialRows(input)
    var beginnings: Set<String> = []
    for row in rows {
      var prefix = row.code
      while prefix.count > 3 {
        prefix.removeLast()
        beginnings.insert(prefix)
      }
    }
    for row in rows {
      if organisations[row.code] != nil || beginnings.contains(row.code) {
        addTrust(row, source: input.source)
      } else {
        add(
          site: row.code,
          DraftSite(
            name: row.name, opened: row.opened, closed: row.closed, postcode: row.postcode, source: input.source))
      }
    }
  }

  private func headed(_ input: RegisterImport.Input, _ required: [String]) throws(RegisterError) -> HeadedRows {
    try checkSource(input)
    return try HeadedRows(try RegisterFiles.bytes(input.path), file: input.path, required: required)
  }

  mutating func readRegions(_ input: RegisterImport.Input) throws(RegisterError) {
    var rows = try headed(input, ["NHS_ENGLAND_REGION_CODE", "NHS_ENGLAND_REGION_NAME"])
    while let row = try rows.next() { setRegion(row["NHS_ENGLAND_REGION_CODE"], row["NHS_ENGLAND_REGION_NAME"]) }
  }

  mutating func readWelshBoards(_ input: RegisterImport.Input) throws(RegisterError) {
    var rows = try headed(input, ["health_board", "ods_code", "gss_code"])
    while let row = try rows.next() {
      add(
        row["ods_code"],
        DraftOrganisation(
          names: [KnownName(name: row["health_board"], sources: [input.source])], nation: "Wales",
          kind: "local-health-board", otherCodes: row["gss_code"].isEmpty ? [] : [row["gss_code"]],
          source: input.source))
    }
  }

  /// A superseded code becomes an organisation of its own, since a return may carry it.
  mutating func readScottishBoards(_ input: RegisterImport.Input) throws(RegisterError) {
    var rows = try headed(input, ["gss_code", "health_board", "superseded_gss_code"])
    while let row = try rows.next() {
      for code in [row["gss_code"], row["superseded_gss_code"]] where !code.isEmpty {
        add(
          code,
          DraftOrganisation(
            names: [KnownName(name: row["health_board"], sources: [input.source])], nation: "Scotland",
            kind: "health-board", source: input.source))
      }
    }
  }

  mutating func readNames(_ input: RegisterImport.Input) throws(RegisterError) {
    var rows = try headed(input, [])
    let code = try column(in: rows, input, of: ["ods_code", "org_code"])
    let name = try column(in: rows, input, of: ["trust_name", "org_name"])
    while let row = try rows.next() {
      if !row[name].isEmpty { addName(row[name], to: row[code], source: input.source) }
    }
  }

  mutating func readCoordinates(_ input: RegisterImport.Input) throws(RegisterError) {
    var rows = try headed(input, ["latitude", "longitude"])
    let code = try column(in: rows, input, of: ["ods_code", "org_code"])
    while let row = try rows.next() {
      if let point = try point(row, "latitude", "longitude", input) { addCoordinates(point, to: row[code]) }
    }
  }

  mutating func readSites(_ input: RegisterImport.Input) throws(RegisterError) {
    var rows = try headed(input, [])
    let code = try column(in: rows, input, of: ["site_code", "OrganisationCode"])
    let name = try column(in: rows, input, of: ["name", "OrganisationName"])
    let postcode = try column(in: rows, input, of: ["postcode", "Postcode"])
    let parent = try column(in: rows, input, of: ["parent_ods_code", "ParentODSCode"])
    let latitude = try column(in: rows, input, of: ["latitude", "Latitude"])
    let longitude = try column(in: rows, input, of: ["longitude", "Longitude"])
    while let row = try rows.next() {
      add(
        site: row[code],
        DraftSite(
          name: row[name], organisation: row[parent].isEmpty ? nil : row[parent], postcode: row[postcode],
          coordinates: try point(row, latitude, longitude, input), source: input.source))
    }
  }

  private func column(
    in rows: HeadedRows, _ input: RegisterImport.Input, of names: [String]
  ) throws(RegisterError) -> String {
    guard let name = names.first(where: { rows.columns[$0] != nil }) else {
      let expected = names.map { "\"\($0)\"" }.joined(separator: " or ")
      throw RegisterError(file: input.path, line: 1, message: "Expected a column \(expected)")
    }
    return name
  }

  /// The coordinates of a row to three decimals; nil when there are none.
  private func point(
    _ row: HeadedRows.Row, _ latitude: String, _ longitude: String, _ input: RegisterImport.Input
  ) throws(RegisterError) -> Coordinates? {
    if row[latitude].isEmpty || row[longitude].isEmpty { return nil }
    guard let north = Double(row[latitude]), let east = Double(row[longitude]), abs(north) <= 90, abs(east) <= 180
    else { throw row.error("Expected degrees, found \"\(row[latitude])\" and \"\(row[longitude])\"") }
    return Coordinates(
      latitude: (north * 1000).rounded() / 1000, longitude: (east * 1000).rounded() / 1000, source: input.source)
  }
}
