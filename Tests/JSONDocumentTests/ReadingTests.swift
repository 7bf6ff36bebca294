import LocalFiles
import TestSupport
import Testing

@testable import JSONDocument

private func parse(_ text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONDocument {
  try JSONDocument.parse(Array(text.utf8), name: "pack.json", limits: limits)
}

/// The error of a text that must be refused.
private func refusal(_ text: String, limits: JSONLimits = JSONLimits()) -> String {
  do {
    _ = try parse(text, limits: limits)
    return "accepted"
  } catch {
    return error.description
  }
}

@Suite("Reading JSON")
struct ReadingTests {
  @Test func valuesOfEveryKindAreRead() throws {
    let root = try parse(
      #"{"o":{},"a":[1,-2],"s":"h\u00e9llo","i":9223372036854775807,"r":2.5,"e":1e2,"t":true,"f":false,"n":null}"#
    ).root
    #expect(root.kind == .object && root.count == 9)
    #expect(root.members.map(\.key) == ["o", "a", "s", "i", "r", "e", "t", "f", "n"])
    #expect(root["o"]?.kind == .object && root["o"]?.count == 0)
    #expect(root["a"]?.elements.map(\.integer) == [1, -2])
    #expect(root["a"]?[1]?.double == -2 && root["a"]?[2] == nil && root["a"]?[-1] == nil)
    #expect(root["s"]?.string == "héllo" && root["s"]?.stringBytes == Array("héllo".utf8))
    #expect(root["i"]?.integer == Int64.max && root["r"]?.integer == nil && root["r"]?.double == 2.5)
    #expect(root["e"]?.kind == .real && root["e"]?.double == 100)
    #expect(root["t"]?.boolean == true && root["f"]?.boolean == false && root["n"]?.isNull == true)
    #expect(root["n"]?.boolean == nil && root["missing"] == nil && root[0] == nil && root["a"]?["x"] == nil)
  }

  @Test func aValueKeepsItsDocumentAlive() throws {
    func inner() throws -> JSONValue? { try parse(#"{"a":[{"b":"kept"}]}"#).root["a"]?[0]?["b"] }
    #expect(try inner()?.string == "kept")
  }

  @Test func membersKeepTextOrderHoweverMany() throws {
    let keys = (0..<500).map { "k\(($0 * 7919) % 500)" }
    let document = try parse("{" + keys.map { "\"\($0)\":1" }.joined(separator: ",") + "}")
    #expect(document.root.members.map(\.key) == keys)
  }

  @Test func nulStandsInStringsAndKeys() throws {
    let document = try parse(#"{"a\u0000b":1,"\ue000":2,"x":{"\u0000":"c\u0000d"}}"#)
    let root = document.root
    #expect(root.members.map(\.key) == ["a\0b", "\u{E000}", "x"])
    #expect(root["a\0b"]?.integer == 1 && root["\u{E000}"]?.integer == 2 && root["a"] == nil)
    #expect(root["x"]?["\0"]?.string == "c\0d")
    #expect(root["x"]?["\0"]?.pointer == "/x/\0")
    #expect(try parse(#"{"a":1}"#).root["a\0b"] == nil)
    #expect(refusal(#"{"a\u0000":1,"a\u0000":2}"#).contains("is given twice"))
  }

  @Test func keysThatOnlyLookAlikeAreApart() throws {
    let root = try parse("{\"e\u{301}\":1,\"\u{e9}\":2}").root
    #expect(root.count == 2)
    #expect(root["\u{e9}"]?.integer == 2 && root["e\u{301}"]?.integer == 1)
  }

  @Test func byteOrderMarkIsSkippedAndCounted() throws {
    let document = try parse("\u{FEFF}{\n\"a\": [1]}")
    #expect(document.hasByteOrderMark)
    #expect(document.root["a"]?.place == JSONPlace(line: 2, column: 6, offset: 10))
    #expect(document.root.place == JSONPlace(line: 1, column: 1, offset: 3))
    #expect(refusal("\u{FEFF}") == "pack.json:1:1: There is nothing here; a JSON value was expected")
  }

  @Test func fileThatCannotBeReadIsAnErrorOfTheFile() throws {
    try TestSupport.withTemporaryFolder { folder in
      let missing = #expect(throws: JSONError.self) { try JSONDocument.read(path: "\(folder)/none.json") }
      #expect(missing?.description == "\(folder)/none.json: No such file or directory")
      let isFolder = #expect(throws: JSONError.self) { try JSONDocument.read(path: folder, shownAs: "the pack") }
      #expect(isFolder?.description == "the pack: It is a folder, not a file")
      try LocalFiles.write("[1, 2, 3]", to: "\(folder)/a.json")
      #expect(try JSONDocument.read(path: "\(folder)/a.json", shownAs: "a.json").root.count == 3)
      let large = #expect(throws: JSONError.self) {
        try JSONDocument.read(path: "\(folder)/a.json", shownAs: "a.json", limits: JSONLimits(bytes: 8))
      }
      #expect(large?.description == "a.json: It is larger than 8 bytes")
    }
  }
}

@Suite("JSON errors")
struct ErrorTests {
  @Test(arguments: [
    ("", "1:1: There is nothing here; a JSON value was expected"),
    ("{\"a\": 1,\n  \"b\": 2,\n  \"a\": 3}", "3:3: The key \"a\" is given twice in one object"),
    ("{\"é\": [1, 2,]}", "1:13: There is a comma with no element after it"),
    ("{\"a\": 1,}", "1:9: There is a comma with no member after it"),
    ("{\"a\" 1}", "1:6: Expected ':' after the key, found '1'"),
    ("{\"a\": 1 \"b\": 2}", "1:9: Expected ',' or '}' after the member, found '\"'"),
    ("[1 2]", "1:4: Expected ',' or ']' after the element, found '2'"),
    ("{a: 1}", "1:2: Expected a key in double quotes, found 'a'"),
    ("{'a': 1}", "1:2: A key stands in double quotes, not in single ones"),
    ("['a']", "1:2: A string stands in double quotes, not in single ones"),
    ("[True]", "1:2: Expected a value, found True; a word is true, false, null, or in double quotes"),
    ("// note\n1", "1:1: Expected a value, found '/'; JSON has no comments"),
    ("[1\n,\n", "3:1: The text ends before the array that opens at 1:1 is closed"),
    ("{\"a\": {\"b\": 1}", "1:15: The text ends before the object that opens at 1:1 is closed"),
    ("{\"a\":", "1:6: The text ends where a value was expected"),
    ("[\"abc", "1:2: The string is not closed"),
    ("[\"abc\n\"]", "1:2: The string is not closed before the end of its line"),
    ("[\"a\tb\"]", "1:4: A control character in a string must be escaped, found U+0009"),
    ("[\"\\x\"]", "1:3: A backslash in a string starts one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX"),
    ("[\"\\u12G4\"]", "1:3: \\u must be followed by four hexadecimal digits"),
    ("[\"\\uD834x\"]", "1:3: The escape is half of a surrogate pair"),
    ("[012]", "1:2: A number does not start with 0 and another digit"),
    ("[1.]", "1:4: Expected a digit after the decimal point, found ']'"),
    ("[-]", "1:3: Expected a digit after '-', found ']'"),
    ("[1e+]", "1:5: Expected a digit in the exponent, found ']'"),
    (
      "[9223372036854775808]",
      "1:2: The integer does not fit 64 bits; write it with a decimal point or as a string"
    ),
    ("[1e400]", "1:2: The number is too large for a double"),
    ("{} {}", "1:4: The value ends before here; nothing may follow it, found '{'"),
    ("[\u{A0}1]", "1:2: Expected a value, found U+00A0"),
  ])
  func textThatIsNotJSONIsExplainedAtItsPlace(text: String, expected: String) {
    #expect(refusal(text) == "pack.json:" + expected)
  }

  @Test func bytesThatAreNoTextAreExplained() {
    func refusal(_ bytes: [UInt8]) -> String? {
      #expect(throws: JSONError.self) { try JSONDocument.parse(bytes, name: "a") }?.description
    }
    #expect(refusal([0x5B, 0x22, 0x61, 0xE9, 0x22, 0x5D]) == "a:1:4: The text is not UTF-8 here, found the byte 0xE9")
    #expect(refusal([0xFF, 0xFE, 0x5B, 0, 0x5D, 0]) == "a:1:1: The text is UTF-16; JSON is UTF-8")
    #expect(refusal([0x5B, 0x31, 0x00, 0x5D]) == "a:1:3: Expected ',' or ']' after the element, found U+0000")
  }

  @Test func nestingIsBoundedBeforeAnythingRecurses() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try parse(nested(128))
    #expect(refusal(nested(129)) == "pack.json:1:129: Objects and arrays are nested more than 128 deep")
    #expect(refusal(String(repeating: "[{\"a\":", count: 1_000_000)).hasSuffix("nested more than 128 deep"))
    _ = try parse(nested(2048), limits: JSONLimits(depth: 2048))
    // Brackets in strings do not count.
    _ = try parse("[\"" + String(repeating: "[\\\"", count: 200) + "\"]")
  }

  /// Every prefix of a text, and every text with one byte changed, is read or explained; none crashes. What jansson
  /// refuses our own walk refuses too, and the other way round.
  @Test func damagedTextsAreAllExplained() {
    let text = Array(
      #"{"a\u00e9": [1, -2.5e3, "x\n\ud834\udd1e"], "b": {"c": null, "d": [true, false]}, "é": ""}"#.utf8)
    var damaged = text.indices.map { Array(text[..<$0]) }
    for at in text.indices {
      for byte in [0x00, 0x20, 0x22, 0x2C, 0x5C, 0x5D, 0x7B, 0x80, 0xFF] as [UInt8] {
        var copy = text
        copy[at] = byte
        damaged.append(copy)
      }
    }
    var refused = 0
    for bytes in damaged {
      let fault = JSONDiagnosis.fault(in: JSONText(bytes))
      do {
        _ = try JSONDocument.parse(bytes, name: "a")
        #expect(fault == nil, "accepted: \(String(decoding: bytes, as: UTF8.self))")
      } catch {
        refused += 1
        #expect(error.message == fault?.message && error.offset == fault?.offset, "\(error)")
      }
    }
    #expect(refused > 500)
  }
}
