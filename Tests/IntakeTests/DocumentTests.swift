import AuditModel
import Testing

@testable import Intake

@Suite("Nested JSON, JSON lines and XML")
struct DocumentTests {
  private func field(_ name: String, _ type: FieldType = .text, _ paths: String...) -> Field {
    Field(
      name: name, label: name, type: type, isOptional: type == .boolean, paths: paths.map { RecordPath($0)! })
  }

  private func open(_ text: String, _ fields: [Field], places: RecordPlaces = RecordPlaces(), partBytes: Int = 4 << 20)
    throws -> (file: SourceFile, outcome: Outcome)
  {
    let plan = IntakePlan(
      fields: fields, organisationCode: nil, organisationName: nil, places: places, partBytes: partBytes)
    let file = try SourceFile.open(bytes: Array(text.utf8), name: "f", plan: plan)
    return (file, Outcome.read(file, plan))
  }

  @Test("Paths of records are checked and brought into one form")
  func paths() {
    #expect(RecordPath("a/b[1]/@c")?.text == "a/b/@c" && RecordPath("/a/b[2]")?.text == "/a/b[2]")
    for text in ["", "/", "a//b", "@a/b", "a/@", "a[0]", "a[x]", "a/[2]", "a@b"] {
      #expect(RecordPath(text) == nil, "\(text)")
    }
    #expect(RecordPath("a/b")!.leadsToElement && !RecordPath("a/@b")!.leadsToElement)
  }

  @Test("Nested answers stand where the pack says, others are columns of their own; places are pointers")
  func nestedJSON() throws {
    let fields = [
      field("trust", .text, "trust/code"), field("first", .integer, "answers/counts/first", "answers/first"),
      field("site", .text, "sites[2]/name"),
    ]
    let text = """
      {"replies": {"list": [
        {"trust": {"code": "X1", "na/me": "A"}, "answers": {"counts": {"first": 3}}, "sites": [{"name": "n"}, {"name": "m"}]},
        {"trust": {"code": "X2"}, "answers": {"first": 4}}
      ]}}
      """
    let (file, outcome) = try open(text, fields, places: RecordPlaces(json: ["replies", "list"]))
    #expect(outcome.rows.map(\.texts) == [["X1", "3", "m"], ["X2", "4", ""]])
    #expect(file.tables[0].columns.filter { $0.field == nil }.map(\.heading) == ["trust/na/me", "sites/name"])
    #expect(file.place(of: 1, field: 0).pointer == "/replies/list/0/trust/code")
    #expect(file.place(of: 1, field: 2).pointer == "/replies/list/0/sites/1/name")
    #expect(file.place(of: 2, field: nil).line == 3)
    // The value may stand in two places, so the place is that of the record.
    #expect(file.place(of: 2, field: 1).pointer == "/replies/list/1")
  }

  @Test("A record a line, with the line as its place; keys may come late", arguments: [1, 40, 1 << 20])
  func jsonLines(_ partBytes: Int) throws {
    let fields = [field("code"), field("n", .integer, "answer/n"), field("late")]
    let text = """
      {"code": "X1", "answer": {"n": 1}}

      {"code": "X2", "answer": {"n": 2}, "late": "yes", "more": 1}
      {"code": "X3"}
      """
    let (file, outcome) = try open(text, fields, partBytes: partBytes)
    #expect(file.format == .jsonLines)
    #expect(outcome.rows.map(\.texts) == [["X1", "1", ""], ["X2", "2", "yes"], ["X3", "", ""]])
    #expect(outcome.rows.map(\.number) == [1, 3, 4])
    #expect(file.tables[0].columns.map(\.heading) == ["code", "answer/n", "late", "more"])
    #expect(file.tables[0].missingFields.isEmpty)
    let place = file.place(of: (partBytes == 1 ? 1 << 32 : 0) | 3, field: 1)
    #expect(place.line == 3 && place.pointer == "/answer/n")
  }

