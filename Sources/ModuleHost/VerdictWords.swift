internal import Columns

/// The bitmaps that a module reads and fills, with room for the rows of any batch.
@safe
final class VerdictWords {
  private(set) var failed: UnsafeMutablePointer<UInt64>
  private(set) var unknown: UnsafeMutablePointer<UInt64>
  private var selected: UnsafeMutablePointer<UInt64>
  private var arena = Arena()
  private var capacity: Int
  private var rows = 0

  init(rows: Int) {
    capacity = Bitmap.wordCount(rows)
    unsafe failed = unsafe arena.allocate(count: capacity)
    unsafe unknown = unsafe arena.allocate(count: capacity)
    unsafe selected = unsafe arena.allocate(count: capacity)
  }

  /// Makes all verdicts of some rows *passed*.
  func clear(rows: Int) {
    self.rows = rows
    let words = Bitmap.wordCount(rows)
    if words > capacity {
      arena = Arena()
      capacity = words
      unsafe failed = unsafe arena.allocate(count: capacity)
      unsafe unknown = unsafe arena.allocate(count: capacity)
      unsafe selected = unsafe arena.allocate(count: capacity)
    }
    unsafe failed.update(repeating: 0, count: words)
    unsafe unknown.update(repeating: 0, count: words)
  }

  /// A copy for the module's eyes, so that what it is checked against afterwards cannot be changed by it.
  @unsafe
  func copy(_ bitmap: Bitmap) -> UnsafePointer<UInt64> {
    for index in bitmap.words.indices { unsafe selected[index] = bitmap.words[index] }
    return unsafe UnsafePointer(selected)
  }

  /// What is wrong with the verdicts, if anything, as a clause about the module.
  ///
  /// - Parameters:
  ///   - chosen: the rows that were to be judged.
  ///   - mayFail: false for kinds that judge at the end.
  func fault(_ chosen: Bitmap, mayFail: Bool) -> String? {
    var outside: UInt64 = 0
    var twice: UInt64 = 0
    var anyFailed: UInt64 = 0
    for index in chosen.words.indices {
      let (failed, unknown) = unsafe (self.failed[index], self.unknown[index])
      outside |= (failed | unknown) & ~chosen.words[index]
      twice |= failed & unknown
      anyFailed |= failed
    }
    if outside | twice == 0 && (mayFail || anyFailed == 0) { return nil }
    return words(chosen, mayFail: mayFail)
  }

  private func words(_ chosen: Bitmap, mayFail: Bool) -> String {
    for index in chosen.words.indices {
      let (failed, unknown) = unsafe (self.failed[index], self.unknown[index])
      let outside = (failed | unknown) & ~chosen.words[index]
      if outside != 0 {
        let row = index * 64 + outside.trailingZeroBitCount
        return row >= rows
          ? "it gave a verdict on row \(row + 1) of a batch of \(rows) rows"
          : "it gave a verdict on row \(row + 1) of a batch, which it was not asked to judge"
      }
      if failed & unknown != 0 {
        let row = index * 64 + (failed & unknown).trailingZeroBitCount
        return "it called row \(row + 1) of a batch both failed and unknown"
      }
      if !mayFail && failed != 0 {
        let row = index * 64 + failed.trailingZeroBitCount
        return "it called row \(row + 1) of a batch failed, though the kind judges only at finish"
      }
    }
    return "its verdicts make no sense"
  }
}
