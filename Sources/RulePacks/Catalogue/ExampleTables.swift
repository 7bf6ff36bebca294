import AuditModel

/// Examples as small tables: a column for each field that they use, or one column for all where that would be too wide.
struct ExampleTables {
  let fields: [Field]
  private let order: [String]

  /// The greatest number of columns for cells.
  private static let widest = 6

  init(fields: [Field]) {
    self.fields = fields
    order = ["asOf"] + OrganisationFields.all.map(\.name) + fields.map(\.name)
  }

  func write(_ examples: [RuleExample], to page: inout Markdown) {
    for isFailing in [false, true] {
      let those = examples.filter { $0.isFailing == isFailing }
      if those.isEmpty { continue }
      page.paragraph(.strong(isFailing ? "Finds fault with" : "Passes"))
      var rows = Rows(columns: columns(those), isNumbered: those.contains { $0.rows.count > 1 })
      for (index, example) in those.enumerated() {
        rows.add(
          number: index + 1, records: records(example.rows, example.organisation, example.asOf),
          end: isFailing ? found(example) : nil)
      }
      rows.write(to: &page, lastHeader: isFailing ? "Found" : nil)
    }
  }

  func write(_ examples: [StatusExample], to page: inout Markdown) {
    page.paragraph(.strong("Examples"))
    var rows = Rows(columns: nil, isNumbered: examples.contains { $0.rows.count > 1 })
    for (index, example) in examples.enumerated() {
      var status = Markdown.Inline(example.status.words)
      if let basis = example.basis, basis != .none { status = status + Markdown.Inline(" (\(basis.rawValue))") }
      if let reason = example.reason { status = status + .lineBreak + Markdown.Inline(reason) }
      rows.add(
        number: index + 1, records: records(example.rows, example.organisation, example.asOf), end: status)
    }
    rows.write(to: &page, lastHeader: "Status")
  }

  /// The cells of every record, with what is said of its organisation and of the day before those of the first.
  private func records(
    _ rows: [[String: String]], _ organisation: [String: String], _ asOf: CalendarDate?
  ) -> [[(name: String, value: String)]] {
    var records = rows.map(sorted)
    if records.isEmpty { records = [[]] }
    let day = asOf.map { [("asOf", $0.description)] } ?? []
    records[0] = day + sorted(organisation) + records[0]
    return records
  }

  private func sorted(_ cells: [String: String]) -> [(name: String, value: String)] {
    order.compactMap { name in cells[name].map { (name, $0) } }
  }

  /// The names of the columns; nil when there are too many.
  private func columns(_ examples: [RuleExample]) -> [String]? {
    var used: Set<String> = []
    for example in examples {
      for record in records(example.rows, example.organisation, example.asOf) { used.formUnion(record.map(\.name)) }
    }
    return used.count > ExampleTables.widest ? nil : order.filter(used.contains)
  }

  private func found(_ example: RuleExample) -> Markdown.Inline {
    .joined(
      example.finds.map { find in
        var parts: [Markdown.Inline] = []
        if let row = find.row { parts.append(Markdown.Inline("record \(row)")) }
        if let field = find.field { parts.append(.code(field)) }
        if let message = find.message { parts.append(Markdown.Inline(message)) }
        if !parts.isEmpty { return .joined(parts, by: ": ") }
        return example.organisation.isEmpty ? "the record" : "the organisation"
      }, by: .lineBreak)
  }

  /// The lines of one table; an example of several records has a line for each.
  private struct Rows {
    let columns: [String]?
    let isNumbered: Bool
    private var lines: [[Markdown.Inline]] = []

    init(columns: [String]?, isNumbered: Bool) {
      self.columns = columns
      self.isNumbered = isNumbered
    }

    mutating func add(number: Int, records: [[(name: String, value: String)]], end: Markdown.Inline?) {
      for (index, record) in records.enumerated() {
        var line: [Markdown.Inline] = isNumbered ? [Markdown.Inline("\(number).\(index + 1)")] : []
        if let columns {
          // A table of no column at all would not be one.
          if columns.isEmpty { line.append("an empty record") }
          line += columns.map { column in
            record.first { $0.name == column }.map { Rows.value($0.value) } ?? ""
          }
        } else {
          line.append(
            .joined(record.map { .code($0.name) + " " + Rows.value($0.value) }, by: "; "))
        }
        if let end { line.append(index == 0 ? end : "") }
        lines.append(line)
      }
    }

    func write(to page: inout Markdown, lastHeader: Markdown.Inline?) {
      var header: [Markdown.Inline] = isNumbered ? ["Example and record"] : []
      if let columns {
        header += columns.isEmpty ? ["Record"] : columns.map { Rows.header($0) }
      } else {
        header.append("Organisation and record")
      }
      if let lastHeader { header.append(lastHeader) }
      page.table(header, lines)
    }

    private static func header(_ name: String) -> Markdown.Inline { name == "asOf" ? "day of the audit" : .code(name) }

    private static func value(_ text: String) -> Markdown.Inline { text.isEmpty ? "" : Markdown.Inline(text) }
  }
}
