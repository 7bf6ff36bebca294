import Foundation
import FoundationXML

/// Walks an XML part of a workbook; subclasses take what they need. Entities from outside are never fetched.
class WorkbookPart: NSObject, XMLParserDelegate {
  /// The path of open elements, by local name.
  private(set) var path: [String] = []
  /// Text of the innermost element that `collects`.
  var text = ""
  var collects = false
  private(set) var fault: String?

  func read(_ bytes: [UInt8]) {
    let parser = XMLParser(data: Data(bytes))
    parser.shouldResolveExternalEntities = false
    parser.delegate = self
    if !parser.parse() && !isDone { fault = parser.parserError?.localizedDescription ?? "it is no XML" }
  }

  /// Set to stop early; what follows is not read.
  var isDone = false

  func begin(_ element: String, _ attributes: [String: String]) {}
  func end(_ element: String) {}

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let name = WorkbookPart.localName(elementName)
    path.append(name)
    begin(name, attributes)
  }

  func parser(_ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName: String?) {
    end(WorkbookPart.localName(elementName))
    path.removeLast()
    if isDone { parser.abortParsing() }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if collects { text += string }
  }

  func parser(_ parser: XMLParser, foundCDATA block: Data) {
    if collects { text += String(decoding: block, as: UTF8.self) }
  }

  private static func localName(_ name: String) -> String {
    guard let colon = name.lastIndex(of: ":") else { return name }
    return String(name[name.index(after: colon)...])
  }
}

/// `xl/workbook.xml`: the sheets in order and the date system.
final class WorkbookIndex: WorkbookPart {
  struct Sheet {
    var name: String
    var relation: String
    var isVisible: Bool
  }

  var sheets: [Sheet] = []
  var uses1904 = false

  override func begin(_ element: String, _ attributes: [String: String]) {
    if element == "sheet" {
      let state = attributes["state"] ?? "visible"
      sheets.append(
        Sheet(
          name: attributes["name"] ?? "", relation: attributes["r:id"] ?? attributes["id"] ?? "",
          isVisible: state == "visible"))
    } else if element == "workbookPr" {
      uses1904 = ["1", "true"].contains(attributes["date1904"] ?? "")
    }
  }
}

/// `xl/_rels/workbook.xml.rels`: paths by relation.
final class WorkbookRelations: WorkbookPart {
  var targets: [String: String] = [:]

  override func begin(_ element: String, _ attributes: [String: String]) {
    if element == "Relationship", let id = attributes["Id"], let target = attributes["Target"] {
      targets[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/\(target)"
    }
  }
}

/// `xl/sharedStrings.xml`: texts; of rich text the runs, of phonetic guides nothing.
final class SharedStrings: WorkbookPart {
  var strings: [String] = []

  override func begin(_ element: String, _ attributes: [String: String]) {
    if element == "si" { text = "" }
    collects = element == "t" && !path.contains("rPh")
  }

  override func end(_ element: String) {
    collects = false
    if element == "si" { strings.append(text) }
  }
}

/// `xl/styles.xml`: which cell formats show dates.
final class CellFormats: WorkbookPart {
  /// By the index of a cell's style.
  var showsDate: [Bool] = []
  private var codes: [Int: String] = [:]

  override func begin(_ element: String, _ attributes: [String: String]) {
    if element == "numFmt", let id = attributes["numFmtId"].flatMap(Int.init) {
      codes[id] = attributes["formatCode"] ?? ""
    } else if element == "xf", path.dropLast().last == "cellXfs" {
      let id = attributes["numFmtId"].flatMap(Int.init) ?? 0
      showsDate.append(codes[id].map(CellFormats.isDateCode) ?? CellFormats.builtInDates.contains(id))
    }
  }

  /// ECMA-376 part 1, 18.8.30: the built-in formats that show dates and times.
  private static let builtInDates: Set<Int> = Set(14...22).union(27...36).union(45...47).union(50...58)

