import JSONDocument
import LocalFiles
import TestSupport
import Testing

@testable import Expressions

/// What of CEL's own test vectors the language already covers: every expression parses, and literals have their values.
@Suite(.enabled(if: TestSupport.shared != nil, "the conformance suites are not here"))
struct ConformanceTests {
  private static let folder = "\(TestSupport.shared ?? "")/conformance/cel"

  /// Cases that must not parse as CEL, or that use syntax a later part of the language adds.
  private func isOutside(_ source: String) -> Bool {
    source.contains(".?") || source.contains("[?") || source.contains("{?")
  }

  @Test func everyExpressionParses() throws {
    var count = 0
    for name in try LocalFiles.list(Self.folder) where name.hasSuffix(".json") {
      let suite = try JSONDocument.read(path: "\(Self.folder)/\(name)").root
      for test in try suite.requiredArray("cases") where test["eval_error"] == nil {
        let source = try test.requiredString("expr")
        guard !isOutside(source), test["disable_macros"] == nil else { continue }
        count += 1
        do {
          _ = try Parser.parse(source)
        } catch {
          Issue.record("\(name): \(source): \(error)")
        }
      }
    }
    #expect(count > 900)
  }

  @Test func literalsHaveTheirValues() throws {
    var count = 0
    for name in ["basic.json", "parse.json"] {
      for test in try JSONDocument.read(path: "\(Self.folder)/\(name)").root.requiredArray("cases") {
        let source = try test.requiredString("expr")
        // Its value has a backslash that its expression has not.
        if source.hasPrefix("b''' ? ") { continue }
        guard let expected = test["value"], case .literal(let value) = try Parser.parse(source).form else { continue }
        count += 1
        #expect(matches(value, expected), "\(source)")
      }
    }
    #expect(count > 100)
  }

  private func matches(_ value: Value, _ expected: JSONValue) -> Bool {
    switch value {
    case .null: expected["null_value"]?.isNull == true
    case .bool(let value): expected["bool_value"]?.boolean == value
    case .int(let value): expected["int64_value"]?.string == String(value)
    case .uint(let value): expected["uint64_value"]?.string == String(value)
    case .double(let value): expected["double_value"]?.double == value
    case .string(let text): expected["string_value"]?.stringBytes == Array(text.utf8)
    case .bytes(let bytes): expected["bytes_value"]?.string == base64(bytes)
    default: false
    }
  }

  private func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    return stride(from: 0, to: bytes.count, by: 3).map { start in
      let group = bytes[start..<min(start + 3, bytes.count)]
      let word = (0..<3).reduce(0) { $0 << 8 | ($1 < group.count ? Int(group[start + $1]) : 0) }
      let digits = (0..<4).map { $0 <= group.count ? letters[word >> (18 - 6 * $0) & 63] : "=" }
      return String(digits)
    }.joined()
  }
}