  @Test("A line that is no object is told by its line")
  func brokenLines() {
    let good = "{\"code\": \"X1\"}\n{\"code\": \"X2\"}\n"
    func error(_ text: String) -> String {
      let outcome = Outcome.read(text, [field("code")])
      return outcome.error.map { "\($0.subject): \($0.message)" } ?? "none"
    }
    #expect(error(good + "{\"code\": }\n").hasPrefix("file line 3, column 10: "))
    #expect(Outcome.read(good + "{\"code\": }\n", [field("code")]).rows.map(\.texts) == [["X1"], ["X2"]])
    #expect(error(good + "[1]\n") == "file line 3: It is an array; expected an object.")
    #expect(error(good + "{\"code\": 1, \"code\": 2}\n").hasPrefix("file line 3, column "))
  }

  private let cosd = RecordPlaces(xml: ["COSD", "COSDRecord"])

  private var cosdFields: [Field] {
    [
      field("submission", .text, "/COSD/Id/@root"), field("record", .text, "Id/@root"),
      field("number", .text, "BreastRecord/Patient/NhsNumber/@extension"),
      field("recurrence", .boolean, "BreastRecord/NonPrimary/Recurrence"),
      field("site_1", .text, "BreastRecord/Primary/Site/@code", "BreastRecord/NonPrimary/Recurrence/Site/@code"),
      field("site_2", .text, "BreastRecord/NonPrimary/Recurrence/Site[2]/@code"),
      field("words", .text, "BreastRecord/Words"), field("date", .date, "BreastRecord/Date"),
    ]
  }

  private let document = """
    <?xml version="1.0" encoding="UTF-8"?>
    <COSD:COSD xmlns:COSD="http://www.datadictionary.nhs.uk/messages/COSD-v9-0-1"><Id root="SUB"/>
    <COSDRecord><Id root="R1"/><BreastRecord><Patient><NhsNumber extension="9990000018"/></Patient>
     <Primary><Site code="04"/></Primary><Words><![CDATA[a < b]]> &amp; c</Words><Date>2018-04-30</Date>
     </BreastRecord></COSDRecord>
    <COSDRecord><Id root="R2"/><BreastRecord><NonPrimary><Recurrence><Site code="02"/><Site code="03"/>
     <Site code="05"/></Recurrence></NonPrimary><Extra><Deep at="1">x</Deep></Extra></BreastRecord></COSDRecord>
    </COSD:COSD>
    """

