import AuditModel

/// A header and the records under it: what a file, a sheet or a block of a sheet holds.
public struct SourceTable: Sendable {
  /// The sheet of a workbook.
  public let sheet: String?
  /// 1-based, as a spreadsheet shows it: the last row of the header; nil where there is none.
  public let headerRow: Int?
  public internal(set) var columns: [ColumnMapping]
  let shape: Shape
  /// Positions of the plan's fields that a file has to have a column for.
  private let wantedFields: [Int]

  /// Positions of the plan's fields that no column is for, optional ones left out.
  public var missingFields: [Int] {
    let found = Set(columns.compactMap(\.field))
    return wantedFields.filter { !found.contains($0) }
  }

  /// How records stand in the file.
  enum Shape: Sendable {
    /// A record a row; those of a delimited file are numbered within their part, others by their row.
    case rows
    /// A record for each of some columns of a row, 1-based: record `n` is of row `n / count`. The last two of the
    /// table's columns take a column's heading and what stands below it.
    case wide(columns: [Int])
    /// One record whose fields stand one below the other: the 1-based row of each of the table's columns.
    case form(rows: [Int], column: Int)
    /// Records of a JSON document: the pointer of the list, or of the only record.
    case document(prefix: String, isList: Bool)
    /// A record a line of JSON.
    case lines
    /// Elements of XML: their path without the number of the last one.
    case elements(path: String)
  }

  init(
    sheet: String? = nil, headerRow: Int?, columns: [ColumnMapping], shape: Shape = .rows, plan: IntakePlan
  ) {
    self.sheet = sheet
    self.headerRow = headerRow
    self.columns = columns
    self.shape = shape
    wantedFields = plan.fields.indices.filter { !plan.fields[$0].isOptional }
  }

  /// The columns of the file that have a heading, or something below it.
  public var usedColumns: [ColumnMapping] {
    guard case .wide = shape, let value = columns.last?.field else { return columns.filter { !$0.isUnused } }
    // What stands below a period is the value's, and the two columns that take both are none of the file.
    return columns.dropLast(2).map { column in
      var column = column
      if column.matchedBy == .period { column.field = value }
      return column
    }
  }

  /// Where a record's cell stands.
  ///
  /// - Parameters:
  ///   - record: its number as parts count: of delimited files the row, of others by the table's shape.
  ///   - field: nil for the record as a whole.
  func place(record: Int, field: Int?, lines: [Int]) -> SourcePlace {
    let index = field.flatMap { field in columns.firstIndex { $0.field == field } }
    let column = index.map { columns[$0] }
    var place = SourcePlace(sheet: sheet)
    switch shape {
    case .rows:
      place.row = record
      place.column = column?.position
      place.heading = column?.heading
    case .wide(let wide):
      place.row = record / wide.count
      if let index, let column {
        let isOfPeriod = index >= columns.count - 2
        place.column = isOfPeriod ? wide[record % wide.count] : column.position
        place.heading = isOfPeriod ? columns.first { $0.position == place.column }?.heading : column.heading
      }
    case .form(let rows, let position):
      place.column = position
      place.row = index.map { rows[$0] } ?? rows.first
      place.heading = column?.heading
    case .document(let prefix, let isList):
      place.line = lines.indices.contains(record - 1) ? lines[record - 1] : nil
      place.pointer = isList ? "\(prefix)/\(record - 1)" : prefix
      if let column, !column.key.isEmpty { place.pointer! += "/\(column.key)" }
    case .lines:
      place.line = record
      place.pointer = column.map { $0.key.isEmpty ? "" : "/\($0.key)" } ?? ""
    case .elements(let path):
      place.line = lines.indices.contains(record - 1) ? lines[record - 1] : nil
      place.pointer = "\(path)[\(record)]"
      if let key = column?.key, !key.isEmpty {
        place.pointer = key.hasPrefix("/") ? key : "\(place.pointer!)/\(key)"
      }
    }
    return place
  }
}

/// Where something stands in a file.
public struct SourcePlace: Hashable, Sendable {
  public var sheet: String?
  /// 1-based, as a spreadsheet shows it.
  public var row: Int?
  /// 1-based.
  public var column: Int?
  public var heading: String?
  /// JSON Pointer (RFC 6901), or the path of an element or attribute.
  public var pointer: String?
  /// 1-based.
  public var line: Int?

  public init(sheet: String? = nil, row: Int? = nil, column: Int? = nil, pointer: String? = nil, line: Int? = nil) {
    self.sheet = sheet
    self.row = row
    self.column = column
    self.pointer = pointer
    self.line = line
  }
}

extension SourceTable {
  /// True for records of JSON or XML, whose columns are paths.
  public var isDocument: Bool {
    switch shape {
    case .document, .lines, .elements: true
    case .rows, .wide, .form: false
    }
  }
}

extension IntakePlan {
  /// The positions of the fields that the columns of a table are recognised as.
  public func fields(of table: SourceTable, settings: SourceSettings) -> [Int?] {
    let index = HeadingIndex(self, columns: settings.columns)
    if table.isDocument {
      var taken: Set<Int> = []
      return table.columns.map { index.map(path: $0.heading, position: $0.position, taken: &taken).field }
    }
    return index.map(table.columns.map(\.heading)).map(\.field)
  }
}
