public import CTrustCheckModule

/// Records, or organisations of a round, as columns.
///
/// Columns are taken once a call and read by row; a batch and its columns are valid during the call that gave them.
@safe @frozen
public struct Batch {
  public let count: Int
  @usableFromInline let pointer: UnsafePointer<tc_batch>
  /// Place, submission, then the bound fields.
  @usableFromInline let members: UnsafeMutablePointer<UnsafeMutablePointer<ArrowArray>?>
  @usableFromInline let memberCount: Int

  /// A batch as the host gives it; nil when it is of a form that this version of the ABI does not know.
  init?(_ pointer: UnsafePointer<tc_batch>) {
    guard unsafe Int(pointer.pointee.struct_size) >= MemoryLayout<tc_batch>.size,
      let records = unsafe pointer.pointee.records, let members = unsafe records.pointee.children
    else { return nil }
    count = unsafe Int(pointer.pointee.row_count)
    unsafe self.pointer = pointer
    unsafe self.members = members
    memberCount = unsafe Int(records.pointee.n_children)
  }

  /// All rows.
  public var rows: Bitmap { Bitmap(allOf: count) }

  /// Strictly increasing in file order and otherwise opaque.
  @inlinable
  public var places: Column<UInt64> { unsafe column(members[0]!) }

  /// Numbers of submissions, from 0 within the part.
  @inlinable
  public var submissions: Column<UInt32> { unsafe column(members[1]!) }

  public func kinds(of field: Field) -> KindColumn {
    unsafe KindColumn(data(member(field, 0)), count: count)
  }

  public func texts(of field: Field) -> TextColumn {
    let array = unsafe member(field, 1)
    let buffers = unsafe array.pointee.buffers!
    return unsafe TextColumn(views: data(array), buffers: buffers + 2)
  }

  /// Values of a field of whole numbers, or the microseconds of one of dates and times.
  public func integers(of field: Field) -> Column<Int64> {
    precondition(field.type == .integer || field.type == .timestamp)
    return unsafe column(member(field, 2))
  }

  public func numbers(of field: Field) -> Column<Double> {
    precondition(field.type == .number)
    return unsafe column(member(field, 2))
  }

  public func dates(of field: Field) -> Column<Int32> {
    precondition(field.type == .date)
    return unsafe column(member(field, 2))
  }

  public func booleans(of field: Field) -> BitColumn {
    precondition(field.type == .boolean)
    return unsafe BitColumn(data(member(field, 2)))
  }

  /// The first and the last day of a field of periods.
  public func periods(of field: Field) -> (start: Column<Int32>, end: Column<Int32>) {
    precondition(field.type == .period)
    let ends = unsafe member(field, 2).pointee.children!
    return unsafe (column(ends[0]!), column(ends[1]!))
  }

  /// The bounds of a field of whole numbers: equal to an exact value, around a rounded or suppressed one.
  public func integerBounds(of field: Field) -> (low: Column<Int64>, high: Column<Int64>) {
    precondition(field.type == .integer)
    return unsafe (column(member(field, 3)), column(member(field, 4)))
  }

  /// The bounds of a field of numbers.
  public func numberBounds(of field: Field) -> (low: Column<Double>, high: Column<Double>) {
    precondition(field.type == .number)
    return unsafe (column(member(field, 3)), column(member(field, 4)))
  }

  @usableFromInline
  func column<Element>(_ array: UnsafeMutablePointer<ArrowArray>) -> Column<Element> {
    unsafe Column(data(array))
  }

  private func member(_ field: Field, _ index: Int) -> UnsafeMutablePointer<ArrowArray> {
    precondition(field.position + 2 < memberCount)
    return unsafe members[field.position + 2]!.pointee.children![index]!
  }

  /// The values of an array of fixed width: its second buffer, the first being their validity.
  private func data<Element>(_ array: UnsafeMutablePointer<ArrowArray>) -> UnsafePointer<Element> {
    unsafe array.pointee.buffers![1]!.assumingMemoryBound(to: Element.self)
  }
}
