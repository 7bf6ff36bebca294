/// The keys of the rows of one batch while they are read; used again from batch to batch.
@safe
final class KeyBuffer {
  private(set) var count = 0
  /// The bytes of keys of more than 12 bytes.
  let long = KeyBytes()
  private var capacity = 0
  private var keys: UnsafeMutablePointer<RecordKey>
  private var rows: UnsafeMutablePointer<UInt32>
  /// Finds keys once repeats have been removed.
  private let table = KeyTable()

  init() {
    unsafe keys = .allocate(capacity: 0)
    unsafe rows = .allocate(capacity: 0)
  }

  deinit {
    unsafe keys.deallocate()
    unsafe rows.deallocate()
  }

  func removeAll(reserving rowCount: Int) {
    count = 0
    long.removeAll()
    if rowCount > capacity {
      unsafe keys.deallocate()
      unsafe rows.deallocate()
      capacity = rowCount
      unsafe keys = .allocate(capacity: capacity)
      unsafe rows = .allocate(capacity: capacity)
    }
  }

  /// Fills the buffer with the keys of rows; it has room for them.
  @inline(__always)
  func fill<Failure: Error>(_ selected: Bitmap, _ key: (Row) throws(Failure) -> RecordKey) throws(Failure) {
    // Kept out of the object during the loop, where each change would be checked for others at the same time.
    let keys = unsafe keys
    let rows = unsafe rows
    let capacity = capacity
    var count = 0
    try selected.forEachRow { row throws(Failure) in
      precondition(count < capacity)
      try unsafe (keys + count).initialize(to: key(row))
      unsafe (rows + count).initialize(to: UInt32(truncatingIfNeeded: row.index))
      count &+= 1
    }
    self.count = count
  }

  /// A key of more than 12 bytes, which are kept.
  func longKey(_ bytes: UnsafeRawBufferPointer) throws(ModuleFailure) -> RecordKey {
    guard long.count + bytes.count <= Int(UInt32.max) else {
      throw ModuleFailure("The keys of one batch are longer than 4 GiB together")
    }
    return unsafe RecordKey(bytes, offset: long.append(bytes))
  }

  /// Keeps the first of equal keys, and makes the buffer ready for `removeKeys(in:)` of another.
  func removeRepeats() {
    table.reset(for: count)
    let keys = unsafe keys
    let rows = unsafe rows
    var kept = 0
    for position in 0..<count {
      let key = unsafe keys[position]
      let first = table.insert(kept, hash: key.hash) { other in
        unsafe RecordKey.isEqual(keys[other], long, key, long)
      }
      if first != nil { continue }
      unsafe keys[kept] = key
      unsafe rows[kept] = rows[position]
      kept &+= 1
    }
    count = kept
  }

  /// Takes away the keys that another buffer has, whose repeats have been removed.
  func removeKeys(in other: KeyBuffer) {
    let keys = unsafe keys
    let rows = unsafe rows
    let otherKeys = unsafe other.keys
    var kept = 0
    for position in 0..<count {
      let key = unsafe keys[position]
      let found = other.table.find(hash: key.hash) { candidate in
        unsafe RecordKey.isEqual(otherKeys[candidate], other.long, key, long)
      }
      if found != nil { continue }
      unsafe keys[kept] = key
      unsafe rows[kept] = rows[position]
      kept &+= 1
    }
    count = kept
  }

  /// The keys in groups, as they are kept.
  func makeChunk(places: Column<UInt64>?) -> KeyChunk {
    let keys = unsafe keys
    var longCount = 0
    for position in 0..<count where unsafe !keys[position].isInline { unsafe longCount += keys[position].count }
    let chunk = KeyChunk(count: count, hasPlaces: places != nil, long: KeyBytes(capacity: longCount))
    let starts = unsafe chunk.starts
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(1, count)) { groups in
      for position in 0..<count {
        let group = unsafe keys[position].group
        unsafe groups[position] = UInt8(truncatingIfNeeded: group)
        unsafe starts[group &+ 1] &+= 1
      }
      for group in 0..<RecordKey.groupCount { unsafe starts[group &+ 1] &+= starts[group] }
      unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: RecordKey.groupCount) { next in
        for group in 0..<RecordKey.groupCount { unsafe next[group] = starts[group] }
        for position in 0..<count {
          var key = unsafe keys[position]
          if !key.isInline { key = unsafe key.moved(to: chunk.long.append(long[key])) }
          let group = unsafe Int(groups[position])
          let index = unsafe Int(next[group])
          unsafe next[group] &+= 1
          unsafe chunk.keys[index] = key
          if let places { unsafe chunk.places[index] = places[Row(Int(rows[position]))] }
        }
      }
    }
    return chunk
  }
}
