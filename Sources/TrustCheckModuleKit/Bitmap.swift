/// A set of a batch's rows, one bit a row.
public struct Bitmap: Equatable, Sendable {
  /// Row 0 in the least significant bit of word 0; bits past the last row are 0.
  public private(set) var words: [UInt64]

  /// An empty set for a number of rows.
  public init(rowCount: Int) {
    words = [UInt64](repeating: 0, count: (rowCount + 63) / 64)
  }

  init(allOf rowCount: Int) {
    words = [UInt64](repeating: ~0, count: (rowCount + 63) / 64)
    if rowCount % 64 > 0 { words[words.count - 1] = 1 << UInt64(rowCount % 64) - 1 }
  }

  init(words: [UInt64]) {
    self.words = words
  }

  public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  public func contains(_ row: Row) -> Bool { (words[row.index >> 6] >> UInt64(row.index & 63)) & 1 == 1 }

  public mutating func insert(_ row: Row) { words[row.index >> 6] |= 1 << UInt64(row.index & 63) }

  /// Those of the rows whose cells are of one of these kinds.
  public func intersection(_ column: KindColumn, of kinds: CellKindSet) -> Bitmap {
    var result = words
    for position in result.indices where result[position] != 0 {
      result[position] &= column.word(position, of: kinds)
    }
    return Bitmap(words: result)
  }

  public func intersection(_ other: Bitmap) -> Bitmap {
    Bitmap(words: zip(words, other.words).map { $0 & $1 })
  }

  public func union(_ other: Bitmap) -> Bitmap {
    Bitmap(words: zip(words, other.words).map { $0 | $1 })
  }

  public func subtracting(_ other: Bitmap) -> Bitmap {
    Bitmap(words: zip(words, other.words).map { $0 & ~$1 })
  }

  /// Calls `body` with every row of the set, in order.
  @inlinable
  public func forEachRow<Failure: Error>(_ body: (Row) throws(Failure) -> Void) throws(Failure) {
    for (position, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        try body(Row(position &* 64 &+ rest.trailingZeroBitCount))
        rest &= rest &- 1
      }
    }
  }
}
