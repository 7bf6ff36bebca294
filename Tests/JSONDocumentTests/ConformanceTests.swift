import JSONDocument
import LocalFiles
import TestSupport
import Testing

/// nst/JSONTestSuite: `y_` is accepted, `n_` is refused, and every `i_` is decided here.
@Suite("JSON parsing conformance", .enabled(if: TestSupport.shared != nil, "The shared suites are not here"))
struct JSONConformanceTests {
  /// Our answers where RFC 8259 leaves them open; the reasons stand in the documentation of `JSONDocument`.
  static let decided: [String: Bool] = [
    "i_number_double_huge_neg_exp.json": true,  // Too small for a double: 0.
    "i_number_huge_exp.json": false,
    "i_number_neg_int_huge_exp.json": false,
    "i_number_pos_double_huge_exp.json": false,
    "i_number_real_neg_overflow.json": false,
    "i_number_real_pos_overflow.json": false,
    "i_number_real_underflow.json": true,
    "i_number_too_big_neg_int.json": false,
    "i_number_too_big_pos_int.json": false,
    "i_number_very_big_negative_int.json": false,
    "i_object_key_lone_2nd_surrogate.json": false,
    "i_string_1st_surrogate_but_2nd_missing.json": false,
    "i_string_1st_valid_surrogate_2nd_invalid.json": false,
    "i_string_UTF-16LE_with_BOM.json": false,
    "i_string_UTF-8_invalid_sequence.json": false,
    "i_string_UTF8_surrogate_U+D800.json": false,
    "i_string_incomplete_surrogate_and_escape_valid.json": false,
    "i_string_incomplete_surrogate_pair.json": false,
    "i_string_incomplete_surrogates_escape_valid.json": false,
    "i_string_invalid_lonely_surrogate.json": false,
    "i_string_invalid_surrogate.json": false,
    "i_string_invalid_utf-8.json": false,
    "i_string_inverted_surrogates_U+1D11E.json": false,
    "i_string_iso_latin_1.json": false,
    "i_string_lone_second_surrogate.json": false,
    "i_string_lone_utf8_continuation_byte.json": false,
    "i_string_not_in_unicode_range.json": false,
    "i_string_overlong_sequence_2_bytes.json": false,
    "i_string_overlong_sequence_6_bytes.json": false,
    "i_string_overlong_sequence_6_bytes_null.json": false,
    "i_string_truncated-utf-8.json": false,
    "i_string_utf16BE_no_BOM.json": false,
    "i_string_utf16LE_no_BOM.json": false,
    "i_structure_500_nested_arrays.json": false,  // Past the default nesting limit.
    "i_structure_UTF-8_BOM_empty_object.json": true,
  ]

  private static var folder: String { "\(TestSupport.shared ?? "")/conformance/json-parsing" }

  private static func files(_ prefix: String) -> [String] {
    ((try? LocalFiles.list(folder)) ?? []).filter { $0.hasPrefix(prefix) }
  }

  private func outcome(_ file: String) throws -> Result<JSONDocument, JSONError> {
    let bytes = try LocalFiles.read("\(Self.folder)/\(file)")
    return Result { () throws(JSONError) in try JSONDocument.parse(bytes, name: file) }
  }

  /// Files whose two equal keys make them an error here although the suite accepts them.
  static let duplicateKeys = ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"]

  @Test func everyValidTextIsAcceptedButForDuplicateKeys() throws {
    let files = Self.files("y_")
    #expect(files.count == 95)
    for file in files {
      switch try outcome(file) {
      case .success: #expect(!Self.duplicateKeys.contains(file), "\(file) is accepted")
      case .failure(let error):
        #expect(Self.duplicateKeys.contains(file), "\(error)")
        #expect(error.message.contains("is given twice"), "\(error)")
      }
    }
  }

  @Test func everyInvalidTextIsRefusedWithAPlaceAndOurWords() throws {
    let files = Self.files("n_")
    #expect(files.count == 188)
    for file in files {
      guard case .failure(let error) = try outcome(file) else {
        Issue.record("\(file) is accepted")
        continue
      }
      #expect(error.line >= 1 && error.column >= 1, "\(error)")
      // jansson's own words say "near" or start with a small letter; ours never do.
      #expect(error.message.first?.isUppercase == true || error.message.hasPrefix("\\u"), "\(error)")
    }
  }

  @Test func everyOpenQuestionIsAnsweredAsTheTableSays() throws {
    let files = Self.files("i_")
    #expect(Set(files) == Set(Self.decided.keys))
    for file in files {
      switch try outcome(file) {
      case .success: #expect(Self.decided[file] == true, "\(file) is accepted")
      case .failure(let error): #expect(Self.decided[file] == false, "\(error)")
      }
    }
  }

  @Test func whatIsAcceptedIsWrittenAndReadAgainTheSame() throws {
    for file in Self.files("y_") + Self.files("i_") {
      guard case .success(let document) = try outcome(file) else { continue }
      for style in [JSONStyle.pretty, .compact] {
        var writer = JSONWriter(style)
        writer.value(document.root)
        let again = try JSONDocument.parse(writer.finishedBytes(), name: file)
        #expect(again.root.hasSameContent(as: document.root), "\(file)")
      }
    }
  }
}
