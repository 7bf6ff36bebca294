import JSONDocument
import LocalFiles
import TestSupport
import Testing

@Suite("Writing JSON")
struct WriterTests {
  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func sample(_ style: JSONStyle) -> String {
    var writer = JSONWriter(style)
    writer.beginObject()
    writer.member("z", "first")
    writer.member("a", 1)
    writer.key("list")
    writer.beginArray()
    writer.double(0.1)
    writer.null()
    writer.beginObject()
    writer.endObject()
    writer.beginArray()
    writer.endArray()
    writer.endArray()
    writer.member("yes", true)
    writer.member("half", 2.0)
    writer.endObject()
    return text(writer.finishedBytes())
  }

  @Test func prettyHasTwoSpacesAndKeysInTheOrderWritten() {
    #expect(
      sample(.pretty) == """
        {
          "z": "first",
          "a": 1,
          "list": [
            0.1,
            null,
            {},
            []
          ],
          "yes": true,
          "half": 2.0
        }

        """)
  }

  @Test func compactIsOneLine() {
    #expect(sample(.compact) == #"{"z":"first","a":1,"list":[0.1,null,{},[]],"yes":true,"half":2.0}"# + "\n")
  }

  @Test func specialCharactersAreEscaped() {
    var writer = JSONWriter(.compact)
    writer.string("\"\\/\u{8}\u{C}\n\r\t\u{1}\u{1F}\u{7F}é\u{2028}\u{2029}\u{2027}\u{1F600}")
    let written = text(writer.finishedBytes())
    #expect(written == "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\u{7F}é\\u2028\\u2029\u{2027}\u{1F600}\"\n")
  }

  @Test func bytesThatAreNotUTF8AreReplaced() throws {
    var writer = JSONWriter(.compact)
    writer.string(bytes: [0x61, 0xE9, 0x62, 0xE2, 0x80])
    let written = text(writer.finishedBytes())
    #expect(written == "\"a\u{FFFD}b\u{FFFD}\"\n")
  }

  @Test func jsonLinesStandOneToALine() {
    var writer = JSONWriter(.compact)
    for value in 1...3 {
      writer.integer(value)
      writer.endLine()
    }
    let written = text(writer.finishedBytes())
    #expect(written == "1\n2\n3\n")
  }

  @Test func everyStringReadsBackTheSame() throws {
    var random = SplitMix(seed: 1)
    var writer = JSONWriter(.pretty)
    var written: [String] = []
    writer.beginArray()
    for _ in 0..<5000 {
      let string = RandomJSON.string(&random)
      written.append(string)
      writer.string(string)
    }
    writer.endArray()
    let root = try JSONDocument.parse(writer.finishedBytes(), name: "strings").root
    #expect(root.count == written.count)
    for (value, string) in zip(root.elements, written) {
      #expect(value.stringBytes == Array(string.utf8))
    }
  }

  @Test func everyStringReadsBackAsAKey() throws {
    var random = SplitMix(seed: 2)
    for _ in 0..<300 {
      let key = RandomJSON.string(&random)
      var writer = JSONWriter(.compact)
      writer.beginObject()
      writer.member(key, 1)
      writer.endObject()
      let root = try JSONDocument.parse(writer.finishedBytes(), name: "key").root
      #expect(root.members.map { Array($0.key.utf8) } == [Array(key.utf8)])
      #expect(root[key]?.integer == 1)
    }
  }

  @Test func everyDoubleReadsBackToTheSameBits() throws {
    var random = SplitMix(seed: 3)
    var doubles = [0.0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1e16, 1e-7, 100, 0.1 + 0.2]
    for _ in 0..<5000 { doubles.append(RandomJSON.double(&random)) }
    var writer = JSONWriter(.compact)
    writer.beginArray()
    for value in doubles { writer.double(value) }
    writer.endArray()
    let root = try JSONDocument.parse(writer.finishedBytes(), name: "doubles").root
    #expect(root.elements.allSatisfy { $0.kind == .real })
    #expect(root.elements.map { $0.double?.bitPattern } == doubles.map(\.bitPattern))
  }

  @Test func documentsReadBackTheSame() throws {
    var random = SplitMix(seed: 4)
    for _ in 0..<200 {
      let document = try JSONDocument.parse(Array(RandomJSON.text(&random).utf8), name: "a")
      var writer = JSONWriter(.pretty)
      writer.value(document.root)
      let bytes = writer.finishedBytes()
      let again = try JSONDocument.parse(bytes, name: "b")
      #expect(again.root.hasSameContent(as: document.root))
      var second = JSONWriter(.pretty)
      second.value(again.root)
      let bytesAgain = second.finishedBytes()
      #expect(bytesAgain == bytes)
    }
  }

  @Test func integersOfEverySizeAreWritten() throws {
    var writer = JSONWriter(.compact)
    writer.beginArray()
    writer.integer(Int64.min)
    writer.integer(Int64.max)
    writer.integer(UInt8(200))
    writer.endArray()
    let written = text(writer.finishedBytes())
    #expect(written == "[-9223372036854775808,9223372036854775807,200]\n")
  }

  @Test func sinkGetsTheSameBytesInParts() throws {
    final class Parts { var all: [[UInt8]] = [] }
    let parts = Parts()
    var writer = JSONWriter<Never>(.compact, sink: { parts.all.append($0) })
    var whole = JSONWriter(.compact)
    writer.beginArray()
    whole.beginArray()
    for index in 0..<20_000 {
      writer.string("organisation \(index)")
      whole.string("organisation \(index)")
    }
    writer.endArray()
    whole.endArray()
    writer.finish()
    #expect(parts.all.count > 3)
    let expected = whole.finishedBytes()
    #expect(Array(parts.all.joined()) == expected)
  }

  @Test func sinkThatFailsStopsTheWriter() throws {
    let refusing = FileError(path: "out", reason: "No space left on device")
    let error = #expect(throws: FileError.self) {
      var writer = JSONWriter(.compact, sink: { (_: [UInt8]) throws(FileError) in throw refusing })
      try writer.beginArray()
      for _ in 0..<10_000 { try writer.string("0123456789") }
      try writer.endArray()
      try writer.finish()
    }
    #expect(error == refusing)
  }
}
