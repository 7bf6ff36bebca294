/// Keys of rows of one batch, in groups by hash and within a group in the order of rows. Never changed once made.
@safe
final class KeyChunk: @unchecked Sendable {
  let count: Int
  /// The bytes of keys of more than 12 bytes.
  let long: KeyBytes
  let hasPlaces: Bool
  let keys: UnsafeMutablePointer<RecordKey>
  let places: UnsafeMutablePointer<UInt64>
  /// Where each group begins, and one more; zeros at first.
  let starts: UnsafeMutablePointer<UInt32>

  /// A chunk whose keys and places are still to be set.
  init(count: Int, hasPlaces: Bool, long: KeyBytes) {
    self.long = long
    self.count = count
    self.hasPlaces = hasPlaces
    unsafe keys = .allocate(capacity: count)
    unsafe places = .allocate(capacity: hasPlaces ? count : 0)
    unsafe starts = .allocate(capacity: RecordKey.groupCount + 1)
    unsafe starts.initialize(repeating: 0, count: RecordKey.groupCount + 1)
  }

  deinit {
    unsafe keys.deallocate()
    unsafe places.deallocate()
    unsafe starts.deallocate()
  }

  private var keyMemory: UnsafeMutableRawBufferPointer {
    unsafe UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(start: keys, count: count))
  }

  private var placeMemory: UnsafeMutableRawBufferPointer {
    unsafe UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(start: places, count: hasPlaces ? count : 0))
  }

  private var startMemory: UnsafeMutableRawBufferPointer {
    unsafe UnsafeMutableRawBufferPointer(
      UnsafeMutableBufferPointer(start: starts, count: RecordKey.groupCount + 1))
  }

  func save(_ writer: inout StateWriter) {
    writer.write(UInt64(count))
    writer.write(UInt8(hasPlaces ? 1 : 0))
    writer.write(UInt64(long.count))
    unsafe writer.write(memory: UnsafeRawBufferPointer(startMemory))
    unsafe writer.write(memory: UnsafeRawBufferPointer(keyMemory))
    unsafe writer.write(memory: UnsafeRawBufferPointer(placeMemory))
    unsafe writer.write(memory: UnsafeRawBufferPointer(long.all))
  }

  static func load(_ reader: inout StateReader) throws(ModuleFailure) -> KeyChunk {
    let count = try reader.readCount(elementSize: 16)
    let hasPlaces = try reader.read(UInt8.self) == 1
    let long = KeyBytes.uninitialized(count: try reader.readCount(elementSize: 1))
    let chunk = KeyChunk(count: count, hasPlaces: hasPlaces, long: long)
    try unsafe reader.read(into: chunk.startMemory)
    try unsafe reader.read(into: chunk.keyMemory)
    try unsafe reader.read(into: chunk.placeMemory)
    try unsafe reader.read(into: long.all)
    try chunk.validate()
    return chunk
  }

  private func validate() throws(ModuleFailure) {
    guard unsafe starts[0] == 0, unsafe Int(starts[RecordKey.groupCount]) == count else { throw StateReader.broken }
    for group in 0..<RecordKey.groupCount where unsafe starts[group] > starts[group + 1] { throw StateReader.broken }
    for index in 0..<count {
      let key = unsafe keys[index]
      if !key.isInline, key.offset + key.count > long.count { throw StateReader.broken }
    }
  }
}
