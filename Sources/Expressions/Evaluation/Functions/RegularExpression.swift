import CRE2

/// An RE2 regular expression, compiled; several threads may match with it at once.
///
/// The sendability is RE2's: matching does not change the pattern as seen from outside.
@safe
final class RegularExpression: @unchecked Sendable {
  private let pattern: OpaquePointer

  /// Compiles a pattern; an error stands at `offset`.
  init(_ source: String, offset: Int) throws(ExpressionError) {
    var source = source
    let compiled = source.withUTF8 { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { unsafe cre2_compile($0.baseAddress, $0.count)! }
    }
    if let reason = unsafe cre2_error(compiled) {
      let words = unsafe String(cString: reason)
      unsafe cre2_free(compiled)
      throw ExpressionError("The regular expression cannot be read: \(words)", offset: offset)
    }
    unsafe pattern = compiled
  }

  deinit {
    unsafe cre2_free(pattern)
  }

  /// True when it is found anywhere in the text.
  @unsafe
  func matchesPart(of text: UnsafeRawBufferPointer) -> Bool {
    unsafe cre2_matches_part(pattern, text.baseAddress?.assumingMemoryBound(to: CChar.self), text.count)
  }

  /// True when it matches all of the text.
  @unsafe
  func matchesWhole(_ text: UnsafeRawBufferPointer) -> Bool {
    unsafe cre2_matches_whole(pattern, text.baseAddress?.assumingMemoryBound(to: CChar.self), text.count)
  }

  func matchesPart(of text: String) -> Bool {
    var text = text
    return text.withUTF8 { unsafe matchesPart(of: UnsafeRawBufferPointer($0)) }
  }
}
