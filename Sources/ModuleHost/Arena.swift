internal import CTrustCheckModule

/// Memory that is handed out in pieces and freed all at once.
///
/// Pieces are zeroed, stay where they are, and are valid as long as the arena lives.
@safe
final class Arena {
  private var pieces: [UnsafeMutableRawPointer] = unsafe []

  deinit {
    while let piece = unsafe pieces.popLast() { unsafe piece.deallocate() }
  }

  /// Zeroed memory for some elements, of which there may be none.
  @unsafe
  func allocate<Element: BitwiseCopyable>(_ type: Element.Type = Element.self, count: Int)
    -> UnsafeMutablePointer<Element>
  {
    unsafe zeroed(count * MemoryLayout<Element>.stride).bindMemory(to: Element.self, capacity: count)
  }

  /// Memory for C structs, whose pointers Swift does not count as bitwise copyable.
  @unsafe
  func allocateStructs<Struct>(_ type: Struct.Type = Struct.self, count: Int = 1) -> UnsafeMutablePointer<Struct> {
    precondition(_isPOD(Struct.self), "Only C structs have no life of their own")
    return unsafe zeroed(count * MemoryLayout<Struct>.stride).bindMemory(to: Struct.self, capacity: count)
  }

  /// A copy of a value.
  @unsafe
  func store<Struct>(_ value: Struct) -> UnsafeMutablePointer<Struct> {
    let pointer = unsafe allocateStructs(Struct.self)
    unsafe pointer.initialize(to: value)
    return unsafe pointer
  }

  /// A copy of a text's UTF-8.
  @unsafe
  func text(_ text: String) -> tc_text {
    let bytes = Array(text.utf8)
    let copy = unsafe allocate(UInt8.self, count: bytes.count + 1)
    for (index, byte) in bytes.enumerated() { unsafe copy[index] = byte }
    return unsafe tc_text(
      bytes: UnsafeRawPointer(copy).assumingMemoryBound(to: CChar.self), length: UInt64(bytes.count))
  }

  /// A copy of a text that ends with NUL.
  @unsafe
  func terminated(_ text: String) -> UnsafePointer<CChar> {
    unsafe self.text(text).bytes
  }

  private func zeroed(_ bytes: Int) -> UnsafeMutableRawPointer {
    let piece = UnsafeMutableRawPointer.allocate(byteCount: max(64, bytes), alignment: 64)
    unsafe piece.initializeMemory(as: UInt8.self, repeating: 0, count: max(64, bytes))
    unsafe pieces.append(piece)
    return unsafe piece
  }
}
