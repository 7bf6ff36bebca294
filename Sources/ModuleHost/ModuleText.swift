internal import CTrustCheckModule

/// Reading of text that a module points to.
enum ModuleText {
  /// What is wrong with a text, as the end of a sentence that names it.
  struct Fault: Error {
    let words: String
  }

  /// A checked copy.
  ///
  /// - Parameter limit: the greatest length in bytes.
  @unsafe
  static func copy(_ text: tc_text, limit: Int) throws(Fault) -> String {
    let length = unsafe text.length
    if length == 0 { return "" }
    guard length <= UInt64(limit) else { throw Fault(words: "is \(length) bytes long; the most is \(limit)") }
    guard let start = unsafe text.bytes else { throw Fault(words: "has a length of \(length) and no bytes") }
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: Int(length))
    guard let copy = unsafe String(validating: bytes, as: UTF8.self) else { throw Fault(words: "is not UTF-8") }
    return copy
  }

  /// A copy for people's eyes: cut off at a limit, bad bytes and control characters replaced.
  @unsafe
  static func shown(_ start: UnsafePointer<CChar>?, length: UInt64, limit: Int) -> String {
    guard let start = unsafe start, length > 0 else { return "" }
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: Int(min(length, UInt64(limit))))
    var shown = ""
    for scalar in unsafe String(decoding: bytes, as: UTF8.self).unicodeScalars {
      // A line end or an escape sequence would break the line it is shown in, or the terminal.
      let isControl = scalar.properties.generalCategory == .control
      shown.unicodeScalars.append(isControl ? " " : scalar)
    }
    while shown.last == " " || shown.last == "\u{FFFD}" { shown.removeLast() }
    return shown
  }

  /// True for lower-case words of letters and digits joined by hyphens, a letter first.
  static func isHyphenated(_ text: some StringProtocol) -> Bool {
    let words = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = text.utf8.first, isLetter(first) else { return false }
    return words.allSatisfy { word in !word.isEmpty && word.utf8.allSatisfy { isLetter($0) || isDigit($0) } }
  }

  static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
  static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
