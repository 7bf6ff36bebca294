internal import AuditModel
internal import CTrustCheckModule
internal import Synchronization

/// What look-ups hand to modules, which may keep it until the program ends.
///
/// Equal answers share memory, so that it is bounded by the register and not by the number of look-ups.
enum LastingTexts {
  @safe
  private struct Table: @unchecked Sendable {
    // Sendable: used under the lock alone; what it hands out is never changed.
    let arena = Arena()
    var organisations: [FoundOrganisation: tc_organisation] = unsafe [:]
    var texts: [String: tc_text] = unsafe [:]

    @unsafe
    mutating func text(_ text: String) -> tc_text {
      if let known = unsafe texts[text] { return unsafe known }
      let copy = unsafe arena.text(text)
      unsafe texts[text] = unsafe copy
      return unsafe copy
    }

    @unsafe
    mutating func organisation(_ found: FoundOrganisation) -> tc_organisation {
      if let known = unsafe organisations[found] { return unsafe known }
      let successors = unsafe arena.allocateStructs(tc_text.self, count: found.successors.count)
      for (index, code) in found.successors.enumerated() { unsafe successors[index] = unsafe text(code) }
      let copy = unsafe tc_organisation(
        struct_size: UInt32(MemoryLayout<tc_organisation>.size), state: found.state.rawValue,
        opened: found.opened?.days ?? .min, closed: found.closed?.days ?? .min, code: text(found.code),
        name: text(found.name), successors: UnsafePointer(successors), successor_count: UInt64(found.successors.count))
      unsafe organisations[found] = unsafe copy
      return unsafe copy
    }
  }

  private static let table = Mutex<Table>(Table())

  @unsafe
  static func organisation(_ found: FoundOrganisation) -> tc_organisation {
    unsafe table.withLock { unsafe $0.organisation(found) }
  }

  @unsafe
  static func text(_ text: String) -> tc_text {
    unsafe table.withLock { unsafe $0.text(text) }
  }
}
