import AuditModel

/// `xl/worksheets/sheetN.xml`: rows of texts, numbered as the sheet numbers them.
final class SheetRows: XMLHandler {
  private let strings: StringStore
  private let shapes: [CellFormats.Shape]
  private let uses1904: Bool
  private let take: (_ row: Int, _ cells: [RowCell]) -> Void
  private var merged: MergedCells
  /// Tells of hidden rows and columns and of merged cells, by row.
  private let note: (ToleranceKind, Int) -> Void
  private var isHidden = false
  private var numbers: Set<Int> = []
  private var row = 0
  private var cells: [RowCell] = []
  private var column = 0
  private var type = ""
  private var style = 0
  private var value = ""
  /// True when the cell has a formula, and when it has a value, be it an empty one.
  private var hasFormula = false
  private var hasValue = false
  private var places = 0
  private let placeLimit: Int

  /// A sheet cannot have more columns and rows (ECMA-376); a row or a column beyond them is not read.
  static let columnLimit = 16_384
  static let rowLimit = 1_048_576
  /// Places of cells, those left out before and between cells included: a small file can name far ones.
  static let placeLimit = 1 << 26

  init(
    strings: StringStore, shapes: [CellFormats.Shape], uses1904: Bool, merged: MergedCells = MergedCells(),
    placeLimit: Int = SheetRows.placeLimit, note: @escaping (ToleranceKind, Int) -> Void = { _, _ in },
    take: @escaping (_ row: Int, _ cells: [RowCell]) -> Void
  ) {
    self.merged = merged
    self.note = note
    self.strings = strings
    self.shapes = shapes
    self.uses1904 = uses1904
    self.placeLimit = placeLimit
    self.take = take
  }

  override func begin(_ element: String, _ attributes: [String: String]) {
    switch element {
    case "row":
      // Rows that go back or beyond the sheet are numbered on.
      let given = attributes["r"].flatMap { Int($0) } ?? 0
      row = given > row && given <= SheetRows.rowLimit ? given : row + 1
      cells.removeAll(keepingCapacity: true)
      numbers.removeAll(keepingCapacity: true)
      isHidden = ["1", "true"].contains(attributes["hidden"] ?? "")
      column = 0
    case "col" where ["1", "true"].contains(attributes["hidden"] ?? ""):
      note(.hiddenColumns, 0)
    case "c":
      column = attributes["r"].flatMap(SheetRows.column) ?? column + 1
      type = attributes["t"] ?? "n"
      style = attributes["s"].flatMap { Int($0) } ?? 0
      value = ""
      (hasFormula, hasValue) = (false, false)
    case "f": hasFormula = true
    case "v":
      hasValue = true
      text = ""
      collects = true
    case "t" where path.contains("is") && !path.contains("rPh"):
      text = ""
      collects = true
    default: break
    }
  }

  override func end(_ element: String) {
    switch element {
    case "v": value = text
    case "t" where collects: value += text
    case "c": add()
    case "row": finishRow()
    default: break
    }
    if element == "v" || element == "t" { collects = false }
  }

  private func finishRow() {
    if merged.fill(row, &cells, isNumber: { numbers.contains($0) }) { note(.mergedCells, row) }
    guard !cells.isEmpty else { return }
    if isHidden { note(.hiddenRows, row) }
    places += cells.count
    if places > placeLimit {
      fault = "its cells are so far apart that there would be more than \(placeLimit) of them"
    } else {
      take(row, cells)
    }
  }

  private func add() {
    guard column >= 1, column <= SheetRows.columnLimit else { return }
    let cell = cell()
    if cell.text.isEmpty { return }
    if type == "n" || type.isEmpty { numbers.insert(column - 1) }
    while cells.count < column - 1 { cells.append(.empty) }
    if cells.count >= column { cells[column - 1] = cell } else { cells.append(cell) }
  }

  private func cell() -> RowCell {
    if value.isEmpty {
      // The empty text that a formula came to is kept as the empty value of a text.
      let isUnknown = hasFormula && !(type == "str" && hasValue)
      return isUnknown ? RowCell(text: "(formula without a value)", isUnreadable: true) : .empty
    }
    switch type {
    case "s":
      guard let index = Int(value), let text = strings.text(index) else {
        return RowCell(text: "(text missing from the workbook)", isUnreadable: true)
      }
      return RowCell(text: text)
    case "b": return RowCell(text: value == "1" || value == "true" ? "true" : "false")
    case "e": return RowCell(text: value, isUnreadable: true)
    case "str", "inlineStr": return RowCell(text: WorkbookText.plain(value))
    case "d": return RowCell(text: value.hasSuffix("T00:00:00") ? String(value.prefix(10)) : value)
    default:
      guard let number = Double(value) else { return RowCell(text: value) }
      let shape = shapes.indices.contains(style) ? shapes[style] : .number
      let text = SheetRows.text(number)
      let date = SheetDate.text(number, uses1904: uses1904)
      switch shape {
      case .percent: return RowCell(text: text, shown: .percent(SheetRows.percent(number)))
      case .formatted: return RowCell(text: text)
      case .number: return RowCell(text: text, shown: number >= 1 ? date.map { .serial($0) } : nil)
      case .date, .month:
        guard let date else { return RowCell(text: text) }
        return RowCell(text: date, shown: shape == .month && date.utf8.count == 10 ? .month : nil)
      }
    }
  }

  /// A share as hundredths with a percent sign, without the noise of the multiplication.
  private static func percent(_ share: Double) -> String {
    let hundredths = share * 100
    let rounded = (hundredths * 1e10).rounded() / 1e10
    return text(rounded) + "%"
  }

  /// The shortest text that stands for the number.
  static func text(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e18 ? String(Int64(number)) : NumberText.text(number)
  }

  /// The 1-based row and column of a reference such as `AB12`.
  static func place(_ reference: Substring) -> (row: Int, column: Int)? {
    let letters = reference.prefix { $0.isLetter }
    guard let column = column(String(letters)), column <= columnLimit,
      let row = Int(reference.dropFirst(letters.count)),
      (1...rowLimit).contains(row)
    else { return nil }
    return (row, column)
  }

  /// The letters of a 1-based column: 1 is A, 27 is AA.
  static func letters(_ column: Int) -> String {
    var rest = column
    var letters = ""
    while rest > 0 {
      letters = String(UnicodeScalar(UInt8(0x41 + (rest - 1) % 26))) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }

  /// The 1-based column of a reference such as `AB12`; one past the limit for those beyond it.
  private static func column(_ reference: String) -> Int? {
    var column = 0
    for byte in reference.utf8 {
      guard byte &- 0x41 < 26 else { break }
      column = column * 26 + Int(byte - 0x40)
      if column > columnLimit { return columnLimit + 1 }
    }
    return column > 0 ? column : nil
  }
}
