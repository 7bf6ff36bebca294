import Columns
import JSONDocument
import LocalFiles
import TestSupport
import Testing

@testable import Intake

@Suite("Cutting text into records and cells")
struct TokenizerTests {
  /// The cells of bytes that stand between others, which must not be taken for theirs.
  private func cells(_ bytes: [UInt8], _ dialect: Dialect) -> [[String]] {
    let around: [UInt8] = [dialect.delimiter, Dialect.quote, dialect.newline]
    let block = ByteBlock(around + bytes + around)
    var tokenizer = Tokenizer(block, range: 3..<(3 + bytes.count), dialect: dialect)
    var room = UnsafeMutableBufferPointer<TextView>.allocate(capacity: 2)
    defer { unsafe room.deallocate() }
    var rows: [[String]] = []
    while let row = unsafe tokenizer.nextTexts(&room) { rows.append(row) }
    return rows
  }

  /// Text of the bytes that make trouble, in any order.
  private func hostile(_ random: inout SplitMix, _ dialect: Dialect, length: ClosedRange<Int>) -> [UInt8] {
    let count = Int.random(in: length, using: &random)
    let plain: [UInt8] = [0x61, 0x62, 0x0D, 0x20]
    let shape = Int.random(in: 0..<3, using: &random)
    return (0..<count).map { _ in
      switch Int.random(in: 0..<10, using: &random) {
      case 0: dialect.delimiter
      case 1: dialect.newline
      case 2 where shape > 0: 0x22
      case 3 where shape > 1: 0x22
      default: plain.randomElement(using: &random) ?? 0x61
      }
    }
  }

  @Test("Random text is cut as a slow reader cuts it", arguments: [UInt8(ascii: ","), 0x09])
  func sameAsSlowReader(delimiter: UInt8) {
    var random = SplitMix(seed: 20_160_921 + UInt64(delimiter))
    for round in 0..<1500 {
      let newline: UInt8 = round % 4 == 0 ? 0x0D : 0x0A
      let dialect = Dialect(Unicode.Scalar(delimiter), newline: newline)
      let bytes = hostile(&random, dialect, length: 0...(round % 3 == 0 ? 300 : 24))
      let slow = SlowRecords(bytes, delimiter: delimiter, newline: newline)
      if slow.isUnclosed { continue }
      let expected = slow.records.map { $0.map { String(decoding: $0, as: UTF8.self) } }
      #expect(cells(bytes, dialect) == expected, "\(bytes)")
    }
  }

  @Test("Records are cut where a slow reader ends them, however the bytes are cut")
  func splitter() {
    var random = SplitMix(seed: 5)
    for round in 0..<1500 {
      let dialect = Dialect(",", newline: round % 4 == 0 ? 0x0D : 0x0A)
      let bytes = hostile(&random, dialect, length: 1...(round % 2 == 0 ? 400 : 20))
      let block = ByteBlock(bytes)
      let cut = RecordSplitter(dialect: dialect).cut(block, 0..<bytes.count)
      let slow = SlowRecords(bytes, delimiter: 0x2C, newline: dialect.newline)
      #expect((cut.openQuote != nil) == slow.isUnclosed, "\(bytes)")
      if let quote = cut.openQuote {
        var counter = RowCounter(dialect)
        for byte in bytes[..<quote] { counter.pass(byte) }
        #expect(counter.row == slow.unclosedRow, "\(bytes)")
      }
      let head = SlowRecords(Array(bytes[..<(cut.end ?? 0)]), delimiter: 0x2C, newline: dialect.newline)
      #expect(!head.isUnclosed)
      #expect(
        head.records.count == slow.records.count - (slow.isUnclosed || bytes.count == cut.end ? 0 : 1), "\(bytes)")
    }
  }

  @Test("A text longer than one stretch of marks is read on")
  func manyStretches() {
    let row = "one,\"two \"\"2\"\"\",three\n"
    let bytes = Array(String(repeating: row, count: 5000).utf8)
    let rows = cells(bytes, Dialect(",", newline: 0x0A))
    #expect(rows.count == 5000)
    #expect(rows.allSatisfy { $0 == ["one", "two \"2\"", "three"] })
    let long = Array(("\"" + String(repeating: "x,\n", count: 40_000) + "\",y").utf8)
    let cell = cells(long, Dialect(",", newline: 0x0A))
    #expect(cell.count == 1 && cell[0].count == 2 && cell[0][0].utf8.count == 120_000 && cell[0][1] == "y")
    let plain = [UInt8](repeating: 0x61, count: 100_000)
    #expect(cells(plain + [0x2C], Dialect(",", newline: 0x0A)).map(\.count) == [2])
  }

  @Test("The suite csv-spectrum", .enabled(if: TestSupport.shared != nil))
  func csvSpectrum() throws {
    let folder = "\(TestSupport.shared ?? "")/conformance/csv-spectrum"
    let names = try LocalFiles.list("\(folder)/csvs")
    #expect(names.count >= 12)
    for name in names {
      let root = try JSONDocument.read(path: "\(folder)/json/\(name.dropLast(4)).json").root
      let expected = root.kind == .array ? root.elements : [root]
      let rows = try DelimitedText.rows(of: LocalFiles.read("\(folder)/csvs/\(name)"), name: name)
      #expect(rows.count == expected.count + 1, "\(name)")
      for (row, record) in zip(rows.dropFirst(), expected) {
        #expect(row.count == record.members.count, "\(name)")
        // The suite's answer for this file is of another telephone number.
        for (heading, cell) in zip(rows[0], row) where heading != "Contact Phone Number" {
          #expect(record[heading]?.string == cell, "\(name)")
        }
      }
    }
  }
}

@Suite("The look of a file")
struct DialectTests {
  private func sniff(_ text: String) throws -> Dialect {
    let block = ByteBlock(Array(text.utf8))
    return try TextSniffer(block, name: "file", isWhole: true, settings: SourceSettings()).delimited().dialect
  }

  @Test("The delimiter is the one that cuts rows alike")
  func delimiters() throws {
    #expect(try sniff("a,b,c\n1,2,3\n").delimiter == UInt8(ascii: ","))
    #expect(try sniff("a;b;c\n1,5;2,5;3,5\n1;2;3\n").delimiter == UInt8(ascii: ";"))
    #expect(try sniff("a\tb\n1,2,3\t4\n").delimiter == 0x09)
    #expect(try sniff("a|b\n1|2\n").delimiter == UInt8(ascii: "|"))
    #expect(try sniff("\"a;b\",\"c;d\"\n\"1;2\",3\n").delimiter == UInt8(ascii: ","))
    #expect(try sniff("one\ntwo\n").delimiter == UInt8(ascii: ","))
  }

  @Test("Line feeds inside quoted cells do not hide that lines end in carriage returns")
  func newlines() throws {
    #expect(try sniff("a,b\r\"one\ntwo\",3\r").newline == 0x0D)
    #expect(try sniff("a,b\r\n1,2\r\n").newline == 0x0A)
    #expect(try sniff("a,\"b\rc\"\n1,2\n").newline == 0x0A)
    #expect(try sniff("a,b").newline == 0x0A)
  }
}
