import AuditModel
import Testing

@testable import Intake

@Suite("Encodings and delimiters, sniffed and stated")
struct DialectSniffTests {
  private let fields = [
    Field(name: "code", label: "Code", type: .text), Field(name: "name", label: "Name", type: .text),
    Field(name: "count", label: "Count", type: .integer),
  ]

  private func bytes(_ text: String, _ encoding: TextEncoding) -> [UInt8] {
    switch encoding {
    case .utf8: return Array(text.utf8)
    case .utf16LittleEndian: return text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case .utf16BigEndian: return text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    case .latin1, .windows1252: return text.unicodeScalars.map { UInt8($0.value) }
    }
  }

  private func open(_ bytes: [UInt8], _ settings: SourceSettings = SourceSettings()) throws -> (SourceFile, Outcome) {
    let plan = IntakePlan(fields: fields, organisationCode: nil, organisationName: nil)
    let file = try SourceFile.open(bytes: bytes, name: "f", plan: plan, settings: settings)
    return (file, Outcome.read(file, plan))
  }

  @Test(
    "Every encoding with every delimiter gives the same cells, and says why it was taken",
    arguments: TextEncoding.allCases, [",", ";", "\t", "|", "¬", "þ"])
  func encodings(_ encoding: TextEncoding, _ delimiter: String) throws {
    let lines = [["Code", "Name", "Count"], ["R1", "Café \"x\"", "1"], ["R2", "Zoë, Ltd", "2"], ["R3", "z", "3"]]
    let text = lines.map { row in
      row.map { $0.contains("\"") || $0.contains(",") ? "\"\($0.replacing("\"", with: "\"\""))\"" : $0 }
        .joined(separator: delimiter) + "\r\n"
    }.joined()
    let mark: [UInt8] =
      encoding == .utf16LittleEndian ? [0xFF, 0xFE] : encoding == .utf16BigEndian ? [0xFE, 0xFF] : []
    let (file, outcome) = try open(mark + bytes(text, encoding))
    #expect(
      outcome.rows.map(\.texts) == [["R1", "Café \"x\"", "1"], ["R2", "Zoë, Ltd", "2"], ["R3", "z", "3"]])
    #expect(outcome.rows.map(\.number) == [2, 3, 4])
    #expect(file.encoding == (encoding == .latin1 ? "Windows-1252" : encoding.rawValue))
    #expect(file.delimiter == (delimiter == "\t" ? "tab" : delimiter))
    let reason = try #require(file.decisions.first { $0.subject == .encoding }?.why)
    switch encoding {
    case .utf8: #expect(reason == "its bytes are well-formed UTF-8")
    case .utf16LittleEndian, .utf16BigEndian: #expect(reason == "it begins with a byte order mark")
    case .latin1, .windows1252: #expect(reason.contains("is no UTF-8"))
    }
    #expect(file.decisions.first { $0.subject == .delimiter }?.why == "it cuts 4 of the first rows into 3 cells each")
  }

  @Test("Files are the same however they are cut into parts when they are decoded", arguments: [1, 7, 64, 1 << 20])
  func decodedParts(_ partBytes: Int) throws {
    let text = "Code¬Name¬Count\n" + (0..<300).map { "R\($0)¬Zoë \($0)¬\($0)\n" }.joined()
    for encoding in [TextEncoding.utf8, .utf16LittleEndian] {
      let mark: [UInt8] = encoding == .utf8 ? [] : [0xFF, 0xFE]
      let outcome = Outcome.read(mark + bytes(text, encoding), fields, partBytes: partBytes, headBytes: 256)
      #expect(outcome.rows.count == 300)
      #expect(outcome.rows.last?.texts == ["R299", "Zoë 299", "299"])
      #expect(outcome.rows.map(\.number) == Array(2...301))
    }
  }

  @Test("What is given wins over what the bytes say")
  func given() throws {
    var settings = SourceSettings()
    settings.encoding = .latin1
    #expect(try open(bytes("Code,Name\nR1,Caf\u{92}\n", .latin1), settings).1.rows[0].texts[1] == "Caf\u{92}")
    settings.encoding = .windows1252
    #expect(try open(bytes("Code,Name\nR1,Caf\u{92}\n", .latin1), settings).1.rows[0].texts[1] == "Caf’")
    settings.encoding = .utf16LittleEndian
    let wide = try open(bytes("Code,Name\nR1,é\n", .utf16LittleEndian), settings)
    #expect(wide.1.rows.map(\.texts) == [["R1", "é", ""]])
    #expect(wide.0.decisions[0].why == "it was given")
  }

  @Test("Half a surrogate pair and bytes that are no UTF-8 make their cells unreadable, and those alone")
  func broken() throws {
    let wide: [UInt8] =
      [0xFF, 0xFE] + bytes("Code,Name\nR1,", .utf16LittleEndian) + [0x00, 0xD8]
      + bytes(
        ",\nR2,b\n", .utf16LittleEndian)
    #expect(try open(wide).1.rows.map { $0.cells[1].kind } == [.invalid, .value])
    let thorn = Array("CodeþNameþCount\nR1þb".utf8) + [0xC3] + Array("þ1\nR2þcþ2\n".utf8)
    var settings = SourceSettings()
    settings.encoding = .utf8
    #expect(try open(thorn, settings).1.rows.map { $0.cells[1].kind } == [.invalid, .value])
  }

  @Test("The first line sep= names the delimiter and counts as a row", arguments: [";", "¬", "\t"])
  func separatorLine(_ delimiter: String) throws {
    let text = "sep=\(delimiter)\r\nCode\(delimiter)Name\r\nR1\(delimiter)a,b\r\n"
    let (file, outcome) = try open(Array(text.utf8))
    #expect(outcome.rows.map(\.texts) == [["R1", "a,b", ""]] && outcome.rows[0].number == 3)
    #expect(file.tables[0].headerRow == 2)
    #expect(file.decisions[1].why == "the first line says so")
    #expect(outcome.forgiven(.separatorLine) == "separator-line 1 [1]")
  }

  @Test("Carriage returns here and line feeds there all end rows; in a quoted cell they stay")
  func mixedLineEnds() throws {
    let (_, outcome) = try open(Array("Code,Name\rR1,a\nR2,\"x\ry\"\r\nR3,c\r".utf8))
    #expect(outcome.rows.map(\.texts) == [["R1", "a", ""], ["R2", "x\ry", ""], ["R3", "c", ""]])
    #expect(outcome.rows.map(\.number) == [2, 3, 4])
    #expect(outcome.forgiven(.mixedLineEnds) == "mixed-line-ends 1 []")
  }

  @Test("A fault far down is told by its row, also where the text is decoded")
  func placeOfFault() throws {
    let text = "Code¬Name\n" + String(repeating: "R¬é\n", count: 50) + "R¬\"open"
    let outcome = Outcome.read(Array(text.utf8), fields, partBytes: 32, headBytes: 64)
    #expect(outcome.error?.subject == "file row 52")
    #expect(outcome.rows.count == 50)
  }

  @Test("UTF-32 is refused")
  func utf32() {
    #expect(throws: IntakeError.self) { try open([0xFF, 0xFE, 0, 0, 0x41, 0, 0, 0]) }
  }
}
