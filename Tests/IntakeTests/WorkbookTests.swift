import AuditModel
import LocalFiles
import TestSupport
import Testing

@testable import Intake

@Suite("Workbooks")
struct WorkbookTests {
  private let fields = [
    Field(name: "code", label: "Code", type: .text), Field(name: "count", label: "Count", type: .integer),
    Field(name: "date", label: "Date", type: .date), Field(name: "period", label: "Period", type: .period),
  ]

  /// A workbook of parts; those not given are as small as may be.
  private func workbook(
    sheet: String, strings: String? = nil, styles: String? = nil, properties: String = "",
    sheets: String = "<sheet name=\"Answer\" sheetId=\"1\" r:id=\"rId1\"/>", extra: [String: String] = [:]
  ) -> [UInt8] {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
    var zip = SmallZip()
    zip.add("[Content_Types].xml", "\(head)<Types/>")
    zip.add(
      "xl/workbook.xml",
      "\(head)<workbook xmlns:r=\"r\">\(properties)<sheets>\(sheets)</sheets></workbook>")
    zip.add(
      "xl/_rels/workbook.xml.rels",
      """
      \(head)<Relationships><Relationship Id="rId1" Type="t/worksheet" Target="worksheets/sheet1.xml"/>\
      <Relationship Id="rId2" Type="t/worksheet" Target="/xl/worksheets/sheet2.xml"/>\
      <Relationship Id="rId3" Type="t/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>
      """)
    zip.add("xl/worksheets/sheet1.xml", "\(head)<worksheet><sheetData>\(sheet)</sheetData><hyperlinks/></worksheet>")
    if let strings { zip.add("xl/sharedStrings.xml", "\(head)<sst>\(strings)</sst>") }
    if let styles { zip.add("xl/styles.xml", "\(head)<styleSheet>\(styles)</styleSheet>") }
    for (name, text) in extra.sorted(by: { $0.key < $1.key }) { zip.add(name, text) }
    return zip.file
  }

