import JSONDocument
import TestSupport
import Testing

@Suite("Places of values")
struct PlaceTests {
  private func parse(_ text: String) throws -> JSONValue {
    try JSONDocument.parse(Array(text.utf8), name: "a.json").root
  }

  @Test func pointersFollowRFC6901() throws {
    // The example of RFC 6901, section 5.
    let root = try parse(
      #"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}"#)
    #expect(
      root.members.map(\.value.pointer)
        == ["/foo", "/", "/a~1b", "/c%d", "/e^f", "/g|h", "/i\\j", "/k\"l", "/ ", "/m~0n"])
    #expect(root.pointer == "" && root["foo"]?[1]?.pointer == "/foo/1")
  }

  @Test func placesAreCountedInLinesCharactersAndBytes() throws {
    let root = try parse("{\n  \"ä\" : [ true,\r\n    {\"x\": null, \"y\":\"é\"}, [], -1.5e3 ],\n\"z\":false}")
    #expect(root.place == JSONPlace(line: 1, column: 1, offset: 0))
    let list = try #require(root["ä"])
    #expect(list.place == JSONPlace(line: 2, column: 9, offset: 11))
    #expect(list.placeOfKey == JSONPlace(line: 2, column: 3, offset: 4))
    #expect(list[0]?.place.description == "2:11")
    #expect(list[1]?["x"]?.place.description == "3:11" && list[1]?["y"]?.place.description == "3:21")
    #expect(list[1]?["y"]?.placeOfKey.description == "3:17")
    #expect(list[2]?.place.description == "3:27" && list[3]?.place.description == "3:31")
    #expect(list[3]?.placeOfKey.description == "3:31")
    #expect(root["z"]?.place.description == "4:5" && root["z"]?.pointer == "/z")
  }

  @Test func sharedConstantsHavePlacesOfTheirOwn() throws {
    let root = try parse(#"[true,{"a":true,"b":[true]},true]"#)
    #expect(root.elements.map(\.pointer) == ["/0", "/1", "/2"])
    #expect(root[1]?["b"]?[0]?.pointer == "/1/b/0" && root[1]?["a"]?.pointer == "/1/a")
    #expect(root[2]?.place.column == 29)
  }

  /// The text at every value's place starts with that value, for generated documents.
  @Test func everyPlaceLeadsBackToItsValue() throws {
    var random = SplitMix(seed: 7)
    for _ in 0..<60 {
      let text = RandomJSON.text(&random)
      let document = try JSONDocument.parse(Array(text.utf8), name: "a")
      func visit(_ value: JSONValue) throws {
        let place = value.place
        let rest = document.bytes[place.offset...]
        switch value.kind {
        case .object: #expect(rest.first == UInt8(ascii: "{"))
        case .array: #expect(rest.first == UInt8(ascii: "["))
        case .string: #expect(rest.first == UInt8(ascii: "\""))
        case .integer: #expect(rest.starts(with: Array(String(value.integer ?? 0).utf8)))
        case .real: #expect(rest.first == UInt8(ascii: "-") || (0x30...0x39).contains(rest.first ?? 0))
        case .boolean: #expect(rest.starts(with: Array((value.boolean == true ? "true" : "false").utf8)))
        case .null: #expect(rest.starts(with: Array("null".utf8)))
        }
        let before = document.bytes[..<place.offset]
        #expect(place.line == before.count(where: { $0 == 0x0A }) + 1)
        for (_, below) in value.members {
          #expect(document.bytes[below.placeOfKey.offset] == UInt8(ascii: "\""))
          try visit(below)
        }
        for below in value.elements { try visit(below) }
      }
      try visit(document.root)
    }
  }

  @Test func linesOfElementsAreThoseOfEachAlone() throws {
    var random = SplitMix(seed: 11)
    for _ in 0..<200 {
      var text = "{\"a\": [1,\n2], \"records\": [\n"
      let count = Int.random(in: 0...6, using: &random)
      for index in 0..<count {
        text += (index > 0 ? ",\n " : "") + RandomJSON.text(&random)
        if Bool.random(using: &random) { text += "\n" }
      }
      let list = try #require(try JSONDocument.parse(Array((text + "]}").utf8), name: "t").root["records"])
      #expect(list.linesOfElements == list.elements.map(\.place.line), "\(text)")
    }
  }
}
