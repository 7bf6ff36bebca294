/// Writes zip files whose entries are stored as they are (APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16).
struct SmallZip {
  private(set) var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count: UInt16 = 0

  private static func little(_ number: some FixedWidthInteger) -> [UInt8] {
    (0..<(type(of: number).bitWidth / 8)).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = .max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }

  mutating func add(_ name: String, _ text: String) {
    let content = Array(text.utf8)
    let offset = UInt32(bytes.count)
    let size = SmallZip.little(UInt32(content.count))
    let common =
      SmallZip.little(UInt16(20)) + [0, 0, 0, 0, 0, 0, 0x21, 0x49] + SmallZip.little(SmallZip.checksum(content)) + size
      + size
      + SmallZip.little(UInt16(name.utf8.count)) + [0, 0]
    bytes += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + content
    directory +=
      [0x50, 0x4B, 1, 2, 20, 0] + common + Array(repeating: 0, count: 10) + SmallZip.little(offset) + Array(name.utf8)
    count += 1
  }

  /// The file with its directory.
  var file: [UInt8] {
    bytes + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + SmallZip.little(count) + SmallZip.little(count)
      + SmallZip.little(UInt32(directory.count)) + SmallZip.little(UInt32(bytes.count)) + [0, 0]
  }
}
