extension KeyedRecords {
  /// A record whose key an earlier one has.
  public struct Repeat {
    public let place: UInt64
    public let submission: UInt32
    /// The place of the first record with the key.
    public let first: UInt64
    /// How many records have the key.
    public let count: Int
    /// The key's values, as evidence shows them.
    public let words: String
  }

  /// A record whose key is not among others.
  public struct Missing {
    public let place: UInt64
    public let submission: UInt32
    /// The key's values, as evidence shows them.
    public let words: String
  }

  /// Calls the closure with every record but the first of those that have the same key.
  ///
  /// - Parameters:
  ///   - fields: those the records were added by.
  ///   - withinSubmission: true when only records of the same submission are compared.
  /// - Complexity: O(*n*) in the number of records.
  public func forEachRepeat(of fields: KeyFields, withinSubmission: Bool, _ body: (Repeat) -> Void) {
    let group = KeyGroup()
    let table = KeyTable()
    for number in 0..<RecordKey.groupCount {
      group.gather(number, parts, withSubmissions: withinSubmission)
      table.reset(for: group.count)
      // Positions of repeats and of the first record with their key.
      var repeats: [(position: Int, first: Int)] = []
      for position in 0..<group.count {
        let entry = group[position]
        var hash = entry.key.hash
        if withinSubmission { hash = spread(hash, UInt64(entry.submission)) }
        let first = table.insert(position, hash: hash) { other in
          let other = group[other]
          return other.submission == entry.submission && isEqual(other, entry)
        }
        if let first { repeats.append((position, first)) }
      }
      if !repeats.isEmpty { tell(repeats, of: fields, group, body) }
    }
  }

  private func tell(
    _ repeats: [(position: Int, first: Int)], of fields: KeyFields, _ group: KeyGroup, _ body: (Repeat) -> Void
  ) {
    // By position of a first record, where its key stands among `keys`, counted from 1.
    var numbers = [Int](repeating: 0, count: group.count)
    var keys: [(count: Int, words: String)] = []
    for (_, first) in repeats {
      if numbers[first] == 0 {
        let entry = group[first]
        keys.append((1, fields.words(entry.key.bytes(in: parts[Int(entry.part)].chunk.long))))
        numbers[first] = keys.count
      }
      keys[numbers[first] - 1].count += 1
    }
    for (position, first) in repeats {
      let entry = group[position]
      let place = place(of: entry)
      let key = keys[numbers[first] - 1]
      body(
        Repeat(
          place: place, submission: parts[Int(entry.part)].submission(of: place), first: self.place(of: group[first]),
          count: key.count, words: key.words))
    }
  }

  /// Calls the closure with every record whose key is not among those of others.
  ///
  /// - Complexity: O(*n* + *m*) in the numbers of records.
  public func forEachMissing(of fields: KeyFields, from known: KeyedRecords, _ body: (Missing) -> Void) {
    let group = KeyGroup()
    let wanted = KeyGroup()
    let table = KeyTable()
    for number in 0..<RecordKey.groupCount {
      group.gather(number, known.parts, withSubmissions: false)
      table.reset(for: group.count)
      for position in 0..<group.count {
        let entry = group[position]
        _ = table.insert(position, hash: entry.key.hash) { known.isEqual(group[$0], entry) }
      }
      wanted.gather(number, parts, withSubmissions: false)
      for position in 0..<wanted.count {
        let entry = wanted[position]
        let found = table.find(hash: entry.key.hash) { candidate in
          let other = group[candidate]
          if other.key.low != entry.key.low { return false }
          if entry.key.isInline { return other.key.high == entry.key.high }
          return RecordKey.isEqual(
            other.key, known.parts[Int(other.part)].chunk.long, entry.key, parts[Int(entry.part)].chunk.long)
        }
        if found != nil { continue }
        let part = parts[Int(entry.part)]
        let place = place(of: entry)
        body(
          Missing(
            place: place, submission: part.submission(of: place),
            words: fields.words(entry.key.bytes(in: part.chunk.long))))
      }
    }
  }

  private func place(of entry: KeyGroup.Entry) -> UInt64 {
    let chunk = parts[Int(entry.part)].chunk
    precondition(chunk.hasPlaces && Int(entry.index) < chunk.count)
    return unsafe chunk.places[Int(entry.index)]
  }

  @inline(__always)
  private func isEqual(_ a: KeyGroup.Entry, _ b: KeyGroup.Entry) -> Bool {
    if a.key.low != b.key.low { return false }
    if a.key.isInline { return a.key.high == b.key.high }
    return RecordKey.isEqual(
      a.key, parts[Int(a.part)].chunk.long, b.key, parts[Int(b.part)].chunk.long)
  }
}

/// The keys of one group of all parts, gathered so that they lie side by side; used again from group to group.
@safe
final class KeyGroup {
  struct Entry: BitwiseCopyable {
    var key: RecordKey
    /// Where the key stands: its part, and its position there.
    var part: UInt32
    var index: UInt32
    /// 0 where submissions do not matter.
    var submission: UInt32
  }

  private(set) var count = 0
  private var entries: UnsafeMutablePointer<Entry>
  private var capacity = 0

  init() {
    unsafe entries = .allocate(capacity: 0)
  }

  deinit {
    unsafe entries.deallocate()
  }

  @inline(__always)
  subscript(position: Int) -> Entry {
    precondition(position < count)
    return unsafe entries[position]
  }

  func gather(_ group: Int, _ parts: [KeyedRecords.Part], withSubmissions: Bool) {
    var needed = 0
    for part in parts { unsafe needed += Int(part.chunk.starts[group + 1] - part.chunk.starts[group]) }
    if needed > capacity {
      unsafe entries.deallocate()
      capacity = max(needed, capacity * 2)
      unsafe entries = .allocate(capacity: capacity)
    }
    let entries = unsafe entries
    var position = 0
    for (number, part) in parts.enumerated() {
      let chunk = part.chunk
      let keys = unsafe chunk.keys
      for index in unsafe Int(chunk.starts[group])..<Int(chunk.starts[group + 1]) {
        var submission: UInt32 = 0
        if withSubmissions { submission = unsafe part.submission(of: chunk.places[index]) }
        unsafe (entries + position).initialize(
          to: Entry(
            key: keys[index], part: UInt32(truncatingIfNeeded: number), index: UInt32(truncatingIfNeeded: index),
            submission: submission))
        position &+= 1
      }
    }
    count = position
  }
}
