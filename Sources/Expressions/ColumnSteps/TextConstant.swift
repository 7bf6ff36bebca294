import Columns

/// A text known beforehand, in the forms that cells are compared with.
struct TextConstant: Sendable {
  let bytes: [UInt8]
  /// The view of a cell with this text; of a long text only its length and prefix mean anything.
  let view: TextView

  init(_ text: String) {
    bytes = Array(text.utf8)
    var ignored: [UInt8] = []
    view = TextView(text, buffer: 0, appendingTo: &ignored)
  }

  /// True when a cell that has the same length and prefix, and is long, has the same text.
  @unsafe
  func equalsLong(_ other: TextView, _ batch: Batch) -> Bool {
    unsafe batch.withBytes(of: other) { unsafe $0.elementsEqual(bytes) }
  }
}

extension TextView {
  /// Whether two cells of a batch have the same text.
  @inline(__always)
  @unsafe
  func equals(_ other: TextView, _ batch: Batch) -> Bool {
    guard low == other.low else { return false }
    if high == other.high { return true }
    guard !isInline else { return false }
    return unsafe batch.withBytes(of: self) { a in
      unsafe batch.withBytes(of: other) { b in unsafe TextView.order(a, b) == 0 }
    }
  }

  /// Below 0, 0 or above 0, as the first text comes before, is or comes after the second by bytes.
  @unsafe
  static func order(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int {
    for index in 0..<min(a.count, b.count) where unsafe a[index] != b[index] {
      return unsafe Int(a[index]) - Int(b[index])
    }
    return a.count - b.count
  }
}
