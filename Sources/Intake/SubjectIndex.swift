import Columns
import Glibc

/// Numbers the organisations that the rows of a part name, in the order of first appearance.
struct SubjectIndex {
  private(set) var subjects: [RecordSubject] = []
  private var keys: [Key] = []
  /// The codes and names that are too long for a view, as bytes.
  private let store = ByteBlock()
  /// Open addressing: 0 is free, n is subject n - 1.
  private var slots = [UInt32](repeating: 0, count: 256)

  private struct Key {
    let hash: UInt64
    let code: TextView
    let name: TextView
  }

  /// Numbers the rows of a batch by the columns of codes and names; a batch without either has one nameless subject.
  mutating func number(_ batch: Batch, code: CellColumn?, name: CellColumn?, _ buffers: TextBuffers) {
    let count = batch.count
    precondition(count <= batch.capacity)
    let numbers = unsafe batch.submissions.base
    let codes = unsafe code?.texts.base
    let names = unsafe name?.texts.base
    var last: (code: TextView, name: TextView, number: UInt32)?
    for row in 0..<count {
      let code = unsafe codes?[row] ?? .empty
      let name = unsafe names?[row] ?? .empty
      if let last, last.code.isSame(code), last.name.isSame(name) {
        unsafe numbers[row] = last.number
        continue
      }
      let number = number(code, name, buffers)
      // Equal views of long texts are the same place only within one fill.
      last = (code, name, number)
      unsafe numbers[row] = number
    }
  }

  private mutating func number(_ code: TextView, _ name: TextView, _ buffers: TextBuffers) -> UInt32 {
    let hash = (SubjectIndex.hash(code, buffers) &* 0x9E37_79B9_7F4A_7C15) ^ SubjectIndex.hash(name, buffers)
    var slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = slots[slot] - 1
      let key = keys[Int(number)]
      if key.hash == hash, isSame(key.code, code, buffers), isSame(key.name, name, buffers) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = UInt32(subjects.count)
    subjects.append(RecordSubject(code: buffers.string(code), name: buffers.string(name)))
    keys.append(Key(hash: hash, code: kept(code, buffers), name: kept(name, buffers)))
    slots[slot] = number + 1
    if subjects.count * 2 > slots.count { grow() }
    return number
  }

  /// Short texts are equal when their views are; long ones are compared byte by byte.
  private func isSame(_ kept: TextView, _ view: TextView, _ buffers: TextBuffers) -> Bool {
    if kept.low != view.low { return false }
    if view.isInline { return kept.high == view.high }
    return unsafe memcmp(store.base + kept.offset, buffers.base(view) + view.offset, view.count) == 0
  }

  /// A view that stays valid.
  private func kept(_ view: TextView, _ buffers: TextBuffers) -> TextView {
    if view.isInline { return view }
    let offset = store.count
    buffers.withBytes(view) { unsafe store.append(UnsafeRawBufferPointer($0)) }
    return unsafe TextView(base: store.base, offset: offset, count: view.count, buffer: 0)
  }

  private static func hash(_ view: TextView, _ buffers: TextBuffers) -> UInt64 {
    if view.isInline { return mixed(view.low, view.high) }
    let start = unsafe UnsafeRawPointer(buffers.base(view) + view.offset)
    let count = view.count
    var hash = view.low
    var offset = 0
    while offset + 8 <= count {
      hash = unsafe mixed(hash, start.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    return unsafe mixed(hash, start.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
  }

  @inline(__always)
  private static func mixed(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = (a ^ (b &* 0xFF51_AFD7_ED55_8CCD)) &* 0xC4CE_B9FE_1A85_EC53
    return product ^ (product >> 29)
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (number, key) in keys.enumerated() {
      var slot = Int(truncatingIfNeeded: key.hash ^ (key.hash >> 32)) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(number + 1)
    }
  }
}
