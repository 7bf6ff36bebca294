public import AuditModel

/// Memory for a fixed number of elements, aligned to 64 bytes and zeroed, with checked access.
///
/// The owner frees it; a copy of the value does not keep it alive.
@safe @frozen
public struct ColumnMemory<Element: BitwiseCopyable> {
  public let base: UnsafeMutablePointer<Element>
  public let count: Int

  @usableFromInline
  static func allocate(_ count: Int) -> ColumnMemory {
    let bytes = max(64, (count * MemoryLayout<Element>.stride + 63) & ~63)
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    unsafe raw.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    return unsafe ColumnMemory(base: raw.assumingMemoryBound(to: Element.self), count: count)
  }

  @usableFromInline
  init(base: UnsafeMutablePointer<Element>, count: Int) {
    unsafe self.base = base
    self.count = count
  }

  func free() {
    unsafe UnsafeMutableRawPointer(base).deallocate()
  }

  /// Zeroes elements; those of memory that a column does not have are passed over.
  public func clear(_ range: Range<Int>) {
    guard count > 0 else { return }
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    unsafe UnsafeMutableRawPointer(base + range.lowerBound).initializeMemory(
      as: UInt8.self, repeating: 0, count: range.count * MemoryLayout<Element>.stride)
  }

  @inlinable
  public subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count)
      return unsafe base[index]
    }
    nonmutating set {
      precondition(index >= 0 && index < count)
      unsafe base[index] = newValue
    }
  }
}

/// One field's cells in a batch: for every row a kind, the text as given, and where the kind allows a typed value.
///
/// Which of the value arrays are filled depends on `type`; the others have no memory:
/// integer and timestamp use `integers`, number `doubles`, date `dates`, boolean `booleans` (bits), period `dates` for
/// the start and `periodEnds` for the end. Integer and number also fill low and high bounds. A text field has none:
/// its value is its text. Values and bounds of a row without them are zero.
public final class CellColumn {
  public let type: FieldType
  /// The greatest number of rows.
  public let capacity: Int
  /// False when the file has no such column: every cell is then blank.
  public var isPresent = true

  /// `CellKind` raw values.
  public let kinds: ColumnMemory<UInt8>
  public let texts: ColumnMemory<TextView>
  /// Bit set where the kind is *value*.
  public let valueBits: ColumnMemory<UInt64>
  /// Bit set where low and high are known: kind *value* or *suppressed*, of numeric types.
  public let boundBits: ColumnMemory<UInt64>

  public let integers: ColumnMemory<Int64>
  public let lowIntegers: ColumnMemory<Int64>
  public let highIntegers: ColumnMemory<Int64>
  public let doubles: ColumnMemory<Double>
  public let lowDoubles: ColumnMemory<Double>
  public let highDoubles: ColumnMemory<Double>
  /// Days since 1970-01-01.
  public let dates: ColumnMemory<Int32>
  public let periodEnds: ColumnMemory<Int32>
  public let booleans: ColumnMemory<UInt64>

  public init(type: FieldType, capacity: Int) {
    self.type = type
    self.capacity = capacity
    let words = Bitmap.wordCount(capacity)
    kinds = .allocate(capacity)
    texts = .allocate(capacity)
    valueBits = .allocate(words)
    boundBits = .allocate(type.isNumeric ? words : 0)
    integers = .allocate(type == .integer || type == .timestamp ? capacity : 0)
    lowIntegers = .allocate(type == .integer ? capacity : 0)
    highIntegers = .allocate(type == .integer ? capacity : 0)
    doubles = .allocate(type == .number ? capacity : 0)
    lowDoubles = .allocate(type == .number ? capacity : 0)
    highDoubles = .allocate(type == .number ? capacity : 0)
    dates = .allocate(type == .date || type == .period ? capacity : 0)
    periodEnds = .allocate(type == .period ? capacity : 0)
    booleans = .allocate(type == .boolean ? words : 0)
  }

  deinit {
    kinds.free()
    texts.free()
    valueBits.free()
    boundBits.free()
    integers.free()
    lowIntegers.free()
    highIntegers.free()
    doubles.free()
    lowDoubles.free()
    highDoubles.free()
    dates.free()
    periodEnds.free()
    booleans.free()
  }

  @inlinable
  public func kind(_ row: Int) -> CellKind {
    CellKind(rawValue: kinds[row]) ?? .invalid
  }

  @inlinable
  public func boolean(_ row: Int) -> Bool {
    (booleans[row >> 6] >> UInt64(row & 63)) & 1 == 1
  }

