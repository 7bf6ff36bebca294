/// A hash table of positions of keys that stand elsewhere; open addressing, no more than half full.
@safe
final class KeyTable {
  /// 32 bits of the hash in the high half, the position counted from 1 in the low one; 0 where nothing is.
  private var slots: UnsafeMutablePointer<UInt64>
  private var capacity = 0
  private var mask = 0

  init() {
    unsafe slots = .allocate(capacity: 0)
  }

  deinit {
    unsafe slots.deallocate()
  }

  /// Empties the table and makes room.
  func reset(for count: Int) {
    var size = 16
    while size < count * 2 { size *= 2 }
    if size > capacity {
      unsafe slots.deallocate()
      unsafe slots = .allocate(capacity: size)
      capacity = size
    }
    unsafe slots.initialize(repeating: 0, count: size)
    mask = size - 1
  }

  /// Puts a position in, or gives that of the equal key that is there.
  @inline(__always)
  func insert(_ position: Int, hash: UInt64, _ isEqual: (Int) -> Bool) -> Int? {
    let slots = unsafe slots
    let mask = mask
    let tag = hash << 8 & 0xFFFF_FFFF_0000_0000
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = unsafe slots[place]
      if slot == 0 { break }
      // Equal tags are nearly always equal keys, so that other keys are hardly ever read.
      if (slot ^ tag) >> 32 == 0, isEqual(Int(slot & 0xFFFF_FFFF) &- 1) { return Int(slot & 0xFFFF_FFFF) &- 1 }
      place = (place &+ 1) & mask
    }
    unsafe slots[place] = tag | UInt64(UInt32(truncatingIfNeeded: position &+ 1))
    return nil
  }

  /// The position of an equal key.
  @inline(__always)
  func find(hash: UInt64, _ isEqual: (Int) -> Bool) -> Int? {
    let slots = unsafe slots
    let mask = mask
    let tag = hash << 8 & 0xFFFF_FFFF_0000_0000
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = unsafe slots[place]
      if slot == 0 { return nil }
      if (slot ^ tag) >> 32 == 0, isEqual(Int(slot & 0xFFFF_FFFF) &- 1) { return Int(slot & 0xFFFF_FFFF) &- 1 }
      place = (place &+ 1) & mask
    }
  }
}
