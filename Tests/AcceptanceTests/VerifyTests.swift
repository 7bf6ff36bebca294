import JSONDocument
import LocalFiles
import TestSupport
import Testing

/// The shipped decision table with one row taken out or widened is no longer proved, and the combination is named.
@Suite struct VerifyTests {
  private let table: JSONValue

  init() throws {
    table = try JSONDocument.read(path: "\(TestSupport.repository)/rules/data-collection/status.json").root
  }

  private var rows: [JSONValue] { get throws { try table.required("with").requiredArray("rules") } }

  /// What `rules verify` says of the pack with other rows.
  private func verify(_ rows: [String]) throws -> TestSupport.Run {
    try TestSupport.withTemporaryFolder { folder in
      let source = "\(TestSupport.repository)/rules/data-collection"
      let pack = "\(folder)/data-collection"
      try LocalFiles.makeFolder(pack)
      for name in try LocalFiles.list(source) where name.hasSuffix(".json") {
        try LocalFiles.write(LocalFiles.read("\(source)/\(name)"), to: "\(pack)/\(name)")
      }
      for dimension in try LocalFiles.list(source) where LocalFiles.kind("\(source)/\(dimension)") == .folder {
        try LocalFiles.makeFolder("\(pack)/\(dimension)")
        for name in try LocalFiles.list("\(source)/\(dimension)") {
          try LocalFiles.write(LocalFiles.read("\(source)/\(dimension)/\(name)"), to: "\(pack)/\(dimension)/\(name)")
        }
      }
      let text = try LocalFiles.readText("\(source)/status.json")
      let start = try #require(text.range(of: "\"rules\": ["))
      let end = try #require(text.range(of: "\n    ]", after: start.upperBound))
      try LocalFiles.write(
        text[..<start.upperBound] + rows.joined(separator: ",\n") + text[end.lowerBound...], to: "\(pack)/status.json")
      return try TestSupport.run("\(TestSupport.products)/trustcheck", ["rules", "verify", pack], in: folder)
    }
  }

  private func text(_ value: JSONValue) -> String {
    var writer = JSONWriter<Never>(.compact)
    writer.value(value)
    return String(decoding: writer.finishedBytes(), as: UTF8.self)
  }

  @Test func theTableAsItIsIsProved() throws {
    #expect(try verify(rows.map(text)).exitCode == 0)
  }

  @Test func aRowTakenOutIsMissed() throws {
    for (index, row) in try rows.enumerated() {
      var others = try rows.map(text)
      others.remove(at: index)
      let run = try verify(others)
      #expect(run.exitCode == 2)
      #expect(run.errors.contains("No row takes"), "row \(index + 1): \(run.errors)")
      // A row that would do can be pasted: its first combination is one of the row's own.
      let pasted = try #require(try pastedRow(run.errors), "row \(index + 1): \(run.errors)")
      for (input, word) in try pasted.required("when").members {
        let words = try row.required("when").optionalStringArray(input)
        #expect(try words?.contains(word.requiredFirst) ?? true, "row \(index + 1): \(input)")
      }
      others.append(text(pasted))
      let mended = try verify(others)
      #expect(!mended.errors.contains("both take"), "row \(index + 1): \(mended.errors)")
    }
  }

  @Test func aRowWidenedTakesWhatAnotherTakes() throws {
    for (index, row) in try rows.enumerated() {
      let conditions = try row.required("when").members
      guard let widened = conditions.last else { continue }
      var rows = try rows.map(text)
      let others = conditions.dropLast().map { "\"\($0.key)\": \(text($0.value))" }.joined(separator: ", ")
      rows[index] =
        "{\"when\": {\(others)}, \"status\": \(text(try row.required("status"))), "
        + "\"basis\": \(text(try row.required("basis"))), \"reason\": \"…\"}"
      let run = try verify(rows)
      #expect(run.exitCode == 2, "row \(index + 1) without \(widened.key)")
      #expect(run.errors.contains("both take the combination { \"when\": {"), "row \(index + 1): \(run.errors)")
    }
  }

  /// The first row that an error offers to paste.
  private func pastedRow(_ errors: String) throws -> JSONValue? {
    guard let start = errors.range(of: "{ \"when\""), let end = errors.range(of: "\"…\" }", after: start.lowerBound)
    else { return nil }
    return try JSONDocument.parse(Array(errors[start.lowerBound..<end.upperBound].utf8), name: "row").root
  }
}

extension JSONValue {
  fileprivate var requiredFirst: String { get throws { try asStringArray()[0] } }
}

extension String {
  /// The first place of a text, from a place on.
  fileprivate func range(of text: String, after start: String.Index? = nil) -> Range<String.Index>? {
    self[(start ?? startIndex)...].firstRange(of: text)
  }
}
