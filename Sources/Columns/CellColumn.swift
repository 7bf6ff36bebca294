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
    for row in 0..<count {
      kinds[row] = CellKind.blank.rawValue
      texts[row] = .empty
    }
    for word in 0..<Bitmap.wordCount(count) {
      valueBits[word] = 0
      if type.isNumeric { boundBits[word] = 0 }
      if type == .boolean { booleans[word] = 0 }
    }
  }

  /// The kinds met among the first `count` rows.
  public func presentKinds(count: Int) -> CellKindSet {
    precondition(count <= capacity)
    var present: UInt8 = 0
    for row in 0..<count { present |= 1 << kinds[row] }
    return CellKindSet(rawValue: present)
  }

  /// The rows among the first `count` whose kind is in `kinds`.
  public func rows(ofKinds wanted: CellKindSet, count: Int) -> Bitmap {
    precondition(count <= capacity)
    var result = Bitmap(count: count)
    for position in 0..<Bitmap.wordCount(count) {
      var word: UInt64 = 0
      let first = position * 64
      for row in first..<min(first + 64, count) {
        let bit = UInt64((wanted.rawValue >> kinds[row]) & 1)
        word |= bit << UInt64(row - first)
      }
      result.replaceWord(position, with: word)
    }
    return result
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
