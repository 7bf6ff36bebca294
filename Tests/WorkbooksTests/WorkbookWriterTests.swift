import Intake
import LocalFiles
import TestSupport
import Testing
import Workbooks

@Suite struct WorkbookWriterTests {
  private func rows(_ path: String) throws -> [String: [[String]]] {
    var rows: [String: [[String]]] = [:]
    try FileCells.read(path: path, name: "book") { sheet, _, cells in rows[sheet?.name ?? "", default: []].append(cells)
    }
    return rows
  }

  @Test func textsStayTexts() throws {
    try TestSupport.withTemporaryFolder { folder in
      let path = "\(folder)/book.xlsx"
      let texts = ["=1+1", "@SUM(A1)", "<b>&amp;</b>", "https://example.org", "007", "\u{202E}x", "{=1}", "a\nb"]
      let writer = try WorkbookWriter(path, title: "t")
      let sheet = writer.addSheet("A/B:[1]", widths: [10])
      let again = writer.addSheet("a/b:[1]")
      for (index, text) in texts.enumerated() { writer.write(text, sheet, row: index + 1, column: 1, style: .error) }
      writer.write(42, again, row: 1, column: 1)
      writer.comment("=cmd", sheet, row: 1, column: 1)
      writer.choices(["yes", "no"], sheet, rows: 1...3, column: 2)
      try writer.finish()
      let read = try rows(path)
      #expect(read["A-B--1-"]?.map { $0[0] } == texts.map { $0.replacing("\u{202E}", with: "\\u{202E}") })
      #expect(read["a-b--1- (2)"] == [["42"]])
      #expect(try LocalFiles.list(folder) == ["book.xlsx"])
    }
  }

  @Test func slashWithAnAccentIsNoneInTheNameOfASheet() throws {
    try TestSupport.withTemporaryFolder { folder in
      let path = "\(folder)/book.xlsx"
      let writer = try WorkbookWriter(path, title: "t")
      let sheet = writer.addSheet("A/\u{301}B[\u{301}")
      writer.write("x", sheet, row: 1, column: 1)
      try writer.finish()
      #expect(try rows(path).keys.first?.unicodeScalars.elementsEqual("A-\u{301}B-\u{301}".unicodeScalars) == true)
    }
  }

  @Test func tooLongATextIsCutAndSaysSo() throws {
    try TestSupport.withTemporaryFolder { folder in
      let writer = try WorkbookWriter("\(folder)/book.xlsx", title: "t")
      let sheet = writer.addSheet("A")
      writer.write(String(repeating: "😀", count: 40_000), sheet, row: 1, column: 1)
      try writer.finish()
      let text = try rows("\(folder)/book.xlsx")["A"]?[0][0] ?? ""
      #expect(text.hasSuffix("… (cut)") && text.utf16.count <= WorkbookWriter.textLimit && text.utf16.count > 20_000)
    }
  }

  @Test func nothingIsLeftOfAWorkbookThatWasNotFinished() throws {
    try TestSupport.withTemporaryFolder { folder in
      try LocalFiles.write("old", to: "\(folder)/book.xlsx")
      do {
        let writer = try WorkbookWriter("\(folder)/book.xlsx", title: "t")
        _ = writer.addSheet("A")
      }
      #expect(try LocalFiles.list(folder) == ["book.xlsx"])
      #expect(try LocalFiles.readText("\(folder)/book.xlsx") == "old")
      #expect(throws: FileError.self) { _ = try WorkbookWriter("\(folder)/nowhere/book.xlsx", title: "t") }
      #expect(throws: FileError.self) { _ = try WorkbookWriter(folder, title: "t") }
    }
  }
}
