import AuditModel
import JSONDocument
import Testing

@testable import Intake

@Suite("JSON submissions")
struct JSONRecordsTests {
  private let fields = [
    Field(name: "code", label: "Code", type: .text), Field(name: "count", label: "Count", type: .integer),
    Field(name: "rate", label: "Rate", type: .number), Field(name: "ok", label: "OK", type: .boolean),
  ]

  private func error(_ text: String) -> String {
    let outcome = Outcome.read(text, fields)
    return outcome.error.map { "\($0.subject): \($0.message)" } ?? "none"
  }

  @Test("An array, an object with records, and one object are read alike")
  func shapes() throws {
    let record = "{\"code\": \"R1\", \"count\": 12, \"rate\": 0.5, \"ok\": true}"
    for (text, prefix) in [("[\(record)]", "/0"), ("{\"records\": [\(record)]}", "/records/0"), (" \n\(record)", "")] {
      let plan = IntakePlan(fields: fields, organisationCode: 0, organisationName: nil)
      let file = try SourceFile.open(bytes: Array(text.utf8), name: "f.json", plan: plan)
      #expect(file.format == .json && file.tables[0].headerRow == nil && file.delimiter == nil)
      let outcome = Outcome.read(file, plan)
      #expect(outcome.rows.map { $0.cells.map(\.value) } == [["", "12", "0.5", "true"]])
      #expect(outcome.rows.count == 1 && outcome.rows[0].organisation == "R1")
      #expect(file.place(of: 1, field: nil).pointer == prefix)
      #expect(file.place(of: 1, field: nil).line == (prefix.isEmpty ? 2 : 1))
    }
  }

  @Test("Records say their line and pointer; keys may differ between them")
  func places() throws {
    let text = "[\n  {\"code\": \"R1\"},\n\n  {\"Count\": 3, \"code\": \"R2\", \"extra\": 1},\n  {}\n]\n"
    let plan = IntakePlan(fields: fields, organisationCode: nil, organisationName: nil)
    let file = try SourceFile.open(bytes: Array(text.utf8), name: "f.json", plan: plan)
    let outcome = Outcome.read(file, plan)
    #expect(outcome.rows.map { $0.cells.map(\.text) } == [["R1", "", "", ""], ["R2", "3", "", ""]])
    #expect((1...2).map { file.place(of: UInt64($0), field: nil).line } == [2, 4])
    #expect((1...2).map { file.place(of: UInt64($0), field: nil).pointer } == ["/0", "/1"])
    #expect(file.tables[0].columns.map(\.heading) == ["code", "Count", "extra"])
    #expect(file.tables[0].missingFields == [2, 3])
    #expect(outcome.forgiven == ["blank-row 1 []"])
  }

  @Test("The pointer of a value has the key as it stands in the document, escaped by RFC 6901")
  func pointersOfValues() throws {
    let plan = IntakePlan(fields: fields, organisationCode: nil, organisationName: nil)
    for (text, prefix) in [
      ("[{}, {\" code\": 1, \"a/b~c\": 2}]", "/1"), ("{\"records\": [{}, {\" code\": 1, \"a/b~c\": 2}]}", "/records/1"),
    ] {
      let file = try SourceFile.open(bytes: Array(text.utf8), name: "f.json", plan: plan)
      #expect(file.tables[0].columns.map(\.heading) == ["code", "a/b~c"])
      _ = Outcome.read(file, plan)
      #expect(file.place(of: 2, field: 0).pointer == "\(prefix)/ code")
      #expect(file.tables[0].columns.map(\.key) == [" code", "a~1b~0c"])
    }
    #expect(JSONPointer.escaped("~1/") == "~01~1" && JSONPointer.escaped("") == "")
  }

  @Test("Values keep their kind: nested ones are unreadable, null is blank")
  func values() {
    let outcome = Outcome.read(
      """
      [{"code": [1], "count": {"a": 1}, "rate": null, "ok": "maybe"}, {"code": 7, "count": 12.0, \
      "rate": 1e400}]
      """,
      fields)
    #expect(outcome.error != nil)
    let second = Outcome.read(
      """
      [{"code": [1], "count": {"a": 1}, "rate": null, "ok": "maybe"}, {"code": 7, "count": 12.0, \
      "rate": 1e21}]
      """,
      fields)
    #expect(second.rows[0].cells.map(\.kind) == [.invalid, .invalid, .blank, .invalid])
    #expect(second.rows[1].cells.map(\.text) == ["7", "12.0", "1000000000000000000000", ""])
    #expect(second.rows[1].cells[1].value == "12" && second.rows[1].cells[2].value == "1e+21")
    #expect(second.forgiven == ["number-form 1 []"])
  }

  @Test("Broken JSON is told with line and column")
  func broken() {
    #expect(error("[{\"code\": \"R1\"},\n {\"code\": ").hasPrefix("file line 2, column "))
    #expect(error("{\"code\": 1,\n\"code\": 2}").hasPrefix("file line 2, column "))
    #expect(error(String(repeating: "[", count: 100_000)).hasPrefix("file line 1, column "))
    #expect(error("[1]").hasPrefix("file line 1: Record 1 is "))
    #expect(error("{\"records\": 5}").contains("expected an array of objects"))
    #expect(error("[{\"a\": 1}]").hasPrefix("file: No header row was found: none of the records' 1 key is "))
    #expect(error("[]") == "none")
  }

  @Test("Records that share no keys do not fill the memory")
  func differentKeys() {
    let records = (0..<20_000).map { "{\"k\($0)\":1}" }.joined(separator: ",")
    #expect(error("[\(records)]").contains("more than 4096 different keys"))
  }

  @Test("A byte order mark is passed over")
  func byteOrderMark() {
    let outcome = Outcome.read("\u{FEFF}[{\"code\": \"R1\"}]", fields)
    #expect(outcome.rows.map(\.texts) == [["R1", "", "", ""]] && outcome.forgiven == ["byte-order-mark 1 []"])
  }
}
