import Columns

/// Numbers the organisations that the rows of a part name, in the order of first appearance.
struct SubjectIndex {
  private(set) var subjects: [RecordSubject] = []
  private var keys: [Key] = []
  /// Open addressing: 0 is free, n is subject n - 1.
  private var slots = [UInt32](repeating: 0, count: 256)
  private var last: (code: TextView, name: TextView, number: UInt32)?

  private struct Key {
    let code: TextView
    let name: TextView
    let hash: UInt64
  }

  /// The number of the organisation that a code and a name stand for.
  mutating func number(_ code: TextView, _ name: TextView, _ buffers: TextBuffers) -> UInt32 {
    if let last, last.code.isSame(code), last.name.isSame(name), code.isInline, name.isInline { return last.number }
    let hash = hash(code, buffers) &* 0x9E37_79B9_7F4A_7C15 ^ hash(name, buffers)
    var slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = slots[slot] - 1
      let key = keys[Int(number)]
      if key.hash == hash, key.code.low == code.low, key.name.low == name.low, matches(Int(number), key, code, name, buffers)
      {
        last = (code, name, number)
        return number
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = UInt32(subjects.count)
    subjects.append(RecordSubject(code: buffers.string(code), name: buffers.string(name)))
    keys.append(Key(code: code, name: name, hash: hash))
    slots[slot] = number + 1
    if subjects.count * 2 > slots.count { grow() }
    last = (code, name, number)
    return number
  }

  /// Short texts are equal when their views are; long ones are compared with the text kept.
  private func matches(
    _ number: Int, _ key: Key, _ code: TextView, _ name: TextView, _ buffers: TextBuffers
  ) -> Bool {
    let codeMatches = code.isInline ? key.code.high == code.high : same(code, subjects[number].code, buffers)
    guard codeMatches else { return false }
    return name.isInline ? key.name.high == name.high : same(name, subjects[number].name, buffers)
  }

  private func same(_ view: TextView, _ text: String, _ buffers: TextBuffers) -> Bool {
    buffers.withBytes(view) { bytes in
      var text = text
      return text.withUTF8 { other in unsafe other.elementsEqual(bytes) }
    }
  }

  private func hash(_ view: TextView, _ buffers: TextBuffers) -> UInt64 {
    if view.isInline { return (view.low ^ (view.high &* 0xFF51_AFD7_ED55_8CCD)) &* 0xC4CE_B9FE_1A85_EC53 }
    return buffers.withBytes(view) { bytes in
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for index in 0..<bytes.count { hash = unsafe (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
      return hash
    }
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

extension TextView {
  @inline(__always)
  func isSame(_ other: TextView) -> Bool { low == other.low && high == other.high }
}
