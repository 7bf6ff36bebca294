import JSONDocument
import LocalFiles
import TestSupport
import Testing

/// CEL's test vectors through the command.
@Suite(.enabled(if: TestSupport.shared != nil, "the conformance suites are not here"))
struct EvalBatchTests {
  private static let folder = "\(TestSupport.shared ?? "")/conformance/cel"

  /// Answers of the command to cases, in their order.
  private func answers(_ cases: [JSONValue]) throws -> [JSONValue] {
    var writer = JSONWriter<Never>(.compact)
    for json in cases {
      writer.beginObject()
      for (key, value) in json.members where ["expr", "bindings", "disable_check"].contains(key) {
        writer.key(key)
        writer.value(value)
      }
      writer.endObject()
      writer.endLine()
    }
    let run = try TestSupport.run(
      "\(TestSupport.products)/trustcheck", ["eval", "--batch"], in: "/tmp", input: writer.take())
    #expect(run.exitCode == 0)
    return try run.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
      try JSONDocument.parse(Array($0.utf8), name: "answer").root
    }
  }

  /// A value as text, in one form for the ways in which the notation may be written.
  private func form(_ value: JSONValue) throws -> String {
    let (key, content) = try #require(value.members.first)
    switch key {
    case "list_value": return "[\(try (content["values"]?.elements ?? []).map(form).joined(separator: ","))]"
    case "map_value":
      let entries = try (content["entries"]?.elements ?? []).map {
        "\(try form($0.required("key"))):\(try form($0.required("value")))"
      }
      return "{\(entries.sorted().joined(separator: ","))}"
    case "double_value": return "\(key) \(content.double?.description ?? content.string ?? "")"
    case "bool_value": return "\(key) \(try content.asBoolean())"
    case "null_value": return key
    default: return "\(key) \(try content.asString())"
    }
  }

  @Test func everyCaseComesOutAsItSays() throws {
    var cases: [JSONValue] = []
    for file in try LocalFiles.list(Self.folder) where file.hasSuffix(".json") {
      cases += try JSONDocument.read(path: "\(Self.folder)/\(file)").root.requiredArray("cases")
    }
    let answers = try answers(cases)
    try #require(answers.count == cases.count)
    var unmet: [String] = []
    for (json, answer) in zip(cases, answers) {
      let holds =
        if let expected = json["value"] {
          try answer["value"].map { try form($0) == form(expected) } ?? false
        } else {
          answer["error"] != nil
        }
      if !holds { unmet.append(try json.requiredString("name")) }
    }
    let exceptions = try JSONDocument.read(
      path: "\(TestSupport.repository)/Tests/ExpressionsTests/conformance-exceptions.json"
    ).root.elements.map { try $0.requiredString("name") }
    #expect(unmet == exceptions)
  }
}
