/// Keys of rows of one batch, in groups by hash and within a group in the order of rows. Never changed once made.
@safe
final class KeyChunk: @unchecked Sendable {
  let count: Int
  /// The bytes of keys of more than 12 bytes.
  private(set) var long: [UInt8] = []
  /// Where each group begins, and one more.
  private(set) var starts = [UInt32](repeating: 0, count: RecordKey.groupCount + 1)
  let hasPlaces: Bool
  private let keys: UnsafeMutablePointer<RecordKey>
  private let places: UnsafeMutablePointer<UInt64>

  init(count: Int, hasPlaces: Bool) {
    self.count = count
    self.hasPlaces = hasPlaces
    unsafe keys = .allocate(capacity: count)
    unsafe keys.initialize(repeating: RecordKey(low: 0, high: 0), count: count)
    unsafe places = .allocate(capacity: hasPlaces ? count : 0)
    unsafe places.initialize(repeating: 0, count: hasPlaces ? count : 0)
  }

  deinit {
    unsafe keys.deallocate()
    unsafe places.deallocate()
  }

  func setStarts(_ starts: [Int]) {
    for (group, start) in starts.enumerated() { self.starts[group] = UInt32(start) }
  }

  func append(_ bytes: ArraySlice<UInt8>) -> Int {
    defer { long += bytes }
    return long.count
  }

  func set(_ index: Int, _ key: RecordKey, place: UInt64?) {
    precondition(index < count)
    unsafe keys[index] = key
    if let place, hasPlaces { unsafe places[index] = place }
  }

  @inline(__always)
  func key(_ index: Int) -> RecordKey {
    precondition(index < count)
    return unsafe keys[index]
  }

  @inline(__always)
  func place(_ index: Int) -> UInt64 {
    precondition(hasPlaces && index < count)
    return unsafe places[index]
  }

  /// Positions of the keys of a group.
  @inline(__always)
  func range(_ group: Int) -> Range<Int> { Int(starts[group])..<Int(starts[group + 1]) }

  func save(_ writer: inout StateWriter) {
    writer.write(UInt64(count))
    writer.write(UInt8(hasPlaces ? 1 : 0))
    for start in starts { writer.write(start) }
    for index in 0..<count {
      writer.write(key(index).low)
      writer.write(key(index).high)
      if hasPlaces { writer.write(place(index)) }
    }
    writer.write(all: long)
  }

  static func load(_ reader: inout StateReader) throws(ModuleFailure) -> KeyChunk {
    let count = try reader.readCount(elementSize: 16)
    let chunk = KeyChunk(count: count, hasPlaces: try reader.read(UInt8.self) == 1)
    for group in chunk.starts.indices { chunk.starts[group] = try reader.read() }
    guard chunk.starts[0] == 0, Int(chunk.starts[RecordKey.groupCount]) == count,
      zip(chunk.starts, chunk.starts.dropFirst()).allSatisfy({ $0 <= $1 })
    else { throw StateReader.broken }
    for index in 0..<count {
      let key = RecordKey(low: try reader.read(), high: try reader.read())
      chunk.set(index, key, place: chunk.hasPlaces ? try reader.read() : nil)
    }
    chunk.long = try reader.readAll()
    for index in 0..<count {
      let key = chunk.key(index)
      if !key.isInline, key.offset + key.count > chunk.long.count { throw StateReader.broken }
    }
    return chunk
  }
}
