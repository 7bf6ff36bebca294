import AuditModel
import Columns
import TestSupport
import Testing

@testable import Intake

@Suite("Encodings")
struct EncodingTests {
  private let fields = textFields("code", "note")

  private func bytes(_ parts: [UInt8]...) -> [UInt8] { parts.flatMap { $0 } }
  private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test("Text that is not UTF-8 is read as Windows-1252 and said to be", arguments: [1, 10, 4 << 20])
  func windows(partBytes: Int) {
    let content = bytes(
      text("code,note\nR1,caf"), [0xE9], text("\nR2,"), [0x93], text("quoted"), [0x94, 0x80], text("\nR3,\"a"), [0xA0],
      text("\"\n"))
    let outcome = Outcome.read(content, fields, partBytes: partBytes)
    #expect(outcome.rows.map(\.texts) == [["R1", "café"], ["R2", "“quoted”€"], ["R3", "a"]])
    #expect(outcome.forgiven == ["windows-1252 1 []", "outer-spaces 1 [4]"])
  }

  @Test("A Windows-1252 letter at the very end is not taken for the start of a UTF-8 character")
  func atTheEnd() {
    #expect(Outcome.read(bytes(text("code,note\nR1,caf"), [0xE9]), fields).rows.map(\.texts) == [["R1", "café"]])
  }

  @Test("Headings in Windows-1252 are recognised")
  func headings() {
    let field = Field(name: "cafe", label: "Café", type: .text)
    let outcome = Outcome.read(bytes(text("code,Caf"), [0xE9], text("\nR1,x\n")), fields + [field])
    #expect(outcome.rows.map(\.texts) == [["R1", "", "x"]])
  }

  @Test("A byte that Windows-1252 does not have makes its cell unreadable")
  func notAssigned() {
    let outcome = Outcome.read(bytes(text("code,note\nR1,a"), [0x81], text("b\nR2,"), [0xE9], text("\n")), fields)
    #expect(outcome.rows[0].cells[1] == .init(.invalid, "a\u{FFFD}b"))
    #expect(outcome.rows[1].cells[1] == .init(.value, "é"))
    #expect(outcome.forgiven == ["windows-1252 1 []", "invalid-characters 1 [2]"])
  }

  @Test("Bytes that are no UTF-8 in a file that begins as UTF-8 make their cells unreadable")
  func lateFault() {
    let many = String(repeating: "R1,naïve\n", count: 50)
    let long = [UInt8](repeating: 0x78, count: 30)
    let content = bytes(
      text("code,note\n" + many + "R2,caf"), [0xE9], text("\nR3,"), long, [0xFF], text(",\n"), [0xC3],
      text(",ok\nR4,\"a\"\""), [0xE9],
      long, text("\"\n"))
    let outcome = Outcome.read(content, fields, partBytes: 100, headBytes: 256, code: 0)
    let rows = outcome.rows.suffix(4)
    let tail = String(decoding: long, as: UTF8.self)
    #expect(
      rows.map { $0.cells[1] } == [
        .init(.invalid, "caf\u{FFFD}"), .init(.invalid, tail + "\u{FFFD}"), .init(.value, "ok"),
        .init(.invalid, "a\"\u{FFFD}" + tail),
      ])
    #expect(rows.map { $0.cells[0].kind } == [.value, .value, .invalid, .value])
    #expect(rows.map(\.organisation) == ["R2", "R3", "\u{FFFD}", "R4"])
    #expect(outcome.forgiven(.invalidCharacters) == "invalid-characters 4 [52, 53, 54]")
  }

  @Test("Long names that are no text are one organisation when they are the same")
  func longFaultyNames() throws {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let name = bytes(text("A trust with a long name "), [0xE9])
    let content = bytes(mark, text("code,note\n"), name, text(",x\n"), name, text(",y\nOther,z\n"), name, text(",x\n"))
    let plan = IntakePlan(fields: fields, organisationCode: nil, organisationName: 0)
    let file = try SourceFile.open(bytes: content, name: "f", plan: plan)
    let reader = PartReader(plan)
    reader.start(try #require(try file.nextPart()))
    let batch = Batch(types: fields.map(\.type))
    #expect(reader.nextBatch(into: batch))
    #expect((0..<4).map { batch.submissions[$0] } == [0, 0, 1, 0])
    #expect(reader.subjects.map(\.name) == ["A trust with a long name \u{FFFD}", "Other"])
  }

  @Test("Well-formed UTF-8 is what the standard library takes without repair")
  func validity() {
    var random = SplitMix(seed: 4)
    let leads: [UInt8] = [
      0x41, 0x7F, 0x80, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xA0, 0x9F, 0xED, 0xEF, 0xF0, 0x90, 0x8F, 0xF4, 0xF5, 0xFF,
    ]
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...12, using: &random)).map { _ in leads.randomElement(using: &random) ?? 0 }
      let isValid = unsafe bytes.withUnsafeBytes { unsafe UTF8Check.isValid($0) }
      #expect(isValid == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
    }
  }

  @Test("All bytes of Windows-1252")
  func allBytes() {
    let decoded = Windows1252.decoded(ByteBlock((0...255).map(UInt8.init)), 0..<256)
    let text = Array(String(decoding: decoded.block.bytes(0..<decoded.block.count), as: UTF8.self).unicodeScalars)
    #expect(text.count == 256 && decoded.hasFault)
    #expect(
      text[0x41] == "A" && text[0x80] == "€" && text[0x9F] == "Ÿ" && text[0x81] == "\u{FFFD}" && text[0xFF] == "ÿ")
    #expect(text.filter { $0 == "\u{FFFD}" }.count == 5)
  }
}

extension Outcome.Cell {
  /// A cell of text.
  fileprivate init(_ kind: CellKind, _ text: String) {
    self.init(kind: kind, text: text, value: "")
  }
}
