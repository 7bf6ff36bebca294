extension KeyedRecords {
  /// A record whose key an earlier one has.
  public struct Repeat {
    public let place: UInt64
    public let submission: UInt32
    /// The place of the first record with the key.
    public let first: UInt64
    /// How many records have the key.
    public let count: Int
    let key: RecordKey
    let part: Part

    /// The key's values, as evidence shows them.
    public func words(_ fields: KeyFields) -> String { fields.words(key.bytes(in: part.chunk.long)) }
  }

  /// A record whose key is not among others.
  public struct Missing {
    public let place: UInt64
    public let submission: UInt32
    let key: RecordKey
    let part: Part

    /// The key's values, as evidence shows them.
    public func words(_ fields: KeyFields) -> String { fields.words(key.bytes(in: part.chunk.long)) }
  }

  /// One record of the group that is worked on.
  private struct Entry {
    var key: RecordKey
    var place: UInt64
    var part: UInt32
    var submission: UInt32
  }

  /// Calls the closure with every record but the first of those that have the same key.
  ///
  /// - Parameter withinSubmission: true when only records of the same submission are compared.
  /// - Complexity: O(*n*) in the number of records.
  public func forEachRepeat(withinSubmission: Bool, _ body: (Repeat) -> Void) {
    var entries: [Entry] = []
    var table = GroupTable()
    for group in 0..<RecordKey.groupCount {
      gather(group, withSubmissions: withinSubmission, into: &entries)
      table.reset(for: entries.count)
      // Positions of repeats and of the first record with their key.
      var repeats: [(position: Int, first: Int)] = []
      for position in entries.indices {
        let entry = entries[position]
        var hash = entry.key.hash
        if withinSubmission { hash = spread(hash, UInt64(entry.submission)) }
        let first = table.insert(position, hash: hash) { other in
          let other = entries[other]
          return (!withinSubmission || other.submission == entry.submission) && isEqual(other, entry)
        }
        if let first { repeats.append((position, first)) }
      }
      if repeats.isEmpty { continue }
      var counts: [Int: Int] = [:]
      for (_, first) in repeats { counts[first, default: 1] += 1 }
      for (position, first) in repeats {
        let entry = entries[position]
        let part = parts[Int(entry.part)]
        body(
          Repeat(
            place: entry.place, submission: part.submission(of: entry.place), first: entries[first].place,
            count: counts[first]!, key: entry.key, part: part))
      }
    }
  }

  /// Calls the closure with every record whose key is not among those of others.
  ///
  /// - Complexity: O(*n* + *m*) in the numbers of records.
  public func forEachMissing(from known: KeyedRecords, _ body: (Missing) -> Void) {
    var entries: [Entry] = []
    var table = GroupTable()
    for group in 0..<RecordKey.groupCount {
      known.gather(group, withSubmissions: false, into: &entries)
      table.reset(for: entries.count)
      for position in entries.indices {
        let entry = entries[position]
        _ = table.insert(position, hash: entry.key.hash) { known.isEqual(entries[$0], entry) }
      }
      for part in parts {
        for index in part.chunk.range(group) {
          let key = part.chunk.key(index)
          let isKnown = table.contains(hash: key.hash) { position in
            let other = entries[position]
            return RecordKey.isEqual(other.key, known.parts[Int(other.part)].chunk.long, key, part.chunk.long)
          }
          if isKnown { continue }
          let place = part.chunk.place(index)
          body(Missing(place: place, submission: part.submission(of: place), key: key, part: part))
        }
      }
    }
  }

  private func gather(_ group: Int, withSubmissions: Bool, into entries: inout [Entry]) {
    entries.removeAll(keepingCapacity: true)
    for (number, part) in parts.enumerated() {
      let chunk = part.chunk
      for index in chunk.range(group) {
        let place = chunk.hasPlaces ? chunk.place(index) : 0
        entries.append(
          Entry(
            key: chunk.key(index), place: place, part: UInt32(number),
            submission: withSubmissions ? part.submission(of: place) : 0))
      }
    }
  }

  private func isEqual(_ a: Entry, _ b: Entry) -> Bool {
    if a.key.low != b.key.low { return false }
    if a.key.isInline { return a.key.high == b.key.high }
    return RecordKey.isEqual(
      a.key, parts[Int(a.part)].chunk.long, b.key, parts[Int(b.part)].chunk.long)
  }
}

/// A hash table of positions among the records of one group; open addressing, no more than half full.
private struct GroupTable {
  /// Positions counted from 1; 0 where nothing is.
  private var slots: [UInt32] = []
  private var mask = 0

  mutating func reset(for count: Int) {
    var size = 16
    while size < count * 2 { size *= 2 }
    mask = size - 1
    if slots.count < size {
      slots = [UInt32](repeating: 0, count: size)
    } else {
      for index in 0..<size { slots[index] = 0 }
    }
  }

  /// Puts a position in, or gives that of the equal record that is there.
  @inline(__always)
  mutating func insert(_ position: Int, hash: UInt64, _ isEqual: (Int) -> Bool) -> Int? {
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place] != 0 {
      let other = Int(slots[place]) - 1
      if isEqual(other) { return other }
      place = (place + 1) & mask
    }
    slots[place] = UInt32(position + 1)
    return nil
  }

  @inline(__always)
  func contains(hash: UInt64, _ isEqual: (Int) -> Bool) -> Bool {
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place] != 0 {
      if isEqual(Int(slots[place]) - 1) { return true }
      place = (place + 1) & mask
    }
    return false
  }
}
