/// Texts of a workbook.
enum WorkbookText {
  /// Text with its escapes `_xHHHH_` undone (ECMA-376 part 1, 22.9.2.19).
  static func plain(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "_")), text.contains("_x") else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "_") {
      result += rest[..<start]
      rest = rest[start...]
      let digits = rest.dropFirst(2).prefix(4)
      let isEscape = rest.hasPrefix("_x") && digits.utf8.count == 4 && rest.dropFirst(6).first == "_"
      if isEscape, let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) {
        result.unicodeScalars.append(scalar)
        rest = rest.dropFirst(7)
      } else {
        result += "_"
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }
}

/// `xl/workbook.xml`: the sheets in order and the date system.
final class WorkbookIndex: XMLHandler {
  struct Sheet {
    var name: String
    var relation: String
    var isVisible: Bool
  }

  var sheets: [Sheet] = []
  var uses1904 = false

  override func begin(_ element: String, _ attributes: [String: String]) {
    if element == "sheet" {
      // The prefix of the relation's name is the writer's choice.
      let relation = attributes.first { $0.key.hasSuffix(":id") }?.value ?? ""
      sheets.append(
        Sheet(
          name: attributes["name"] ?? "", relation: relation,
          isVisible: (attributes["state"] ?? "visible") == "visible"))
    } else if element == "workbookPr" {
      uses1904 = ["1", "true"].contains(attributes["date1904"] ?? "")
    }
  }
}

/// `xl/_rels/workbook.xml.rels`: paths by relation.
final class WorkbookRelations: XMLHandler {
  var targets: [String: String] = [:]
  /// Relations to sheets that have no cells, such as charts.
  var withoutCells: Set<String> = []

  override func begin(_ element: String, _ attributes: [String: String]) {
    guard element == "Relationship", let id = attributes["Id"], let target = attributes["Target"] else { return }
    targets[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/\(target)"
    let kind = attributes["Type"] ?? ""
    if kind.hasSuffix("sheet") && !kind.hasSuffix("/worksheet") { withoutCells.insert(id) }
  }
}

/// `xl/worksheets/sheetN.xml`, looked through for the first cell that holds something.
final class SheetProbe: XMLHandler {
  override func begin(_ element: String, _ attributes: [String: String]) {
    if element == "v" || element == "t" || element == "f" { isDone = path.contains("c") }
  }
}

/// `xl/sharedStrings.xml`: texts; of rich text the runs, of phonetic guides nothing.
final class SharedStrings: XMLHandler {
  let strings = StringStore()

  override func begin(_ element: String, _ attributes: [String: String]) {
    if element == "si" { text = "" }
    collects = element == "t" && !path.contains("rPh")
  }

  override func end(_ element: String) {
    collects = false
    guard element == "si" else { return }
    if !strings.add(WorkbookText.plain(text)) { fault = "its texts could not be put away in /tmp" }
  }
}

/// `xl/styles.xml`: which cell formats show dates.
final class CellFormats: XMLHandler {
  enum Shape {
    /// A number as it comes.
    case number
    /// A number with a format of its own, such as a currency.
    case formatted
    case date
    /// A date of which month and year alone are shown.
    case month
    /// A share with a percent sign.
    case percent
  }

  /// By the index of a cell's style.
  var shapes: [Shape] = []
  private var codes: [Int: String] = [:]

  override func begin(_ element: String, _ attributes: [String: String]) {
    if element == "numFmt", let id = attributes["numFmtId"].flatMap({ Int($0) }) {
      codes[id] = attributes["formatCode"] ?? ""
    } else if element == "xf", path.dropLast().last == "cellXfs" {
      let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
      shapes.append(codes[id].map(CellFormats.shape) ?? CellFormats.builtInShape(id))
    }
  }

  /// The built-in formats that show dates and times (ECMA-376 part 1, 18.8.30); 17 is `mmm-yy`.
  private static func builtInShape(_ id: Int) -> Shape {
    switch id {
    case 17: .month
    case 9, 10: .percent
    case 0, 1, 49: .number
    case 14...22, 27...36, 45...47, 50...58: .date
    default: .formatted
    }
  }

  /// What a format code shows: its letters outside quotes, brackets and escapes, in the first of its sections.
  static func shape(_ code: String) -> Shape {
    var letters: Set<Character> = []
    var isQuoted = false
    var isBracketed = false
    var isEscaped = false
    // Nothing stands beside the digits.
    var isPlain = true
    for character in code.lowercased() {
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        isQuoted = character != "\""
      } else if isBracketed {
        isBracketed = character != "]"
      } else {
        switch character {
        case "\\", "_", "*": isEscaped = true
        case "\"": (isQuoted, isPlain) = (true, false)
        case "[": (isBracketed, isPlain) = (true, false)
        case ";": return shape(letters, isPlain: isPlain)
        default: letters.insert(character)
        }
      }
    }
    return shape(letters, isPlain: isPlain)
  }

  private static func shape(_ letters: Set<Character>, isPlain: Bool) -> Shape {
    if letters.contains("%") { return .percent }
    if letters.isSubset(of: "0@") || letters.contains("g") && letters.contains("n") {
      return isPlain ? .number : .formatted
    }
    if letters.isDisjoint(with: "ymdhs") { return .formatted }
    return letters.contains("y") && letters.contains("m") && letters.isDisjoint(with: "dhs") ? .month : .date
  }
}
