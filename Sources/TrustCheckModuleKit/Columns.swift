/// A row of a batch: its number, counted from 0.
///
/// Only a batch gives rows, so a column need not check them; they belong to that batch alone.
@frozen
public struct Row: Hashable, Sendable {
  public let index: Int

  @inlinable
  init(_ index: Int) { self.index = index }
}

/// One value a row: places, whole numbers, numbers, days.
///
/// Valid during the call that gave the batch.
@safe @frozen
public struct Column<Element: BitwiseCopyable> {
  @usableFromInline let base: UnsafePointer<Element>

  @inlinable
  init(_ base: UnsafePointer<Element>) { unsafe self.base = base }

  @inlinable
  public subscript(row: Row) -> Element { unsafe base[row.index] }
}

/// One bit a row: the values of a boolean field.
@safe @frozen
public struct BitColumn {
  @usableFromInline let base: UnsafePointer<UInt8>

  @inlinable
  init(_ base: UnsafePointer<UInt8>) { unsafe self.base = base }

  @inlinable
  public subscript(row: Row) -> Bool { unsafe (base[row.index >> 3] >> UInt8(row.index & 7)) & 1 == 1 }
}

/// The kinds of a field's cells.
@safe @frozen
public struct KindColumn {
  @usableFromInline let base: UnsafePointer<UInt8>
  @usableFromInline let count: Int

  @inlinable
  init(_ base: UnsafePointer<UInt8>, count: Int) {
    unsafe self.base = base
    self.count = count
  }

  @inlinable
  public subscript(row: Row) -> CellKind { unsafe CellKind(rawValue: base[row.index]) }

  /// The rows of word `position` of a bitmap whose cells are of one of these kinds.
  @inlinable
  public func word(_ position: Int, of kinds: CellKindSet) -> UInt64 {
    let first = position &* 64
    let rows = unsafe base + first
    if first &+ 64 <= count {
      // Columns are mostly values from end to end: eight loads tell.
      let raw = unsafe UnsafeRawPointer(rows)
      var any: UInt64 = 0
      for offset in 0..<8 { unsafe any |= raw.loadUnaligned(fromByteOffset: offset &* 8, as: UInt64.self) }
      if any == 0 { return kinds.contains(.value) ? ~0 : 0 }
    }
    var word: UInt64 = 0
    for row in 0..<min(64, max(0, count &- first)) {
      let bit = unsafe UInt64((kinds.rawValue &>> rows[row]) & 1 & (rows[row] < 8 ? 1 : 0))
      word |= bit &<< UInt64(row)
    }
    return word
  }
}

/// The texts of a field's cells as given.
@safe @frozen
public struct TextColumn {
  @usableFromInline let views: UnsafePointer<TextView>
  /// The buffers that long texts are in, by number.
  @usableFromInline let buffers: UnsafeMutablePointer<UnsafeRawPointer?>

  @inlinable
  init(views: UnsafePointer<TextView>, buffers: UnsafeMutablePointer<UnsafeRawPointer?>) {
    unsafe self.views = views
    unsafe self.buffers = buffers
  }

  @inlinable
  public subscript(row: Row) -> TextView { unsafe views[row.index] }

  /// Where the bytes of a row's text are: in its view when it is short, in a buffer otherwise.
  @inlinable
  @unsafe
  func bytes(_ row: Row) -> UnsafeRawBufferPointer {
    let view = unsafe views + row.index
    let count = unsafe view.pointee.count
    if count <= TextView.inlineCapacity {
      return unsafe UnsafeRawBufferPointer(start: UnsafeRawPointer(view) + 4, count: count)
    }
    let place = unsafe view.pointee.high
    let buffer = unsafe buffers[Int(UInt32(truncatingIfNeeded: place))]
    return unsafe UnsafeRawBufferPointer(start: buffer.map { unsafe $0 + Int(place >> 32) }, count: count)
  }

  /// Calls `body` with the bytes of a row's text.
  @inlinable
  public func withBytes<Result>(of row: Row, _ body: (Span<UInt8>) -> Result) -> Result {
    let bytes = unsafe bytes(row)
    return body(unsafe Span(_unsafeBytes: bytes))
  }

  public func string(_ row: Row) -> String {
    unsafe String(decoding: bytes(row), as: UTF8.self)
  }

  /// True where the texts of two rows are the same bytes.
  @inlinable
  public func isEqual(_ row: Row, _ other: Row) -> Bool {
    let a = self[row]
    let b = self[other]
    if a.low != b.low { return false }
    if a.isInline { return a.high == b.high }
    return unsafe bytes(row).elementsEqual(bytes(other))
  }

  /// True where the texts of a row in two columns are the same bytes.
  @inlinable
  public func isEqual(to other: TextColumn, _ row: Row) -> Bool {
    let a = self[row]
    let b = other[row]
    if a.low != b.low { return false }
    if a.isInline { return a.high == b.high }
    return unsafe bytes(row).elementsEqual(other.bytes(row))
  }
}
