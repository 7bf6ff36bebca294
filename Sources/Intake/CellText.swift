import Columns

/// The bytes behind the views of the rows being read.
@safe
struct TextBuffers {
  let bases: (UnsafePointer<UInt8>, UnsafePointer<UInt8>)

  init(_ block: ByteBlock, _ scratch: ByteBlock) {
    unsafe bases = (UnsafePointer(block.base), UnsafePointer(scratch.base))
  }

  /// The buffer that a long text is in; codes, in a buffer of their own, are never read.
  @inline(__always)
  func base(_ view: TextView) -> UnsafePointer<UInt8> {
    unsafe view.buffer == 0 ? bases.0 : bases.1
  }

  /// Calls `body` with the bytes of a view.
  @safe @inline(__always)
  func withBytes<Result>(_ view: TextView, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if view.isInline {
      var copy = (view.low, view.high)
      return unsafe withUnsafeBytes(of: &copy) { raw in
        let start = unsafe raw.baseAddress!.assumingMemoryBound(to: UInt8.self) + 4
        return unsafe body(UnsafeBufferPointer(start: start, count: view.count))
      }
    }
    return unsafe body(UnsafeBufferPointer(start: base(view) + view.offset, count: view.count))
  }

  func string(_ view: TextView) -> String {
    withBytes(view) { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// A view without spaces at its ends: ASCII white space, no-break space and the wide Unicode spaces.
  func trimmed(_ view: TextView) -> TextView {
    let (start, end) = withBytes(view) { bytes -> (Int, Int) in
      var start = 0
      var end = bytes.count
      while start < end {
        let width = unsafe TextBuffers.spaceWidth(bytes, start)
        if width == 0 || start + width > end { break }
        start += width
      }
      while end > start {
        let width = unsafe TextBuffers.spaceWidthBefore(bytes, end)
        if width == 0 || end - width < start { break }
        end -= width
      }
      return (start, end)
    }
    if start == 0 && end == view.count { return view }
    if view.isInline {
      return withBytes(view) { bytes in
        unsafe TextView(base: bytes.baseAddress!, offset: start, count: end - start, buffer: 0)
      }
    }
    return unsafe TextView(
      base: base(view), offset: view.offset + start, count: end - start, buffer: view.buffer)
  }

  /// True when a range of the block holds nothing but spaces, quotes and what divides cells.
  func isBlank(_ range: Range<Int>, _ dialect: Dialect) -> Bool {
    let bytes = unsafe UnsafeBufferPointer(start: bases.0, count: range.upperBound)
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = unsafe bytes[index]
      let isDivider = byte == dialect.delimiter || byte == dialect.newline || byte == Dialect.quote
      let width = isDivider ? 1 : unsafe TextBuffers.spaceWidth(bytes, index)
      if width == 0 { return false }
      index += width
    }
    return true
  }

  /// True when one cell alone of a range of the block holds something.
  func isSingleText(_ range: Range<Int>, _ dialect: Dialect) -> Bool {
    let bytes = unsafe UnsafeBufferPointer(start: bases.0, count: range.upperBound)
    var index = range.lowerBound
    var isQuoted = false
    var texts = 0
    var hasText = false
    while index < range.upperBound {
      let byte = unsafe bytes[index]
      var width = 1
      if byte == Dialect.quote {
        isQuoted.toggle()
      } else if !isQuoted, byte == dialect.delimiter || byte == dialect.newline {
        hasText = false
      } else {
        let space = unsafe TextBuffers.spaceWidth(bytes, index)
        if space > 0 {
          width = space
        } else if !hasText {
          hasText = true
          texts += 1
          if texts > 1 { return false }
        }
      }
      index += width
    }
    return texts == 1
  }

  /// The first text in a range of the block, without a quote that opens it; empty when there is none.
  func leading(_ range: Range<Int>, _ dialect: Dialect) -> TextView {
    let bytes = unsafe bases.0
    var start = range.lowerBound
    while start < range.upperBound {
      let byte = unsafe bytes[start]
      if byte > 0x20 && byte != dialect.delimiter && byte != Dialect.quote { break }
      start += 1
    }
    let isQuoted = unsafe start > range.lowerBound && bytes[start - 1] == Dialect.quote
    var stop = start
    while stop < range.upperBound {
      let byte = unsafe bytes[stop]
      if byte == Dialect.quote || (!isQuoted && (byte == dialect.delimiter || byte == dialect.newline)) { break }
      stop += 1
    }
    return unsafe TextView(base: bytes, offset: start, count: stop - start, buffer: 0)
  }

  /// The length in bytes of the space that begins at `index`; 0 when none does.
  private static func spaceWidth(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
    let first = unsafe bytes[index]
    if first <= 0x20 { return 1 }
    if first == 0xC2, index + 1 < bytes.count, unsafe bytes[index + 1] == 0xA0 { return 2 }
    if first >= 0xE1, index + 2 < bytes.count {
      let triple = unsafe (bytes[index], bytes[index + 1], bytes[index + 2])
      if isWideSpace(triple.0, triple.1, triple.2) { return 3 }
    }
    return 0
  }

  private static func spaceWidthBefore(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int {
    let last = unsafe bytes[end - 1]
    if last <= 0x20 { return 1 }
    if end >= 2, last == 0xA0, unsafe bytes[end - 2] == 0xC2 { return 2 }
    if end >= 3 {
      let triple = unsafe (bytes[end - 3], bytes[end - 2], bytes[end - 1])
      if isWideSpace(triple.0, triple.1, triple.2) { return 3 }
    }
    return 0
  }

  /// U+2000 to U+200B, U+202F, U+205F, U+3000, U+FEFF.
  private static func isWideSpace(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Bool {
    switch (a, b) {
    case (0xE2, 0x80): (0x80...0x8B).contains(c) || c == 0xAF
    case (0xE2, 0x81): c == 0x9F
    case (0xE3, 0x80): c == 0x80
    case (0xEF, 0xBB): c == 0xBF
    default: false
    }
  }
}
