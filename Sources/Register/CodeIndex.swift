/// Codes of up to 12 bytes to numbers, without allocation: open addressing over the bytes as two words.
struct CodeIndex: Sendable {
  /// A code as words: the first 8 bytes, little-endian, and the 4 after them, both zero-padded, and its length.
  struct Key: Equatable {
    var head: UInt64 = 0
    var tail: UInt32 = 0
    var count: Int32 = 0
  }

  private struct Slot {
    var key = Key()
    /// -1 when the slot is free.
    var index: Int32 = -1
  }

  private var slots: [Slot]
  private let mask: Int

  init(capacity: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    slots = Array(repeating: Slot(), count: size)
    mask = size - 1
  }

  /// Nil for a code that is empty or longer than 12 bytes.
  static func key(_ code: some Sequence<UInt8>) -> Key? {
    var key = Key()
    for byte in code {
      if key.count < 8 {
        key.head |= UInt64(byte) << UInt64(key.count * 8)
      } else if key.count < 12 {
        key.tail |= UInt32(byte) << UInt32((key.count - 8) * 8)
      } else {
        return nil
      }
      key.count += 1
    }
    return key.count == 0 ? nil : key
  }

  /// False when the code is there already.
  mutating func insert(_ key: Key, _ index: Int) -> Bool {
    var at = home(key)
    while slots[at].index >= 0 {
      if slots[at].key == key { return false }
      at = (at + 1) & mask
    }
    slots[at] = Slot(key: key, index: Int32(index))
    return true
  }

  func find(_ key: Key) -> Int? {
    var at = home(key)
    while slots[at].index >= 0 {
      if slots[at].key == key { return Int(slots[at].index) }
      at = (at + 1) & mask
    }
    return nil
  }

  /// Fibonacci hashing (Knuth, The Art of Computer Programming, 6.4).
  private func home(_ key: Key) -> Int {
    let mixed = (key.head ^ (UInt64(key.tail) &* 0xC2B2_AE3D_27D4_EB4F)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 32) & mask
  }
}
