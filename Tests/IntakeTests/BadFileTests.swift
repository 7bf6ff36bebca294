import AuditModel
import Glibc
import LocalFiles
import TestSupport
import Testing

@testable import Intake

@Suite("Files that cannot be read")
struct BadFileTests {
  private let fields = textFields("code", "note")

  private func error(_ bytes: [UInt8], partBytes: Int = 4 << 20, recordBytes: Int = 16 << 20) -> String {
    let outcome = Outcome.read(
      bytes, fields, partBytes: partBytes, headBytes: 64, recordBytes: recordBytes)
    return outcome.error.map { "\($0.subject): \($0.message)" } ?? "none"
  }

  private func error(_ text: String, partBytes: Int = 4 << 20) -> String {
    error(Array(text.utf8), partBytes: partBytes)
  }

  @Test("An empty file, and one of other kinds")
  func otherKinds() {
    #expect(error("") == "file: The file is empty.")
    #expect(error([0xD0, 0xCF, 0x11, 0xE0, 1]) == "file: It is an old Excel workbook (.xls) or one with a password.")
    #expect(error("%PDF-1.7") == "file: It is a PDF.")
    for (bytes, encoding) in [([0x61, 0, 0x62, 0, 0x2C, 0], "UTF-16LE"), ([0, 0x61, 0, 0x62], "UTF-16BE")]
      as [([UInt8], String)]
    {
      let expected = "file: Every other byte is 0, as in \(encoding), but the byte order mark that says so is missing."
      #expect(error(bytes) == expected)
    }
  }

