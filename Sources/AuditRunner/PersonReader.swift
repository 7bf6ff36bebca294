import AuditModel
import Columns

/// Tells whose a record is, by the first of a pack's keys whose fields all hold a value.
///
/// Spaces in a text and the case of its letters do not matter. Only a digest leaves this place.
struct PersonReader {
  private let keys: [[Int]]

  init(_ keys: [[Int]]) {
    self.keys = keys
  }

  /// Nil when no key is complete.
  func person(_ batch: Batch, _ row: Int) -> (digest: PersonDigest, key: Int)? {
    guard let key = key(batch, row) else { return nil }
    var bytes = [UInt8(truncatingIfNeeded: key)]
    bytes.reserveCapacity(64)
    for field in keys[key] {
      if batch.columns[field].type == .text {
        add(batch, batch.columns[field].texts[row], to: &bytes)
      } else {
        bytes += KeptCell(batch, column: field, row: row).canonical.utf8
      }
      // No byte of UTF-8, so that no two lists of texts give the same bytes.
      bytes.append(0xFF)
    }
    return (Digest.person(bytes), key)
  }

  private func key(_ batch: Batch, _ row: Int) -> Int? {
    keys.firstIndex { fields in
      fields.allSatisfy { batch.columns[$0].isPresent && batch.columns[$0].kind(row) == .value }
    }
  }

  /// Adds a text without its spaces, in capital letters.
  private func add(_ batch: Batch, _ view: TextView, to bytes: inout [UInt8]) {
    let start = bytes.count
    let isASCII = unsafe batch.withBytes(of: view) { text in
      for index in text.indices {
        let byte = unsafe text[index]
        if byte >= 0x80 { return false }
        if byte > 0x20 { bytes.append((0x61...0x7A).contains(byte) ? byte - 0x20 : byte) }
      }
      return true
    }
    guard !isASCII else { return }
    bytes.removeSubrange(start...)
    bytes += batch.text(view).uppercased().filter { !$0.isWhitespace }.utf8
  }
}