  /// True when a format code has a year, month, day or hour outside quotes, brackets and escapes.
  static func isDateCode(_ code: String) -> Bool {
    var isQuoted = false
    var isBracketed = false
    var isEscaped = false
    for character in code.lowercased() {
      if isEscaped {
        isEscaped = false
      } else if character == "\\" || character == "_" || character == "*" {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
      } else if isQuoted {
        continue
      } else if character == "[" {
        isBracketed = true
      } else if character == "]" {
        isBracketed = false
      } else if character == ";" {
        return false
      } else if !isBracketed && "ymdhs".contains(character) {
        return true
      }
    }
    return false
  }
}

/// `xl/worksheets/sheetN.xml`: rows of texts, numbered as the sheet numbers them.
final class SheetRows: WorkbookPart {
  private let strings: [String]
  private let formats: [Bool]
  private let uses1904: Bool
  private let take: (_ row: Int, _ cells: [RowCell]) -> Void
  private var row = 0
  private var cells: [RowCell] = []
  private var column = 0
  private var type = ""
  private var style = 0
  private var value = ""

  /// More columns than these are not read; a sheet cannot have more (ECMA-376).
  static let columnLimit = 16_384

  init(
    strings: [String], formats: [Bool], uses1904: Bool, take: @escaping (_ row: Int, _ cells: [RowCell]) -> Void
  ) {
    self.strings = strings
    self.formats = formats
    self.uses1904 = uses1904
    self.take = take
  }

  override func begin(_ element: String, _ attributes: [String: String]) {
    switch element {
    case "row":
      row = attributes["r"].flatMap(Int.init) ?? row + 1
      cells = []
      column = 0
    case "c":
      column = attributes["r"].flatMap(SheetRows.column) ?? column + 1
      type = attributes["t"] ?? "n"
      style = attributes["s"].flatMap(Int.init) ?? 0
      value = ""
    case "v":
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
    case "row": take(row, cells)
    case "sheetData": isDone = true
    default: break
    }
    if element == "v" || element == "t" { collects = false }
  }

  private func add() {
    guard column >= 1, column <= SheetRows.columnLimit else { return }
    let cell = cell()
    if cell.text.isEmpty { return }
    while cells.count < column - 1 { cells.append(.empty) }
    if cells.count >= column { cells[column - 1] = cell } else { cells.append(cell) }
  }

  private func cell() -> RowCell {
    switch type {
    case "s":
      guard let index = Int(value), strings.indices.contains(index) else { return .empty }
      return RowCell(text: strings[index])
    case "b": return RowCell(text: value == "1" ? "true" : "false")
    case "e": return RowCell(text: value, isUnreadable: true)
    case "str", "inlineStr": return RowCell(text: value)
    case "d": return RowCell(text: String(value.prefix(10)))
    default:
      guard let number = Double(value) else { return RowCell(text: value) }
      if formats.indices.contains(style), formats[style], let date = SheetRows.date(number, uses1904) {
        return RowCell(text: date)
      }
      return RowCell(text: SheetRows.text(number))
    }
  }

  /// The shortest text that stands for the number.
  static func text(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : "\(number)"
  }

  /// The day, and the time when there is one, of a serial number; nil outside the calendar.
  ///
  /// In the 1900 system day 60 is 29 February 1900, which never was; days before it are one off (ECMA-376 18.17.4.1).
  static func date(_ serial: Double, _ uses1904: Bool) -> String? {
    guard serial >= 0, serial < 2_958_466 else { return nil }
    var day = Int(serial.rounded(.down))
    var seconds = Int(((serial - Double(day)) * 86_400).rounded())
    if seconds == 86_400 { (day, seconds) = (day + 1, 0) }
    let base = uses1904 ? -24_107 : day < 60 ? -25_568 : -25_569
    let text = SerialDate.iso(days: base + day)
    if seconds == 0 { return text }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    return "\(text)T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
  }

  /// The 1-based column of a reference such as `AB12`.
  private static func column(_ reference: String) -> Int? {
    var column = 0
    for byte in reference.utf8 {
      guard (0x41...0x5A).contains(byte) else { break }
      column = column * 26 + Int(byte - 0x40)
      if column > columnLimit { return nil }
    }
    return column > 0 ? column : nil
  }
}
