internal import CTrustCheckModule

/// Where a module writes why it failed; used again from call to call.
@safe
final class ErrorBuffer {
  private let arena = Arena()
  private let error: UnsafeMutablePointer<tc_error>

  init() {
    unsafe error = unsafe arena.store(
      tc_error(
        struct_size: UInt32(MemoryLayout<tc_error>.size), reserved: 0,
        buffer: arena.allocateStructs(CChar.self, count: Limits.error), capacity: UInt64(Limits.error), length: 0))
  }

  /// Calls one of a module's functions, and makes an error of any result but `TC_OK`.
  func call(
    _ function: String, _ context: RuleContext, _ body: (UnsafeMutablePointer<tc_error>) -> UInt32
  ) throws(ModuleError) {
    unsafe error.pointee.length = 0
    let result = unsafe body(error)
    if result == TC_OK { return }
    guard result == TC_FAILED else {
      throw context.error("its function \(function) returned \(result), which is no result it may give")
    }
    let words = unsafe ModuleText.shown(error.pointee.buffer, length: error.pointee.length, limit: Limits.error)
    guard !words.isEmpty else { throw context.error("its function \(function) failed and gave no reason") }
    throw context.error(words.last == "." ? String(words.dropLast()) : words)
  }
}