  @Test("Records of XML: attributes, text, CDATA, repeated elements, sections and what the head of the file says")
  func xml() throws {
    let (file, outcome) = try open(document, cosdFields, places: cosd)
    #expect(file.format == .xml && outcome.error == nil)
    #expect(
      outcome.rows.map { $0.cells.map { $0.text.isEmpty ? $0.value : $0.text } } == [
        ["SUB", "R1", "9990000018", "false", "04", "", "a < b & c", "2018-04-30"],
        ["SUB", "R2", "", "true", "02", "03", "", ""],
      ])
    let columns = file.tables[0].columns
    #expect(
      columns.filter { $0.field == nil }.map(\.heading) == [
        "BreastRecord/NonPrimary/Recurrence/Site[3]/@code", "BreastRecord/Extra/Deep/@at", "BreastRecord/Extra/Deep",
      ])
    #expect(file.tables[0].missingFields.isEmpty)
    #expect(
      file.place(of: 1, field: 2).pointer == "/COSD/COSDRecord[1]/BreastRecord/Patient/NhsNumber/@extension")
    #expect(file.place(of: 1, field: nil).line == 3)
    #expect(file.place(of: 1 << 32 | 2, field: 5).line == 6 || file.place(of: 2, field: 5).line == 6)
  }

  @Test("UTF-16, a comment before the root and other encodings read the same")
  func encodings() throws {
    let plan = IntakePlan(fields: cosdFields, organisationCode: nil, organisationName: nil, places: cosd)
    let wide = document.replacing("UTF-8", with: "UTF-16").replacing("<COSD:COSD ", with: "<!-- <x> é -->\n<COSD:COSD ")
    let bytes: [UInt8] = [0xFF, 0xFE] + wide.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let outcome = Outcome.read(try SourceFile.open(bytes: bytes, name: "f", plan: plan), plan)
    #expect(outcome.rows.map { $0.texts[1] } == ["R1", "R2"])
    let latin = document.replacing("UTF-8", with: "ISO-8859-1").replacing("a < b", with: "é")
    let single = latin.unicodeScalars.map { UInt8($0.value) }
    #expect(Outcome.read(try SourceFile.open(bytes: single, name: "f", plan: plan), plan).rows[0].texts[6] == "é & c")
  }

  @Test(
    "What is wrong with XML is told, and nothing outside the file is read",
    arguments: [
      ("<!DOCTYPE COSD [<!ENTITY a \"b\">]><COSD><COSDRecord/></COSD>", "document type"),
      ("<!DOCTYPE COSD SYSTEM \"file:///etc/passwd\"><COSD/>", "document type"),
      ("<COSD><COSDRecord>&a;</COSDRecord></COSD>", "line 1 of its XML is not well-formed"),
      ("<COSD>\n<COSDRecord>\n</COSD>", "line 3 of its XML is not well-formed"),
      ("<Other/>", "its root is \"Other\"; expected \"COSD\""), ("<COSD></COSD>", "holds no COSD/COSDRecord"),
      ("<COSD><Old><a b=\"1\"/></Old><Old><c/></Old></COSD>", "where records stand; it holds /COSD/Old."),
      ("<?xml version=\"1.0\" encoding=\"UTF-16\"?><COSD/>", "its encoding is UTF-16, and its bytes are no such text"),
      ("<?xml version=\"1.0\" encoding=\"EBCDIC\"?><COSD/>", "its encoding is EBCDIC, which is not read"),
      ("<!-- never closed", "it has no element"), ("<html><body/></html>", "web page"),
    ])
  func broken(_ text: String, _ words: String) {
    var error: IntakeError?
    do throws(IntakeError) {
      let plan = IntakePlan(fields: cosdFields, organisationCode: nil, organisationName: nil, places: cosd)
      error = Outcome.read(try SourceFile.open(bytes: Array(text.utf8), name: "f", plan: plan), plan).error
    } catch let thrown {
      error = thrown
    }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test("XML is refused where the pack does not say where its records stand")
  func withoutPlaces() {
    let error = #expect(throws: IntakeError.self) { try open(document, cosdFields) }
    #expect(error?.message.contains("does not say where the records") == true)
  }

  @Test("The records before a fault are read, and a reader that stops early leaves nothing running")
  func manyRecords() throws {
    let record = "<COSDRecord><Id root=\"R\"/><BreastRecord><Words>w</Words></BreastRecord></COSDRecord>"
    let text = "<COSD>" + String(repeating: record, count: 70_000)
    let (_, outcome) = try open(text, cosdFields, places: cosd)
    #expect(outcome.rows.count == 70_000 && outcome.error?.message.contains("not well-formed") == true)
    let plan = IntakePlan(fields: cosdFields, organisationCode: nil, organisationName: nil, places: cosd)
    let file = try SourceFile.open(bytes: Array(text.utf8), name: "f", plan: plan)
    #expect(try file.nextPart() != nil)
  }

  @Test("Texts that were put away come back, in any order")
  func stringStore() {
    let store = StringStore(memory: 1_000)
    let texts = (0..<5_000).map { "text \($0) " + String(repeating: "é", count: $0 % 50) }
    for text in texts { #expect(store.add(text)) }
    for index in [0, 4_999, 255, 256, 257, 2_500, 1, 4_000] { #expect(store.text(index) == texts[index]) }
    for index in stride(from: 0, to: 5_000, by: 7) { #expect(store.text(index) == texts[index]) }
    #expect(store.text(5_000) == nil && store.text(-1) == nil)
  }
}
