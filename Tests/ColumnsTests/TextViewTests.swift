import AuditModel
import Columns
import Testing

@Suite("Text views")
struct TextViewTests {
  /// The layout of Arrow's `utf8view`, byte by byte.
  private func layout(_ text: [UInt8], buffer: UInt32, offset: UInt32) -> [UInt8] {
    func bytes(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
    let length = bytes(UInt32(text.count))
    if text.count <= 12 { return length + text + Array(repeating: 0, count: 12 - text.count) }
    return length + text.prefix(4) + bytes(buffer) + bytes(offset)
  }

  private func words(_ view: TextView) -> [UInt8] {
    [view.low, view.high].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
  }

  @Test("Every length at every alignment is laid out as Arrow says")
  func lengthsAndAlignments() {
    let bytes = (0..<64).map { UInt8(0x80 | ($0 * 37) & 0x7F) }
    for offset in 0..<16 {
      for count in 0...40 {
        let text = Array(bytes[offset..<(offset + count)])
        let view = unsafe bytes.withUnsafeBufferPointer { source in
          unsafe TextView(base: source.baseAddress!, offset: offset, count: count, buffer: 3)
        }
        #expect(words(view) == layout(text, buffer: 3, offset: UInt32(offset)), "\(count) bytes at \(offset)")
        #expect(view.count == count && view.isInline == (count <= 12))
        if !view.isInline { #expect(view.buffer == 3 && view.offset == offset) }
      }
    }
  }

  @Test("Only long texts are added to the text buffer")
  func appending() {
    var bytes: [UInt8] = [1, 2, 3]
    let short = TextView("twelve bytes", buffer: 2, appendingTo: &bytes)
    #expect(bytes == [1, 2, 3] && short.isInline)
    let long = TextView("thirteen long", buffer: 2, appendingTo: &bytes)
    #expect(bytes.count == 16 && long.offset == 3 && long.buffer == 2 && long.count == 13)
    #expect(words(TextView("", buffer: 2, appendingTo: &bytes)) == words(.empty))
  }

  @Test("The words of a short text are its bytes")
  func inlineWords() {
    var bytes: [UInt8] = []
    let view = TextView("abcdefghijkl", buffer: 0, appendingTo: &bytes)
    #expect(view.inlineHead == 0x6867_6665_6463_6261)
    #expect(view.inlineTail == 0x6C6B_6A69)
  }

  @Test("A batch gives the text of short, long and empty views")
  func textOfBatch() {
    let batch = Batch(types: [.text], capacity: 8)
    let texts = ["", "é", "exactly 12 b", "longer than twelve bytes — and not ASCII"]
    var bytes: [UInt8] = []
    for (row, text) in texts.enumerated() {
      batch.columns[0].texts[row] = TextView(text, buffer: 1, appendingTo: &bytes)
    }
    batch.count = texts.count
    unsafe bytes.withUnsafeBytes { buffer in
      unsafe batch.setTextBuffers([UnsafeRawBufferPointer(start: nil, count: 0), buffer])
      for (row, text) in texts.enumerated() { #expect(batch.text(0, row) == text) }
    }
  }
}