  private func header(_ row: Int = 1) -> String {
    let cells = ["code", "count", "date", "period"].map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }
    return "<row r=\"\(row)\">\(cells.joined())</row>"
  }

  private func message(_ outcome: Outcome) -> String { outcome.error.map { "\($0.subject): \($0.message)" } ?? "none" }

  @Test("Shared, rich and inline texts, booleans, errors and the kept values of formulas")
  func cells() {
    let strings =
      """
      <si><t>R1</t></si><si><r><t>R</t></r><r><rPr/><t xml:space="preserve">2 </t></r><rPh><t>no</t></rPh>\
      </si><si><t>a_x000D_&#10;b &amp; c</t></si>
      """
    let rows = """
      <row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3"><f>1+1</f><v>2</v></c></row>\
      <row r="4"><c r="A4" t="s"><v>1</v></c><c r="B4" t="e"><v>#N/A</v></c></row>\
      <row r="6"><c r="A6" t="s"><v>2</v></c><c r="B6" t="str"><f>x</f><v>1,234</v></c></row>\
      <row r="7"><c r="A7" t="b"><v>1</v></c><c r="B7"><v>2.2999999999999998</v></c></row>\
      <row r="8"><c r="A8" t="s"><v>99</v></c><c r="B8"><v>1E3</v></c></row>\
      <row r="9"><c r="A9" t="inlineStr"><is><r><t>R</t></r><r><t>9</t></r></is></c></row>\
      <row r="10"><c r="A10"/><c r="B10"><v></v></c></row>
      """
    let outcome = Outcome.read(
      workbook(
        sheet: "<row r=\"1\"><c t=\"inlineStr\"><is><t>Title</t></is></c></row>" + header(2) + rows, strings: strings),
      fields, code: 0)
    #expect(outcome.rows.map(\.number) == [3, 4, 6, 7, 8, 9])
    #expect(
      outcome.rows.map { $0.cells[0].text } == [
        "R1", "R2", "a\r\nb & c", "true", "(text missing from the workbook)", "R9",
      ])
    #expect(outcome.rows.map { $0.cells[0].kind } == [.value, .value, .value, .value, .invalid, .value])
    #expect(outcome.rows.map { $0.cells[1].text } == ["2", "#N/A", "1,234", "2.3", "1000", ""])
    #expect(outcome.rows.map { $0.cells[1].kind } == [.value, .invalid, .value, .invalid, .value, .blank])
    #expect(outcome.forgiven == ["title-rows 1 [1]", "outer-spaces 1 [4]", "number-form 1 [6]"])
  }

  @Test("A formula whose value was not kept cannot be read; one that came to an empty text is blank")
  func formulas() {
    let rows =
      """
      <row><c t="str"><v>R2</v></c><c><f>1+1</f></c></row><row><c t="str"><v>R3</v></c><c><f>1+1</f><v/></c></row>\
      <row><c t="str"><v>R4</v></c><c t="str"><f>x</f><v></v></c></row>\
      <row><c t="str"><v>R5</v></c><c t="str"><f>x</f></c></row><row><c t="str"><v>R6</v></c><c><v>6</v></c></row>
      """
    let cells = Outcome.read(workbook(sheet: header() + rows), fields).rows.map { $0.cells[1] }
    #expect(cells.map(\.kind) == [.invalid, .invalid, .blank, .invalid, .value])
    let missing = "(formula without a value)"
    #expect(cells.map(\.text) == [missing, missing, "", missing, "6"])
  }

  @Test("Columns without a heading are told only when something stands in them; positions stay those of the sheet")
  func columnsWithoutHeading() throws {
    let sheet =
      """
      <row r="1"><c r="A1" t="str"><v>Title</v></c></row>\
      <row r="2"><c r="B2" t="str"><v>code</v></c><c r="D2" t="str"><v>count</v></c>\
      <c r="F2" t="str"><v>More</v></c></row>\
      <row r="3"><c r="A3" t="str"><v> </v></c><c r="B3" t="str"><v>R3</v></c><c r="D3"><v>3</v></c></row>\
      <row r="40"><c r="B40" t="str"><v>R4</v></c><c r="D40"><v>4</v></c><c r="E40"><v>5</v></c></row>
      """
    let plan = IntakePlan(fields: fields, organisationCode: nil, organisationName: nil)
    let file = try SourceFile.open(bytes: workbook(sheet: sheet), name: "f.xlsx", plan: plan)
    #expect(Outcome.read(file, plan).rows.map(\.texts) == [["R3", "3", "", ""], ["R4", "4", "", ""]])
    #expect(file.tables[0].usedColumns.map(\.position) == [2, 4, 5, 6])
    #expect(file.tables[0].usedColumns.map(\.heading) == ["code", "count", "", "More"])
    #expect(file.tables[0].usedColumns.map(\.field) == [0, 1, nil, nil])
  }

  @Test("The header in the middle of the sheet is passed over")
  func repeatedHeader() {
    let rows = "<row r=\"4\"><c t=\"str\"><v>R4</v></c><c><v>4</v></c></row>"
    let outcome = Outcome.read(workbook(sheet: header() + header(3) + rows), fields, code: 0)
    #expect(outcome.rows.map(\.number) == [4])
    #expect(outcome.forgiven == ["repeated-header 1 [3]"])
  }

  @Test("Further visible sheets with something in them are counted")
  func otherSheets() {
    func tolerance(_ second: String, _ state: String = "visible") -> String? {
      let sheets =
        """
        <sheet name="Answer" r:id="rId1"/><sheet name="Chart" r:id="rId3"/>\
        <sheet name="More" state="\(state)" r:id="rId2"/>
        """
      let bytes = workbook(sheet: header(), sheets: sheets, extra: ["xl/worksheets/sheet2.xml": second])
      return Outcome.read(bytes, fields).forgiven(.otherSheets)
    }
    #expect(
      tolerance("<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>") == "other-sheets 1 []")
    #expect(tolerance("<worksheet><sheetData><row><c s=\"1\"/></row></sheetData></worksheet>") == nil)
    #expect(tolerance("<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>", "hidden") == nil)
    #expect(tolerance("<worksheet><sheetData><row>") == "other-sheets 1 []")
  }

  @Test("Cells that show dates are dates, in both calendars")
  func dates() {
    let styles =
      """
      <numFmts><numFmt numFmtId="164" formatCode="[$-809]dd mmm yyyy;@"/>\
      <numFmt numFmtId="165" formatCode="0 &quot;days&quot;"/>\
      <numFmt numFmtId="166" formatCode="mmm\\-yyyy"/></numFmts><cellStyleXfs><xf numFmtId="14"/>\
      </cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/>\
      <xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="17"/></cellXfs>
      """
    func row(_ number: Int, _ serial: String, _ style: Int) -> String {
      """
      <row r="\(number)"><c r="A\(number)" t="str"><v>R</v></c><c r="C\(number)" s="\(style)">\
      <v>\(serial)</v></c><c r="D\(number)" s="\(style)"><v>\(serial)</v></c></row>
      """
    }
    let sheet =
      header() + row(2, "42634", 1) + row(3, "42634", 2) + row(4, "42634", 3) + row(5, "42634", 4)
      + row(6, "42634.5", 1)
      + row(7, "1", 1) + row(8, "60", 1) + row(9, "61", 5) + row(10, "0.5", 1) + row(11, "42634.999999", 1)
    let expected = [
      "2016-09-21", "2016-09-21", "42634", "2016-09-21", "2016-09-21T12:00:00", "1900-01-01", "60", "1900-03-01", "0.5",
      "2016-09-22",
    ]
    let outcome = Outcome.read(workbook(sheet: sheet, styles: styles), fields)
    #expect(outcome.rows.map { $0.cells[2].text } == expected)
    #expect(outcome.rows.map { $0.cells[3].text }[3] == "2016-09")
    #expect(outcome.rows[3].cells[3].value == "2016-09-01 2016-09-30")
    #expect(outcome.rows[7].cells[3].value == "1900-03-01 1900-03-31")
    let later = Outcome.read(workbook(sheet: sheet, styles: styles, properties: "<workbookPr date1904=\"1\"/>"), fields)
    #expect(later.rows[0].cells[2].text == "2020-09-22" && later.rows[5].cells[2].text == "1904-01-02")
  }

  @Test("Which format codes show dates")
  func formats() {
    for code in ["dd/mm/yyyy", "[h]:mm", "yyyy", "mmm", "[Red]d-m-yy", "h:mm AM/PM", "yy\\-mm\\-dd;@"] {
      #expect(CellFormats.shape(code) == .date, "\(code)")
    }
    for code in ["General", "\\d0", "@", "0", ""] {
      #expect(CellFormats.shape(code) == .number, "\(code)")
    }
    for code in ["0.00", "#,##0_);[Red](#,##0)", "0.00E+00", "0 \"days\"", "[$£-809]0"] {
      #expect(CellFormats.shape(code) == .formatted, "\(code)")
    }
    #expect(CellFormats.shape("0.0%") == .percent)
    #expect(CellFormats.shape("mmm-yy") == .month && CellFormats.shape("yyyy\\-mm") == .month)
  }

  @Test("The first visible sheet with cells is read")
  func visibleSheet() throws {
    let sheets =
      """
      <sheet name="Chart" r:id="rId3"/><sheet name="Hidden" state="hidden" r:id="rId1"/>\
      <sheet name="Gone" state="veryHidden" r:id="rId1"/><sheet name="Shown" d:id="rId2" sheetId="2"/>
      """
    let second = "<worksheet><sheetData>\(header())<row><c t=\"str\"><v>R2</v></c></row></sheetData></worksheet>"
    let bytes = workbook(
      sheet: "", sheets: sheets.replacing("d:id", with: "r:id"), extra: ["xl/worksheets/sheet2.xml": second])
    let plan = IntakePlan(fields: fields, organisationCode: 0, organisationName: nil)
    let file = try SourceFile.open(bytes: bytes, name: "f.xlsx", plan: plan)
    #expect(file.tables[0].sheet == "Shown" && file.format == .xlsx && file.tables[0].headerRow == 1)
    #expect(Outcome.read(file, plan).rows.map(\.organisation) == ["R2"])
    let hidden = workbook(sheet: "", sheets: "<sheet name=\"Hidden\" state=\"hidden\" r:id=\"rId1\"/>")
    #expect(message(Outcome.read(hidden, fields)) == "file: The workbook has no visible sheet.")
    let missing = workbook(sheet: "", sheets: "<sheet name=\"S\" r:id=\"rId2\"/>")
    #expect(message(Outcome.read(missing, fields)) == "file sheet \"S\": The sheet is missing from the file.")
  }

  @Test("Rows and cells without references, out of order or out of the sheet")
  func references() {
    let sheet =
      header()
        + """
        <row><c t="str"><v>R2</v></c><c><v>2</v></c></row><row r="9"><c r="B9"><v>9</v></c>\
        <c r="A9" t="str"><v>R9</v></c></row>
        """
        + """
        <row r="3"><c r="A3" t="str"><v>R10</v></c><c r="XFE3"><v>1</v></c></row><row r="99999999999">\
        <c r="A1" t="str"><v>R11</v></c></row>
        """
      + "<row r=\"x\"><c r=\"ZZZZZZZZ1\"><v>1</v></c><c r=\"1\" t=\"str\"><v>far</v></c><c r=\"B1\"><v>4</v></c></row>"
    let outcome = Outcome.read(workbook(sheet: sheet), fields)
    #expect(outcome.rows.map(\.number) == [2, 9, 10, 11, 12])
    #expect(outcome.rows.map { $0.cells[0].text } == ["R2", "R9", "R10", "R11", ""])
    #expect(outcome.rows.map { $0.cells[1].text } == ["2", "9", "", "", "4"])
  }

  @Test("A header of all 16,384 columns")
  func widest() {
    let cells = (1...16_383).map { _ in "<c/>" }.joined()
    let sheet =
      """
      <row r="1"><c t="str"><v>code</v></c><c r="XFD1" t="str"><v>count</v></c></row>\
      <row r="2">\(cells)<c><v>5</v></c></row>
      """
    let error = Outcome.read(workbook(sheet: sheet), fields).error
    #expect(error?.message == "The table has 16384 columns; at most 4096 are read.")
  }

  @Test("Texts of merged cells stand in each of them; numbers in the first alone")
  func mergedCells() {
    let sheet =
      header()
        + """
        <row r="2"><c r="A2" t="str"><v>X1</v></c><c r="B2"><v>3</v></c></row>\
        <row r="3"><c r="C3" t="str"><v>2018-04-30</v></c></row><row r="5"><c r="A5" t="str"><v>X2</v></c></row>
        """
    let merges =
      """
      </sheetData><mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="B2:B3"/><mergeCell ref="A5:B5"/></mergeCells>\
      <sheetData>
      """
    let outcome = Outcome.read(workbook(sheet: sheet + merges), fields)
    #expect(outcome.rows.map(\.texts) == [["X1", "3", "", ""], ["X1", "", "2018-04-30", ""], ["X2", "X2", "", ""]])
    #expect(outcome.forgiven(.mergedCells) == "merged-cells 2 [3, 5]")
  }

  @Test("Merged cells that overlap, or are no range, are refused")
  func brokenMergedCells() {
    for (ref, words) in [("A2:B3\"/><mergeCell ref=\"B3:C4", "A2:B3 and B3:C4 overlap"), ("B2:A1", "are no range")] {
      let sheet = header() + "</sheetData><mergeCells><mergeCell ref=\"\(ref)\"/></mergeCells><sheetData>"
      #expect(message(Outcome.read(workbook(sheet: sheet), fields)).contains(words))
    }
  }

  @Test("Hidden rows and columns are read like all others, and told")
  func hidden() {
    let sheet =
      header() + "<row r=\"2\" hidden=\"1\"><c r=\"A2\" t=\"str\"><v>X1</v></c></row>"
    let columns = "</sheetData><cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><sheetData>"
    let outcome = Outcome.read(workbook(sheet: columns + sheet), fields)
    #expect(outcome.rows.map(\.texts) == [["X1", "", "", ""]])
    #expect(outcome.forgiven(.hiddenRows) == "hidden-rows 1 [2]")
    #expect(outcome.forgiven(.hiddenColumns) == "hidden-columns 1 []")
  }

  @Test("Of several sheets those are read whose header names the most fields, or those that are given")
  func choiceOfSheets() throws {
    func sheet(_ code: String) -> String {
      "<worksheet><sheetData>\(header())<row><c t=\"str\"><v>\(code)</v></c></row></sheetData></worksheet>"
    }
    let sheets =
      """
      <sheet name="Notes" r:id="rId1"/><sheet name="North" r:id="rId2"/><sheet name="South" r:id="rId4"/>\
      <sheet name="Old" state="hidden" r:id="rId5"/>
      """
    let relations =
      """
      <Relationships><Relationship Id="rId1" Type="t/worksheet" Target="worksheets/sheet1.xml"/>\
      <Relationship Id="rId2" Type="t/worksheet" Target="worksheets/sheet2.xml"/>\
      <Relationship Id="rId4" Type="t/worksheet" Target="worksheets/sheet4.xml"/>\
      <Relationship Id="rId5" Type="t/worksheet" Target="worksheets/sheet5.xml"/></Relationships>
      """
    var zip = SmallZip()
    zip.add("xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets>\(sheets)</sheets></workbook>")
    zip.add("xl/_rels/workbook.xml.rels", relations)
    zip.add(
      "xl/worksheets/sheet1.xml",
      "<worksheet><sheetData><row><c t=\"str\"><v>Read me</v></c></row></sheetData></worksheet>")
    zip.add("xl/worksheets/sheet2.xml", sheet("N1"))
    zip.add("xl/worksheets/sheet4.xml", sheet("S1"))
    zip.add("xl/worksheets/sheet5.xml", sheet("O1"))
    let plan = IntakePlan(fields: fields, organisationCode: nil, organisationName: nil)
    let file = try SourceFile.open(bytes: zip.file, name: "f.xlsx", plan: plan)
    let outcome = Outcome.read(file, plan)
    #expect(outcome.rows.map { $0.texts[0] } == ["N1", "S1"])
    #expect(file.tables.map(\.sheet) == ["North", "South"])
    #expect(file.decisions[0].value == "North, South" && file.decisions[0].why == "their headers name the most fields")
    #expect(outcome.forgiven.contains("other-sheets 1 []") && outcome.forgiven.contains("hidden-sheets 1 []"))
    #expect(file.place(of: 1 << 32 | 2, field: 0).sheet == "South")
    var settings = SourceSettings()
    settings.sheets = ["Old"]
    #expect(Outcome.read(zip.file, fields, settings: settings).rows.map { $0.texts[0] } == ["O1"])
    settings.sheets = ["New"]
    #expect(
      message(Outcome.read(zip.file, fields, settings: settings))
        == "file: It has no sheet \"New\"; its sheets are \"Notes\", \"North\", \"South\", \"Old\".")
  }

  @Test("A number that is a code without its nought is that code, and told; in a text of digits it is not mended")
  func codesAsNumbers() {
    let codes = [Code(code: "04", label: "Lung"), Code(code: "10", label: "Bone")]
    let coded = [
      Field(name: "code", label: "Code", type: .text), Field(name: "site", label: "Site", type: .text, codes: codes),
    ]
    let sheet =
      """
      <row><c t="str"><v>code</v></c><c t="str"><v>site</v></c></row><row><c t="str"><v>a</v></c><c><v>4</v></c></row>\
      <row><c t="str"><v>b</v></c><c><v>10</v></c></row><row><c t="str"><v>c</v></c><c t="str"><v>4</v></c></row>
      """
    let outcome = Outcome.read(workbook(sheet: sheet), coded)
    #expect(outcome.rows.map { $0.texts[1] } == ["04", "10", "4"])
    #expect(outcome.forgiven(.leadingZeros) == "leading-zeros 1 [2]")
  }

  @Test("A number in a column of dates is a day, and a share in per cent is what its field counts in")
  func shownNumbers() {
    let shares = [
      Field(name: "code", label: "Code", type: .text), Field(name: "date", label: "Date", type: .date),
      Field(name: "share", label: "Share", type: .number, unit: .percent),
      Field(name: "ratio", label: "Ratio", type: .number),
    ]
    let cells = ["code", "date", "share", "ratio"].map { "<c t=\"str\"><v>\($0)</v></c>" }.joined()
    let sheet =
      """
      <row>\(cells)</row><row><c t="str"><v>X1</v></c><c><v>43220</v></c><c s="1"><v>0.125</v></c>\
      <c s="1"><v>0.125</v></c></row>
      """
    let styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"10\"/></cellXfs>"
    let outcome = Outcome.read(workbook(sheet: sheet, styles: styles), shares)
    #expect(outcome.rows[0].cells.map(\.value) == ["", "2018-04-30", "12.5", "0.125"])
    #expect(outcome.forgiven(.serialDate) == "serial-date 1 [2]")
  }

  @Test("Cells so far apart that they would fill the memory are refused")
  func farCells() throws {
    var taken = 0
    let rows = SheetRows(strings: StringStore(), shapes: [], uses1904: false, placeLimit: 50_000) { _, _ in taken += 1 }
    let sheet = String(repeating: "<row><c r=\"XFD1\"><v>1</v></c></row>", count: 10)
    try XMLWalk.read(BytesFeed(Array("<sheetData>\(sheet)</sheetData>".utf8)), into: rows)
    #expect(taken == 3 && rows.fault == "its cells are so far apart that there would be more than 50000 of them")
  }

  @Test("A workbook that is cut off, no workbook, of binary form, without cells or damaged")
  func damaged() {
    let whole = workbook(sheet: header())
    #expect(message(Outcome.read(Array(whole.prefix(whole.count / 2)), fields)).contains("it may be cut off"))
    var zip = SmallZip()
    zip.add("word/document.xml", "<x/>")
    #expect(message(Outcome.read(zip.file, fields)) == "file: It is a Word document.")
    #expect(message(Outcome.read(SmallZip().file, fields)) == "file: It is a zip file, but not an .xlsx workbook.")
    zip.add("xl/workbook.bin", "x")
    #expect(message(Outcome.read(zip.file, fields)) == "file: It is a binary Excel workbook (.xlsb).")
    #expect(message(Outcome.read(workbook(sheet: ""), fields)) == "file sheet \"Answer\": The sheet is empty.")
    #expect(
      message(Outcome.read(workbook(sheet: "<row><c><v>1</v></c></row>"), fields)).hasPrefix(
        "file sheet \"Answer\": No header row was found in the only row; the first row has 1 cell."))
    #expect(
      message(Outcome.read(workbook(sheet: "<row><c></row>"), fields)).contains(
        "xl/worksheets/sheet1.xml cannot be read: line 1"))
    var flipped = workbook(sheet: header())
    let place = flipped.count / 2
    flipped[place] ^= 0xFF
    #expect(message(Outcome.read(flipped, fields)) != "")
  }

  @Test("Entities are refused: neither grown nor fetched")
  func entities() throws {
    var bomb = "<!DOCTYPE x [<!ENTITY a0 \"ha\">"
    for level in 1...30 { bomb += "<!ENTITY a\(level) \"&a\(level - 1);&a\(level - 1);\">" }
    bomb += "]>"
    let inside = "<sst><si><t>&a30;</t></si></sst>"
    let outside =
      """
      <?xml version="1.0"?><!-- <x> --><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst><si>\
      <t>&e;</t></si></sst>
      """
    for strings in [bomb + inside, outside] {
      let bytes = workbook(sheet: header(), extra: ["xl/sharedStrings.xml": strings])
      #expect(
        message(Outcome.read(bytes, fields)).contains("has a document type"), "\(message(Outcome.read(bytes, fields)))")
    }
  }

  @Test("Every cut and many a flipped byte end in a message or in rows, never in a crash")
  func hostileBytes() {
    var random = SplitMix(seed: 21)
    let strings = "<si><t>R1</t></si>"
    let whole = workbook(sheet: header() + "<row><c t=\"s\"><v>0</v></c><c><v>1</v></c></row>", strings: strings)
    for _ in 0..<150 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 4..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 1..<(bytes.count - 4), using: &random)) }
      let outcome = Outcome.read(bytes, fields)
      #expect(outcome.error != nil || outcome.rows.count <= 1)
    }
  }

  @Test("The real workbooks of the waiting times", .enabled(if: TestSupport.shared != nil))
  func realWorkbooks() throws {
    let folder = "\(TestSupport.shared ?? "")/data/real/cwt"
    let names = try LocalFiles.list(folder).filter { $0.hasSuffix(".xlsx") }
    #expect(!names.isEmpty)
    for name in names {
      let plan = IntakePlan(
        fields: textFields("ODS Code", "Provider", "Standard"), organisationCode: nil, organisationName: nil)
      do {
        let file = try IntakeTests.open("\(folder)/\(name)", name, plan)
        _ = Outcome.read(file, plan, 4096)
      } catch {
        #expect(error.message.hasPrefix("No header row was found"), "\(error)")
      }
    }
  }

  @Test("A workbook of the sample round: the first sheet is hidden, titles stand above the header")
  func sampleWorkbook() throws {
    let folder = "\(TestSupport.repository)/samples/2016-data-collection"
    let fields =
      textFields("organisation code", "organisation name") + [
        Field(name: "received", label: "Date received", type: .date)
      ]
    let plan = IntakePlan(fields: fields, organisationCode: 0, organisationName: 1)
    let file = try IntakeTests.open("\(folder)/collated/midlands.xlsx", "midlands.xlsx", plan)
    #expect(file.tables[0].sheet == "Replies" && file.tables[0].headerRow == 3)
    let outcome = Outcome.read(file, plan)
    #expect(outcome.error == nil && outcome.rows.count > 10)
    #expect(outcome.rows[0].number == 4 && outcome.rows[0].organisation.hasPrefix("X1G ROYAL VELDERTHORPE"))
    #expect(outcome.rows[0].cells[2].value == "2016-08-17")
    #expect(outcome.forgiven(.titleRows) == "title-rows 2 [1, 2]")
  }
}
