import AuditModel

/// The columns of records whose values stand at paths: of nested JSON, and of XML.
struct PathColumns {
  private(set) var columns: [ColumnMapping] = []
  private let index: HeadingIndex
  private let plan: IntakePlan
  private var columnOfPath: [String: Int] = [:]
  private var taken: Set<Int> = []
  /// What stands above the places of fields.
  private var above: Set<String> = []

  init(_ plan: IntakePlan, settings: SourceSettings) {
    self.plan = plan
    index = HeadingIndex(plan, columns: settings.columns)
    for path in plan.fields.flatMap({ $0.paths.map(\.text) }) + settings.columns.keys {
      var path = path[...]
      while let slash = path.lastIndex(of: "/") {
        path = path[..<slash]
        above.insert(String(path))
      }
    }
  }

  /// Adds a column for every field whose place in a record is known, be it there or not.
  mutating func addFieldsWithPaths() {
    for (position, field) in plan.fields.enumerated() where !field.paths.isEmpty && !taken.contains(position) {
      for path in field.paths { _ = column(of: path.text, key: path.text) }
    }
  }

  /// The column for what stands at a path, a new one when it is met for the first time.
  ///
  /// - Parameter key: the path as a place shows it.
  mutating func column(of path: String, key: @autoclosure () -> String) -> Int {
    if let column = columnOfPath[path] { return column }
    if let field = index.field(ofPath: path), let column = columns.firstIndex(where: { $0.field == field }) {
      // Another of the places where the field may stand.
      columns[column].key = ""
      columnOfPath[path] = column
      return column
    }
    columns.append(index.map(path: path, position: columns.count + 1, taken: &taken))
    columns[columns.count - 1].key = key()
    columnOfPath[path] = columns.count - 1
    return columns.count - 1
  }

  /// True when a value as a whole is a field's.
  func isField(_ path: String) -> Bool {
    if above.contains(path) { return false }
    return columnOfPath[path].map { columns[$0].field != nil } ?? (index.field(of: path) != nil)
  }

  var namesFields: Bool { columns.contains { $0.field != nil } }
}
