/// What is taken from an XML part of a workbook; subclasses say what.
class WorkbookPart {
  /// The open elements by local name, outermost first; the one at hand is last.
  var path: [String] = []
  /// Text met while `collects`.
  var text = ""
  var collects = false
  /// What is wrong with the part; nothing is read after it.
  var fault: String?
  /// True when nothing more is wanted of the part.
  var isDone = false

  func begin(_ element: String, _ attributes: [String: String]) {}
  func end(_ element: String) {}

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
final class WorkbookRelations: WorkbookPart {
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
final class SheetProbe: WorkbookPart {
  override func begin(_ element: String, _ attributes: [String: String]) {
    if element == "v" || element == "t" || element == "f" { isDone = path.contains("c") }
  }
}

/// `xl/sharedStrings.xml`: texts; of rich text the runs, of phonetic guides nothing.
final class SharedStrings: WorkbookPart {
  var strings: [String] = []

  /// Excel has at most as many different texts as cells, and files of more than a few million are none of ours.
  static let limit = 8 << 20

  override func begin(_ element: String, _ attributes: [String: String]) {
    if element == "si" { text = "" }
    collects = element == "t" && !path.contains("rPh")
  }

  override func end(_ element: String) {
    collects = false
    guard element == "si" else { return }
    if strings.count == SharedStrings.limit { fault = "it has more than \(SharedStrings.limit) different texts" }
    strings.append(WorkbookPart.plain(text))
  }
}

/// `xl/styles.xml`: which cell formats show dates.
final class CellFormats: WorkbookPart {
  enum Shape {
    case number
    case date
    /// A date of which month and year alone are shown.
    case month
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
    case 14...22, 27...36, 45...47, 50...58: .date
    default: .number
    }
  }

  /// What a format code shows: its letters outside quotes, brackets and escapes, in the first of its sections.
  static func shape(_ code: String) -> Shape {
    var letters: Set<Character> = []
    var isQuoted = false
    var isBracketed = false
    var isEscaped = false
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
        case "\"": isQuoted = true
        case "[": isBracketed = true
        case ";": return shape(letters)
        default: letters.insert(character)
        }
      }
    }
    return shape(letters)
  }

  private static func shape(_ letters: Set<Character>) -> Shape {
    if letters.isDisjoint(with: "ymdhs") || letters.contains("g") && letters.contains("n") { return .number }
    return letters.contains("y") && letters.contains("m") && letters.isDisjoint(with: "dhs") ? .month : .date
  }
}
