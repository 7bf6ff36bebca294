import Glibc

/// True when a text stands anywhere in some bytes.
func holds(_ bytes: UnsafeRawBufferPointer, _ text: [UInt8]) -> Bool {
  guard let base = bytes.baseAddress, let first = text.first else { return text.isEmpty }
  var at = 0
  while at + text.count <= bytes.count,
    let found = unsafe memchr(base + at, Int32(first), bytes.count - text.count + 1 - at)
  {
    let place = unsafe UnsafeRawPointer(found) - base
    let isThere = unsafe text.withUnsafeBytes { unsafe memcmp(base + place, $0.baseAddress!, text.count) == 0 }
    if isThere { return true }
    at = place + 1
  }
  return false
}
