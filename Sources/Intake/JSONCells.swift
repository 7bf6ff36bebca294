import JSONDocument

/// Lays nested records of JSON out as cells.
struct JSONCells {
  var columns: PathColumns
  /// True when a record had more columns than are read.
  private(set) var isTooWide = false

  init(_ plan: IntakePlan, settings: SourceSettings) {
    columns = PathColumns(plan, settings: settings)
  }

  /// Objects inside objects deeper than this are not read.
  private static let depthLimit = 64

  /// The cells of a record, by column.
  mutating func cells(of record: JSONValue) -> [RowCell] {
    var cells: [RowCell] = []
    add(record, path: "", pointer: "", depth: 0, to: &cells)
    return cells
  }

  private mutating func add(
    _ value: JSONValue, path: String, pointer: String, depth: Int, to cells: inout [RowCell]
  ) {
    let isWhole = depth > 0 && (columns.isField(path) || depth > JSONCells.depthLimit)
    switch value.kind {
    case .object where !isWhole:
      for (key, member) in value.members {
        let step = JSONPointer.escaped(key)
        add(
          member, path: path.isEmpty ? step : "\(path)/\(step)", pointer: pointer.isEmpty ? step : "\(pointer)/\(step)",
          depth: depth + 1, to: &cells)
      }
    case .array where !isWhole:
      for (index, element) in value.elements.enumerated() {
        if isTooWide { return }
        add(
          element, path: index == 0 ? path : "\(path)[\(index + 1)]", pointer: "\(pointer)/\(index)", depth: depth + 1,
          to: &cells)
      }
    default:
      let column = columns.column(of: path, key: pointer)
      if column >= HeaderFinder.columnLimit {
        isTooWide = true
        return
      }
      while cells.count <= column { cells.append(.empty) }
      if cells[column].text.isEmpty { cells[column] = JSONCells.cell(value) }
    }
  }

  private static func cell(_ value: JSONValue) -> RowCell {
    switch value.kind {
    case .string: RowCell(text: value.string ?? "")
    case .integer: RowCell(text: value.integer.map(String.init) ?? "")
    case .real: RowCell(text: value.double.map(NumberText.text) ?? "")
    case .boolean: RowCell(text: value.boolean == true ? "true" : "false")
    case .null: .empty
    case .object, .array: RowCell(text: "(\(value.kind.words))", isUnreadable: true)
    }
  }

  static func tooWide(_ name: String) -> IntakeError {
    IntakeError(
      name, "The records have more than \(HeaderFinder.columnLimit) different keys between them.",
      advice: "Give every record the same keys.")
  }

  static func notJSON(_ error: JSONError, _ name: String, lineBefore: Int = 0) -> IntakeError {
    IntakeError(
      error.line == 0 ? name : "\(name) line \(error.line + lineBefore), column \(error.column)", error.message + ".",
      advice: "The file is no valid JSON; mend it there.")
  }
}