  /// Sets every one of the first `count` cells blank, with empty text and no value.
  public func fillBlank(count: Int) {
    precondition(count <= capacity)
    clear(0..<count)
    unsafe UnsafeMutableRawPointer(kinds.base).initializeMemory(
      as: UInt8.self, repeating: CellKind.blank.rawValue, count: count)
    if type == .boolean { booleans.clear(0..<booleans.count) }
    markValues(count: count)
  }

  /// Zeroes rows in all arrays but those of bits.
  public func clear(_ rows: Range<Int>) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= capacity)
    kinds.clear(rows)
    texts.clear(rows)
    integers.clear(rows)
    lowIntegers.clear(rows)
    highIntegers.clear(rows)
    doubles.clear(rows)
    lowDoubles.clear(rows)
    highDoubles.clear(rows)
    dates.clear(rows)
    periodEnds.clear(rows)
  }

  /// Sets `valueBits` and `boundBits` by the kinds of the first `count` rows; bits after them are zero.
  public func markValues(count: Int) {
    precondition(count <= capacity)
    for word in 0..<valueBits.count {
      let values = kindWord(word, .value, count)
      valueBits[word] = values
      if type.isNumeric { boundBits[word] = values | kindWord(word, CellKindSet(.suppressed), count) }
    }
  }

  /// The kinds met among the first `count` rows.
  public func presentKinds(count: Int) -> CellKindSet {
    precondition(count <= capacity)
    var met: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)
    let start = unsafe UnsafeRawPointer(kinds.base)
    // Eight kinds at a time, by their three bits; only the lowest bit of each byte is of use.
    for word in 0..<(count / 8) {
      let first = unsafe start.load(fromByteOffset: word * 8, as: UInt64.self)
      let (second, third) = (first >> 1, first >> 2)
      met.0 |= ~(first | second | third)
      met.1 |= first & ~(second | third)
      met.2 |= second & ~(first | third)
      met.3 |= first & second & ~third
      met.4 |= third & ~(first | second)
      met.5 |= first & third & ~second
    }
    var present: UInt8 = 0
    for (kind, word) in [met.0, met.1, met.2, met.3, met.4, met.5].enumerated()
    where word & 0x0101_0101_0101_0101 != 0 {
      present |= 1 << UInt8(kind)
    }
    for row in (count / 8 * 8)..<count { present |= 1 << kinds[row] }
    return CellKindSet(rawValue: present)
  }

  /// The rows among the first `count` whose kind is in `kinds`.
  public func rows(ofKinds wanted: CellKindSet, count: Int) -> Bitmap {
    precondition(count <= capacity)
    var words = [UInt64](repeating: 0, count: Bitmap.wordCount(count))
    for word in words.indices { words[word] = kindWord(word, wanted, count) }
    return Bitmap(words: words, count: count)
  }

  /// Bit n is set when row `64 * word + n` is before `count` and its kind is in `wanted`.
  @inline(__always)
  private func kindWord(_ word: Int, _ wanted: CellKindSet, _ count: Int) -> UInt64 {
    let first = word * 64
    guard first < count else { return 0 }
    // The memory of kinds is a whole number of 64 bytes.
    let start = unsafe UnsafeRawPointer(kinds.base + first)
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    var result: UInt64 = 0
    for part in 0..<8 {
      let cells = unsafe start.load(fromByteOffset: part * 8, as: UInt64.self)
      var others: UInt64 = .max
      var rest = wanted.rawValue
      while rest != 0 {
        let difference = cells ^ (UInt64(truncatingIfNeeded: rest.trailingZeroBitCount) &* 0x0101_0101_0101_0101)
        // The high bit of each byte that differs.
        others &= ((difference & low) &+ low) | difference
        rest &= rest &- 1
      }
      let flags = (~others >> 7) & 0x0101_0101_0101_0101
      result |= ((flags &* 0x0102_0408_1020_4080) >> 56) << UInt64(part * 8)
    }
    return count - first < 64 ? result & ~(UInt64.max << UInt64(count - first)) : result
  }
}

/// A set of cell kinds: bit `n` stands for the kind with raw value `n`.
public struct CellKindSet: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  @inlinable
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public init(_ kinds: CellKind...) {
    rawValue = kinds.reduce(0) { $0 | (1 << $1.rawValue) }
  }

  @inlinable
  public func contains(_ kind: CellKind) -> Bool { (rawValue >> kind.rawValue) & 1 == 1 }

  public static var value: CellKindSet { CellKindSet(.value) }
  /// What `given` accepts.
  public static var given: CellKindSet { CellKindSet(.value, .suppressed) }
  public static var all: CellKindSet { CellKindSet(rawValue: 0b11_1111) }
}
