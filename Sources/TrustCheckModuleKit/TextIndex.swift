/// Finds texts of cells in a fixed list, such as the codes of a code list, without making strings.
///
/// A text of up to 12 bytes is compared as the two words of its view. It may be used from several threads.
@safe
public final class TextIndex: @unchecked Sendable {
  @usableFromInline
  struct Slot {
    @usableFromInline var low: UInt64
    /// The rest of a short text; nothing of a long one.
    @usableFromInline var high: UInt64
    /// The position in the list; -1 in an empty slot.
    @usableFromInline var position: Int
  }

  @usableFromInline let slots: UnsafeMutablePointer<Slot>
  @usableFromInline let mask: Int
  /// The texts of more than 12 bytes, by position.
  private let long: [Int: [UInt8]]

  /// - Parameter texts: of equal ones the first is found.
  public init(_ texts: [String]) {
    var capacity = 8
    while capacity < texts.count * 4 { capacity *= 2 }
    mask = capacity - 1
    unsafe slots = .allocate(capacity: capacity)
    unsafe slots.initialize(repeating: Slot(low: 0, high: 0, position: -1), count: capacity)
    var long: [Int: [UInt8]] = [:]
    for (position, text) in texts.enumerated() {
      let bytes = Array(text.utf8)
      var slot: Slot
      if bytes.count <= TextView.inlineCapacity {
        let view = TextView(inline: bytes)
        slot = Slot(low: view.low, high: view.high, position: position)
      } else {
        let prefix = TextView(inline: Array(bytes.prefix(4))).low >> 32
        slot = Slot(low: UInt64(bytes.count) | (prefix << 32), high: 0, position: position)
        long[position] = bytes
      }
      var index = Int(truncatingIfNeeded: spread(slot.low, slot.high)) & mask
      while unsafe slots[index].position >= 0 {
        let other = unsafe slots[index]
        if other.low == slot.low, other.high == slot.high, long[other.position] == long[position] {
          slot.position = -1
          break
        }
        index = (index + 1) & mask
      }
      if slot.position >= 0 { unsafe slots[index] = slot }
    }
    self.long = long
  }

  deinit {
    unsafe slots.deallocate()
  }

  /// The position of a row's text in the list; nil when it is not there.
  @inlinable
  public func position(of row: Row, in column: TextColumn) -> Int? {
    let view = column[row]
    if !view.isInline { return longPosition(of: row, in: column) }
    var index = Int(truncatingIfNeeded: spread(view.low, view.high)) & mask
    while true {
      let slot = unsafe slots + index
      if unsafe slot.pointee.low == view.low && slot.pointee.high == view.high && slot.pointee.position >= 0 {
        return unsafe slot.pointee.position
      }
      if unsafe slot.pointee.position < 0 { return nil }
      index = (index &+ 1) & mask
    }
  }

  @usableFromInline
  func longPosition(of row: Row, in column: TextColumn) -> Int? {
    if long.isEmpty { return nil }
    let view = column[row]
    var index = Int(truncatingIfNeeded: spread(view.low, 0)) & mask
    while true {
      let slot = unsafe slots[index]
      if slot.position < 0 { return nil }
      if slot.low == view.low, let bytes = long[slot.position], unsafe column.bytes(row).elementsEqual(bytes) {
        return slot.position
      }
      index = (index + 1) & mask
    }
  }
}
