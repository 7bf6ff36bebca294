import Columns

/// Up to 64 rows of a batch that begin at a multiple of 64: one word of every bitmap.
///
/// Steps work on a block at a time, so that conditions stay in registers and numbers in the nearest cache.
@safe
struct Block {
  let batch: Batch
  /// Its place among the words of a bitmap.
  let word: Int
  /// 1 to 64 rows.
  let count: Int
  /// Room for 64 elements of 8 bytes in each slot; belongs to the call that evaluates.
  private let scratch: UnsafeMutablePointer<UInt64>
  /// Where the interpreter keeps the elements of macros.
  let variableCount: Int

  /// The number of rows in a whole block.
  static let size = 64

  @unsafe
  init(_ batch: Batch, word: Int, scratch: UnsafeMutablePointer<UInt64>, variableCount: Int) {
    self.batch = batch
    self.word = word
    count = min(Block.size, batch.count - word * Block.size)
    unsafe self.scratch = scratch
    self.variableCount = variableCount
  }

  /// Its first row in the batch.
  var first: Int { word * Block.size }

  /// A block of the records of the same batch, with the same scratch: steps have slots of their own.
  @unsafe
  func nested(_ batch: Batch, word: Int) -> Block {
    unsafe Block(batch, word: word, scratch: scratch, variableCount: variableCount)
  }

  /// All rows of the block.
  var all: UInt64 { Block.mask(from: 0, to: count) }

  /// The bits of the rows `from..<to` of a block; there is at least one.
  static func mask(from: Int, to: Int) -> UInt64 {
    (~0 << UInt64(from)) & (~0 >> UInt64(size - to))
  }

  /// Calls `body` with the bytes of a view of the batch; they are valid during the call only.
  ///
  /// The same as the batch's own, but compiled into every step: for a short text a call would cost more than the work.
  @inline(__always)
  @unsafe
  func withBytes<Result>(of view: TextView, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    if view.isInline {
      var copy = (view.low, view.high)
      return unsafe withUnsafeBytes(of: &copy) { bytes in
        // The text stands behind the four bytes of its length.
        unsafe body(UnsafeRawBufferPointer(start: bytes.baseAddress! + 4, count: view.count))
      }
    }
    let buffer = unsafe batch.textBuffers[view.buffer]
    return unsafe body(UnsafeRawBufferPointer(rebasing: buffer[view.offset..<(view.offset + view.count)]))
  }

  @unsafe
  func words(slot: Int) -> UnsafeMutablePointer<UInt64> {
    unsafe scratch + slot * Block.size
  }

  @unsafe
  func integers(slot: Int) -> UnsafeMutablePointer<Int64> {
    unsafe UnsafeMutableRawPointer(scratch + slot * Block.size).assumingMemoryBound(to: Int64.self)
  }

  @unsafe
  func doubles(slot: Int) -> UnsafeMutablePointer<Double> {
    unsafe UnsafeMutableRawPointer(scratch + slot * Block.size).assumingMemoryBound(to: Double.self)
  }

  /// The rows of the block for which a test holds, by their place in it.
  ///
  /// Whole blocks run through a loop of fixed length, which the compiler unrolls.
  @inline(__always)
  func bits(where test: (Int) -> Bool) -> UInt64 {
    var result: UInt64 = 0
    if count == Block.size {
      for index in 0..<Block.size { result |= (test(index) ? 1 : 0) &<< UInt64(truncatingIfNeeded: index) }
    } else {
      for index in 0..<count { result |= (test(index) ? 1 : 0) &<< UInt64(truncatingIfNeeded: index) }
    }
    return result
  }
}

/// Calls `body` with the place of each bit set, in order.
@inline(__always)
func forEachBit(of word: UInt64, _ body: (Int) -> Void) {
  var rest = word
  while rest != 0 {
    body(rest.trailingZeroBitCount)
    rest &= rest - 1
  }
}

/// What a condition comes to in a block: three disjoint sets of the rows asked for; the rest of these are false.
struct TriWord {
  var isTrue: UInt64 = 0
  var isUnknown: UInt64 = 0
  var isError: UInt64 = 0

  /// The rows among `wanted` where it is false.
  @inline(__always)
  func isFalse(of wanted: UInt64) -> UInt64 { wanted & ~(isTrue | isUnknown | isError) }
}

/// A condition ready to be evaluated for a block of rows.
protocol ConditionStep: AnyObject, Sendable {
  /// What it comes to for the rows `wanted`, by their bits.
  func evaluate(_ block: Block, _ wanted: UInt64) -> TriWord
}

/// Numbers of a block, with the rows that have one. The memory belongs to the column or to the block's scratch.
@unsafe
struct NumberBlock<Number> {
  let values: UnsafePointer<Number>
  /// Rows that have a value.
  var isKnown: UInt64
  /// Rows where there was an error; of the rest wanted, the rows that are not known are unknown.
  var isError: UInt64
}

/// An expression of type int, date (days) or timestamp (microseconds).
protocol IntegerStep: AnyObject, Sendable {
  @unsafe func evaluate(_ block: Block, _ wanted: UInt64) -> NumberBlock<Int64>
}

/// An expression of type double.
protocol DoubleStep: AnyObject, Sendable {
  @unsafe func evaluate(_ block: Block, _ wanted: UInt64) -> NumberBlock<Double>
}

extension NumberBlock {
  /// The rows where two operands both have values, with unknown over error.
  @inline(__always)
  static func both<Other>(
    _ a: NumberBlock<Number>, _ b: NumberBlock<Other>, _ wanted: UInt64
  ) -> (isKnown: UInt64, isUnknown: UInt64, isError: UInt64) {
    let isKnown = unsafe a.isKnown & b.isKnown & wanted
    let isUnknown = unsafe (wanted & ~(a.isKnown | a.isError)) | (wanted & ~(b.isKnown | b.isError))
    return (isKnown, isUnknown, wanted & ~(isKnown | isUnknown))
  }
}
