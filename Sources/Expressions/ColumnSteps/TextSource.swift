import Columns

/// A text field of a row, perhaps changed by functions that make one text of another.
struct TextSource: Sendable {
  enum Change: Sendable {
    case lowerAscii
    case upperAscii
    case trim
  }

  let column: Int
  /// In the order in which they are applied.
  var changes: [Change] = []

  /// The rows among `wanted` that have a text.
  @inline(__always)
  func isKnown(_ block: Block, _ wanted: UInt64) -> UInt64 {
    block.batch.columns[column].valueBits(block) & wanted
  }

  /// The cell's own text in a row of the block.
  @inline(__always)
  func view(_ block: Block, _ index: Int) -> TextView {
    unsafe block.batch.columns[column].texts.base[block.first + index]
  }

  /// Calls `body` with the text of a row of the block; the bytes are valid during the call only.
  @inline(__always)
  @unsafe
  func withBytes<Result>(_ block: Block, _ index: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    unsafe block.withBytes(of: view(block, index)) { bytes in
      unsafe changes.isEmpty ? body(bytes) : withChanges(bytes, body)
    }
  }

  @inline(__always)
  @unsafe
  private func withChanges<Result>(
    _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    unsafe withUnsafeTemporaryAllocation(byteCount: bytes.count, alignment: 1) { copy in
      unsafe copy.copyMemory(from: bytes)
      var range = 0..<bytes.count
      for change in changes {
        switch change {
        case .lowerAscii: for index in range { unsafe copy[index] = copy[index].lowercasedASCII }
        case .upperAscii: for index in range { unsafe copy[index] = copy[index].uppercasedASCII }
        case .trim:
          let left = unsafe Text.trimmedRange(UnsafeRawBufferPointer(rebasing: copy[range]))
          range = (range.lowerBound + left.lowerBound)..<(range.lowerBound + left.upperBound)
        }
      }
      return unsafe body(UnsafeRawBufferPointer(rebasing: copy[range]))
    }
  }
}
