import Columns

/// What a text predicate asks of two texts.
enum TextTest: Sendable {
  case compare(ComparisonOperator)
  case startsWith
  case endsWith
  case contains

  @unsafe
  func holds(_ text: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Bool {
    switch self {
    case .compare(let sign):
      let order = unsafe TextView.order(text, other)
      return sign.holds(order < 0 ? .before : order > 0 ? .after : .same)
    case .startsWith:
      return unsafe text.count >= other.count && TextTest.same(text, 0, other)
    case .endsWith:
      return unsafe text.count >= other.count && TextTest.same(text, text.count - other.count, other)
    case .contains:
      guard let first = unsafe other.first else { return true }
      guard text.count >= other.count else { return false }
      for start in 0...(text.count - other.count) where unsafe text[start] == first {
        if unsafe TextTest.same(text, start, other) { return true }
      }
      return false
    }
  }

  /// Whether a text has another at a place; it is long enough there.
  @inline(__always)
  @unsafe
  private static func same(_ text: UnsafeRawBufferPointer, _ start: Int, _ other: UnsafeRawBufferPointer) -> Bool {
    for index in 0..<other.count where unsafe text[start + index] != other[index] { return false }
    return true
  }
}
