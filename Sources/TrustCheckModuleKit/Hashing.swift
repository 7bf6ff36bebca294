/// Spreads two words over one; exact keys are compared in full, so this only has to be quick and even.
@inlinable
func spread(_ low: UInt64, _ high: UInt64) -> UInt64 {
  let product = (low ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: high ^ 0xD1B5_4A32_D192_ED03)
  return product.high ^ product.low
}

/// The hash of a text of any length, eight bytes at a time.
@usableFromInline
func spread(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
  var hash = UInt64(bytes.count)
  var offset = 0
  while offset + 8 <= bytes.count {
    unsafe hash = spread(hash, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    offset += 8
  }
  var rest: UInt64 = 0
  while offset < bytes.count {
    unsafe rest = rest << 8 | UInt64(bytes[offset])
    offset += 1
  }
  return spread(hash, rest)
}
