/// Codes of up to 12 bytes to numbers, without allocation: open addressing over the bytes as two words.
struct CodeIndex: Sendable {
  private struct Slot {
    var head: UInt64 = 0
    var tail: UInt32 = 0
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

  /// The first 8 bytes as a little-endian word and the 4 after them, zero-padded; nil for longer codes and empty ones.
  static func key(_ code: some Sequence<UInt8>) -> (head: UInt64, tail: UInt32)? {
    var head: UInt64 = 0
    var tail: UInt32 = 0
    var count = 0
    for byte in code {
      if count < 8 {
        head |= UInt64(byte) << UInt64(count * 8)
      } else if count < 12 {
        tail |= UInt32(byte) << UInt32((count - 8) * 8)
      } else {
        return nil
      }
      count += 1
    }
    return count == 0 ? nil : (head, tail)
  }

  /// False when the code is there already.
  mutating func insert(_ key: (head: UInt64, tail: UInt32), _ index: Int) -> Bool {
    var at = home(key.head, key.tail)
    while slots[at].index >= 0 {
      if slots[at].head == key.head, slots[at].tail == key.tail { return false }
      at = (at + 1) & mask
    }
    slots[at] = Slot(head: key.head, tail: key.tail, index: Int32(index))
    return true
  }

  func find(_ head: UInt64, _ tail: UInt32) -> Int? {
    var at = home(head, tail)
    while slots[at].index >= 0 {
      if slots[at].head == head, slots[at].tail == tail { return Int(slots[at].index) }
      at = (at + 1) & mask
    }
    return nil
  }

  /// Fibonacci hashing (Knuth, The Art of Computer Programming, 6.4).
  private func home(_ head: UInt64, _ tail: UInt32) -> Int {
    let mixed = (head ^ (UInt64(tail) &* 0xC2B2_AE3D_27D4_EB4F)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 32) & mask
  }
}
