import AuditModel

/// `xl/worksheets/sheetN.xml`: rows of texts, numbered as the sheet numbers them.
final class SheetRows: WorkbookPart {
  private let strings: [String]
  private let shapes: [CellFormats.Shape]
  private let uses1904: Bool
  private let take: (_ row: Int, _ cells: [RowCell]) -> Void
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
    strings: [String], shapes: [CellFormats.Shape], uses1904: Bool, placeLimit: Int = SheetRows.placeLimit,
    take: @escaping (_ row: Int, _ cells: [RowCell]) -> Void
  ) {
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
      column = 0
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
    guard !cells.isEmpty else { return }
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
      guard let index = Int(value), strings.indices.contains(index) else {
        return RowCell(text: "(text missing from the workbook)", isUnreadable: true)
      }
      return RowCell(text: strings[index])
    case "b": return RowCell(text: value == "1" || value == "true" ? "true" : "false")
    case "e": return RowCell(text: value, isUnreadable: true)
    case "str", "inlineStr": return RowCell(text: WorkbookPart.plain(value))
    case "d": return RowCell(text: value.hasSuffix("T00:00:00") ? String(value.prefix(10)) : value)
    default:
      guard let number = Double(value) else { return RowCell(text: value) }
      let shape = shapes.indices.contains(style) ? shapes[style] : .number
      if shape != .number, let date = SheetRows.date(number, uses1904) {
        return RowCell(text: date, isMonth: shape == .month && date.utf8.count == 10)
      }
      return RowCell(text: SheetRows.text(number))
    }
  }

  /// The shortest text that stands for the number.
  static func text(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e18 ? String(Int64(number)) : NumberText.text(number)
  }

  /// The day, and the time when there is one, of a serial number; nil outside the calendar.
  ///
  /// In the 1900 system day 60 is 29 February 1900, which never was; days before it are one off, and day 0, which cells
  /// that hold a time alone have, is none (ECMA-376 part 1, 18.17.4.1).
  static func date(_ serial: Double, _ uses1904: Bool) -> String? {
    guard serial >= 0, serial < 2_958_466 else { return nil }
    var day = Int(serial.rounded(.down))
    var seconds = Int(((serial - Double(day)) * 86_400).rounded())
    if seconds == 86_400 { (day, seconds) = (day + 1, 0) }
    if !uses1904 && (day == 0 || day == 60) { return nil }
    let base = uses1904 ? -24_107 : day < 60 ? -25_568 : -25_569
    let text = CalendarDate(days: Int32(base + day)).description
    if seconds == 0 { return text }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    return "\(text)T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
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
