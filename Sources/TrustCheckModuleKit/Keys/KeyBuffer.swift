/// The keys of the rows of one batch while they are read; used again from batch to batch.
@safe
final class KeyBuffer {
  private(set) var count = 0
  /// The bytes of keys of more than 12 bytes.
  private(set) var long: [UInt8] = []
  private var capacity = 0
  private var keys: UnsafeMutablePointer<RecordKey>
  private var rows: UnsafeMutablePointer<UInt32>
  /// By hash, positions in `keys` counted from 1; 0 where nothing is.
  private var table: [UInt32] = []

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
    long.removeAll(keepingCapacity: true)
    if rowCount > capacity {
      unsafe keys.deallocate()
      unsafe rows.deallocate()
      capacity = rowCount
      unsafe keys = .allocate(capacity: capacity)
      unsafe rows = .allocate(capacity: capacity)
    }
  }

  @inline(__always)
  func append(_ key: RecordKey, _ row: Row) {
    precondition(count < capacity)
    unsafe (keys + count).initialize(to: key)
    unsafe (rows + count).initialize(to: UInt32(truncatingIfNeeded: row.index))
    count &+= 1
  }

  /// Appends a key of more than 12 bytes.
  func append(_ bytes: UnsafeRawBufferPointer, _ row: Row) throws(ModuleFailure) {
    guard long.count + bytes.count <= Int(UInt32.max) else {
      throw ModuleFailure("The keys of one batch are longer than 4 GiB together")
    }
    append(unsafe RecordKey(bytes, offset: long.count), row)
    unsafe long.append(contentsOf: bytes)
  }

  /// Keeps the first of equal keys, and makes the buffer ready for `removeKeys(in:)` of another.
  func removeRepeats() {
    makeTable()
    let all = count
    count = 0
    for position in 0..<all {
      let key = unsafe keys[position]
      let place = find(key, in: long)
      if table[place] != 0 { continue }
      unsafe keys[count] = key
      unsafe rows[count] = rows[position]
      count += 1
      table[place] = UInt32(count)
    }
  }

  /// Takes away the keys that another buffer has, whose repeats have been removed.
  func removeKeys(in other: KeyBuffer) {
    let all = count
    count = 0
    for position in 0..<all {
      let key = unsafe keys[position]
      if other.table[other.find(key, in: long)] != 0 { continue }
      unsafe keys[count] = key
      unsafe rows[count] = rows[position]
      count += 1
    }
  }

  private func makeTable() {
    var size = 16
    while size < count * 2 { size *= 2 }
    if table.count == size {
      for index in table.indices { table[index] = 0 }
    } else {
      table = [UInt32](repeating: 0, count: size)
    }
  }

  /// Where a key stands in the table, or where it would.
  private func find(_ key: RecordKey, in bytes: [UInt8]) -> Int {
    let mask = table.count - 1
    var place = Int(truncatingIfNeeded: key.hash) & mask
    while table[place] != 0 {
      let found = unsafe keys[Int(table[place]) - 1]
      if RecordKey.isEqual(found, long, key, bytes) { return place }
      place = (place + 1) & mask
    }
    return place
  }

  /// The keys in groups, as they are kept.
  func makeChunk(places: Column<UInt64>?) -> KeyChunk {
    let chunk = KeyChunk(count: count, hasPlaces: places != nil)
    var groups = [UInt8](repeating: 0, count: count)
    var next = [Int](repeating: 0, count: RecordKey.groupCount + 1)
    for position in 0..<count {
      let group = unsafe keys[position].group
      groups[position] = UInt8(group)
      next[group + 1] += 1
    }
    for group in 0..<RecordKey.groupCount { next[group + 1] += next[group] }
    chunk.setStarts(next)
    for position in 0..<count {
      let group = Int(groups[position])
      var key = unsafe keys[position]
      if !key.isInline { key = key.moved(to: chunk.append(long[key.offset..<(key.offset + key.count)])) }
      let row = unsafe Row(Int(rows[position]))
      chunk.set(next[group], key, place: places.map { $0[row] })
      next[group] += 1
    }
    return chunk
  }
}
