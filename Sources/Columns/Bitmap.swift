/// A fixed run of bits in 64-bit words, least significant bit first, as verdicts and selections are exchanged.
///
/// Bits at and after `count` are zero at all times.
public struct Bitmap: Equatable, Sendable {
  public private(set) var words: [UInt64]
  public let count: Int

  public init(count: Int, repeating bit: Bool = false) {
    self.count = count
    words = Array(repeating: bit ? ~0 : 0, count: Bitmap.wordCount(count))
    if bit { clearTail() }
  }

  /// Takes words as they are; bits past `count` are cleared.
  public init(words: [UInt64], count: Int) {
    precondition(words.count == Bitmap.wordCount(count))
    self.words = words
    self.count = count
    clearTail()
  }

  /// The number of 64-bit words that hold `count` bits.
  @inlinable
  public static func wordCount(_ count: Int) -> Int { (count + 63) >> 6 }

  public subscript(index: Int) -> Bool {
    get {
      precondition(index >= 0 && index < count)
      return (words[index >> 6] >> UInt64(index & 63)) & 1 == 1
    }
    set {
      precondition(index >= 0 && index < count)
      let bit: UInt64 = 1 << UInt64(index & 63)
      if newValue { words[index >> 6] |= bit } else { words[index >> 6] &= ~bit }
    }
  }

  public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// The number of bits set.
  public var population: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  public mutating func formUnion(_ other: Bitmap) { combine(other) { $0 | $1 } }
  public mutating func formIntersection(_ other: Bitmap) { combine(other) { $0 & $1 } }
  public mutating func subtract(_ other: Bitmap) { combine(other) { $0 & ~$1 } }

  /// Takes all words from memory that holds as many; bits past `count` are cleared.
  @unsafe
  public mutating func replaceWords(from source: UnsafePointer<UInt64>) {
    for index in words.indices { words[index] = unsafe source[index] }
    if !words.isEmpty { clearTail() }
  }

  public mutating func replaceWord(_ index: Int, with word: UInt64) {
    words[index] = word
    if index == words.count - 1 { clearTail() }
  }

  /// Calls `body` with the index of each bit set, in order.
  @inlinable
  public func forEachIndex(_ body: (Int) -> Void) {
    for (position, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body(position * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }

  private mutating func combine(_ other: Bitmap, _ operation: (UInt64, UInt64) -> UInt64) {
    precondition(other.count == count)
    for index in words.indices { words[index] = operation(words[index], other.words[index]) }
  }

  private mutating func clearTail() {
    let used = count & 63
    if used != 0 { words[words.count - 1] &= (1 << UInt64(used)) - 1 }
  }
}
