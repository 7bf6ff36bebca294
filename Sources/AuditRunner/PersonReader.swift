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

  func hasPerson(_ batch: Batch, _ row: Int) -> Bool { key(batch, row) != nil }

  /// Nil when no key is complete.
  func person(_ batch: Batch, _ row: Int) -> (digest: PersonDigest, key: Int)? {
    guard let key = key(batch, row) else { return nil }
    var digest = Digest()
    digest.add([UInt8(truncatingIfNeeded: key)])
    for field in keys[key] {
      let bytes =
        batch.columns[field].type == .text
        ? PersonReader.folded(batch.text(field, row))
        : Array(KeptCell(batch, column: field, row: row).canonical.utf8)
      digest.add(UInt32(truncatingIfNeeded: bytes.count).littleEndianBytes + bytes)
    }
    return (digest.person(), key)
  }

  /// A text without spaces, in capital letters.
  private static func folded(_ text: String) -> [UInt8] {
    Array(text.uppercased().filter { !$0.isWhitespace }.utf8)
  }

  private func key(_ batch: Batch, _ row: Int) -> Int? {
    keys.firstIndex { fields in
      fields.allSatisfy { batch.columns[$0].isPresent && batch.columns[$0].kind(row) == .value }
    }
  }
}

extension UInt32 {
  fileprivate var littleEndianBytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: self >> ($0 * 8)) } }
}
