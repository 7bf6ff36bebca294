import CTrustCheckModule

/// Why a rule could not be bound, a batch not be checked or a state not be read, in words for the rule's author.
public struct ModuleFailure: Error, Hashable, Sendable {
  public let message: String

  public init(_ message: String) {
    self.message = message
  }

  /// Writes the message where the host reads it, cut between characters when it is too long.
  func write(to error: UnsafeMutablePointer<tc_error>?) {
    guard let error = unsafe error, unsafe Int(error.pointee.struct_size) >= MemoryLayout<tc_error>.size,
      let buffer = unsafe error.pointee.buffer
    else { return }
    let capacity = unsafe Int(clamping: error.pointee.capacity)
    let bytes = Array(message.utf8)
    var length = min(bytes.count, capacity)
    // A byte 10xxxxxx goes on with the character before it.
    while length < bytes.count, length > 0, bytes[length] & 0xC0 == 0x80 { length -= 1 }
    for index in 0..<length { unsafe buffer[index] = CChar(bitPattern: bytes[index]) }
    unsafe error.pointee.length = UInt64(length)
  }
}
