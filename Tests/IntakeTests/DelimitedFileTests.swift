import AuditModel
import Columns
import Glibc
import LocalFiles
import TestSupport
import Testing

@testable import Intake

@Suite("Delimited files")
struct DelimitedFileTests {
  private let fields = [
    Field(name: "code", label: "Code", type: .text), Field(name: "count", label: "Count", type: .integer),
    Field(name: "note", label: "Note", type: .text),
  ]

  @Test("Cells, rows and tolerances do not depend on where parts end")
  func partsDoNotMatter() {
    var random = SplitMix(seed: 11)
    let notes = [
      "", "plain", "\"a, b\"", "\"two\nlines\"", "\"said \"\"no\"\"\"", "  spaces ", "a long note of many words",
    ]
    let counts = ["1", "12", "1,234", "", "x", " 7 ", "\"3\"", "12.0"]
    for round in 0..<40 {
      var text = round % 3 == 0 ? "A title\n\nCode,Count,Note\n" : "Code,Count,Note\n"
      let newline = round % 2 == 0 ? "\n" : "\r\n"
      for row in 0..<Int.random(in: 0...60, using: &random) {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: text += newline
        case 1: text += "Total,5\(newline)"
        case 2: text += "R\(row)\(newline)"
        case 3 where round % 4 == 0: text += "Code, Count ,\"Note\"\(newline)"
        case 3: text += "R\(row),1,x,surplus\(newline)"
        case 4: text += "R\(row),1,\"x\"y\(newline)"
        default:
          let count = counts.randomElement(using: &random) ?? ""
          let cell = count.contains(",") ? "\"\(count)\"" : count
          text += "R\(row % 7),\(cell),\(notes.randomElement(using: &random) ?? "")\(newline)"
        }
      }
      if round % 5 == 0, text.hasSuffix(newline) { text.removeLast() }
      if round % 7 == 0 { text += "R1,2,\"open" }
      let whole = Outcome.read(Array(text.utf8), fields, code: 0)
      for partBytes in [1, 2, 7, 16, 33, 64, 100, 1000] {
        let parts = Outcome.read(Array(text.utf8), fields, partBytes: partBytes, code: 0, capacity: 5)
        #expect(parts == whole, "round \(round), parts of \(partBytes)")
      }
    }
  }

  @Test("Rows are numbered as a spreadsheet shows them")
  func rowNumbers() {
    let outcome = Outcome.read(
      "Return of 2016\n\nCode,Count,Note\nR1,1,\"a\nb\nc\"\n\nR2,2,x\nTotal,3,\nR3,1,y\n", fields, code: 0)
    #expect(outcome.rows.map(\.number) == [4, 6, 8])
    #expect(outcome.rows[0].cells[2].text == "a\nb\nc")
    #expect(outcome.forgiven == ["title-rows 1 [1]", "total-row 1 [7]", "blank-row 1 [5]"])
    #expect(outcome.rows.map(\.organisation) == ["R1", "R2", "R3"])
  }

  @Test("Ragged rows are read: missing cells are blank, surplus ones are noted when they hold something")
  func raggedRows() {
    let outcome = Outcome.read("code,count,note\nR1\nR2,2,x,\nR3,3,y,more\nR4,4,z\n", fields)
    #expect(outcome.rows.map(\.texts) == [["R1", "", ""], ["R2", "2", "x"], ["R3", "3", "y"], ["R4", "4", "z"]])
    #expect(outcome.forgiven == ["short-row 1 [2]", "long-row 1 [4]"])
  }

  @Test("A row of separators and spaces alone is empty")
  func emptyRows() {
    let outcome = Outcome.read("code,count,note\n,,\n  ,\" \",\u{A0}\nR1,1,\n,,,surplus\n", fields)
    #expect(outcome.rows.map(\.number) == [4, 5])
    #expect(outcome.forgiven == ["blank-row 2 [2, 3]", "long-row 1 [5]"])
  }

  @Test("A row of totals has its word in the name, the first cell or the code")
  func totals() {
    let fields = textFields("code", "name", "note")
    let text =
      "code,name,note\nR1,Total Care,x\n,Totals,x\nGrand  total,,\nTOTAL,,x\n,,total\n, England ,x\nR2,Total,\n"
    let outcome = Outcome.read(Array(text.utf8), fields, code: 0, name: 1, totals: ["england", "Grand  total"])
    #expect(outcome.rows.map(\.number) == [2, 8])
    #expect(outcome.forgiven(.totalRow) == "total-row 5 [3, 4, 5]")
    #expect(Outcome.read(Array(text.utf8), fields).rows.count == 7)
  }

  @Test("The header in the middle of the file is passed over, a record that begins like it is not")
  func repeatedHeader() {
    let text =
      "code (1),Extra,count,note\nR1,,1,x\ncode (1),Extra,count,note\nR2,,2,y\n\" code (1) \",,count,note\n"
      + "code (1),,3,note\ncode,Extra,count,note\n"
    let outcome = Outcome.read(text, fields, code: 0)
    #expect(outcome.rows.map(\.number) == [2, 4, 6, 7])
    #expect(outcome.rows.map { $0.cells[0].text } == ["R1", "R2", "code (1)", "code"])
    #expect(outcome.forgiven(.repeatedHeader) == "repeated-header 2 [3, 5]")
    #expect(Outcome.read("[{\"code\": \"code\"}]", fields).rows.count == 1)
  }

  @Test(
    "Every line ending and delimiter gives the same cells", arguments: ["\n", "\r\n", "\r"], [",", ";", "\t", "|"])
  func dialects(newline: String, delimiter: String) {
    let lines = [["code", "count", "note"], ["R1", "1", "\"a\(delimiter)b\""], ["R2", "2", "c"]]
    let text = lines.map { $0.joined(separator: delimiter) }.joined(separator: newline) + newline
    let outcome = Outcome.read(text, fields)
    #expect(outcome.rows.map(\.texts) == [["R1", "1", "a\(delimiter)b"], ["R2", "2", "c"]])
    #expect(outcome.rows.map(\.number) == [2, 3])
    #expect((outcome.forgiven(.delimiter) == nil) == (delimiter == ","))
    #expect((outcome.forgiven(.carriageReturns) == nil) == (newline != "\r"))
  }

  @Test("A byte order mark before a quoted heading is passed over")
  func byteOrderMark() {
    let outcome = Outcome.read("\u{FEFF}\"Code\",\"Count\",Note\nR1,1,x\n", fields)
    #expect(outcome.rows.map(\.texts) == [["R1", "1", "x"]])
    #expect(outcome.forgiven == ["byte-order-mark 1 []"])
  }

  @Test("A delimiter and headings that the round gives win over the look")
  func settings() throws {
    var settings = SourceSettings()
    settings.delimiter = ":"
    settings.columns = ["How many?": .field("count")]
    let outcome = Outcome.read(Array("code:How many?\nR1:5\n".utf8), fields, settings: settings)
    #expect(outcome.rows.map(\.texts) == [["R1", "5", ""]])
  }

  @Test("A header of more columns than a row of the first look is read whole")
  func wideHeader() {
    let headings = (0..<3000).map { "c\($0)" } + ["note", "code"]
    let cells = (0..<3000).map(String.init) + ["last but one", "R1"]
    let text = headings.joined(separator: ",") + "\n" + cells.joined(separator: ",") + "\n"
    let outcome = Outcome.read(text, fields)
    #expect(outcome.rows.map(\.texts) == [["R1", "", "last but one"]])
    #expect(outcome.forgiven.isEmpty)
  }

  @Test("Header only gives no rows, with or without a newline", arguments: ["code,count,note", "code,count,note\n"])
  func headerOnly(text: String) throws {
    let outcome = Outcome.read(text, fields)
    #expect(outcome.rows.isEmpty && outcome.error == nil)
  }

  @Test("What the file says of itself")
  func facts() throws {
    let plan = IntakePlan(fields: fields, organisationCode: 0, organisationName: nil)
    let text = "Title\nCODE (1);Extra;count;Count\nR1;x;2;3\n"
    let file = try SourceFile.open(bytes: Array(text.utf8), name: "f.csv", plan: plan)
    #expect(file.format == .csv && file.encoding == "UTF-8" && file.delimiter == ";" && file.tables[0].headerRow == 2)
    #expect(file.tables[0].columns.map(\.heading) == ["CODE (1)", "Extra", "count", "Count"])
    #expect(file.tables[0].columns.map(\.field) == [0, nil, 1, nil])
    #expect(file.tables[0].columns.map(\.isRepeated) == [false, false, false, true])
    #expect(file.tables[0].missingFields == [2])
  }

  @Test("The columns of one file say nothing about those of the next")
  func readerIsUsedAgain() throws {
    let plan = IntakePlan(fields: fields, organisationCode: 0, organisationName: nil)
    let reader = PartReader(plan)
    let batch = Batch(types: fields.map(\.type), capacity: 8)
    for (text, present) in [
      ("code,count,note\nR1,1,x\nR2,2,y\n", [true, true, true]), ("note,code\nz,R9\n", [true, false, true]),
    ] {
      let file = try SourceFile.open(bytes: Array(text.utf8), name: "f", plan: plan)
      let part = try #require(try file.nextPart())
      reader.start(part)
      #expect(reader.nextBatch(into: batch))
      #expect(batch.columns.map(\.isPresent) == present)
      for column in batch.columns {
        for row in batch.count..<8 { #expect(column.kinds[row] == 0 && column.texts[row].low == 0) }
        #expect(column.valueBits[0] >> UInt64(batch.count) == 0)
      }
      #expect(!reader.nextBatch(into: batch))
      #expect(batch.count == 0 && reader.subjects.count == batch.capacity / 8 + (present[1] ? 1 : 0))
    }
  }
}
