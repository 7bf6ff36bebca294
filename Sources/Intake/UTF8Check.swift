enum UTF8Check {
  /// True when no byte of the range is above 127.
  static func isASCII(_ block: ByteBlock, _ range: Range<Int>) -> Bool {
    var offset = range.lowerBound
    let base = unsafe UnsafeRawPointer(block.base)
    while offset + 32 <= range.upperBound {
      let a = unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let b = unsafe base.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
      let c = unsafe base.loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self)
      let d = unsafe base.loadUnaligned(fromByteOffset: offset + 24, as: UInt64.self)
      if (a | b | c | d) & 0x8080_8080_8080_8080 != 0 { return false }
      offset += 32
    }
    while offset < range.upperBound {
      if unsafe block.base[offset] > 127 { return false }
      offset += 1
    }
    return true
  }

  /// True when the bytes are well-formed UTF-8 (Unicode 15, table 3-7).
  static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
    unsafe firstFault(bytes) == nil
  }

  /// Where the first byte stands that begins no well-formed character; nil when there is none.
  static func firstFault(_ bytes: UnsafeRawBufferPointer) -> Int? {
    var index = 0
    let count = bytes.count
    while index < count {
      if index + 8 <= count,
        unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        index += 8
        continue
      }
      let first = unsafe bytes[index]
      if first < 0x80 {
        index += 1
        continue
      }
      let length: Int
      var low: UInt8 = 0x80
      var high: UInt8 = 0xBF
      switch first {
      case 0xC2...0xDF: length = 2
      case 0xE0: (length, low) = (3, 0xA0)
      case 0xED: (length, high) = (3, 0x9F)
      case 0xE1...0xEF: length = 3
      case 0xF0: (length, low) = (4, 0x90)
      case 0xF4: (length, high) = (4, 0x8F)
      case 0xF1...0xF3: length = 4
      default: return index
      }
      guard index + length <= count, unsafe (low...high).contains(bytes[index + 1]) else { return index }
      for follower in 2..<max(2, length) {
        guard unsafe (0x80...0xBF).contains(bytes[index + follower]) else { return index }
      }
      index += length
    }
    return nil
  }

  /// How many bytes at the end may be the start of a character that goes on after them: 0 to 3.
  static func openTail(_ block: ByteBlock) -> Int {
    var back = 1
    while back <= min(3, block.count) {
      let byte = block[block.count - back]
      if byte & 0xC0 == 0xC0 {
        let needs = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
        return needs > back ? back : 0
      }
      if byte < 0x80 { return 0 }
      back += 1
    }
    return 0
  }
}