  @Test("No header: the message says where was looked and what was expected, and shows no cell")
  func noHeader() {
    let expected = "Expected headings such as \"code\", \"note\"."
    let patients = "943 476 5919,Ann Example,ann@example.org,1951-02-03\n943 476 5870,Bo Example,,\n"
    #expect(
      error(patients) == "file: No header row was found in the first 2 rows; the first row has 4 cells. \(expected)")
    #expect(
      error("\n,\n7,,\n")
        == "file: No header row was found in the first 3 rows; row 3, the first that is not empty, has 1 cell. "
        + expected
    )
    #expect(error("7,8\n") == "file: No header row was found in the only row; the first row has 2 cells. \(expected)")
    #expect(
      error("\n\n") == "file: No header row was found in the first 2 rows; there is nothing but empty rows. \(expected)"
    )
    #expect(
      error([0xEF, 0xBB, 0xBF]) == "file: No header row was found; there is nothing but empty rows. \(expected)")
    #expect(
      error("[{\"Ann Example\": 1}]")
        == "file: No header row was found: none of the records' 1 key is a known heading. \(expected)")
    #expect(error(String(repeating: "1\n", count: 50)).contains("in the first 30 rows;"))
  }

  @Test("A NUL byte is told with its row, in whatever part it stands", arguments: [2000, 4 << 20])
  func nulByte(partBytes: Int) {
    let head = "code,note\nR1,\"a\nb\"\n"
    #expect(error(head + "R2,\0\n", partBytes: partBytes).hasPrefix("file row 3: There is a NUL byte"))
    let long = head + String(repeating: "R3,some text\n", count: 4000)
    #expect(error(long + "R4,\0\n", partBytes: partBytes).hasPrefix("file row 4003: There is a NUL byte"))
  }

  @Test("A quote that is not closed is told with its row, after the rows before it", arguments: [1, 9, 64, 4 << 20])
  func unclosedQuote(partBytes: Int) {
    let text = "Title\ncode,note\nR1,\"a\nb\"\nR2,x\nR3,\"open\nR4,x\n"
    let outcome = Outcome.read(Array(text.utf8), fields, partBytes: partBytes)
    #expect(outcome.rows.map(\.number) == [3, 4])
    #expect(outcome.error?.subject == "file row 5")
    #expect(outcome.error?.message.contains("never closed") == true)
    #expect(error("code,note\n\"R1", partBytes: partBytes).hasPrefix("file row 2: A double quote"))
  }

  @Test("A record longer than the limit is refused without reading it all", arguments: [10, 100, 4 << 20])
  func longRecord(partBytes: Int) {
    func error(_ length: Int, _ quote: String, _ end: String) -> String {
      let text = "code,note\nR1,x\nR2,\(quote)\(String(repeating: "y", count: length))\(end)"
      return self.error(Array(text.utf8), partBytes: partBytes, recordBytes: 1000)
    }
    // "R2,", the text and the newline.
    #expect(error(996, "", "\nR3,x\n") == "none")
    #expect(error(5000, "", "").hasPrefix("file row 3: A row is longer than"))
    #expect(error(5000, "\"", "").hasPrefix("file row 3: A quoted cell is longer than"))
    if partBytes <= 1000 {
      #expect(error(998, "", "\nR3,x\n").hasPrefix("file row 3: A row is longer than"))
    }
  }

  @Test("A cell of 100 MB is refused, with memory for little more than the longest record")
  func hugeCell() throws {
    try TestSupport.withTemporaryFolder { folder in
      let path = "\(folder)/huge.csv"
      try LocalFiles.write("code,note\nR1,\"", to: path)
      // A hole in the file reads as NUL bytes, so the text is written.
      let descriptor = unsafe Glibc.open(path, O_WRONLY | O_APPEND)
      let chunk = [UInt8](repeating: 0x78, count: 10 << 20)
      for _ in 0..<10 { #expect(unsafe write(descriptor, chunk, chunk.count) == chunk.count) }
      close(descriptor)
      var seen = 0
      let plan = IntakePlan(
        fields: fields, organisationCode: nil, organisationName: nil, partBytes: 1 << 16, headBytes: 1 << 16,
        recordBytes: 1 << 20)
      let error = #expect(throws: IntakeError.self) {
        unsafe try SourceFile.open(path: path, name: "huge.csv", plan: plan) { seen += $0.count }
      }
      #expect(error?.subject == "huge.csv row 2")
      #expect(error?.message == "A quoted cell is longer than 1 MiB: its closing quote is probably missing.")
      #expect(seen < 4 << 20)
    }
  }

  @Test("A folder, a missing file and one that may not be read")
  func notReadable() throws {
    let plan = IntakePlan(fields: fields, organisationCode: nil, organisationName: nil)
    try TestSupport.withTemporaryFolder { folder in
      let asFolder = #expect(throws: IntakeError.self) { try IntakeTests.open(folder, "in", plan) }
      #expect(asFolder?.message == "It is a folder, not a file.")
      let missing = #expect(throws: IntakeError.self) { try IntakeTests.open("\(folder)/no", "no", plan) }
      #expect(missing?.message == "It could not be opened: No such file or directory.")
      try LocalFiles.write("code,note\n", to: "\(folder)/shut")
      unsafe chmod("\(folder)/shut", 0)
      if geteuid() != 0 {
        #expect(throws: IntakeError.self) { try IntakeTests.open("\(folder)/shut", "shut", plan) }
      }
    }
  }

  @Test("A file that becomes shorter while it is read is told")
  func shrinkingFile() throws {
    try TestSupport.withTemporaryFolder { folder in
      let path = "\(folder)/shrinks.csv"
      let text = "code,note\n" + String(repeating: "R1,a note that goes on\n", count: 4000)
      try LocalFiles.write(text, to: path)
      let plan = IntakePlan(
        fields: fields, organisationCode: nil, organisationName: nil, partBytes: 1 << 12, headBytes: 1 << 12)
      let file = try IntakeTests.open(path, "shrinks.csv", plan)
      unsafe truncate(path, 50_000)
      let error = #expect(throws: IntakeError.self) { while try file.nextPart() != nil {} }
      #expect(error?.message.hasPrefix("The file became shorter while it was read") == true)
    }
  }

  @Test("A pipe by its name is refused at once, and so is a device", .timeLimit(.minutes(1)))
  func namedPipe() throws {
    let plan = IntakePlan(fields: fields, organisationCode: nil, organisationName: nil)
    try TestSupport.withTemporaryFolder { folder in
      #expect(unsafe mkfifo("\(folder)/pipe", 0o600) == 0)
      let pipe = #expect(throws: IntakeError.self) { try IntakeTests.open("\(folder)/pipe", "pipe", plan) }
      #expect(pipe?.message == "It is a pipe, not a file.")
      let device = #expect(throws: IntakeError.self) { try IntakeTests.open("/dev/zero", "zero", plan) }
      #expect(device?.message == "It is a device, not a file.")
    }
  }

  @Test("What comes by a descriptor of the program's own is read; a fault is told by byte, since it is gone")
  func ownPipe() throws {
    var ends: [Int32] = [0, 0]
    #expect(unsafe Glibc.pipe(&ends) == 0)
    let text = Array("code,note\nR1,x\nR2,\"open\n".utf8)
    #expect(unsafe write(ends[1], text, text.count) == text.count)
    close(ends[1])
    defer { close(ends[0]) }
    let plan = IntakePlan(
      fields: fields, organisationCode: nil, organisationName: nil, partBytes: 16, headBytes: 16)
    let outcome = Outcome.read(try IntakeTests.open("/dev/fd/\(ends[0])", "pipe", plan), plan)
    #expect(outcome.rows.map(\.texts) == [["R1", "x"]])
    #expect(outcome.error?.subject == "pipe byte 18")
  }

  @Test("Every byte is shown once, in order")
  func bytesSeen() throws {
    try TestSupport.withTemporaryFolder { folder in
      let path = "\(folder)/f.csv"
      let text = "code,note\n" + (0..<2000).map { "R\($0),x\n" }.joined()
      try LocalFiles.write(text, to: path)
      let plan = IntakePlan(fields: fields, organisationCode: nil, organisationName: nil, partBytes: 100)
      var seen: [UInt8] = []
      let file = unsafe try SourceFile.open(path: path, name: "f", plan: plan) { bytes in seen += unsafe Array(bytes) }
      #expect(Outcome.read(file, plan).rows.count == 2000)
      #expect(seen == Array(text.utf8))
    }
  }
}
