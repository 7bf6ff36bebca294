/// What a check says of one row.
@frozen
public enum Verdict: Sendable {
  case passed
  case failed
  case unknown
}

/// The rows to be judged and what is said of them; rows that nothing is said of pass.
///
/// Verdicts on rows that are not selected are dropped. Closures are called in the order of rows, 64 rows a word, and
/// are inlined into the loop: a check of numbers costs a few instructions a row.
@safe @frozen
public struct Verdicts {
  @usableFromInline let count: Int
  @usableFromInline let selectedWords: UnsafePointer<UInt64>
  @usableFromInline let failedWords: UnsafeMutablePointer<UInt64>
  @usableFromInline let unknownWords: UnsafeMutablePointer<UInt64>

  init(
    count: Int, selected: UnsafePointer<UInt64>, failed: UnsafeMutablePointer<UInt64>,
    unknown: UnsafeMutablePointer<UInt64>
  ) {
    self.count = count
    unsafe selectedWords = selected
    unsafe failedWords = failed
    unsafe unknownWords = unknown
  }

  @usableFromInline var wordCount: Int { @inlinable get { (count &+ 63) >> 6 } }

  /// The rows to be judged.
  public var selected: Bitmap {
    Bitmap(words: unsafe Array(UnsafeBufferPointer(start: selectedWords, count: wordCount)))
  }

  /// Fails the selected rows for which the closure is true.
  @inlinable
  public func fail(where isWrong: (Row) -> Bool) {
    for position in 0..<wordCount {
      let selected = unsafe selectedWords[position]
      let first = position &* 64
      var failed: UInt64 = 0
      if selected == ~0 {
        for bit in 0..<64 {
          failed |= (isWrong(Row(first &+ bit)) ? 1 : 0) &<< UInt64(bit)
        }
      } else {
        var rest = selected
        while rest != 0 {
          let bit = rest.trailingZeroBitCount
          if isWrong(Row(first &+ bit)) { failed |= 1 &<< UInt64(bit) }
          rest &= rest &- 1
        }
      }
      if failed != 0 { unsafe failedWords[position] |= failed }
    }
  }

  /// Gives each selected row its verdict.
  @inlinable
  public func judge<Failure: Error>(_ verdict: (Row) throws(Failure) -> Verdict) throws(Failure) {
    for position in 0..<wordCount {
      var rest = unsafe selectedWords[position]
      let first = position &* 64
      while rest != 0 {
        let bit = rest.trailingZeroBitCount
        switch try verdict(Row(first &+ bit)) {
        case .passed: break
        case .failed: unsafe failedWords[position] |= 1 &<< UInt64(bit)
        case .unknown: unsafe unknownWords[position] |= 1 &<< UInt64(bit)
        }
        rest &= rest &- 1
      }
    }
  }

  /// Calls the closure with every selected row.
  @inlinable
  public func forEachSelected(_ body: (Row) -> Void) {
    for position in 0..<wordCount {
      let selected = unsafe selectedWords[position]
      let first = position &* 64
      if selected == ~0 {
        for bit in 0..<64 { body(Row(first &+ bit)) }
      } else {
        var rest = selected
        while rest != 0 {
          body(Row(first &+ rest.trailingZeroBitCount))
          rest &= rest &- 1
        }
      }
    }
  }

  /// Fails the selected rows whose cells are of one of these kinds.
  @inlinable
  public func fail(_ column: KindColumn, of kinds: CellKindSet) {
    for position in 0..<wordCount {
      let failed = unsafe column.word(position, of: kinds) & selectedWords[position]
      if failed != 0 { unsafe failedWords[position] |= failed }
    }
  }

  /// Fails rows.
  public func fail(_ rows: Bitmap) {
    for (position, word) in rows.words.prefix(wordCount).enumerated() {
      unsafe failedWords[position] |= word & selectedWords[position]
    }
  }

  /// Says of rows that it cannot be told whether they are right. A row is not failed as well.
  public func setUnknown(_ rows: Bitmap) {
    for (position, word) in rows.words.prefix(wordCount).enumerated() {
      unsafe unknownWords[position] |= word & selectedWords[position] & ~failedWords[position]
    }
  }
}
