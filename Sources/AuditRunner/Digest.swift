import Crypto

/// SHA-256 over bytes as they come.
struct Digest {
  private var hash = SHA256()

  mutating func add(_ bytes: some Sequence<UInt8>) {
    hash.update(data: Array(bytes))
  }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    unsafe hash.update(bufferPointer: bytes)
  }

  /// Text and its length, so that no two lists of texts give the same bytes.
  mutating func add(_ text: String) {
    unsafe withUnsafeBytes(of: UInt64(text.utf8.count).littleEndian) { unsafe hash.update(bufferPointer: $0) }
    hash.update(data: Array(text.utf8))
  }

  /// 64 hexadecimal digits.
  func hex() -> String {
    var result = ""
    for byte in hash.finalize() {
      result += byte < 16 ? "0" : ""
      result += String(byte, radix: 16)
    }
    return result
  }

  static func of(_ bytes: [UInt8]) -> String {
    var digest = Digest()
    digest.add(bytes)
    return digest.hex()
  }
}

extension Digest {
  /// The first 16 bytes of a digest, which tell people of one run apart.
  static func person(_ bytes: [UInt8]) -> PersonDigest {
    unsafe SHA256.hash(data: bytes).withUnsafeBytes { bytes in
      unsafe PersonDigest(
        first: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
        second: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }
  }
}
