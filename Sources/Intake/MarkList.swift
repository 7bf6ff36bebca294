import Columns

/// The places of delimiters, newlines and quotes in a stretch of a block.
@safe
final class MarkList {
  let base: UnsafeMutablePointer<UInt32>
  /// By the length of a short text: which bits of a view are text.
  let masks: UnsafeMutablePointer<SIMD2<UInt64>>

  /// Bytes looked at in one go.
  static let stretch = 1 << 15

  init() {
    // Eight places are written at a time, and the end may be one more.
    unsafe base = .allocate(capacity: MarkList.stretch + 72)
    unsafe masks = .allocate(capacity: TextView.inlineCapacity + 1)
    for length in 0...TextView.inlineCapacity {
      let head = UInt64.max << UInt64(min(length, 4) * 8 + 32)
      let tail = UInt64.max << UInt64(max(length - 4, 0) * 8)
      unsafe (masks + length).initialize(to: SIMD2(~head & ~0xFFFF_FFFF, ~tail))
    }
  }

  deinit {
    unsafe base.deallocate()
    unsafe masks.deallocate()
  }

  /// A view of bytes of text buffer 0, which begins at `base`; reads 4 bytes before them and up to 12 from them on.
  @inline(__always)
  static func view(
    _ base: UnsafeMutablePointer<UInt8>, _ start: Int, _ stop: Int, _ masks: UnsafeMutablePointer<SIMD2<UInt64>>
  ) -> TextView {
    let count = stop &- start
    let text = unsafe UnsafeRawPointer(base + start)
    if count <= TextView.inlineCapacity {
      // The text stands where a view has it, after the four bytes of its length.
      let words = unsafe (text - 4).loadUnaligned(as: SIMD2<UInt64>.self) & masks[count]
      return TextView(low: words[0] | UInt64(truncatingIfNeeded: count), high: words[1])
    }
    let prefix = unsafe UInt64(text.loadUnaligned(as: UInt32.self))
    return TextView(
      low: UInt64(truncatingIfNeeded: count) | prefix << 32, high: UInt64(truncatingIfNeeded: start) << 32)
  }

  @inline(__always)
  func view(_ base: UnsafeMutablePointer<UInt8>, _ start: Int, _ stop: Int) -> TextView {
    unsafe MarkList.view(base, start, stop, masks)
  }

  /// Collects the places in a range of at most a stretch; the bytes after it up to 64 are read, and do not count.
  ///
  /// - Returns: how many there are.
  func fill(_ block: ByteBlock, _ range: Range<Int>, _ dialect: Dialect) -> Int {
    let bytes = unsafe block.base
    var count = 0
    var at = range.lowerBound
    while at < range.upperBound {
      let inside = UInt64.max >> UInt64(max(0, 64 - (range.upperBound - at)))
      var found =
        unsafe ByteMask(bytes + at).positions(of: dialect.delimiter, dialect.newline, Dialect.quote) & inside
      let total = found.nonzeroBitCount
      var written = 0
      repeat {
        // Several at once, so that how many there are seldom decides a branch; those too many are written over.
        for lane in 0..<6 {
          // The highest bit makes it plain to the compiler that some bit is set.
          let place = (found | 1 << 63).trailingZeroBitCount
          unsafe base[count &+ written &+ lane] = UInt32(truncatingIfNeeded: at &+ place)
          found &= found &- 1
        }
        written &+= 6
      } while written < total
      count += total
      at += 64
    }
    return count
  }
}
