/// Records collected by key, to be compared when all have been seen: a state for kinds that judge at the end.
///
/// A record takes 24 bytes, and those of a key longer than 12. Keys are put into groups while they are collected, where
/// parts are worked on side by side; merging only strings parts together.
public struct KeyedRecords: Sendable {
  /// The keys of one batch and the submissions their records are in.
  struct Part {
    var chunk: KeyChunk
    /// Stretches of records of one submission, by the place of the first.
    var stretches: [(first: UInt64, submission: UInt32)]

    func submission(of place: UInt64) -> UInt32 {
      var low = 0
      var high = stretches.count
      while high - low > 1 {
        let middle = (low + high) / 2
        if stretches[middle].first <= place { low = middle } else { high = middle }
      }
      return stretches.isEmpty ? 0 : stretches[low].submission
    }
  }

  private(set) var parts: [Part] = []

  public init() {}

  /// Memory for reading batches, used again from one to the next.
  @safe
  public final class Workspace: @unchecked Sendable {
    let wanted = KeyBuffer()
    let known = KeyBuffer()

    public init() {}
  }

  /// Adds rows of a batch.
  public mutating func add(
    _ batch: Batch, _ rows: Bitmap, by fields: KeyFields, _ workspace: Workspace
  ) throws(ModuleFailure) {
    try fields.read(batch, rows, into: workspace.wanted)
    append(workspace.wanted, batch, rows)
  }

  /// Adds to `known` the keys of some rows, and to `wanted` those of others that are not known in the batch itself.
  ///
  /// Of known keys the place is not kept, and each is kept once a batch.
  public static func add(
    _ batch: Batch, known rows: Bitmap, by fields: KeyFields, to known: inout KeyedRecords,
    wanted wantedRows: Bitmap, by wantedFields: KeyFields, to wanted: inout KeyedRecords, _ workspace: Workspace
  ) throws(ModuleFailure) {
    try fields.read(batch, rows, into: workspace.known)
    workspace.known.removeRepeats()
    if workspace.known.count > 0 {
      known.parts.append(Part(chunk: workspace.known.makeChunk(places: nil), stretches: []))
    }
    try wantedFields.read(batch, wantedRows, into: workspace.wanted)
    workspace.wanted.removeKeys(in: workspace.known)
    wanted.append(workspace.wanted, batch, wantedRows)
  }

  private mutating func append(_ keys: KeyBuffer, _ batch: Batch, _ rows: Bitmap) {
    if keys.count == 0 { return }
    let places = batch.places
    let submissions = batch.submissions
    var stretches: [(first: UInt64, submission: UInt32)] = []
    var last: UInt32?
    rows.forEachRow { row in
      let submission = submissions[row]
      if submission == last { return }
      last = submission
      stretches.append((places[row], submission))
    }
    parts.append(Part(chunk: keys.makeChunk(places: places), stretches: stretches))
  }

  /// Adds the records of the part that follows.
  public mutating func append(_ next: KeyedRecords, submissions: [UInt32]) throws(ModuleFailure) {
    parts.reserveCapacity(parts.count + next.parts.count)
    for part in next.parts {
      var moved = part
      for index in moved.stretches.indices {
        moved.stretches[index].submission = UInt32(
          try submissions.number(of: Int(moved.stretches[index].submission)))
      }
      parts.append(moved)
    }
  }

  public func save(_ writer: inout StateWriter) {
    writer.write(UInt64(parts.count))
    for part in parts {
      part.chunk.save(&writer)
      writer.write(all: part.stretches.map(\.first))
      writer.write(all: part.stretches.map(\.submission))
    }
  }

  public init(_ reader: inout StateReader) throws(ModuleFailure) {
    for _ in 0..<(try reader.readCount(elementSize: 8)) {
      let chunk = try KeyChunk.load(&reader)
      let firsts = try reader.readAll(UInt64.self)
      let submissions = try reader.readAll(UInt32.self)
      guard firsts.count == submissions.count, !chunk.hasPlaces || !firsts.isEmpty else { throw StateReader.broken }
      parts.append(Part(chunk: chunk, stretches: zip(firsts, submissions).map { (first: $0, submission: $1) }))
    }
  }
}
