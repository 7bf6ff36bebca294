public import AuditModel
public import Intake

/// What is in a file: how it is written, its tables, and what stands in their columns.
public struct FileProfile: Sendable {
  public var name: String
  public var format: String
  public var encoding: String
  public var delimiter: String?
  public var decisions: [ReadingDecision] = []
  /// What was forgiven while reading: a stable word, words for people, how often, and the first places.
  public var notes: [(kind: String, words: String, count: Int, places: [SourcePlace])] = []
  public var tables: [Table] = []

  public struct Table: Sendable {
    public var sheet: String?
    /// 1-based; nil where there is none.
    public var headerRow: Int?
    public var records = 0
    public var columns: [Column] = []
  }

  public struct Column: Sendable {
    /// 1-based; of a document the order in which the paths were met.
    public var position: Int
    public var heading: String
    /// The field of the pack that it was recognised as.
    public var field: Field?
    public var statistics = ColumnStatistics()

    /// True when its values may be shown: a pack says that they are public.
    public var showsValues: Bool { field?.privacy == .public }
    /// True when there are letters to call it by, as in a sheet.
    public var isLettered: Bool
  }

  /// Reads a file to its end.
  ///
  /// - Parameter pack: how the records of a rule pack are read; nil to know nothing of them.
  public static func read(
    path: String, name: String, settings: SourceSettings, pack: IntakePlan?
  ) throws(IntakeError) -> FileProfile {
    let look = IntakePlan(
      fields: [], organisationCode: nil, organisationName: nil, places: pack?.places ?? RecordPlaces(),
      takesAnyHeader: true)
    var general = settings
    general.columns = [:]
    general.wide = nil
    let first = unsafe try SourceFile.open(path: path, name: name, plan: look, settings: general)
    if first.format != .csv { while try first.nextPart() != nil {} }
    let width = first.tables.map(\.columns.count).max() ?? 0
    var reading = general
    for table in first.tables {
      for (index, column) in table.columns.enumerated() {
        reading.columns[table.isDocument ? column.heading : "#\(index + 1)"] = .field("c\(index)")
      }
    }
    let plan = IntakePlan(
      fields: (0..<width).map { Field(name: "c\($0)", label: "c\($0)", type: .text, isOptional: true) },
      organisationCode: nil, organisationName: nil, places: look.places, takesAnyHeader: true)
    let file = unsafe try SourceFile.open(path: path, name: name, plan: plan, settings: reading)
    var profile = FileProfile(
      name: name, format: file.format.rawValue, encoding: file.encoding, delimiter: file.delimiter,
      decisions: file.decisions)
    var reader = TableCounter(plan)
    while let part = try file.nextPart() { file.note(reader.count(part)) }
    for (index, table) in file.tables.enumerated() {
      profile.tables.append(
        Table(table, statistics: reader.statistics(index, width: table.columns.count), settings: settings, pack: pack))
      profile.tables[index].records = reader.records(index)
    }
    profile.notes = file.forgiven.map { ($0.kind.rawValue, $0.kind.words, $0.count, $0.places) }
    return profile
  }
}

extension FileProfile.Table {
  fileprivate init(
    _ table: SourceTable, statistics: [ColumnStatistics], settings: SourceSettings, pack: IntakePlan?
  ) {
    sheet = table.sheet
    headerRow = table.headerRow
    let fields = pack?.fields(of: table, settings: settings) ?? []
    for (index, column) in table.columns.enumerated() {
      if table.sheet != nil, column.heading.isEmpty, statistics[index].given == 0 { continue }
      let field = fields.indices.contains(index) ? fields[index] : nil
      columns.append(
        FileProfile.Column(
          position: column.position, heading: column.heading, field: field.map { pack!.fields[$0] },
          statistics: statistics[index], isLettered: !table.isDocument))
    }
  }
}
