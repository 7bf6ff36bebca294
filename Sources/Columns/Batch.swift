public import AuditModel

/// Up to `capacity` records as columns, with where each came from (DESIGN 6).
///
/// A batch is filled, read and filled again: what it holds is valid until the next fill. One thread at a time.
@safe
public final class Batch {
  public let capacity: Int
  /// In the order of the pack's fields.
  public let columns: [CellColumn]
  /// The number of rows filled.
  public var count = 0
  /// Where each row came from: opaque, strictly increasing in file order.
  public let places: ColumnMemory<UInt64>
  /// Each row's submission, numbered from 0 within its part in order of first appearance.
  public let submissions: ColumnMemory<UInt32>
  /// The bytes long texts are in, by `TextView.buffer`. Owned by whoever fills the batch.
  public private(set) var textBuffers: [UnsafeRawBufferPointer] = unsafe []

  /// The records of every row of a batch of organisations; nil for batches of records.
  public private(set) var nested: NestedRecords?

  /// The number of rows that batches are cut to.
  public static let standardCapacity = 4096

  public init(types: [FieldType], capacity: Int = Batch.standardCapacity) {
    self.capacity = capacity
    columns = types.map { CellColumn(type: $0, capacity: capacity) }
    places = .allocate(capacity)
    submissions = .allocate(capacity)
  }

  deinit {
    places.free()
    submissions.free()
  }

  /// Zeroes rows that an earlier fill had and this one has not, so that nothing of them is left behind.
  public func clear(_ rows: Range<Int>) {
    for column in columns { column.clear(rows) }
    places.clear(rows)
    submissions.clear(rows)
  }

  /// Says which records the rows of a batch of organisations have.
  public func setNested(_ records: NestedRecords) {
    precondition(records.starts.count == count + 1)
    nested = records
  }

  /// Says which bytes the long texts are in; the memory must stay valid until the next fill.
  @unsafe
  public func setTextBuffers(_ buffers: [UnsafeRawBufferPointer]) {
    unsafe textBuffers = buffers
  }

  /// The text of a cell as given.
  public func text(_ column: Int, _ row: Int) -> String {
    text(columns[column].texts[row])
  }

  /// The text that a view of this batch stands for.
  public func text(_ view: TextView) -> String {
    unsafe withBytes(of: view) { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// Calls `body` with the bytes of a view of this batch; they are valid during the call only.
  @unsafe
  public func withBytes<Result>(of view: TextView, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    if view.isInline {
      var copy = (view.low, view.high)
      return unsafe withUnsafeBytes(of: &copy) { bytes in
        unsafe body(UnsafeRawBufferPointer(rebasing: bytes[4..<(4 + view.count)]))
      }
    }
    let buffer = unsafe textBuffers[view.buffer]
    return unsafe body(UnsafeRawBufferPointer(rebasing: buffer[view.offset..<(view.offset + view.count)]))
  }
}

/// Records as rows of a batch of their own, in the order of the rows they belong to (Arrow's list layout).
public struct NestedRecords {
  public let batch: Batch
  /// The records of row n are rows `starts[n]..<starts[n + 1]` of `batch`; one element more than there are rows.
  public let starts: [Int]

  public init(batch: Batch, starts: [Int]) {
    self.batch = batch
    self.starts = starts
  }
}
